// billcast calibrate: drivers from a history, and a scenario to start from.
import { calibrating } from '../../options/history.ts'
import { type FlagsOf, flagOnly } from '../../options/option.ts'
import { chosen } from '../flags.ts'
import { loadHistory } from '../history.ts'
import { json, replace, words } from '../options.ts'
import { printJson, printLines } from '../print.ts'
import { defineCommand, historyArgument } from '../command.ts'
import { writeFile } from 'node:fs/promises'
import { type Calibration, calibrationOf } from '../../questions/backtest/calibration.ts'
import { UsageError } from '../../errors.ts'
import { plainWords } from '../../platform/node/words.ts'
import { align } from '../../present/report/text.ts'

export const summary = 'drivers from a CSV file of past months or days: level, growth, seasons, noise, rate, prices'
export const group = 'learn'

const options = {
  ...calibrating,
  write: flagOnly(words('<file>'), 'write a scenario to start from'),
  force: replace,
  json,
} as const

async function calibrateCommand(flags: FlagsOf<typeof options>, file: string): Promise<void> {
  const { text, name } = await loadHistory(file)
  const found = await calibrationOf(text, { name, ...chosen(flags, calibrating) })
  if (flags.write !== undefined) await writeScenario(flags.write, found.scenario, flags.force === true)
  if (flags.json) return printJson(found)
  printLines(linesOf(found))
  if (flags.write === undefined) process.stdout.write(`\n${found.scenario}`)
  else process.stderr.write(`wrote ${flags.write}: put your offers there, then \`billcast run ${flags.write}\`\n`)
}

/** @throws UsageError where there is such a file already */
async function writeScenario(file: string, text: string, force: boolean): Promise<void> {
  try {
    await writeFile(file, text, { flag: force ? 'w' : 'wx' })
  } catch (error) {
    const words = plainWords(error)
    throw new UsageError(
      `--write ${file}: expected a file that can be written, ${words}${words.includes('EEXIST') ? ': --force replaces it' : ''}`,
    )
  }
}

const percent = (value: number, digits = 1): string => `${(100 * value).toFixed(digits)} %`
const count = (value: number): string => Math.round(value).toLocaleString('en-US')
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

function linesOf(found: Calibration): string[] {
  const { name, months, since, until, start, base, baseSe, growth, seasonality, cv, cvRange, autocorrelation } = found
  const { autocorrelationRange, outliers, shifts, resolution, prices, notes, warnings } = found
  const rows = [
    ['', 'fitted', '±', '95 % sure'],
    [`conversations a month in ${start}, before season`, count(base), count(baseSe), ''],
    ['growth a year', percent(growth.value), percent(growth.se), ''],
    ['noise, cv', percent(cv), '', `${percent(cvRange[0])} to ${percent(cvRange[1])}`],
    ['noise, autocorrelation', autocorrelation.toFixed(2), '', autocorrelationRange.map((value) => value.toFixed(2)).join(' to ')],
    ...(resolution
      ? [
          [`resolution rate in ${start}`, percent(resolution.rate.value), percent(resolution.rate.se), ''],
          [
            'improvement a month, points',
            (100 * resolution.improvement.value).toFixed(2),
            (100 * resolution.improvement.se).toFixed(2),
            '',
          ],
          ...(resolution.ceiling ? [['ceiling', percent(resolution.ceiling.value), percent(resolution.ceiling.se), '']] : []),
          ['noise of the rate, points', (100 * resolution.noise.sd).toFixed(2), '', ''],
        ]
      : []),
    ...(prices
      ? [
          ['invoice per conversation', prices.perConversation.value.toFixed(4), prices.perConversation.se.toFixed(4), ''],
          ...(prices.perResolution
            ? [['invoice per resolution', prices.perResolution.value.toFixed(4), prices.perResolution.se.toFixed(4), '']]
            : []),
        ]
      : []),
  ]
  return [
    `${name}: ${months} months, ${since} to ${until}`,
    '',
    ...align(rows),
    ...(seasonality
      ? [
          '',
          ...align([
            ['', ...MONTHS],
            ['season', ...seasonality.map((factor) => factor.toFixed(2))],
          ]),
        ]
      : []),
    ...(outliers.length > 0
      ? [
          '',
          `Outliers, told as spikes: ${outliers.map(({ month, ratio }) => `${month} (${ratio.toFixed(2)} times what was expected)`).join(', ')}`,
        ]
      : []),
    ...(shifts.length > 0
      ? ['', `Shifts of level: ${shifts.map(({ month, ratio }) => `from ${month} (${ratio.toFixed(2)} times)`).join(', ')}`]
      : []),
    ...(prices && prices.contracts.length > 0
      ? [
          '',
          ...align([
            ['contracts that bill alike', 'misses by', 'fixed a month'],
            ...prices.contracts.map(({ offer, error, fixed }) => [offer, percent(error), count(fixed)]),
          ]),
        ]
      : []),
    ...(notes.length > 0 ? ['', 'Rows:', ...notes.map((note) => `  ${note}`)] : []),
    ...(warnings.length > 0 ? ['', ...warnings.map((warning) => `Note: ${warning}`)] : []),
  ]
}

export const command = defineCommand({
  arguments: historyArgument,
  options: options,
  run: calibrateCommand,
})
