// The standard normal distribution. Everything that is drawn starts from it.
import { exp, standardNormalQuantile } from '../../kernel/math.ts'

type Coefficients = readonly number[]

/** The z with Φ(z) = p: −∞ at 0, ∞ at 1. Pass q = 1 − p too if you know it better, so that neither tail loses digits. */
export const normalQuantile = (p: number, q: number = 1 - p): number => standardNormalQuantile(p, q)

/** The z with Φ(z) = 90%. */
export const P90_SCORE = 1.2815515655446004

// Cody's rational approximations of Φ, by rising powers.
const NEAR: Coefficients = [18154.98125334356, 1067.6894854603709, 161.02823106855587, 2.2352520354606837, 0.06568233791820745]
const NEAR_UNDER: Coefficients = [45507.78933502673, 10260.932208618979, 976.0985517377767, 47.202581904688245, 1]
const TAIL: Coefficients = [
  9842.714838383978, 11602.65143764735, 6848.190450536283, 2494.5375852903726, 597.2702763948002, 93.50665613217785,
  8.883149794388377, 0.39894151208813466, 1.0765576773720192e-8,
]
const TAIL_UNDER: Coefficients = [
  19685.429676859992, 38912.00328609327, 34900.95272114598, 18615.571640885097, 6485.558298266761, 1519.3775994075547,
  235.387901782625, 22.266688044328117, 1,
]
const DEEP: Coefficients = [
  2.9112874951168793e-5, 0.0014216191932278934, 0.022235277870649807, 0.12740116116024736, 0.215898534057957, 0.023073441764940174,
]
const DEEP_UNDER: Coefficients = [
  7.297515550839662e-5, 0.0037823963320275824, 0.06598813786892856, 0.4682382124808651, 1.284260096144911, 1,
]

/** No score that is drawn is farther from 0. */
export const FARTHEST_SCORE = 8.3

/** √(2π), its logarithm, and the density at 0, which is 1 / √(2π) */
export const ROOT_2PI = 2.5066282746310002
export const HALF_LOG_2PI = 0.9189385332046727
const DENSITY_AT_0 = 0.3989422804014327

/**
 * Φ(x), with full relative accuracy in the lower tail; the upper tail is `normalCdf(-x)`.
 * Cody (1969), Mathematics of Computation 23, and (1993), algorithm 715, ACM TOMS 19.
 */
export function normalCdf(x: number): number {
  const size = Math.abs(x)
  if (size <= 0.67448975) {
    const r = x * x
    return 0.5 + (x * polynomial(NEAR, r)) / polynomial(NEAR_UNDER, r)
  }
  if (size > 39) return x > 0 ? 1 : x < 0 ? 0 : Number.NaN
  const lower = bell(size) * (size <= 5.65685424949238 ? polynomial(TAIL, size) / polynomial(TAIL_UNDER, size) : deep(size))
  return x < 0 ? lower : 1 - lower
}

/** The standard normal density. */
export const normalDensity = (x: number): number => DENSITY_AT_0 * bell(x)
/** Its logarithm. */
export const logNormalDensity = (x: number): number => -HALF_LOG_2PI - 0.5 * x * x

/** Mills' ratio beyond 4√2. */
function deep(x: number): number {
  const r = 1 / (x * x)
  return (DENSITY_AT_0 - (r * polynomial(DEEP, r)) / polynomial(DEEP_UNDER, r)) / x
}

/** exp(−x²/2), with x² in two parts: its rounding error alone would cost digits in the tail. */
function bell(x: number): number {
  const size = Math.abs(x)
  if (!(size < 40)) return size >= 40 ? 0 : Number.NaN
  const head = Math.floor(size * 16) / 16
  return exp(-0.5 * head * head) * exp(-0.5 * (size - head) * (size + head))
}

function polynomial(coefficients: Coefficients, x: number): number {
  let sum = 0
  for (let i = coefficients.length - 1; i >= 0; i--) sum = sum * x + coefficients[i]
  return sum
}
