// Writes the files of a plan's results, those of `billcast run --out`.
import { besideReader } from '../../../api/beside.ts'
import { reportDataOf, workbookBytes } from '../../../api/output.ts'
import { SimulationResult } from '../../../api/result.ts'
import { runScenario } from '../../../api/run.ts'
import { browserHome } from '../../../platform/browser/home.ts'
import { reportHtml } from '../../../present/report/page.ts'
import { inlineExecutor } from '../../../run/executor.ts'
import type { FileWish, WrittenFile } from './protocol.ts'

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

const utf8 = (text: string) => new TextEncoder().encode(text)

export async function writtenFile({ kind, plan, files }: FileWish): Promise<WrittenFile> {
  const finished = await runScenario(plan, {}, { executor: () => inlineExecutor, reader: besideReader(files) })
  if (kind === 'workbook') return { bytes: new Uint8Array(await workbookBytes(finished, browserHome)), type: XLSX, suffix: '.xlsx' }
  if (kind === 'chart')
    return { bytes: utf8(await SimulationResult.of(finished).chart('bars').toSVG()), type: 'image/png', suffix: '.png' }
  return {
    bytes: utf8(await reportHtml(await reportDataOf(finished, browserHome, true))),
    type: 'text/html',
    suffix: '-report.html',
  }
}
