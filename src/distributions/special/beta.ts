// The regularised incomplete beta function and its inverse.
import { exp, log, log1p } from '../../kernel/math.ts'
import { logGamma } from './gamma.ts'
import { invertTails } from './invert.ts'

export const logBeta = (a: number, b: number): number => logGamma(a) + logGamma(b) - logGamma(a + b)

/** Continued fraction of I_x(a, b) by modified Lentz (Numerical Recipes 6.4), for x below (a + 1)/(a + b + 2). */
function fraction(a: number, b: number, x: number): number {
  const tiny = 1e-300
  const guard = (v: number) => (Math.abs(v) < tiny ? tiny : v)
  let c = 1
  let d = 1 / guard(1 - ((a + b) * x) / (a + 1))
  let h = d
  for (let m = 1; m < 20_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / guard(1 + even * d)
    c = guard(1 + even / c)
    h *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / guard(1 + odd * d)
    c = guard(1 + odd / c)
    const change = d * c
    h *= change
    if (Math.abs(change - 1) < 1e-16) break
  }
  return h
}

/** I_x(a, b) and its complement; y = 1 − x is given too. */
export function incompleteBeta(a: number, b: number, x: number, y: number): readonly [number, number] {
  if (!(x > 0)) return [0, 1]
  if (!(y > 0)) return [1, 0]
  const logX = x < 0.5 ? log(x) : log1p(-y)
  const logY = y < 0.5 ? log(y) : log1p(-x)
  const front = exp(a * logX + b * logY - logBeta(a, b))
  if (x < (a + 1) / (a + b + 2)) {
    const p = (front * fraction(a, b, x)) / a
    return [p, 1 - p]
  }
  const q = (front * fraction(b, a, y)) / b
  return [1 - q, q]
}

/** [x, 1 − x] with I_x(a, b) = p: solved on the side where the answer is below a half. */
export function inverseIncompleteBeta(a: number, b: number, p: number, q: number): readonly [number, number] {
  const [below] = incompleteBeta(a, b, 0.5, 0.5)
  if (p <= below) {
    const x = lowerSide(a, b, p, q)
    return [x, 1 - x]
  }
  const y = lowerSide(b, a, q, p)
  return [1 - y, y]
}

/** x ≤ 1/2 with I_x(a, b) = p. */
function lowerSide(a: number, b: number, p: number, q: number): number {
  const small = exp((log(p) + log(a) + logBeta(a, b)) / a)
  if (small < 1e-16) return small
  const density = (x: number) => exp((a - 1) * log(x) + (b - 1) * log1p(-x) - logBeta(a, b))
  return invertTails((x) => (x >= 1 ? [1, 0] : incompleteBeta(a, b, x, 1 - x)), density, p, q, 1e-17, 0.5000001)
}
