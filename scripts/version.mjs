// Writes the version into the sources: a bundle has no package.json beside it.
import { readFileSync } from 'node:fs'
import { write } from './write.mjs'

export function writeVersion() {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'))
  write(
    'src/platform/version.generated.ts',
    `// Made by scripts/version.mjs from package.json.\nexport const VERSION = '${version}'\n`,
  )
}
