// Whether to believe the drivers: at every past month the fit is made from what was known then, its futures are sampled, and what came
// is compared with them, beside what two simpler forecasts would have said.

import { driversOf } from '../../forecasting/fit/drivers.ts'
import { type History, type HistoryOptions, readHistory } from '../../forecasting/history/history.ts'
import { type HistoryRow, historyTable } from '../../forecasting/history/rows.ts'
import { shiftsOf } from '../../forecasting/fit/shifts.ts'
import { fitVolume, type VolumeFit } from '../../forecasting/fit/volume.ts'
import { quantileOf, shareBelow, sortedOf } from '../../numerics/estimators/sorted.ts'
import { recorded } from '../../simulation/recorded.ts'
import { UsageError } from '../../errors.ts'
import { log } from '../../numerics/kernel/math.ts'
import { formatMonth } from '../../months.ts'
import type { CsvTable } from '../../notation/csv.ts'
import { compile } from '../../compile/compile.ts'
import { noFiles } from '../../scenario/resolve/files.ts'
import { resolve } from '../../scenario/resolve/resolve.ts'
import { planTrials } from '../../numerics/random/plan.ts'
import { readScenario } from '../../scenario/read.ts'
import { modelOf } from '../../simulation/model.ts'
import { flat, foretell, growthNaive, NEEDS } from './baselines.ts'
import { checkOptions } from '../../options/check.ts'
import { type BacktestOptions, backtesting } from '../../options/history.ts'
import { asUsage, monthOption } from './calibration.ts'
import { crpsOf, errorOfMean, lognormalCrps } from './scores.ts'

export interface BacktestTableOptions extends Omit<HistoryOptions, 'since'> {
  /** Months foretold at each start, 12 unless stated. */
  readonly horizon?: number
  /** The first month that any fit sees; the series' first one unless stated. */
  readonly since?: number
  /** The first month foretold; 24 months after `since` unless stated. */
  readonly from?: number
  /** Futures of each start, 4,096 unless stated. */
  readonly trials?: number
  readonly seed?: string | number
  readonly onProgress?: (done: number, of: number) => void
  readonly signal?: AbortSignal
}

/** Shares of cases that lay in the middle 50, 80 and 90 % of what was foretold. */
export interface Coverage {
  readonly '50': number
  readonly '80': number
  readonly '90': number
}

/** Continuous ranked probability scores, in conversations: less is better. */
export interface Scores {
  readonly model: number
  readonly growthNaive: number
  readonly flat: number
}

/** What one start said of one month, or of the sum of all. */
export interface Case {
  /** The first month foretold. */
  readonly origin: string
  /** From 1; 0 is the sum. */
  readonly ahead: number
  /** The month itself; of the sum the first one. */
  readonly month: string
  readonly actual: number
  readonly mean: number
  /** Percentiles 5, 10, 25, 50, 75, 90 and 95. */
  readonly percentiles: readonly number[]
  /** The share of futures below what came. */
  readonly pit: number
  readonly crps: Scores
}

export interface Backtest {
  readonly name: string
  readonly horizon: number
  readonly since: string
  /** Starts, each by the first month it foretells. */
  readonly origins: readonly string[]
  readonly trials: number
  readonly annual: {
    readonly coverage: Coverage
    readonly crps: Scores
    /** Of the forecast's mean minus what came, in conversations, and as a share of what came. */
    readonly meanError: number
    readonly meanErrorShare: number
    /** How many sums had so large a share of futures below them: ten classes, which should be alike. */
    readonly pit: readonly number[]
    /** Standard errors of these means over the starts, which share most of their months. */
    readonly errors: {
      readonly coverage: Coverage
      readonly crps: Scores
      readonly meanError: number
      readonly meanErrorShare: number
    }
  }
  readonly months: readonly {
    readonly ahead: number
    readonly coverage: Coverage
    readonly crps: Scores
    readonly meanError: number
  }[]
  /** Of the sums, by the year in which they begin: a break shows here. */
  readonly years: readonly {
    readonly year: number
    readonly starts: number
    readonly coverage: Coverage
    readonly meanErrorShare: number
  }[]
  readonly shifts: readonly { readonly month: string; readonly ratio: number }[]
  readonly cases: readonly Case[]
  readonly notes: readonly string[]
  readonly words: readonly string[]
}

const LEVELS = [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95] as const
const TRIALS = 4_096
const CLASSES = 10

/**
 * Fits, simulates and compares at every past month of a history.
 * @param history CSV text, or rows such as `{ month: '2024-01', conversations: 41200 }`
 * @throws UsageError for rows and options
 */
export async function backtestOf(history: string | Iterable<HistoryRow>, options: BacktestOptions = {}): Promise<Backtest> {
  checkOptions(options, backtesting)
  const { name = 'history.csv', since, until, from, ...rest } = options
  const [first, last, start] = Object.entries({ since, until, from }).map(([key, text]) => monthOption(key, text))
  const asked: BacktestTableOptions = {
    ...rest,
    ...(first !== undefined && { since: first }),
    ...(last !== undefined && { until: last }),
    ...(start !== undefined && { from: start }),
  }
  return asUsage(async () => backtestTable(await historyTable(history, name), name, asked))
}

