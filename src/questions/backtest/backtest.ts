// Shows how far to trust fitted drivers. At every past month, the fit sees only what was known then. Its forecast is compared with the
// actual volumes and with two simpler forecasts.
import { fittedDrivers } from '../../forecasting/fit/drivers.ts'
import { type History, readHistory } from '../../forecasting/history/history.ts'
import { type HistoryRow, historyTable } from '../../forecasting/history/rows.ts'
import { shiftsOf } from '../../forecasting/fit/shifts.ts'
import { fitHistory } from '../../forecasting/fit/per-day.ts'
import type { VolumeFit } from '../../forecasting/fit/volume.ts'
import { quantileOf, shareBelow, sortedOf } from '../../numerics/estimators/sorted.ts'
import { recording } from '../../simulation/recorded.ts'
import { type Pace, paced, type Steps } from '../../pace.ts'
import { UsageError } from '../../errors.ts'
import { log } from '../../numerics/kernel/math.ts'
import { formatMonth } from '../../months.ts'
import { formatShare } from '../../notation/money.ts'
import { compile } from '../../compile/compile.ts'
import { noFiles } from '../../scenario/resolve/files.ts'
import { resolve } from '../../scenario/resolve/resolve.ts'
import { planTrials } from '../../numerics/random/plan.ts'
import { readScenario } from '../../scenario/read.ts'
import { modelOf } from '../../simulation/model.ts'
import { flat, forecastBy, growthNaive, NEEDS } from './baselines.ts'
import { checkOptions } from '../../options/check.ts'
import { type BacktestOptions, backtesting } from '../../options/history.ts'
import { asUsage, monthsIn } from './calibration.ts'
import { type RateBacktest, type RateCase, rateCases, scoredRates } from './rates.ts'
import { crpsOf, errorOfMean, lognormalCrps } from './scores.ts'

/** Shares of the actual values that fell inside the 50%, 80% and 90% intervals of their forecasts. */
export interface Coverage {
  readonly '50': number
  readonly '80': number
  readonly '90': number
}

/** Continuous ranked probability scores (CRPS), in conversations. Lower is better. */
export interface Scores {
  readonly model: number
  readonly growthNaive: number
  readonly flat: number
}

/** One forecast of one month, or of the sum of all its months. */
export interface Case {
  /** The first month of the forecast. */
  readonly origin: string
  /** How many months ahead, from 1. The sum has 0. */
  readonly ahead: number
  /** The month itself, or the first month of the sum. */
  readonly month: string
  readonly actual: number
  readonly mean: number
  /** Percentiles 5, 10, 25, 50, 75, 90 and 95. */
  readonly percentiles: readonly number[]
  /** The share of trials below the actual value. */
  readonly pit: number
  readonly crps: Scores
}

/** Means over several forecasts. */
interface Scored {
  readonly coverage: Coverage
  readonly crps: Scores
  /** The forecast's mean minus the actual value, in conversations. */
  readonly meanError: number
  /** The same as a share of the actual value. */
  readonly meanErrorShare: number
}

export interface Backtest {
  readonly name: string
  readonly horizon: number
  readonly since: string
  /** The first month of each forecast. */
  readonly origins: readonly string[]
  readonly trials: number
  readonly annual: Scored & {
    /** Actual sums by the share of trials below them, in ten classes. Good intervals fill the classes about equally. */
    readonly pit: readonly number[]
    /** Standard errors of these means. They allow for the months that forecasts share. */
    readonly errors: Scored
  }
  readonly months: readonly (Omit<Scored, 'meanErrorShare'> & { readonly ahead: number })[]
  /** The sums by the year in which they begin. A break in the history shows here. */
  readonly years: readonly (Pick<Scored, 'coverage' | 'meanErrorShare'> & { readonly year: number; readonly starts: number })[]
  /** The resolution rate. Null if the history has none that can be compared. */
  readonly rate: RateBacktest | null
  readonly shifts: readonly { readonly month: string; readonly ratio: number }[]
  readonly cases: readonly Case[]
  readonly notes: readonly string[]
  readonly words: readonly string[]
}

const LEVELS = [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95] as const
const CLASSES = 10

/**
 * Fits, simulates and compares at every past month of a history.
 * @param history CSV text, or rows such as `{ month: '2024-01', conversations: 41200 }`
 * @throws UsageError for rows and options, and for a history that is too short
 */
export async function backtestOf(history: string | Iterable<HistoryRow>, options: BacktestOptions = {}): Promise<Backtest> {
  checkOptions(options, backtesting)
  const { name = 'history.csv' } = options
  return asUsage(async () => {
    const table = await historyTable(history, name)
    const { since, until, from, ...rest } = options
    const months = monthsIn({ since, until, from })
    const known = readHistory(table, name, { ...rest, ...months })
    return paced(options, (pace) => backtestFrom(known, name, months, rest, pace))
  })
}

