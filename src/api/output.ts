// The files that a finished run writes.
import { jsonOf } from '../errors.ts'
import { curveOf } from '../questions/budget/curve.ts'
import { phasedOf } from '../questions/budget/phased.ts'
import { type LedgerRow, ledgerOf } from '../questions/ledger/ledger.ts'
import type { Dataset } from '../present/tables/dataset.ts'
import type { OutputFile } from '../present/files/folder.ts'
import { FORMATS, type OutputFormat } from '../present/files/formats.ts'
import { writeCsv } from '../present/tables/csv.ts'
import { ledgerTable } from '../present/tables/ledger.ts'
import { tableFile } from '../present/tables/table-file.ts'
import { pathsTable } from '../present/tables/paths.ts'
import { inputsOf, monthsOf, trialsOf } from '../present/tables/tables.ts'
import { pathsOf } from '../questions/paths.ts'
import { type Content, text, whole } from '../present/files/write.ts'
import type { ReportData } from '../present/report/data.ts'
import { fullFiguresOf } from '../present/report/figures.ts'
import { type Identity, identityOf, plannedOf, type Sha256 } from './identity.ts'
import { type ReportFacts, reportFactsOf } from './report.ts'
import type { Finished } from './run.ts'

/** The files to write besides the summary and the manifest. */
export interface WantedFiles {
  readonly formats: readonly OutputFormat[]
  /** Whether to write a table of the drawn inputs. */
  readonly inputs: boolean
  /** Whether to write a table of the months of single trials. */
  readonly paths: boolean
  /** Whether to write `report.html`. */
  readonly page: boolean
}

export interface Output {
  readonly identity: Identity
  readonly facts: ReportFacts
  /** Absent if no file shows it, because its figures take a while. */
  readonly report?: ReportData
  readonly files: readonly OutputFile[]
}

/** @param note receives the words that a report prints if it has to leave out its sliders */
export function outputOf(
  finished: Finished,
  wanted: WantedFiles,
  version: string,
  sha256: Sha256,
  note: (words: string) => void = () => {},
): Output {
  const identity = identityOf(plannedOf(finished), version, sha256)
  const facts = reportFactsOf(finished, { version, scenarioHash: identity.scenarioHash, identity: identity.identity })
  const shown = wanted.page || wanted.formats.includes('xlsx')
  if (wanted.page) for (const words of facts.notes.slice(finished.warnings.length)) note(words)
  const report = shown ? { ...facts, figures: fullFiguresOf(finished.summary, finished.trials) } : undefined
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
  const { currency } = summary
  const tables = [
    ...(outcome.trials ? [trialsOf(outcome, currency, origin)] : []),
    monthsOf(summary, origin),
    ...(inputs ? [inputsOf(trials, currency, origin)] : []),
    ...(paths ? [pathsTable(pathsOf(trials), summary.months, currency, origin)] : []),
  ]
  // Several files hold the ledger, which is computed once.
  let rows: readonly LedgerRow[] | undefined
  const ledger = (): readonly LedgerRow[] => {
    rows ??= scenario.ledger ? ledgerOf(trials, summary) : []
    return rows
  }
  return [
    { name: 'summary.json', content: text(`${jsonOf(summary, 2)}\n`) },
    ...FORMATS.filter((format) => formats.includes(format)).flatMap((format) => tables.map((table) => tableFile(table, format))),
    ...(scenario.ledger ? [ledgerFile(ledger, currency, origin)] : []),
    ...(report && formats.includes('xlsx') ? [{ name: 'budget.xlsx', content: workbookOf(finished, report, ledger) }] : []),
    ...(report && page ? [{ name: 'report.html', content: reportContent(report, note) }] : []),
  ]
}

/** The ledger is always CSV, which every accounting system reads. */
const ledgerFile = (ledger: () => readonly LedgerRow[], currency: string, origin: Dataset['origin']): OutputFile => ({
  name: 'ledger.csv',
  content: async (sink) => {
    await writeCsv(ledgerTable(ledger(), currency, origin), sink)
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