/** @throws CsvError in words that follow "expected …", UsageError where the months do not suffice */
async function backtestTable(table: CsvTable, name: string, options: BacktestTableOptions = {}): Promise<Backtest> {
  const { horizon = 12, trials = TRIALS, seed = 'backtest' } = options
  const history = readHistory(table, name, options)
  const since = Math.max(history.start, options.since ?? history.start)
  const volumes = history.conversations.slice(since - history.start)
  const from = options.from ?? since + NEEDS
  const end = since + volumes.length
  if (from < since + NEEDS)
    throw new UsageError(
      `from: expected a month ${NEEDS} or more after ${formatMonth(since)} (${formatMonth(since + NEEDS)}), which last year's growth needs, got ${formatMonth(from)}`,
    )
  if (from + horizon > end)
    throw new UsageError(
      `a backtest needs ${NEEDS} months to learn from and ${horizon} to compare with: expected ${from + horizon - since} or more since ${formatMonth(since)}, got ${volumes.length}`,
    )
  const filled = withoutGaps(volumes)
  const origins = Array.from({ length: end - horizon - from + 1 }, (_, k) => from + k)
  const cases: Case[] = []
  for (const [k, origin] of origins.entries()) {
    options.signal?.throwIfAborted()
    const known = origin - since
    const fit = fitVolume(since, volumes.slice(0, known), origin)
    const columns = await futuresOf(fit, origin, horizon, trials, `${seed} ${formatMonth(origin)}`)
    cases.push(...casesOf(origin, columns, volumes.slice(known, known + horizon), filled.slice(0, known)))
    options.onProgress?.(k + 1, origins.length)
    // Whoever waits for a turn gets one: a start takes some 30 ms.
    await new Promise((next) => setTimeout(next, 0))
  }
  return summarised(history, { name, horizon, trials, since, origins, cases, volumes })
}

/** Conversations of each month in the futures that the fit allows. */
async function futuresOf(fit: VolumeFit, start: number, months: number, trials: number, seed: string): Promise<Float64Array[]> {
  const { conversations, correlations } = driversOf(fit, undefined)
  const written = readScenario({
    start: formatMonth(start),
    months,
    conversations,
    correlations,
    offers: { volume: { charges: [{ meter: 'tickets', price: 1 }] } },
  })
  const { scenario, run } = await resolve(written, noFiles)
  const model = modelOf(compile(scenario, { measure: 'bill', pairs: 'none' }))
  const plan = planTrials(trials, run.method)
  return recorded(model, plan, seed, model.conversations.volume, plan.trials)
}

function casesOf(origin: number, columns: readonly Float64Array[], actual: readonly number[], before: readonly number[]): Case[] {
  const horizon = columns.length
  const naive = foretell(growthNaive, NEEDS, before, horizon)
  const level = foretell(flat, 12, before, horizon)
  const sums = columns[0].map((_, i) => columns.reduce((sum, column) => sum + column[i], 0))
  const total = actual.reduce((a, b) => a + b, 0)
  const all = [
    ...columns.map((column, h) => ({ ahead: h + 1, column, value: actual[h] })),
    { ahead: 0, column: sums, value: total },
  ]
  return all
    .filter(({ value }) => value > 0)
    .map(({ ahead, column, value }) => {
      const sorted = sortedOf(column)
      const [a, b] = [naive, level].map((own) => (ahead === 0 ? own.sum : own.months[ahead - 1]))
      return {
        origin: formatMonth(origin),
        ahead,
        month: formatMonth(origin + Math.max(0, ahead - 1)),
        actual: value,
        mean: column.reduce((sum, x) => sum + x, 0) / column.length,
        percentiles: LEVELS.map((p) => quantileOf(sorted, p)),
        pit: shareBelow(sorted, value),
        crps: {
          model: crpsOf(sorted, value),
          growthNaive: lognormalCrps(a.median, a.sd, value),
          flat: lognormalCrps(b.median, b.sd, value),
        },
      }
    })
}

/** Baselines know no gaps: a missing month is what lies between its neighbours. */
function withoutGaps(volumes: readonly number[]): number[] {
  const known = volumes.flatMap((value, k) => (value > 0 ? [k] : []))
  return volumes.map((value, k) => {
    if (value > 0) return value
    const before = known.findLast((place) => place < k)
    const after = known.find((place) => place > k)
    const [a, b] = [before ?? after ?? k, after ?? before ?? k]
    return a === b ? volumes[a] : volumes[a] + ((k - a) / (b - a)) * (volumes[b] - volumes[a])
  })
}

interface Tested {
  readonly name: string
  readonly horizon: number
  readonly trials: number
  readonly since: number
  readonly origins: readonly number[]
  readonly cases: readonly Case[]
  readonly volumes: readonly number[]
}

