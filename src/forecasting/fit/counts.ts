// Fits small counts, of which some months have none: a Poisson level that older months say less and less about.
import { logGamma } from '../../numerics/distributions/special/gamma.ts'
import { exp, log, log1p, pow } from '../../numerics/kernel/math.ts'
import type { VolumeFit } from './volume.ts'

/** Shares of what a month says that are left a month later. Equally likely before the history is seen. */
const DISCOUNTS = [1, 0.99, 0.97, 0.94, 0.9, 0.8]
/** The level before the first month counts as half a conversation. */
const START = 0.5
/** Standard deviation of the growth of a year, which so few counts do not show. */
const GROWTH = 0.1
const MIDDLE_OF_YEAR = 6
/** Up to this mean, months of 0 are counts. */
const SMALL = 6
/** Above this mean, a month without conversations is a gap in the records. */
const LARGE = 20
/** Between them, months of 0 are counts if the others let expect as many as this. */
const EXPECTED = 0.3

/** Whether months of 0 are counts, as far as the other months show. */
export function zerosAreCounts(volumes: readonly number[]): boolean {
  const some = volumes.filter((volume) => volume > 0)
  if (some.length === 0) return false
  const mean = some.reduce((sum, volume) => sum + volume, 0) / some.length
  if (mean <= SMALL || mean > LARGE) return mean <= SMALL
  const variance = some.reduce((sum, volume) => sum + (volume - mean) * (volume - mean), 0) / some.length
  return some.length * chanceOfZero(mean, variance) >= EXPECTED
}

/** Of a negative binomial distribution, or a Poisson distribution if the variance is no larger than the mean. */
function chanceOfZero(mean: number, variance: number): number {
  if (variance <= mean) return exp(-mean)
  const shape = (mean * mean) / (variance - mean)
  return exp(-shape * log1p(mean / shape))
}

/**
 * The gamma-Poisson model with a discount (West and Harrison, "Bayesian Forecasting and Dynamic Models", 1997, section 10.8), weighted
 * over the discounts by their predictions.
 * @param volumes one for each month; NaN if unknown
 */
export function fitCounts(volumes: readonly number[]): VolumeFit {
  const known = volumes.filter((volume) => volume >= 0)
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length
  const fits = DISCOUNTS.map((discount) => filtered(volumes, discount, mean))
  const top = Math.max(...fits.map(({ evidence }) => evidence))
  const raw = fits.map(({ evidence }) => exp(evidence - top))
  const total = raw.reduce((a, b) => a + b, 0)
  const over = (value: (fit: Filtered) => number) => fits.reduce((sum, fit, k) => sum + (raw[k] / total) * value(fit), 0)
  const level = over(({ shape, rate }) => shape / rate)
  // Counts that vary more than Poisson's say less about the level, by the factor of their variance.
  const square = over(
    ({ shape, rate, ahead, dispersion }) => (shape / rate) * (shape / rate) * (1 + Math.max(1, dispersion) / (shape * ahead)),
  )
  const cv = Math.sqrt(Math.max(0, square / (level * level) - 1))
  const excess = Math.max(0, over(({ dispersion }) => dispersion) - 1) / level
  const noise = Math.sqrt(1 / level + excess)
  const se = Math.sqrt(log1p(cv * cv))
  return {
    months: known.length,
    base: { value: level * exp((-se * se) / 2), se },
    growth: { value: 0, se: GROWTH },
    correlation: 0,
    cv: { value: noise, range: [Math.sqrt(1 / (level * (1 + 2 * cv))), Math.sqrt(1 / level + 2 * excess + (2 * cv) / level)] },
    autocorrelation: { value: 0, range: [0, 0] },
    innovation: Math.sqrt(log1p(noise * noise)),
    outliers: [],
    shifts: [],
    ratios: volumes.map((volume) => (volume >= 0 ? volume / mean : 1)),
    warnings: ['some months have no conversations, so the fit counts whole conversations and shows neither growth nor seasons'],
  }
}

interface Filtered {
  readonly shape: number
  readonly rate: number
  /** The share of the shape that is left in the middle of the year ahead. */
  readonly ahead: number
  readonly evidence: number
  /** Variance of the counts by that of a Poisson distribution. */
  readonly dispersion: number
}

function filtered(volumes: readonly number[], discount: number, mean: number): Filtered {
  let [shape, rate, evidence, squares, months] = [START, START / mean, 0, 0, 0]
  for (const volume of volumes) {
    shape *= discount
    rate *= discount
    if (!(volume >= 0)) continue
    const expected = shape / rate
    const variance = expected * (1 + 1 / rate)
    squares += ((volume - expected) * (volume - expected)) / variance
    months++
    evidence +=
      logGamma(shape + volume) - logGamma(shape) - logGamma(volume + 1) + shape * log(rate / (rate + 1)) - volume * log1p(rate)
    shape += volume
    rate += 1
  }
  return { shape, rate, ahead: pow(discount, MIDDLE_OF_YEAR), evidence, dispersion: squares / months }
}
