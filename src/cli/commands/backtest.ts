import { backtesting } from '../../options/history.ts'
import { flagOnly } from '../../options/option.ts'
import { type Block, type TextTable, textTable } from '../../present/report/text-table.ts'
import { type Backtest, backtestOf } from '../../questions/backtest/backtest.ts'
import { withoutCases } from '../../api/answers.ts'
import { answerInto } from '../answer.ts'
import { chartFlag, chartsAsked } from '../chart.ts'
import { chosen, defineCommand, historyArgument } from '../command.ts'
import { loadHistory } from '../load.ts'
import { force, json, waitLock, words } from '../options.ts'
import { count, printJson, printLines } from '../print.ts'
import { watching } from '../watched.ts'
import { formatNumber } from '../../notation/number.ts'

export const summary = 'check whether past forecasts covered the actual volumes'
export const group = 'learn'

export const command = defineCommand({
  arguments: [historyArgument],
  options: {
    ...backtesting,
    out: flagOnly(words('<folder>'), 'write backtest.json, cases.arrow and charts'),
    chart: chartFlag('backtest'),
    force,
    waitLock,
    json,
  },
  async run(flags, file) {
    const draw = chartsAsked('backtest', flags)
    const history = await loadHistory(file)
    const watched = watching(flags, 'Backtesting')
    const backtest = () => backtestOf(history.text, { name: history.name, ...chosen(flags, backtesting), ...watched })
    const found = await answerInto(flags, backtest, { kind: 'backtest', signal: watched.signal, answer: (own) => own })
    await draw((charts) => ({ backtest: () => charts.backtest(found), pit: () => charts.pit(found) }))
    if (flags.json) return printJson(withoutCases(found))
    printLines(linesOf(found))
  },
})

const percent = (value: number): string => `${Math.round(100 * value)}%`

type Table = Pick<Backtest, 'annual' | 'months'>

function rowsOf({ annual, months }: Table, written: (value: number) => string): TextTable {
  const row = (label: string, { coverage, crps, meanError }: Omit<Table['months'][number], 'ahead'>) => [
    label,
    ...(['50', '80', '90'] as const).map((level) => percent(coverage[level])),
    ...[crps.model, crps.growthNaive, crps.flat, meanError].map(written),
  ]
  return textTable(
    [
      ['', '50% covers', '80% covers', '90% covers', 'CRPS', 'last year × growth', 'last 12 flat', 'mean error'],
      ...months.map((month) => row(`month ${month.ahead}`, month)),
      row('sum', annual),
      row('± (starts overlap)', annual.errors),
    ],
    { spare: ['50% covers', '90% covers', 'last 12 flat'] },
  )
}

const points = (value: number): string => (100 * value).toFixed(1)

/** Mean errors of the rate, in points. */
function rateRows({ coverage, errors, months, coverageError, errorsOfErrors }: NonNullable<Backtest['rate']>): TextTable {
  const row = (label: string, own: { readonly coverage: number; readonly errors: typeof errors }) => [
    label,
    percent(own.coverage),
    ...[own.errors.model, own.errors.last, own.errors.growthNaive, own.errors.flat].map(points),
  ]
  return textTable([
    ['', '80% covers', 'error', 'last month', 'last year × growth', 'last 12 flat'],
    ...months.map((month) => row(`month ${month.ahead}`, month)),
    row('whole', { coverage, errors }),
    row('± (starts overlap)', { coverage: coverageError, errors: errorsOfErrors }),
  ])
}

function linesOf(found: Backtest): Block[] {
  const { name, origins, horizon, trials, since, years, resolutions, rate, bill, notes, words } = found
  const section = (title: string, rows: Block | undefined) => (rows ? ['', title, '', rows] : [])
  const fit =
    bill && `${bill.contract.title}, whose bills missed the invoices before the first start by ${points(bill.contract.error)}%`
  return [
    `${name}: ${origins.length} starts, ${origins[0]} to ${origins[origins.length - 1]}, ${horizon} months each, history from ${since}, ${formatNumber(trials)} trials per start`,
    '',
    rowsOf(found, count),
    '',
    textTable([
      ['starts in', 'starts', '80% covers', 'mean error'],
      ...years.map(({ year, starts, coverage, meanErrorShare }) => [
        String(year),
        String(starts),
        percent(coverage['80']),
        percent(meanErrorShare),
      ]),
    ]),
    ...section('Resolutions', resolutions ? rowsOf(resolutions, count) : undefined),
    ...section('Resolution rate, mean errors in points', rate ? rateRows(rate) : undefined),
    ...section(`Bill of ${fit}`, bill ? rowsOf(bill, count) : undefined),
    '',
    ...words,
    ...(notes.length > 0 ? ['', 'Rows:', ...notes.map((note) => `  ${note}`)] : []),
    '',
    'CRPS is the error of the whole forecast, in units of what is forecast. Less is better. The two columns after it are simpler forecasts.',
  ]
}
