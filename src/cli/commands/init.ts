import { TEMPLATE } from '../../api/template.ts'
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
    await createFile(file, TEMPLATE, force === true)
    toStderr(`Wrote ${file}. Try \`billcast check ${file}\`, then \`billcast run ${file}\`.\n`)
  },
})
