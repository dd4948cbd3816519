// Scores of forecasts. They reward an interval that is both in the right place and no wider than it needs to be.
import { normalCdf } from '../../numerics/distributions/special/normal.ts'
import { exp, log } from '../../numerics/kernel/math.ts'

/**
 * Continuous ranked probability score of a sample, in units of the value. 0 is best. For a forecast of a single number it is the absolute
 * error (Gneiting and Raftery, Journal of the American Statistical Association 102, 2007, equation 21).
 * @param sorted the sample in increasing order
 */
export function crpsOf(sorted: Float64Array, actual: number): number {
  const n = sorted.length
  let [error, spread] = [0, 0]
  for (let i = 0; i < n; i++) {
    error += Math.abs(sorted[i] - actual)
    spread += (2 * i + 1 - n) * sorted[i]
  }
  return error / n - spread / n / n
}

/** The score of a lognormal distribution (Baran and Lerch, Quarterly Journal of the Royal Meteorological Society 141, 2015, equation 5). */
export function lognormalCrps(median: number, sd: number, actual: number): number {
  if (!(sd > 1e-9)) return Math.abs(median - actual)
  const z = log(actual / median) / sd
  const mean = median * exp((sd * sd) / 2)
  return actual * (2 * normalCdf(z) - 1) - 2 * mean * (normalCdf(z - sd) + normalCdf(sd / Math.SQRT2) - 1)
}

/** Standard error of a mean of values that are correlated over `lag` steps (Newey and West, Econometrica 55, 1987, equation 5). */
export function errorOfMean(values: readonly number[], lag: number): number {
  const n = values.length
  if (n === 0) return 0
  const mean = values.reduce((a, b) => a + b, 0) / n
  const covariance = (j: number) => values.slice(j).reduce((sum, value, i) => sum + (value - mean) * (values[i] - mean), 0) / n
  let variance = covariance(0)
  for (let j = 1; j <= Math.min(lag, n - 1); j++) variance += 2 * (1 - j / (lag + 1)) * covariance(j)
  return Math.sqrt(Math.max(0, variance) / n)
}
