// The months of a history beside its fit, and those of the year ahead, as charts show them.
import { historyCourse } from '../../forecasting/ensemble/course.ts'
import type { PastVolumes } from '../../forecasting/ensemble/past-fit.ts'
import { fitByEnsemble } from '../../forecasting/fit/ensemble-volume.ts'
import { rounded, type Shift } from '../../forecasting/fit/figures.ts'
import { formatMonth } from '../../months.ts'

/** A past month beside what all other months predict, with and without the season. Null if unknown. */
export interface PastMonth {
  readonly month: string
  readonly actual: number | null
  readonly fitted: number | null
  readonly level: number | null
}

/** The futures of a month ahead. */
export interface MonthAhead {
  readonly month: string
  readonly mean: number
  readonly p5: number
  readonly p25: number
  readonly p75: number
  readonly p95: number
}

/** A month that is an outlier, or from which on the level is another one, and its ratio to the others. */
export interface MonthRatio {
  readonly month: string
  readonly ratio: number
}

/** A history with its fit. */
export interface PastCourse {
  readonly past: readonly PastMonth[]
  readonly outliers: readonly MonthRatio[]
  readonly shifts: readonly MonthRatio[]
}

export const datedRatio = ({ month, ratio }: Shift): MonthRatio => ({ month: formatMonth(month), ratio: rounded(ratio) })

const known = (value: number): number | null => (value > 0 ? rounded(value) : null)

/** @param start the first month ahead */
export function fittedCourse(history: PastVolumes, start: number) {
  const { past, ahead } = historyCourse(history, start)
  return {
    past: past.map(
      ({ month, actual, fitted, level }): PastMonth => ({
        ...{ month: formatMonth(month), actual: known(actual), fitted: known(fitted), level: known(level) },
      }),
    ),
    ahead: ahead.map(({ month, mean, percentiles }): MonthAhead => {
      const [p5, p25, p75, p95] = percentiles.map(rounded)
      return { month: formatMonth(month), mean: rounded(mean), p5, p25, p75, p95 }
    }),
  }
}

/**
 * The past that a plan draws its futures from. Of several segments it is their sum, in the months that all of them know. Undefined if
 * there is none.
 */
export function fittedPast(histories: readonly PastVolumes[], start: number): PastCourse | undefined {
  if (histories.length === 0) return undefined
  const courses = histories.map((history) => fittedCourse(history, start).past)
  if (courses.length === 1) {
    const [history] = histories
    const { outliers, shifts } = fitByEnsemble(history, start)
    return { past: courses[0], outliers: outliers.map(datedRatio), shifts: shifts.map(datedRatio) }
  }
  const others = courses.slice(1).map((course) => new Map(course.map((one) => [one.month, one])))
  const past = courses[0].flatMap((one): PastMonth[] => {
    const all = [one, ...others.flatMap((course) => course.get(one.month) ?? [])]
    if (all.length < courses.length) return []
    return [{ month: one.month, actual: sumOf(all, 'actual'), fitted: sumOf(all, 'fitted'), level: sumOf(all, 'level') }]
  })
  return { past, outliers: [], shifts: [] }
}

const sumOf = (months: readonly PastMonth[], key: 'actual' | 'fitted' | 'level'): number | null =>
  months.reduce<number | null>((sum, { [key]: own }) => (sum === null || own === null ? null : sum + own), 0)
