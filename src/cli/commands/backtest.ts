// billcast backtest: whether intervals that were fitted in the past covered what came.
import { backtesting } from '../../options/history.ts'
import { type FlagsOf, flagOnly } from '../../options/option.ts'
import { chosen } from '../flags.ts'
import { loadHistory } from '../history.ts'
import { force, json, words } from '../options.ts'
import { printJson, printLines } from '../print.ts'
import { watching } from '../watched.ts'
import { defineCommand, historyArgument } from '../command.ts'
import { resolve } from 'node:path'
import { type Backtest, backtestOf } from '../../questions/backtest/backtest.ts'
import { backtestFan, backtestPit } from '../../present/charts/backtest.ts'
import type { Chart } from '../../present/charts/chart.ts'
import { casesOf } from '../../present/tables/cases.ts'
import { checkFolder, type OutputFile, writeFolder } from '../../present/files/folder.ts'
import { tableFile } from '../../present/tables/table-file.ts'
import { text } from '../../present/files/write.ts'
import { diskAt } from '../../platform/node/disk.ts'
import { hasher } from '../../platform/node/hash.ts'
import { VERSION } from '../../platform/node/version.ts'
import { align } from '../../present/report/text.ts'

export const summary = 'whether intervals that were fitted in the past covered what came'
export const group = 'learn'

const options = {
  ...backtesting,
  out: flagOnly(words('<folder>'), 'write backtest.json, cases.arrow and charts'),
  force,
  json,
} as const

async function backtestCommand(flags: FlagsOf<typeof options>, file: string): Promise<void> {
  const { out, force: replace, json: machine } = flags
  const history = await loadHistory(file)
  const disk = out === undefined ? undefined : diskAt(resolve(out))
  if (disk) await checkFolder(disk, replace === true, 'backtest')
  const watched = watching(flags)
  const { signal } = watched
  const found = await backtestOf(history.text, { name: history.name, ...chosen(flags, backtesting), ...watched })
  if (disk) {
    const files = await filesOf(found)
    await writeFolder(
      disk,
      files,
      { format: 1, kind: 'backtest', version: VERSION, history: found.name },
      hasher,
      signal,
      'backtest',
    )
  }
  const { cases: _, ...told } = found
  if (machine) return printJson(told)
  printLines(linesOf(found))
}

async function filesOf(found: Backtest): Promise<OutputFile[]> {
  const { cases: _, ...told } = found
  const chart = async (name: string, drawn: Chart): Promise<OutputFile[]> => [
    { name: `${name}.svg`, content: text(await drawn.toSVG()) },
    { name: `${name}.vl.json`, content: text(`${JSON.stringify(drawn.spec, null, 2)}\n`) },
  ]
  return [
    { name: 'backtest.json', content: text(`${JSON.stringify(told, null, 2)}\n`) },
    tableFile(casesOf(found), 'arrow'),
    ...(await chart('fan', backtestFan(found))),
    ...(await chart('pit', backtestPit(found))),
  ]
}

const percent = (value: number): string => `${Math.round(100 * value)} %`
const count = (value: number): string => Math.round(value).toLocaleString('en-US')

function linesOf({ name, origins, horizon, trials, since, annual, months, years, notes, words }: Backtest): string[] {
  const row = (label: string, { coverage, crps, meanError }: Omit<Backtest['months'][number], 'ahead'>) => [
    label,
    percent(coverage['50']),
    percent(coverage['80']),
    percent(coverage['90']),
    count(crps.model),
    count(crps.growthNaive),
    count(crps.flat),
    count(meanError),
  ]
  return [
    `${name}: ${origins.length} starts, ${origins[0]} to ${origins[origins.length - 1]}, ${horizon} months each, known since ${since}; ${trials.toLocaleString('en-US')} futures a start`,
    '',
    ...align([
      ['', '50 % holds', '80 % holds', '90 % holds', 'CRPS', 'last year × growth', 'last 12 flat', 'mean error'],
      ...months.map((month) => row(`month ${month.ahead}`, month)),
      row('sum', annual),
      [
        '± (starts overlap)',
        ...(['50', '80', '90'] as const).map((level) => percent(annual.errors.coverage[level])),
        count(annual.errors.crps.model),
        count(annual.errors.crps.growthNaive),
        count(annual.errors.crps.flat),
        count(annual.errors.meanError),
      ],
    ]),
    '',
    ...align([
      ['starts in', 'starts', '80 % holds', 'mean error'],
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
    'CRPS is the error of a whole forecast, in conversations: less is better. Each column beside it is what a simpler forecast had.',
  ]
}

export const command = defineCommand({
  arguments: historyArgument,
  options: options,
  run: backtestCommand,
})
