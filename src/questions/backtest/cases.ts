// Past forecasts of a quantity beside what came: one case for each month ahead and one for their sum, and means over the cases.
import { formatMonth } from '../../months.ts'
import { quantileOf, shareBelow, sortedOf } from '../../numerics/estimators/sorted.ts'
import type { Steps } from '../../pace.ts'
import { flat, forecastBy, growthNaive, NEEDS } from './baselines.ts'
import { crpsOf, errorOfMean, lognormalCrps } from './scores.ts'

/** Shares of the actual values that fell inside the 50%, 80% and 90% intervals of their forecasts. */
export interface Coverage {
  readonly '50': number
  readonly '80': number
  readonly '90': number
}

/** Continuous ranked probability scores (CRPS), in units of the quantity. Lower is better. */
export interface Scores {
  readonly model: number
  readonly growthNaive: number
  readonly flat: number
}

/** What is forecast and compared. */
export type ForecastQuantity = 'conversations' | 'resolutions' | 'bill'

/** One forecast of one month, or of the sum of all its months. */
export interface Case {
  readonly of: ForecastQuantity
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
export interface Scored {
  readonly coverage: Coverage
  readonly crps: Scores
  /** The forecast's mean minus the actual value. */
  readonly meanError: number
  /** The same as a share of the actual value. */
  readonly meanErrorShare: number
}

/** How much smaller the error (CRPS) is than that of a simpler forecast, as a share of the latter. Below 0 it is larger. */
export interface Gain {
  readonly value: number
  readonly se: number
}

/** Forecasts of one quantity. */
export interface ScoredQuantity {
  readonly annual: Scored & {
    /** Actual sums by the share of trials below them, in ten classes. Good intervals fill the classes about equally. */
    readonly pit: readonly number[]
    /** Standard errors of these means. They allow for the months that forecasts share. */
    readonly errors: Scored
    readonly gains: { readonly growthNaive: Gain; readonly flat: Gain }
  }
  readonly months: readonly (Omit<Scored, 'meanErrorShare'> & { readonly ahead: number })[]
}

const LEVELS = [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95] as const
const CLASSES = 10

/** @param before the months before the forecast, without gaps, from which the simpler forecasts are made */
export function* forecastCases(
  of: ForecastQuantity,
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
      of,
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

export function scoredQuantity(cases: readonly Case[], horizon: number): ScoredQuantity {
  const sums = cases.filter(({ ahead }) => ahead === 0)
  const classOf = ({ pit }: Case) => Math.min(CLASSES - 1, Math.floor(CLASSES * pit))
  return {
    annual: {
      ...scored(meanOver(sums)),
      pit: Array.from({ length: CLASSES }, (_, k) => sums.filter((one) => classOf(one) === k).length),
      errors: scored((value) => errorOfMean(sums.map(value), horizon - 1)),
      gains: { growthNaive: gainOver(sums, 'growthNaive', horizon), flat: gainOver(sums, 'flat', horizon) },
    },
    months: Array.from({ length: horizon }, (_, h) => {
      const { coverage, crps, meanError } = scored(meanOver(cases.filter(({ ahead }) => ahead === h + 1)))
      return { ahead: h + 1, coverage, crps, meanError }
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

/** A ratio of means, whose error is that of the mean of numerator − ratio · denominator. */
function gainOver(sums: readonly Case[], other: 'growthNaive' | 'flat', horizon: number): Gain {
  const mean = meanOver(sums)
  const base = mean(({ crps }) => crps[other])
  if (!(base > 0)) return { value: 0, se: 0 }
  const ratio = mean(({ crps }) => crps.model) / base
  const rest = sums.map(({ crps }) => crps.model - ratio * crps[other])
  return { value: 1 - ratio, se: errorOfMean(rest, horizon - 1) / base }
}

export interface ScoredYear extends Pick<Scored, 'coverage' | 'meanErrorShare'> {
  readonly year: number
  readonly starts: number
}

/** The sums by the year in which they begin. */
export function scoredYears(cases: readonly Case[]): ScoredYear[] {
  const sums = cases.filter(({ ahead }) => ahead === 0)
  const yearOf = ({ origin }: Case) => Number(origin.slice(0, 4))
  return [...new Set(sums.map(yearOf))].map((year) => {
    const own = sums.filter((one) => yearOf(one) === year)
    const { coverage, meanErrorShare } = scored(meanOver(own))
    return { year, starts: own.length, coverage, meanErrorShare }
  })
}

/** Interpolates missing months, because the simple forecasts need every month. */
export function withoutGaps(volumes: readonly number[]): number[] {
  const known = volumes.flatMap((value, k) => (value > 0 ? [k] : []))
  return volumes.map((value, k) => {
    if (value > 0) return value
    const before = known.findLast((place) => place < k)
    const after = known.find((place) => place > k)
    const [a, b] = [before ?? after ?? k, after ?? before ?? k]
    return a === b ? volumes[a] : volumes[a] + ((k - a) / (b - a)) * (volumes[b] - volumes[a])
  })
}
