// The standard normal law in both tails: everything that is drawn starts from these three functions.
import { exp, normalQuantile as quantile } from '../../kernel/math.ts'

type Coefficients = readonly number[]

/** The z with Φ(z) = p, where q = 1 − p is given too so that neither tail loses digits; −∞ at 0, ∞ at 1. */
export const normalQuantile = (p: number, q: number = 1 - p): number => quantile(p, q)

// Cody's rational approximations of Φ, by rising powers.
const NEAR: Coefficients = [
  18154.981253343561249, 1067.6894854603709582, 161.02823106855587881, 2.2352520354606839287, 0.065682337918207449113,
]
const NEAR_UNDER: Coefficients = [45507.789335026729956, 10260.932208618978205, 976.09855173777669322, 47.20258190468824187, 1]
const TAIL: Coefficients = [
  9842.7148383839780218, 11602.651437647350124, 6848.1904505362823326, 2494.5375852903726711, 597.27027639480026226,
  93.506656132177855979, 8.8831497943883759412, 0.39894151208813466764, 1.0765576773720192317e-8,
]
const TAIL_UNDER: Coefficients = [
  19685.429676859990727, 38912.003286093271411, 34900.952721145977266, 18615.571640885098091, 6485.558298266760755,
  1519.377599407554805, 235.38790178262499861, 22.266688044328115691, 1,
]
const DEEP: Coefficients = [
  2.9112874951168792e-5, 0.001421619193227893466, 0.022235277649421, 0.1274011611602473639, 0.21589853405795699, 0.02307344176494017303,
]
const DEEP_UNDER: Coefficients = [
  7.29751555083966205e-5, 0.00378239633202758244, 0.0659881378689285515, 0.468238212480865118, 1.28426009614491121, 1,
]

/** 1 / √(2π) */
const DENSITY_AT_0 = 0.398942280401432677939946

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
