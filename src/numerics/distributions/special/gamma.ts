// The gamma function and the regularized incomplete gamma function with its inverse.
import { exp, log, log1p, pow } from '../../kernel/math.ts'
import { deviance, expm1Minus } from './deviance.ts'
import { invertTails, type Tails } from './invert.ts'
import { HALF_LOG_2PI, normalQuantile, ROOT_2PI } from './normal.ts'
import { tail } from './quadrature.ts'

/**
 * The error of Stirling's formula, ln Γ(x) − (x − 1/2) ln x + x − ln √(2π), for x > 0: Gudermann's steps up to 16, then the asymptotic
 * series (Abramowitz and Stegun 6.1.41).
 */
export function stirlingRest(x: number): number {
  let [rest, y] = [0, x]
  for (; y < 16; y++) rest += (y + 0.5) * log1p(1 / y) - 1
  return rest + series(y)
}

function series(y: number): number {
  const r = 1 / (y * y)
  return (1 / 12 - r * (1 / 360 - r * (1 / 1260 - r * (1 / 1680 - r * (1 / 1188 - r * (691 / 360360 - r / 156)))))) / y
}

/** ln Γ(x) for x > 0. */
export const logGamma = (x: number): number => (x - 0.5) * log(x) - x + HALF_LOG_2PI + stirlingRest(x)

/** Γ(x) for x > 0; infinite from 171.7 on. */
export function gammaFunction(x: number): number {
  let [product, y] = [1, x]
  for (; y < 16; y++) product *= y
  const root = pow(y, 0.5 * y - 0.25) // in two factors: Γ is finite for longer than y^y
  return ((ROOT_2PI * root * exp(-y)) / product) * root * exp(series(y))
}

/** Above this the series would take hundreds of terms, and the density is smooth enough to integrate. */
const PEAKED = 400

/** For a gamma distributed X of shape a: P(X ≤ x), P(X > x) and the density of ln X, as a function of x. */
export function gammaTails(a: number): (x: number) => Tails {
  const peak = Math.sqrt(a / (2 * Math.PI)) * exp(-stirlingRest(a))
  return (x) => {
    if (!(x > 0)) return [0, 1, 0]
    if (x === Infinity) return [1, 0, 0]
    const front = peak * exp(-deviance(a, x))
    if (a >= PEAKED) return peaked(a, x, front)
    if (x < a + 1) {
      const p = front * powers(a, x)
      return [p, 1 - p, front]
    }
    const q = front * fraction(a, x)
    return [1 - q, q, front]
  }
}

/** Σ x^k / (a (a+1) … (a+k)): Abramowitz and Stegun 6.5.29. */
function powers(a: number, x: number): number {
  let [term, sum] = [1 / a, 1 / a]
  for (let k = 1; sum !== sum + term; k++) {
    term *= x / (a + k)
    sum += term
  }
  return sum
}

/** Legendre's continued fraction of Γ(a, x) e^x x^−a by modified Lentz (Abramowitz and Stegun 6.5.31, contracted). */
function fraction(a: number, x: number): number {
  let b = x + 1 - a
  let [c, d] = [1e300, 1 / b]
  let h = d
  for (let k = 1; k < 10_000; k++) {
    const an = -k * (k - a)
    b += 2
    d = 1 / (an * d + b)
    c = b + an / c
    const change = d * c
    h *= change
    if (Math.abs(change - 1) < 3e-16) break
  }
  return h
}

/** The tail beyond x, away from the mode, in units of the density of ln X at x. */
function peaked(a: number, x: number, front: number): Tails {
  const side = x < a ? -1 : 1
  const share = front * tail((s) => (a - x) * side * s - x * expm1Minus(side * s), 9 / Math.sqrt(a))
  return side < 0 ? [share, 1 - share, front] : [1 - share, share, front]
}

/** P(a, x) and Q(a, x) = 1 − P, the smaller one to full relative accuracy. */
export function incompleteGamma(a: number, x: number): readonly [number, number] {
  const [p, q] = gammaTails(a)(x)
  return [p, q]
}

/** p, q ↦ x with P(a, x) = p. */
export function gammaInverse(a: number): (p: number, q: number) => number {
  const tails = gammaTails(a)
  const logGammaAbove = logGamma(a) + log(a)
  return (p, q) => {
    // If x is below the last digit of 1, P = x^a / Γ(a + 1).
    const small = (log(p) + logGammaAbove) / a
    if (small < -37) return exp(small)
    const cubeRoot = 1 - 1 / (9 * a) + normalQuantile(p, q) / (3 * Math.sqrt(a)) // Wilson and Hilferty (1931)
    const start = cubeRoot > 0.1 ? log(a) + 3 * log(cubeRoot) : small
    return exp(invertTails((u) => tails(exp(u)), p, q, start))
  }
}