async function backtestFrom(
  history: History,
  name: string,
  months: Partial<Record<'since' | 'from', number>>,
  options: BacktestOptions,
  pace: Pace,
): Promise<Backtest> {
  const { horizon = 12, trials = 4_096, seed = 'backtest' } = options
  const since = Math.max(history.start, months.since ?? history.start)
  const volumes = history.conversations.slice(since - history.start)
  const from = months.from ?? since + NEEDS
  const end = since + volumes.length
  if (from < since + NEEDS)
    throw new UsageError(
      `from: expected ${formatMonth(since + NEEDS)} or later, since a forecast needs the ${NEEDS} months before it, got ${formatMonth(from)}`,
    )
  if (from + horizon > end)
    throw new UsageError(
      `a backtest needs ${NEEDS} months to learn from and ${horizon} months to compare with: expected at least ${from + horizon - since} months since ${formatMonth(since)}, got ${volumes.length}`,
    )
  const filled = withoutGaps(volumes)
  const origins = Array.from({ length: end - horizon - from + 1 }, (_, k) => from + k)
  const cases: Case[] = []
  const rates: RateCase[] = []
  pace.expect(origins.length)
  for (const origin of origins) {
    const known = origin - since
    const fit = fitHistory(since, volumes.slice(0, known), origin, options.days, true)
    await pace.turn()
    const columns = await pace.through(await trialsOf(fit, origin, horizon, trials, `${seed} ${formatMonth(origin)}`), 0)
    cases.push(...(await pace.through(casesOf(origin, columns, volumes.slice(known, known + horizon), filled.slice(0, known)))))
    rates.push(...rateCases(history, since, origin, horizon))
    await pace.did(1)
  }
  const summary = summarized(cases, horizon)
  const shifts = shiftsIn(volumes, since)
  const rate = scoredRates(rates, horizon) ?? null
  return {
    name,
    horizon,
    since: formatMonth(since),
    origins: origins.map(formatMonth),
    trials,
    ...summary,
    rate,
    shifts,
    cases,
    notes: [history.read, ...history.notes],
    words: [...wordsOf(horizon, summary, shifts), ...(rate ? rateWords(horizon, rate) : [])],
  }
}

function shiftsIn(volumes: readonly number[], since: number): Backtest['shifts'] {
  const known = volumes.flatMap((value, k) => (value > 0 ? [k] : []))
  const logs = Float64Array.from(known, (k) => log(volumes[k]))
  return shiftsOf(since, known, logs).map(({ month, ratio }) => ({ month: formatMonth(month), ratio }))
}

/** The conversations of each month ahead, trial by trial. */
async function trialsOf(
  fit: VolumeFit,
  start: number,
  months: number,
  trials: number,
  seed: string,
): Promise<Steps<Float64Array[]>> {
  const { conversations, correlations } = fittedDrivers(fit, undefined)
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
  return recording(model, plan, seed, model.conversations.volume, plan.trials)
}

function* casesOf(
  origin: number,
  columns: readonly Float64Array[],
  actual: readonly number[],
  before: readonly number[],
): Steps<Case[]> {
  const horizon = columns.length
  const naive = forecastBy(growthNaive, NEEDS, before, horizon)
  const level = forecastBy(flat, 12, before, horizon)
  const sums = columns[0].map((_, i) => columns.reduce((sum, column) => sum + column[i], 0))
  const all = [
    ...columns.map((column, h) => ({ ahead: h + 1, column, value: actual[h] })),
    { ahead: 0, column: sums, value: actual.reduce((a, b) => a + b, 0) },
  ]
  const cases: Case[] = []
  for (const { ahead, column, value } of all) {
    if (!(value > 0)) continue
    yield 0
    const sorted = sortedOf(column)
    const [a, b] = [naive, level].map((own) => (ahead === 0 ? own.sum : own.months[ahead - 1]))
    cases.push({
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
    })
  }
  return cases
}

/** Interpolates missing months, because the simple forecasts need every month. */
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

function summarized(cases: readonly Case[], horizon: number): Pick<Backtest, 'annual' | 'months' | 'years'> {
  const sums = cases.filter(({ ahead }) => ahead === 0)
  const classOf = ({ pit }: Case) => Math.min(CLASSES - 1, Math.floor(CLASSES * pit))
  const yearOf = ({ origin }: Case) => Number(origin.slice(0, 4))
  return {
    annual: {
      ...scored(meanOver(sums)),
      pit: Array.from({ length: CLASSES }, (_, k) => sums.filter((one) => classOf(one) === k).length),
      errors: scored((value) => errorOfMean(sums.map(value), horizon - 1)),
    },
    months: Array.from({ length: horizon }, (_, h) => {
      const { coverage, crps, meanError } = scored(meanOver(cases.filter(({ ahead }) => ahead === h + 1)))
      return { ahead: h + 1, coverage, crps, meanError }
    }),
    years: [...new Set(sums.map(yearOf))].map((year) => {
      const own = sums.filter((one) => yearOf(one) === year)
      const { coverage, meanErrorShare } = scored(meanOver(own))
      return { year, starts: own.length, coverage, meanErrorShare }
    }),
  }
}

