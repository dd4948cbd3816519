// Writes the files of a plan's results, those of `billcast run --out`.
import { givenFiles } from '../../../api/given.ts'
import { reportDataOf, workbookBytes } from '../../../api/output.ts'
import { runScenario } from '../../../api/run.ts'
import { browserHome } from '../../../platform/browser/home.ts'
import { reportHtml } from '../../../present/report/page.ts'
import { inlineExecutor } from '../../../run/executor.ts'
import type { FileWish, WrittenFile } from './protocol.ts'

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

export async function writtenFile({ kind, plan }: FileWish): Promise<WrittenFile> {
  const finished = await runScenario(plan, {}, { executor: () => inlineExecutor, reader: givenFiles({}) })
  if (kind === 'workbook') return { bytes: new Uint8Array(await workbookBytes(finished, browserHome)), type: XLSX, suffix: '.xlsx' }
  return {
    bytes: new TextEncoder().encode(await reportHtml(reportDataOf(finished, browserHome))),
    type: 'text/html',
    suffix: '-report.html',
  }
}
