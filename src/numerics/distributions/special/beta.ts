// The regularized incomplete beta function and its inverse.
import { exp, log, log1p, logistic } from '../../kernel/math.ts'
import { deviance, expm1Minus, log1pMinus } from './deviance.ts'
import { stirlingRest } from './gamma.ts'
import { invertTails, type Tails } from './invert.ts'
import { HALF_LOG_2PI, normalQuantile } from './normal.ts'
import { tail } from './quadrature.ts'

/** ln B(a, b). The sum of three ln Γ would cancel. */
export function logBeta(a: number, b: number): number {
  const rest = stirlingRest(a) + stirlingRest(b) - stirlingRest(a + b)
  const powers = -a * log1p(b / a) - b * log1p(a / b)
  return HALF_LOG_2PI + 0.5 * (log1p(a / b) - log(a)) + rest + powers
}

/** Above this the continued fraction would take hundreds of terms, and the density is smooth enough to integrate. */
const PEAKED = 400

/** For a beta distributed X: P(X ≤ x), P(X > x) and the density of the log-odds of X, as a function of x and y = 1 − x. */
export function betaTails(a: number, b: number): (x: number, y: number) => Tails {
  const n = a + b
  // x^a y^b / B(a, b) as Loader (2000) writes a binomial probability.
  const peak = Math.sqrt(((a / n) * b) / (2 * Math.PI)) * exp(stirlingRest(n) - stirlingRest(a) - stirlingRest(b))
  return (x, y) => {
    if (!(x > 0)) return [0, 1, 0]
    if (!(y > 0)) return [1, 0, 0]
    const front = peak * exp(-deviance(a, n * x) - deviance(b, n * y))
    const lower = b * x <= a * y // left of the mode of the log-odds
    const share = lower ? front * beyond(a, b, x, y) : front * beyond(b, a, y, x)
    return lower ? [share, 1 - share, front] : [1 - share, share, front]
  }
}

/** I_x(a, b) in units of x^a y^b / B(a, b), for x up to a / (a + b). */
const beyond = (a: number, b: number, x: number, y: number): number =>
  Math.min(a, b) >= PEAKED ? peaked(a, b, x, y) : 1 / fraction(a, b, x, y)

/** Continued fraction of DiDonato & Morris (1992), ACM TOMS 18, equation 9.1, by modified Lentz. */
function fraction(a: number, b: number, x: number, y: number): number {
  const drift = a * y - b * x + 1
  let h = (a * drift) / (a + 1)
  let [c, d] = [h, 0]
  for (let m = 1; m < 100_000; m++) {
    const step = a + 2 * m - 1
    const over = ((a + m - 1) / step) * ((a + b + m - 1) / step) * m * (b - m) * x * x
    const under = m + (m * (b - m) * x) / step + ((a + m) * (drift + m * (1 + y))) / (step + 2)
    d = 1 / (under + over * d)
    c = under + over / c
    const change = c * d
    h *= change
    if (Math.abs(change - 1) < 3e-16) break
  }
  return h
}

/** ∫ of the density of the log-odds below those of x, in units of the density there. */
function peaked(a: number, b: number, x: number, y: number): number {
  const [n, slope] = [a + b, a * y - b * x]
  // ln of (x e^−s)^a y^b / (y + x e^−s)^n minus its value at s = 0, on the side of the smaller share, where nothing cancels.
  const h =
    x <= y
      ? (s: number) => {
          const rest = expm1Minus(-s)
          return -slope * s - n * (log1pMinus(x * (rest - s)) + x * rest)
        }
      : (s: number) => {
          const rest = expm1Minus(s)
          return -slope * s - n * (log1pMinus(y * (rest + s)) + y * rest)
        }
  return tail(h, 9 * Math.sqrt(1 / a + 1 / b))
}

const NEGLIGIBLE = 1e-12

/** p, q ↦ [x, 1 − x, ln(x / (1 − x))] with I_x(a, b) = p. */
export function betaInverse(a: number, b: number): (p: number, q: number) => readonly [number, number, number] {
  const tails = betaTails(a, b)
  const logB = logBeta(a, b)
  return (p, q) => {
    // If x or y is below the last digit of 1, I_x = x^a / (a B) or its mirror image, unless the other power still counts.
    const low = (log(p) + log(a) + logB) / a
    if (low < -37 && b * exp(low) < NEGLIGIBLE) return [exp(low), 1, low]
    const high = (log(q) + log(b) + logB) / b
    if (high < -37 && a * exp(high) < NEGLIGIBLE) return [1, exp(high), -high]
    const start = log(a) - log(b) + normalQuantile(p, q) * Math.sqrt(1 / a + 1 / b)
    const odds = invertTails((u) => tails(logistic(u), logistic(-u)), p, q, start)
    return [logistic(odds), logistic(-odds), odds]
  }
}
