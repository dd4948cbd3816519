import { shellWord } from '../../notation/shell.ts'
import { dirname, relative } from 'node:path'
import { calibrating } from '../../options/history.ts'
import { flagOnly } from '../../options/option.ts'
import { type Block, textTable } from '../../present/report/text-table.ts'
import { type Calibration, calibrationOf, type FittedHistory } from '../../questions/backtest/calibration.ts'
import { CATALOG_CURRENCY } from '../../questions/backtest/prices.ts'
import type { Estimate } from '../../summary/summary.ts'
import { chosen, defineCommand, historyArgument } from '../command.ts'
import { loadHistory } from '../load.ts'
import { json, replace, words } from '../options.ts'
import { count, printJson, printLines } from '../print.ts'
import { chartFlag, chartsAsked } from '../chart.ts'
import { createFile } from '../write.ts'
import { toStderr, toStdout } from '../streams.ts'

export const summary = 'estimate level, growth, seasons, noise, rate and prices from past months or days (CSV)'
export const group = 'learn'

export const command = defineCommand({
  arguments: [historyArgument],
  options: {
    ...calibrating,
    write: flagOnly(words('<file>'), 'write a scenario to start from'),
    chart: chartFlag('calibrate'),
    force: replace,
    json,
  },
  async run(flags, file) {
    const { write } = flags
    const draw = chartsAsked('calibrate', flags)
    const { text, name } = await loadHistory(file)
    const named = write === undefined ? file : relative(dirname(write), file)
    const found = await calibrationOf(text, { name, ...chosen(flags, calibrating) }, named.replaceAll('\\', '/'))
    if (write !== undefined) await createFile(write, found.scenario, flags.force === true, `--write ${write}`)
    await draw((charts) => ({ history: () => charts.history(found) }))
    if (flags.json) return printJson(found)
    printLines(linesOf(found))
    if (write === undefined) toStdout(`\n${found.scenario}`)
    else {
      const apart =
        found.scenario.includes(`file: ${named}`) && named.startsWith('..') ? ` --allow-path ${shellWord(dirname(file))}` : ''
      toStderr(`Wrote ${write}. Add your offers to it, then run \`billcast run ${shellWord(write)}${apart}\`.\n`)
    }
  },
})

const percent = (value: number): string => `${(100 * value).toFixed(1)}%`
const points = (value: number): string => (100 * value).toFixed(2)
const price = (value: number): string => value.toFixed(4)
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** The estimate and its error, which come from the history and from no simulation. */
const estimated = ({ value, se }: Estimate, write: (value: number) => string): [string, string] => [write(value), write(se)]

function fittedRows(found: FittedHistory): string[][] {
  const { start, days, base, baseSe, growth, workingDays, cv, cvRange, autocorrelation, autocorrelationRange, resolution, prices } =
    found
  const row = (label: string, estimate: Estimate | null | undefined, write: (value: number) => string) =>
    estimate ? [[label, ...estimated(estimate, write), '']] : []
  const unit = prices && prices.currency !== CATALOG_CURRENCY ? `, ${prices.currency}` : ''
  return [
    ['', 'fitted', '±', '95% interval'],
    ...row(`conversations a month${days ? ' of 30.44 days' : ''} in ${start}, before season`, { value: base, se: baseSe }, count),
    ...row('growth a year', growth, percent),
    ...row('elasticity to working days', workingDays, (value) => value.toFixed(2)),
    ['noise, cv', percent(cv), '', cvRange.map(percent).join(' to ')],
    ['noise, autocorrelation', autocorrelation.toFixed(2), '', autocorrelationRange.map((value) => value.toFixed(2)).join(' to ')],
    ...row(`resolution rate in ${start}`, resolution?.rate, percent),
    ...row('improvement a month, points', resolution?.improvement, points),
    ...(resolution ? [['noise of the rate, points', points(resolution.noise.sd), '', '']] : []),
    ...row('correlation of rate and volume', resolution?.correlation, (value) => value.toFixed(2)),
    ...row(`invoice per conversation${unit}`, prices?.perConversation, price),
    ...row(`invoice per resolution${unit}`, prices?.perResolution, price),
  ]
}

const linesOf = ({ segments, together, ...whole }: Calibration): Block[] =>
  segments === null
    ? fitLines(whole)
    : [
        ...Object.values(segments).flatMap((own) => [...fitLines(own), '']),
        ...(together && together.length > 0
          ? [
              textTable([
                ['correlation of months', 'estimate', '±'],
                ...together.map((pair) => [pair.between.join(' and '), ...estimated(pair, (value) => value.toFixed(2))]),
              ]),
            ]
          : []),
        '',
        `The sum of ${Object.keys(segments).length} segments:`,
        ...fitLines(whole),
      ]

function fitLines(found: FittedHistory): Block[] {
  const { name, months, since, until, seasonality, outliers, shifts, prices, notes, warnings } = found
  const section = (lines: readonly Block[]) => (lines.length > 0 ? ['', ...lines] : [])
  const season = seasonality?.map((factor) => factor.toFixed(2))
  const spikes = outliers.map(({ month, ratio }) => `${month} (${ratio.toFixed(2)} times the expected volume)`)
  const levels = shifts.map(({ month, ratio }) => `from ${month} (${ratio.toFixed(2)} times)`)
  const contracts = (prices?.contracts ?? []).map(({ offer, error, fixed }) => [offer, percent(error), count(fixed)])
  return [
    `${name}: ${months} months, ${since} to ${until}`,
    '',
    textTable(fittedRows(found)),
    ...section(
      season
        ? [
            textTable([
              ['', ...MONTHS],
              ['season', ...season],
            ]),
          ]
        : [],
    ),
    ...section(spikes.length > 0 ? [`Outliers, written as spikes: ${spikes.join(', ')}`] : []),
    ...section(levels.length > 0 ? [`Level shifts: ${levels.join(', ')}`] : []),
    ...section(contracts.length > 0 ? [textTable([['contracts with similar bills', 'error', 'fixed a month'], ...contracts])] : []),
    ...section(notes.length > 0 ? ['Rows:', ...notes.map((note) => `  ${note}`)] : []),
    ...section(warnings.map((warning) => `Note: ${warning}`)),
  ]
}
