import { dirname, join } from 'node:path'
import { flagOnly } from '../../options/option.ts'
import { reportFormat } from '../../options/saving.ts'
import { holdsResults, withReport } from '../../platform/node/finished.ts'
import { withLock } from '../../platform/node/lock.ts'
import { RESULTS } from '../../present/files/folder.ts'
import { text } from '../../present/files/write.ts'
import { defineCommand, folderArgument } from '../command.ts'
import { clearAt, waitLock, words } from '../options.ts'
import { openingOf } from '../out.ts'
import { note } from '../print.ts'
import { interruptible } from '../watched.ts'
import { writeTo } from '../write.ts'
import { fileToStdout } from '../streams.ts'

export const summary = 'write the report of a finished folder again'
export const group = 'run'

export const command = defineCommand({
  arguments: [folderArgument],
  options: {
    format: flagOnly(reportFormat, 'html or md (Markdown)', 'html'),
    out: flagOnly(words('<file>'), 'the file to write, or - for standard output (default: report.html or report.md in the folder)'),
    clearAt,
    waitLock,
  },
  async run({ format = 'html', out, clearAt: least, ...flags }, folder) {
    const written = (): Promise<string> =>
      withReport(folder, note, async (kept) => {
        const data = least === undefined ? kept : { ...kept, clearAt: least }
        return format === 'html'
          ? (await import('../../present/report/page.ts')).reportHtml(data, note)
          : (await import('../../present/report/markdown.ts')).reportMarkdown(data)
      })
    if (out === '-') return fileToStdout(await written())
    const file = out ?? join(folder, `report.${format}`)
    const place = dirname(file)
    if (out !== undefined && !(await holdsResults(place))) return writeTo(file, text(await written()))
    // Otherwise a run that replaces the results meanwhile would get the report of the earlier ones.
    await withLock(place, RESULTS, out ?? folder, openingOf(flags, interruptible()), async ({ check }) =>
      writeTo(file, text(await written()), check),
    )
  },
})