function summarised(history: History, { name, horizon, trials, since, origins, cases, volumes }: Tested): Backtest {
  const sums = cases.filter(({ ahead }) => ahead === 0)
  const annual = {
    coverage: coverageOf(over(sums)),
    crps: scoresOf(over(sums)),
    meanError: meanOf(sums, ({ mean, actual }) => mean - actual),
    meanErrorShare: meanOf(sums, ({ mean, actual }) => mean / actual - 1),
    pit: Array.from(
      { length: CLASSES },
      (_, k) => sums.filter(({ pit }) => Math.min(CLASSES - 1, Math.floor(CLASSES * pit)) === k).length,
    ),
  }
  const own = (value: (one: Case) => number) => errorOfMean(sums.map(value), horizon - 1)
  const errors = {
    coverage: coverageOf(own),
    crps: scoresOf(own),
    meanError: own(({ mean, actual }) => mean - actual),
    meanErrorShare: own(({ mean, actual }) => mean / actual - 1),
  }
  const years = [...new Set(sums.map(({ origin }) => Number(origin.slice(0, 4))))].map((year) => {
    const those = sums.filter(({ origin }) => Number(origin.slice(0, 4)) === year)
    return {
      year,
      starts: those.length,
      coverage: coverageOf(over(those)),
      meanErrorShare: meanOf(those, ({ mean, actual }) => mean / actual - 1),
    }
  })
  const at = volumes.flatMap((value, k) => (value > 0 ? [k] : []))
  const shifts = shiftsOf(
    since,
    at,
    Float64Array.from(at, (k) => log(volumes[k])),
  ).map(({ month, ratio }) => ({
    month: formatMonth(month),
    ratio,
  }))
  return {
    name,
    horizon,
    since: formatMonth(since),
    origins: origins.map(formatMonth),
    trials,
    annual: { ...annual, errors },
    months: Array.from({ length: horizon }, (_, h) => {
      const those = cases.filter(({ ahead }) => ahead === h + 1)
      return {
        ahead: h + 1,
        coverage: coverageOf(over(those)),
        crps: scoresOf(over(those)),
        meanError: meanOf(those, ({ mean, actual }) => mean - actual),
      }
    }),
    years,
    shifts,
    cases,
    notes: history.notes,
    words: wordsOf(horizon, sums.length, annual, years, shifts),
  }
}

const meanOf = (cases: readonly Case[], value: (one: Case) => number): number =>
  cases.length === 0 ? 0 : cases.reduce((sum, one) => sum + value(one), 0) / cases.length

/** What is made of a number of each case: a mean over cases, or its error. */
type Over = (value: (one: Case) => number) => number
const over =
  (cases: readonly Case[]): Over =>
  (value) =>
    meanOf(cases, value)

function coverageOf(of: Over): Coverage {
  const within = (share: number) => of(({ pit }) => (Math.abs(pit - 0.5) <= share / 2 ? 1 : 0))
  return { '50': within(0.5), '80': within(0.8), '90': within(0.9) }
}

const scoresOf = (of: Over): Scores => ({
  model: of(({ crps }) => crps.model),
  growthNaive: of(({ crps }) => crps.growthNaive),
  flat: of(({ crps }) => crps.flat),
})

/** Within so many points an interval covers what it says, within so many it is slightly off. */
const CLOSE = 0.03
const NEAR = 0.12

function wordsOf(
  horizon: number,
  starts: number,
  { coverage, crps }: Pick<Backtest['annual'], 'coverage' | 'crps'>,
  years: Backtest['years'],
  shifts: Backtest['shifts'],
): string[] {
  const what = horizon === 12 ? 'the annual total' : `the total of ${horizon} months`
  const miss = coverage['80'] - 0.8
  const verdict =
    Math.abs(miss) <= CLOSE
      ? 'as wide as they should be'
      : `${Math.abs(miss) <= NEAR ? 'slightly' : 'clearly'} too ${miss < 0 ? 'narrow' : 'wide'}`
  const percent = (value: number) => `${Math.round(100 * value)} %`
  const better = (other: number) => {
    const gain = 1 - crps.model / other
    return `${percent(Math.abs(gain))} ${gain >= 0 ? 'smaller' : 'larger'} than`
  }
  const missed = years.filter(({ coverage: own }) => own['80'] < 0.5)
  return [
    `80 % intervals for ${what} covered ${percent(coverage['80'])} of ${starts} starts: ${verdict}.`,
    `Its error (CRPS) is ${better(crps.growthNaive)} that of last year's months times last year's growth, and ${better(crps.flat)} that of the mean of the last twelve.`,
    `Starts that follow each other share most of their months: ${starts} starts are worth about ${Math.max(1, Math.round(starts / horizon))} independent ones.`,
    ...missed.map(
      ({ year, starts: own, coverage: share, meanErrorShare }) =>
        `Of the ${own} start${own === 1 ? '' : 's'} in ${year} the 80 % intervals covered only ${percent(share['80'])}: forecasts were ${percent(Math.abs(meanErrorShare))} too ${meanErrorShare < 0 ? 'low' : 'high'} on average.`,
    ),
    ...shifts.map(
      ({ month, ratio }) =>
        `From ${month} on volumes are ${percent(Math.abs(ratio - 1))} ${ratio > 1 ? 'higher' : 'lower'} than before, beyond the trend: no history foretells such a change.`,
    ),
  ]
}
