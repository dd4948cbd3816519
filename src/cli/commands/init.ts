import { shellWord } from '../../notation/shell.ts'
import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { SCHEMA_FILE, TEMPLATE } from '../../api/template.ts'
import { defineCommand } from '../command.ts'
import { replace } from '../options.ts'
import { createFile } from '../write.ts'
import { toStderr, toStdout } from '../streams.ts'

export const summary = 'write a commented scenario to start from'
export const group = 'start'

export const command = defineCommand({
  arguments: [['[file]', 'the file to write (default: standard output)']],
  options: { force: replace },
  async run({ force }, file) {
    if (file === undefined) return toStdout(TEMPLATE)
    await createFile(file, TEMPLATE.replace(SCHEMA_FILE, schemaFor(dirname(resolve(file)))), force === true)
    toStderr(`Wrote ${file}. Try \`billcast check ${shellWord(file)}\`, then \`billcast run ${shellWord(file)}\`.\n`)
  },
})

/** The schema as an editor finds it from the folder of a plan: in the nearest folder above that has the package, else beside the plan. */
function schemaFor(folder: string): string {
  for (let [at, way] = [folder, '']; ; [at, way] = [dirname(at), `${way}../`]) {
    if (existsSync(join(at, SCHEMA_FILE))) return `${way}${SCHEMA_FILE}`
    if (dirname(at) === at) return SCHEMA_FILE
  }
}
