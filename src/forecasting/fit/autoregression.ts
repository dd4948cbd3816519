// Regression whose errors follow a first-order autoregression: generalized least squares for each autocorrelation on a grid, and
// the restricted likelihood of each (Patterson and Thompson, Biometrika 58, 1971; Harvey, "Time Series Models", 1993, section 3.4).
// With flat priors on the coefficients and on the log of the scale, this likelihood is a posterior weight, so the results average over
// all autocorrelations.
import { CholeskyDecomposition, Matrix } from 'ml-matrix'
import { median } from 'simple-statistics'
import { incompleteGamma } from '../../numerics/distributions/special/gamma.ts'
import { normalCdf } from '../../numerics/distributions/special/normal.ts'
import { exp, log, pow } from '../../numerics/kernel/math.ts'

export interface Regressors {
  /** One array per coefficient, as long as `y`. */
  readonly columns: readonly Float64Array[]
  readonly y: Float64Array
  /** The month of each value, increasing, possibly with gaps. */
  readonly at: readonly number[]
  /** The prior that shrinks some coefficients to 0: a precision in units of the innovations' variance. */
  readonly prior?: { readonly precision: readonly (readonly number[])[]; readonly coefficients: number }
}

/** The regression at one autocorrelation. */
export interface Fitted {
  readonly phi: number
  readonly coefficients: readonly number[]
  /** Covariance of the coefficients in units of the innovations' variance. */
  readonly unit: Matrix
  /** Sum of squares of the innovations, and their degrees of freedom. */
  readonly squares: number
  readonly freedom: number
  /** Logarithm of the restricted likelihood, up to a constant. */
  readonly likelihood: number
}

const LOWEST = -0.6
const STEP = 0.02
/** Above it, an autoregression cannot be distinguished from a random walk, whose spread has no limit. */
const HIGHEST = 0.98
const GRID = Array.from({ length: Math.round((HIGHEST - LOWEST) / STEP) + 1 }, (_, k) => LOWEST + STEP * k)

/** For each value, the autocorrelation with the one before (over any gap), and the factor that gives its innovation the common variance. */
type Steps = { readonly reach: Float64Array; readonly scale: Float64Array }

function stepsOf(at: readonly number[], phi: number): Steps {
  const rest = 1 - phi * phi
  const reach = Float64Array.from(at, (month, i) => (i === 0 ? 0 : month === at[i - 1] + 1 ? phi : pow(phi, month - at[i - 1])))
  return { reach, scale: reach.map((own) => Math.sqrt(rest / (1 - own * own))) }
}

const whiten = (values: Float64Array, { reach, scale }: Steps): Float64Array =>
  values.map((value, i) => (i === 0 ? value : value - reach[i] * values[i - 1]) * scale[i])

function product(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i]
  return sum
}

const logSum = (values: Float64Array | readonly number[]): number => {
  let sum = 0
  for (const value of values) sum += log(value)
  return sum
}

export function regress({ columns, y, at, prior }: Regressors, phi: number): Fitted {
  const size = columns.length
  const steps = stepsOf(at, phi)
  const white = columns.map((column) => whiten(column, steps))
  const seen = whiten(y, steps)
  const normal = Matrix.zeros(size, size)
  const right = Matrix.zeros(size, 1)
  for (let i = 0; i < size; i++) {
    right.set(i, 0, product(white[i], seen))
    for (let j = i; j < size; j++) {
      const value = product(white[i], white[j]) + (prior?.precision[i][j] ?? 0)
      normal.set(i, j, value)
      normal.set(j, i, value)
    }
  }
  const factor = new CholeskyDecomposition(normal)
  const unit = factor.solve(Matrix.eye(size))
  const found = unit.mmul(right)
  const coefficients = found.getColumn(0)
  const squares = product(seen, seen) - coefficients.reduce((sum, b, i) => sum + b * right.get(i, 0), 0)
  const freedom = y.length - size + (prior?.coefficients ?? 0)
  const spread = Math.max(squares, 1e-12) / freedom
  const determinant = logSum(factor.lowerTriangularMatrix.diagonal())
  return {
    phi,
    coefficients,
    unit,
    squares: spread * freedom,
    freedom,
    likelihood: -0.5 * freedom * log(spread) + logSum(steps.scale) - determinant,
  }
}

/**
 * The distance of each value from its prediction by all others, in robust standard deviations: the t statistic of an additive outlier
 * (Fox, 1972), with a scale from the median size of the innovations.
 */
export function outlyingness({ columns, y, at }: Regressors, { phi, coefficients, unit, freedom }: Fitted): number[] {
  const steps = stepsOf(at, phi)
  const white = columns.map((column) => whiten(column, steps))
  const rest = whiten(y, steps).map((value, i) => value - coefficients.reduce((sum, b, j) => sum + b * white[j][i], 0))
  // The regression took some of the innovations' size away; 0.6745 makes the median one of a normal distribution.
  const scale = (median([...rest].map(Math.abs)) / MEDIAN_SIZE) * Math.sqrt(y.length / freedom)
  return Array.from(y, (_, i) => {
    // A value stands in its own innovation and, by φ, in the next one.
    const [own, next] = [steps.scale[i], i + 1 < y.length ? -steps.reach[i + 1] * steps.scale[i + 1] : 0]
    const along = (values: Float64Array) => own * values[i] + (next === 0 ? 0 : next * values[i + 1])
    const shared = white.map(along)
    const free =
      own * own + next * next - shared.reduce((sum, a, j) => sum + a * shared.reduce((all, b, k) => all + b * unit.get(j, k), 0), 0)
    return free > 1e-9 && scale > 0 ? Math.abs(along(rest)) / Math.sqrt(free) / scale : 0
  })
}
const MEDIAN_SIZE = 0.6744897501960817

