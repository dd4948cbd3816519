// The files that each answer is saved as: by its command's `--out`, and by `save` of the library.
import { jsonOf, shown, UsageError } from '../errors.ts'
import type { AuditResult } from '../invoice/audit/index.ts'
import type { Invoice } from '../invoice/invoice.ts'
import { checkOptions } from '../options/check.ts'
import { type SaveAnswerOptions, savingAnswer } from '../options/saving.ts'
import type { Chart } from '../present/charts/chart.ts'
import type { DataKind, OutputFile } from '../present/files/folder.ts'
import { text, whole } from '../present/files/write.ts'
import type { Backtest } from '../questions/backtest/backtest.ts'
import type { Calibration } from '../questions/backtest/calibration.ts'
import type { Convergence } from '../questions/compare/convergence.ts'
import type { Fit } from '../questions/fit/fit.ts'
import type { Portfolio } from '../questions/portfolio/portfolio.ts'
import type { Table } from 'apache-arrow'
import { checkNamed, type ResultHome } from './made.ts'
import { MANIFEST_FORMAT } from './manifest.ts'
import { type AnswerKind, noted, type AboutPlan } from './noted.ts'

interface Saved<A> {
  /** What the manifest says besides the kind and the version. */
  readonly facts?: (answer: A, origin: AboutPlan) => object
  readonly files: (answer: A, origin: AboutPlan) => Promise<OutputFile[]>
}

const jsonFile = (name: string, value: unknown): OutputFile => ({ name, content: text(`${jsonOf(value, 2)}\n`) })

/** A chart as a picture, and as a specification for other tools. */
const chartFiles = async (name: string, chart: Chart): Promise<OutputFile[]> => [
  { name: `${name}.svg`, content: text(await chart.toSVG()) },
  jsonFile(`${name}.vl.json`, chart.spec),
]

/** A backtest as `--json` prints it: without its cases, which have a table. */
export const withoutCases = ({ cases: _, ...others }: Backtest): Omit<Backtest, 'cases'> => others

const backtest: Saved<Backtest> = {
  facts: ({ name }) => ({ history: name }),
  async files(found) {
    const [{ casesOf }, { tableFile }, { backtestFan, backtestPit }] = await Promise.all([
      import('../present/tables/cases.ts'),
      import('../present/tables/table-file.ts'),
      import('../present/charts/backtest.ts'),
    ])
    return [
      jsonFile('backtest.json', withoutCases(found)),
      tableFile(casesOf(found), 'arrow'),
      ...(await chartFiles('fan', backtestFan(found))),
      ...(await chartFiles('pit', backtestPit(found))),
    ]
  },
}

const portfolio: Saved<Portfolio> = {
  facts: ({ name, seed, trials, method, measure }) => ({ name, seed, trials, method, measure }),
  async files(found) {
    const { monthsCsv, plansCsv, portfolioPage } = await import('../present/report/portfolio.ts')
    return [
      jsonFile('portfolio.json', found),
      { name: 'plans.csv', content: text(plansCsv(found)) },
      { name: 'months.csv', content: text(monthsCsv(found)) },
      { name: 'report.html', content: text(await portfolioPage(found)) },
    ]
  },
}

const fit: Saved<Fit> = {
  facts: ({ name }) => ({ values: name }),
  async files(found) {
    const { fitHistogram, fitQuantiles } = await import('../present/charts/fit.ts')
    return [
      jsonFile('fit.json', found),
      ...(found.constant === undefined
        ? [...(await chartFiles('quantiles', fitQuantiles(found))), ...(await chartFiles('histogram', fitHistogram(found)))]
        : []),
    ]
  },
}

const converge: Saved<Convergence> = {
  facts: (_, { plan }) => ({ plan }),
  async files(found, { currency = '' }) {
    const { convergenceChart } = await import('../present/charts/convergence.ts')
    return [jsonFile('converge.json', found), ...(await chartFiles('converge', convergenceChart(found, currency)))]
  },
}

const sweep: Saved<Table> = {
  async files(table) {
    const { tableToIPC } = await import('apache-arrow')
    return [{ name: 'sweep.arrow', content: whole(tableToIPC(table, 'file')) }]
  },
}

const calibrate: Saved<Calibration> = {
  facts: ({ name }) => ({ history: name }),
  files: async (found) => [jsonFile('calibrate.json', found), { name: 'scenario.yaml', content: text(found.scenario) }],
}

const invoice: Saved<Invoice> = {
  async files(found) {
    const { invoiceCsv } = await import('../invoice/focus.ts')
    return [jsonFile('invoice.json', found), { name: 'invoice.csv', content: text(invoiceCsv(found)) }]
  },
}

const audit: Saved<AuditResult> = {
  async files({ list, ...found }) {
    const [{ auditPage }, { csvDisputes }] = await Promise.all([
      import('../present/report/audit.ts'),
      import('../present/tables/disputes.ts'),
    ])
    const disputes = csvDisputes()
    for (const one of list) disputes.add(one)
    return [
      jsonFile('audit.json', found),
      { name: 'disputes.csv', content: disputes.content },
      { name: 'report.html', content: text(await auditPage(found)) },
    ]
  },
}

/** Answers with more files than their data. */
const WITH_FILES = { backtest, portfolio, fit, converge, sweep, calibrate, invoice, audit } as const satisfies Readonly<
  Record<Exclude<AnswerKind, DataKind>, Saved<never>>
>
type WithFiles = typeof WITH_FILES
export type AnswerOfKind<K extends AnswerKind> = K extends keyof WithFiles
  ? WithFiles[K] extends Saved<infer A>
    ? A
    : never
  : object

/** What a folder with an answer holds: its files, and its manifest without their hashes. */
export interface SavedAnswer {
  readonly files: readonly OutputFile[]
  readonly manifest: object
}

/** @param version of billcast, for the manifest */
export async function savedAnswer<K extends AnswerKind>(
  kind: K,
  answer: AnswerOfKind<K>,
  version: string,
  origin: AboutPlan = {},
): Promise<SavedAnswer> {
  const { facts, files } = (
    Object.hasOwn(WITH_FILES, kind)
      ? WITH_FILES[kind as keyof WithFiles]
      : { files: async (data: object) => [jsonFile(`${kind}.json`, data)] }
  ) as Saved<AnswerOfKind<K>>
  return {
    files: await files(answer, origin),
    manifest: { format: MANIFEST_FORMAT, kind, version, ...facts?.(answer, origin) },
  }
}

/** @throws UsageError for anything but an answer of the library, for the folder and the options */
export async function saveAnswer(answer: object, folder: string, options: SaveAnswerOptions, home: ResultHome): Promise<void> {
  checkOptions(options, savingAnswer)
  checkNamed(folder)
  const known = noted(answer)
  if (!known)
    throw new UsageError(`save: expected an answer as a function of billcast returned it, and not a copy, got ${shown(answer)}`)
  const { kind, origin } = known
  await home.saveAnswer(folder, kind, () => savedAnswer(kind, answer as never, home.version, origin), options)
}
