// What people use where they have no model, each with the spread of its own past errors (docs/how-to/backtest-a-forecast.md).
import { mean } from 'simple-statistics'
import { log } from '../../numerics/kernel/math.ts'

export interface Foretold {
  readonly median: number
  /** Of the logarithm. */
  readonly sd: number
}

/** Expected volumes of the months ahead, from the months before. */
type Point = (before: readonly number[], horizon: number) => number[]

const YEAR = 12

/** The same month of last year, times what last year grew by. */
export const growthNaive: Point = (before, horizon) => {
  const sum = (from: number) => before.slice(before.length - from, before.length - from + YEAR).reduce((a, b) => a + b, 0)
  const growth = sum(YEAR) / sum(2 * YEAR)
  const all = [...before]
  for (let h = 0; h < horizon; h++) all.push(all[all.length - YEAR] * growth)
  return all.slice(before.length)
}
/** Months that it needs. */
export const NEEDS = 2 * YEAR

/** The mean of the last twelve months. */
export const flat: Point = (before, horizon) => new Array<number>(horizon).fill(mean(before.slice(-YEAR)))

/**
 * Each month ahead and their sum. The spread is the root mean square of the logarithms of actual by forecast at every earlier start
 * whose months were over; where a forecast has none yet, that of the flat mean stands in.
 */
export function foretell(
  point: Point,
  needs: number,
  volumes: readonly number[],
  horizon: number,
): { readonly months: Foretold[]; readonly sum: Foretold } {
  const own = errorsOf(point, needs, volumes, horizon)
  const spare = errorsOf(flat, YEAR, volumes, horizon)
  const spread = (place: number): number => {
    const known = own[place].length > 0 ? own[place] : spare[place]
    return known.length > 0 ? Math.sqrt(mean(known.map((error) => error * error))) : place > 0 ? spread(place - 1) : 0
  }
  const values = point(volumes, horizon)
  return {
    months: values.map((median, h) => ({ median, sd: spread(h) })),
    sum: { median: values.reduce((a, b) => a + b, 0), sd: spread(horizon) },
  }
}

/** Log errors of each month ahead, then of the sum, at every earlier start. */
function errorsOf(point: Point, needs: number, volumes: readonly number[], horizon: number): number[][] {
  const errors = Array.from({ length: horizon + 1 }, () => [] as number[])
  for (let start = needs; start < volumes.length; start++) {
    const values = point(volumes.slice(0, start), horizon)
    const actual = volumes.slice(start, start + horizon)
    actual.forEach((value, h) => errors[h].push(log(value / values[h])))
    if (actual.length === horizon) errors[horizon].push(log(actual.reduce((a, b) => a + b, 0) / values.reduce((a, b) => a + b, 0)))
  }
  return errors
}