export interface Posterior {
  readonly fits: readonly Fitted[]
  /** Weights of `fits`, which sum to 1. */
  readonly weights: readonly number[]
  /** The regression at the likeliest autocorrelation. */
  readonly best: Fitted
  /** Logarithm of the likelihood over all autocorrelations. */
  readonly evidence: number
}

/** The regression at every autocorrelation of the grid, weighted by likelihood. */
export function posteriorOf(regressors: Regressors): Posterior {
  const fits = GRID.map((phi) => regress(regressors, phi))
  const top = Math.max(...fits.map(({ likelihood }) => likelihood))
  const raw = fits.map(({ likelihood }) => exp(likelihood - top))
  const sum = raw.reduce((a, b) => a + b, 0)
  const peak = fits.findIndex(({ likelihood }) => likelihood === top)
  return {
    fits,
    weights: raw.map((value) => value / sum),
    best: regress(regressors, peakOf(fits, peak)),
    evidence: top + log(sum * STEP),
  }
}

/** The top of the parabola through the best point of the grid and its neighbors. */
function peakOf(fits: readonly Fitted[], peak: number): number {
  const phi = GRID[peak]
  if (peak === 0 || peak === GRID.length - 1) return phi
  const [a, b, c] = [fits[peak - 1].likelihood, fits[peak].likelihood, fits[peak + 1].likelihood]
  const bend = a - 2 * b + c
  return bend < 0 ? phi + (STEP * (a - c)) / (2 * bend) : phi
}

/** Means and covariances of the coefficients, averaged over all autocorrelations. */
export function coefficientsOf({ fits, weights }: Posterior): { readonly mean: number[]; readonly covariance: number[][] } {
  const size = fits[0].coefficients.length
  const mean = Array.from({ length: size }, (_, i) => fits.reduce((sum, fit, k) => sum + weights[k] * fit.coefficients[i], 0))
  const covariance = mean.map((_, i) =>
    mean.map((_, j) =>
      fits.reduce((sum, { coefficients, unit, squares, freedom }, k) => {
        // The variance of Student's t with the scale of the innovations.
        const variance = squares / Math.max(1, freedom - 2)
        return sum + weights[k] * (unit.get(i, j) * variance + (coefficients[i] - mean[i]) * (coefficients[j] - mean[j]))
      }, 0),
    ),
  )
  return { mean, covariance }
}

/**
 * A standard deviation that gives a coefficient its 95 % interval: autocorrelations near 1 give the posterior tails that its own
 * standard deviation would spread over the middle.
 */
export function spreadOfFits({ fits, weights }: Posterior, i: number): number {
  const distributions = fits.map(({ coefficients, unit, squares, freedom }) => ({
    center: coefficients[i],
    sd: Math.sqrt((unit.get(i, i) * squares) / Math.max(1, freedom - 2)),
  }))
  const cdf = (x: number) => distributions.reduce((sum, { center, sd }, k) => sum + weights[k] * normalCdf((x - center) / sd), 0)
  const reach = 10 * Math.max(...distributions.map(({ sd }) => sd))
  const [low, high] = [
    Math.min(...distributions.map(({ center }) => center)) - reach,
    Math.max(...distributions.map(({ center }) => center)) + reach,
  ]
  return (bisect(cdf, 0.975, low, high) - bisect(cdf, 0.025, low, high)) / (2 * NORMAL_95)
}
const NORMAL_95 = 1.959963984540054

/** Variance of the autoregression, in which innovations accumulate. */
export const stationaryVariance = ({ phi, squares, freedom }: Fitted): number => squares / freedom / (1 - phi * phi)

function bisect(cdf: (x: number) => number, p: number, low: number, high: number): number {
  let [from, to] = [low, high]
  for (let step = 0; step < 40; step++) {
    const middle = (from + to) / 2
    if (cdf(middle) < p) from = middle
    else to = middle
  }
  return (from + to) / 2
}

export function autocorrelationAt({ weights }: Posterior, p: number): number {
  const cdf = (x: number) =>
    weights.reduce((sum, weight, k) => sum + weight * Math.min(1, Math.max(0, (x - GRID[k]) / STEP + 0.5)), 0)
  return bisect(cdf, p, LOWEST - STEP / 2, HIGHEST + STEP / 2)
}

/** Percentiles of the autoregression's standard deviation. At each autocorrelation, squares / variance is chi-square. */
export function deviationAt({ fits, weights }: Posterior, p: number): number {
  const cdf = (sd: number) =>
    fits.reduce((sum, { phi, squares, freedom }, k) => {
      const variance = sd * sd * (1 - phi * phi)
      return sum + weights[k] * (variance === 0 ? 0 : incompleteGamma(freedom / 2, squares / variance / 2)[1])
    }, 0)
  const center = Math.sqrt(Math.max(...fits.map(stationaryVariance)))
  return bisect(cdf, p, 0, 20 * center)
}

/** The expected value between two neighbors in an autoregression. */
export const between = (before: number, after: number, phi: number): number => (phi / (1 + phi * phi)) * (before + after)
