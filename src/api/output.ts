// The files that a finished run writes.
import { jsonOf } from '../errors.ts'
import { curveOf } from '../questions/budget/curve.ts'
import { phasedOf } from '../questions/budget/phased.ts'
import { type LedgerRow, ledgerOf } from '../questions/ledger/ledger.ts'
import type { Dataset } from '../present/tables/dataset.ts'
import type { OutputFile } from '../present/files/folder.ts'
import { FORMATS, type Format } from '../options/formats.ts'
import type { TableName } from '../options/saving.ts'
import { writeCsv } from '../present/tables/csv.ts'
import { ledgerTable } from '../present/tables/ledger.ts'
import { tableFile } from '../present/tables/table-file.ts'
import { pathsTable } from '../present/tables/paths.ts'
import { inputsOf, monthsOf, trialsOf } from '../present/tables/tables.ts'
import { pathsOf } from '../questions/paths.ts'
import { collected, type Content, text, whole } from '../present/files/write.ts'
import type { ReportData } from '../present/report/data.ts'
import { fullFiguresOf } from '../present/report/full-figures.ts'
import { type Identity, identityOf, plannedOf, type Sha256 } from './identity.ts'
import { type ReportFacts, reportFactsOf } from './report.ts'
import type { Finished } from './run.ts'
import type { WantedFiles } from './wanted.ts'

/** What marks every file of a run: the version that made it, and hashes. */
export interface Signs {
  readonly version: string
  readonly sha256: Sha256
}

export interface Output {
  readonly identity: Identity
  readonly facts: ReportFacts
  /** Absent if no file shows it, because its figures take a while. */
  readonly report?: ReportData
  readonly files: readonly OutputFile[]
}

/** @param note receives the words that a report prints if it has to leave out its sliders */
export async function outputOf(
  finished: Finished,
  wanted: WantedFiles,
  version: string,
  sha256: Sha256,
  note: (words: string) => void = () => {},
): Promise<Output> {
  const identity = identityOf(plannedOf(finished), version, sha256)
  const { scenarioHash, identity: id } = identity
  const { clearAt } = wanted
  const facts = { ...(await reportFactsOf(finished, { version, scenarioHash, identity: id }, wanted.page)), clearAt }
  const shown = wanted.page || wanted.formats.includes('xlsx')
  if (wanted.page) for (const words of facts.notes.slice(finished.warnings.length)) note(words)
  const report = shown ? { ...facts, figures: fullFiguresOf(finished.summary, finished.trials, { clearAt }) } : undefined
  return { identity, facts, ...(report && { report }), files: filesOf(finished, identity, report, wanted, version, note) }
}

/** The origin of the figures, which every table states. */
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
  ...(summary.partial && { partial: summary.partial }),
})

/** The tables of a run, each made when it is asked for. */
const tablesOf = (
  { summary, outcome, trials }: Finished,
  origin: Dataset['origin'],
  ledger: () => readonly LedgerRow[],
): Readonly<Record<TableName, () => Dataset>> => ({
  trials: () => trialsOf(outcome, summary.currency, origin),
  months: () => monthsOf(summary, origin),
  inputs: () => inputsOf(trials, summary.currency, origin),
  paths: () => pathsTable(pathsOf(trials), summary.months, summary.currency, origin),
  ledger: () => ledgerTable(ledger(), summary.currency, origin),
})

/** One table of a run as the bytes of a file, the same as in a folder of results. */
export function tableBytes(finished: Finished, table: TableName, format: Format, home: Signs): Promise<Uint8Array> {
  const identity = identityOf(plannedOf(finished), home.version, home.sha256)
  const tables = tablesOf(finished, originOf(finished, identity, home.version), () => ledgerOf(finished.trials, finished.summary))
  return collected(tableFile(tables[table](), format).content)
}

/** The content of a report with its figures, which take a while. @param page whether it is a page, which has sliders */
export async function reportDataOf(finished: Finished, { version, sha256 }: Signs, page: boolean): Promise<ReportData> {
  const { scenarioHash, identity } = identityOf(plannedOf(finished), version, sha256)
  return {
    ...(await reportFactsOf(finished, { version, scenarioHash, identity }, page)),
    figures: fullFiguresOf(finished.summary, finished.trials),
  }
}

/** The workbook of a run as the bytes of a file. */
export const workbookBytes = async (finished: Finished, home: Signs): Promise<Uint8Array> =>
  collected(
    workbookOf(finished, await reportDataOf(finished, home, false), () =>
      finished.scenario.ledger ? ledgerOf(finished.trials, finished.summary) : [],
    ),
  )

/** Each file is made when it is written, so that only one is in memory. */
function filesOf(
  finished: Finished,
  identity: Identity,
  report: ReportData | undefined,
  { formats, inputs, paths, page }: WantedFiles,
  version: string,
  note: (words: string) => void,
): OutputFile[] {
  const { summary, outcome, trials, scenario } = finished
  const origin = originOf(finished, identity, version)
  // Several files hold the ledger, which is computed once.
  let rows: readonly LedgerRow[] | undefined
  const ledger = (): readonly LedgerRow[] => {
    rows ??= scenario.ledger ? ledgerOf(trials, summary) : []
    return rows
  }
  const made = tablesOf(finished, origin, ledger)
  const wanted: readonly TableName[] = [
    ...(outcome.trials ? (['trials'] as const) : []),
    'months',
    ...(inputs ? (['inputs'] as const) : []),
    ...(paths ? (['paths'] as const) : []),
  ]
  const tables = wanted.map((name) => made[name]())
  return [
    { name: 'summary.json', content: text(`${jsonOf(summary, 2)}\n`) },
    ...FORMATS.filter((format) => formats.includes(format)).flatMap((format) => tables.map((table) => tableFile(table, format))),
    ...(scenario.ledger ? [ledgerFile(made.ledger)] : []),
    ...(report && formats.includes('xlsx') ? [{ name: 'budget.xlsx', content: workbookOf(finished, report, ledger) }] : []),
    ...(report && page ? [{ name: 'report.html', content: reportContent(report, note) }] : []),
  ]
}

/** The ledger is always CSV, which every accounting system reads. */
const ledgerFile = (ledger: () => Dataset): OutputFile => ({
  name: 'ledger.csv',
  content: async (sink) => {
    await writeCsv(ledger(), sink)
  },
})

const reportContent =
  (report: ReportData, note: (words: string) => void): Content =>
  async (sink) => {
    const { reportHtml } = await import('../present/report/page.ts')
    await text(await reportHtml(report, note))(sink)
  }

/** The confidence of the monthly budgets in the workbook, if the scenario states none. */
const CONFIDENCE = 0.8

const workbookOf =
  ({ summary, trials, scenario }: Finished, report: ReportData, ledger: () => readonly LedgerRow[]): Content =>
  async (sink) => {
    const { workbook } = await import('../present/tables/workbook.ts')
    const confidence = scenario.budget?.confidence ?? CONFIDENCE
    const phased = trials.names.map((name) =>
      phasedOf(trials, name, confidence, curveOf(trials, summary, name).at(confidence), summary),
    )
    await whole(await workbook(report, phased, ledger()))(sink)
  }
