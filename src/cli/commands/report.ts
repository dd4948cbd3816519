// billcast report: the report of a finished folder, written again from what the folder keeps.
import { join } from 'node:path'
import { text } from '../../present/files/write.ts'
import { readReport } from '../../platform/node/finished.ts'
import { oneOf } from '../flags.ts'
import { writeTo } from '../write.ts'

export interface ReportFlags {
  readonly format?: string
  readonly out?: string
}

export async function reportCommand(folder: string, { format, out }: ReportFlags): Promise<void> {
  const kind = format === undefined ? 'html' : oneOf('format', format, ['html', 'md'])
  const data = await readReport(folder)
  const written =
    kind === 'html'
      ? await (await import('../../present/report/page.ts')).reportHtml(data)
      : (await import('../../present/report/markdown.ts')).reportMarkdown(data)
  if (out === '-') {
    process.stdout.write(written)
    return
  }
  // In the folder it stands beside the other files, which its manifest does not name.
  await writeTo(out ?? join(folder, `report.${kind}`), text(written))
}
