// Makes a module of the published direction numbers of Sobol's sequence, so that loading them needs no path.
import { readFileSync } from 'node:fs'
import { write } from './write.mjs'

const source = 'data/new-joe-kuo-6.txt'
const target = 'src/numerics/random/direction-numbers.generated.ts'

/** Keeps the notice of the authors, which must go with every copy of the numbers. */
export const writeDirectionNumbers = () =>
  write(
    target,
    `// Made by scripts/direction-numbers.mjs from ${source}.\nexport const directionNumbers: string = \`${readFileSync(source, 'utf8')}\`\n`,
  )
