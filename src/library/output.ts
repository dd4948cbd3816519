// The files of a finished run.

import { neededOf } from '../decisions/gate.ts'
import { phasedOf } from '../decisions/phased.ts'
import type { Dataset } from '../files/dataset.ts'
import type { OutputFile } from '../files/folder.ts'
import { FORMATS, type OutputFormat } from '../files/formats.ts'
import { tableFile } from '../files/table-file.ts'
import { inputsOf, monthsOf, trialsOf } from '../files/tables.ts'
import { type Content, text, whole } from '../files/write.ts'
import type { ReportData } from '../report/data.ts'
import type { Identity } from './identity.ts'
import type { Finished } from './run.ts'

export interface OutputOptions {
  readonly formats: readonly OutputFormat[]
  /** Whether a table of what was drawn is among the files. */
  readonly inputs: boolean
  readonly version: string
}

/** Travels in every table. */
const originOf = ({ summary }: Finished, { scenarioHash, identity }: Identity, version: string): Dataset['origin'] => ({
  scenarioHash,
  identity,
  name: summary.name,
  seed: summary.seed,
  method: summary.method,
  trials: summary.trials,
  measure: summary.comparison.measure,
  currency: summary.currency,
  version,
})

/** Each is made when it is written, so that no more than one is in memory. */
export function outputFiles(
  finished: Finished,
  identity: Identity,
  report: ReportData,
  { formats, inputs, version }: OutputOptions,
): OutputFile[] {
  const { summary, outcome, futures } = finished
  const origin = originOf(finished, identity, version)
  const { currency } = summary
  const tables = [
    ...(outcome.trials ? [trialsOf(outcome, currency, origin)] : []),
    monthsOf(summary, origin),
    ...(inputs ? [inputsOf(futures, currency, origin)] : []),
  ]
  return [
    { name: 'summary.json', content: text(`${JSON.stringify(summary, null, 2)}\n`) },
    ...FORMATS.filter((format) => formats.includes(format)).flatMap((format) => tables.map((table) => tableFile(table, format))),
    ...(formats.includes('xlsx') ? [{ name: 'budget.xlsx', content: workbookOf(finished, report) }] : []),
    { name: 'report.html', content: reportContent(report) },
  ]
}

const reportContent =
  (report: ReportData): Content =>
  async (sink) => {
    const { reportHtml } = await import('../report/page.ts')
    await text(await reportHtml(report))(sink)
  }

/** How sure the workbook's monthly budgets are, where the scenario does not say. */
const USUAL = 0.8

const workbookOf =
  ({ summary, futures, scenario }: Finished, report: ReportData): Content =>
  async (sink) => {
    const { workbook } = await import('../files/workbook.ts')
    const confidence = scenario.budget?.confidence ?? USUAL
    const phased = futures.names.map((name) =>
      phasedOf(futures, name, confidence, neededOf(futures, summary, name, confidence), summary.months),
    )
    await whole(await workbook(report, phased))(sink)
  }
