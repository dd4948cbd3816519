import { join } from 'node:path'
import { oneOf } from '../../options/kinds.ts'
import { flagOnly } from '../../options/option.ts'
import { readReport } from '../../platform/node/finished.ts'
import { text } from '../../present/files/write.ts'
import { defineCommand, folderArgument } from '../command.ts'
import { words } from '../options.ts'
import { note } from '../print.ts'
import { writeTo } from '../write.ts'

export const summary = 'write the report of a finished folder again'
export const group = 'run'

export const command = defineCommand({
  arguments: [folderArgument],
  options: {
    format: flagOnly(oneOf(['html', 'md']), 'html or md (Markdown)', 'html'),
    out: flagOnly(words('<file>'), 'the file to write, or - for standard output (default: report.html or report.md in the folder)'),
  },
  async run({ format = 'html', out }, folder) {
    const data = await readReport(folder)
    const written =
      format === 'html'
        ? await (await import('../../present/report/page.ts')).reportHtml(data, note)
        : (await import('../../present/report/markdown.ts')).reportMarkdown(data)
    if (out === '-') return void process.stdout.write(written)
    await writeTo(out ?? join(folder, `report.${format}`), text(written))
  },
})
