// Forecasts that people make without a model. Each is as uncertain as its own past errors were (docs/how-to/backtest-a-forecast.md).
import { mean } from 'simple-statistics'
import { log } from '../../numerics/kernel/math.ts'

interface Forecast {
  readonly median: number
  /** Standard deviation of the logarithm. */
  readonly sd: number
}

/** Expected volumes of the months ahead, given the months before. */
type Point = (before: readonly number[], horizon: number) => number[]

const YEAR = 12

/** Last year's months times last year's growth. */
export const growthNaive: Point = (before, horizon) => {
  const sum = (from: number) => before.slice(before.length - from, before.length - from + YEAR).reduce((a, b) => a + b, 0)
  const growth = sum(YEAR) / sum(2 * YEAR)
  const all = [...before]
  for (let h = 0; h < horizon; h++) all.push(all[all.length - YEAR] * growth)
  return all.slice(before.length)
}
/** Months of history that `growthNaive` needs. */
export const NEEDS = 2 * YEAR

/** The mean of the last twelve months. */
export const flat: Point = (before, horizon) => new Array<number>(horizon).fill(mean(before.slice(-YEAR)))

/**
 * Forecasts each month ahead and their sum. `sd` is the root mean square of log(actual / forecast) over all earlier forecasts. A method
 * without earlier forecasts borrows the `sd` of the flat mean.
 */
export function forecastBy(
  point: Point,
  needs: number,
  volumes: readonly number[],
  horizon: number,
): { readonly months: Forecast[]; readonly sum: Forecast } {
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

/** Log errors of all earlier forecasts: a list for each month ahead, then one for the sum. */
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
