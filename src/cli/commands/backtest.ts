import { backtesting } from '../../options/history.ts'
import { flagOnly } from '../../options/option.ts'
import { align } from '../../present/report/text.ts'
import { type Backtest, backtestOf } from '../../questions/backtest/backtest.ts'
import { withoutCases } from '../../api/answers.ts'
import { answerInto } from '../answer.ts'
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
    force,
    waitLock,
    json,
  },
  async run(flags, file) {
    const history = await loadHistory(file)
    const watched = watching(flags)
    const backtest = () => backtestOf(history.text, { name: history.name, ...chosen(flags, backtesting), ...watched })
    const found = await answerInto(flags, backtest, { kind: 'backtest', signal: watched.signal, answer: (own) => own })
    if (flags.json) return printJson(withoutCases(found))
    printLines(linesOf(found))
  },
})

const percent = (value: number): string => `${Math.round(100 * value)}%`

function linesOf({ name, origins, horizon, trials, since, annual, months, years, notes, words }: Backtest): string[] {
  const row = (label: string, { coverage, crps, meanError }: Omit<Backtest['months'][number], 'ahead'>) => [
    label,
    ...(['50', '80', '90'] as const).map((level) => percent(coverage[level])),
    ...[crps.model, crps.growthNaive, crps.flat, meanError].map(count),
  ]
  return [
    `${name}: ${origins.length} starts, ${origins[0]} to ${origins[origins.length - 1]}, ${horizon} months each, history from ${since}, ${formatNumber(trials)} trials per start`,
    '',
    ...align([
      ['', '50% covers', '80% covers', '90% covers', 'CRPS', 'last year × growth', 'last 12 flat', 'mean error'],
      ...months.map((month) => row(`month ${month.ahead}`, month)),
      row('sum', annual),
      row('± (starts overlap)', annual.errors),
    ]),
    '',
    ...align([
      ['starts in', 'starts', '80% covers', 'mean error'],
      ...years.map(({ year, starts, coverage, meanErrorShare }) => [
        String(year),
        String(starts),
        percent(coverage['80']),
        percent(meanErrorShare),
      ]),
    ]),
    '',
    ...words,
    ...(notes.length > 0 ? ['', 'Rows:', ...notes.map((note) => `  ${note}`)] : []),
    '',
    'CRPS is the error of the whole forecast, in conversations. Less is better. The two columns after it are simpler forecasts.',
  ]
}