/** Reduces one number of each case to one figure: its mean over the cases, or the standard error of that mean. */
type Reduce = (value: (one: Case) => number) => number

const meanOver =
  (cases: readonly Case[]): Reduce =>
  (value) =>
    cases.length === 0 ? 0 : cases.reduce((sum, one) => sum + value(one), 0) / cases.length

function scored(of: Reduce): Scored {
  const within = (share: number) => of(({ pit }) => (Math.abs(pit - 0.5) <= share / 2 ? 1 : 0))
  return {
    coverage: { '50': within(0.5), '80': within(0.8), '90': within(0.9) },
    crps: {
      model: of(({ crps }) => crps.model),
      growthNaive: of(({ crps }) => crps.growthNaive),
      flat: of(({ crps }) => crps.flat),
    },
    meanError: of(({ mean, actual }) => mean - actual),
    meanErrorShare: of(({ mean, actual }) => mean / actual - 1),
  }
}

/** Coverage within this distance of 80% is slightly off, unless its own error explains it. */
const NEAR = 0.12

/** Coverage is only called wrong if it is two standard errors from 80%. A sample in which all or none are covered has no spread of its own. */
function verdictOn(coverage: number, error: number, starts: number, horizon: number): string {
  const independent = Math.max(1, starts / horizon)
  const least = Math.sqrt((0.8 * 0.2) / independent)
  const miss = coverage - 0.8
  if (Math.abs(miss) <= 2 * Math.max(error, coverage === 0 || coverage === 1 ? least : 0)) return 'not shown to be wrong'
  return `${Math.abs(miss) <= NEAR ? 'slightly' : 'clearly'} too ${miss < 0 ? 'narrow' : 'wide'}`
}

const percent = (value: number): string => formatShare(value, 0)

function rateWords(horizon: number, { starts, coverage, coverageError, errors }: RateBacktest): string[] {
  const points = (value: number) => `${(100 * value).toFixed(1)} points`
  return [
    `The 80% intervals for the resolution rate of ${horizon} months are ${verdictOn(coverage, coverageError, starts, horizon)}: they covered the actual rate in ${percent(coverage)} ± ${percent(coverageError)} of ${starts} past forecasts.`,
    `The forecast of the rate missed by ${points(errors.model)} on average, the last month by ${points(errors.last)}, and the mean of the last 12 months by ${points(errors.flat)}.`,
  ]
}

function wordsOf(
  horizon: number,
  { annual: { coverage, crps, errors }, years }: Pick<Backtest, 'annual' | 'years'>,
  shifts: Backtest['shifts'],
): string[] {
  const starts = years.reduce((sum, year) => sum + year.starts, 0)
  const total = horizon === 12 ? 'the annual total' : `the total of ${horizon} months`
  const compared = (other: number) => {
    const gain = 1 - crps.model / other
    return `${percent(Math.abs(gain))} ${gain >= 0 ? 'smaller' : 'larger'} than`
  }
  const missed = years.filter(({ coverage: own }) => own['80'] < 0.5)
  return [
    `The 80% intervals for ${total} are ${verdictOn(coverage['80'], errors.coverage['80'], starts, horizon)}: they covered the actual value in ${percent(coverage['80'])} ± ${percent(errors.coverage['80'])} of ${starts} past forecasts.`,
    `The forecast error (CRPS) is ${compared(crps.growthNaive)} with last year's months times last year's growth, and ${compared(crps.flat)} with the mean of the last 12 months.`,
    `Forecasts that follow each other share most of their months: ${starts} of them are worth about ${Math.max(1, Math.round(starts / horizon))} independent ones.`,
    ...missed.map(
      ({ year, starts: own, coverage: share, meanErrorShare }) =>
        `In the ${own === 1 ? 'forecast that starts' : `${own} forecasts that start`} in ${year}, the 80% intervals covered only ${percent(share['80'])}: forecasts were ${percent(Math.abs(meanErrorShare))} too ${meanErrorShare < 0 ? 'low' : 'high'} on average.`,
    ),
    ...shifts.map(
      ({ month, ratio }) =>
        `From ${month}, volumes are ${percent(Math.abs(ratio - 1))} ${ratio > 1 ? 'higher' : 'lower'} than the earlier level and trend. A history cannot predict such a change.`,
    ),
  ]
}
