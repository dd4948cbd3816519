// The gamma function and the regularised incomplete gamma function with its inverse.
import { exp, log, pow } from '../../kernel/math.ts'
import { invertTails } from './invert.ts'

const HALF_LOG_2PI = 0.9189385332046727

/** ln Γ(x) for x > 0: Stirling's series from 16 on, by the recurrence below (Abramowitz and Stegun 6.1.41). */
export function logGamma(x: number): number {
  let [product, y] = [1, x]
  while (y < 16) {
    product *= y
    y += 1
  }
  const r = 1 / (y * y)
  const series = (1 / 12 - r * (1 / 360 - r * (1 / 1260 - r * (1 / 1680 - r * (1 / 1188 - r * (691 / 360360 - r / 156)))))) / y
  return (y - 0.5) * log(y) - y + HALF_LOG_2PI + series - log(product)
}

export const gammaFunction = (x: number): number => exp(logGamma(x))

/** P(a, x) and Q(a, x) = 1 − P, each from the form that keeps its digits (series below the mean, continued fraction above). */
export function incompleteGamma(a: number, x: number): readonly [number, number] {
  if (!(x > 0)) return [0, 1]
  if (x === Infinity) return [1, 0]
  const front = exp(a * log(x) - x - logGamma(a))
  if (x < a + 1) {
    let [term, sum] = [1 / a, 1 / a]
    for (let k = 1; k < 5000 && term > sum * 1e-17; k++) {
      term *= x / (a + k)
      sum += term
    }
    const p = front * sum
    return [p, 1 - p]
  }
  // Modified Lentz.
  let b = x + 1 - a
  let c = 1e300
  let d = 1 / b
  let h = d
  for (let k = 1; k < 5000; k++) {
    const an = -k * (k - a)
    b += 2
    d = 1 / (an * d + b)
    c = b + an / c
    const change = d * c
    h *= change
    if (Math.abs(change - 1) < 1e-16) break
  }
  const q = front * h
  return [1 - q, q]
}

/** x with P(a, x) = p. */
export function inverseIncompleteGamma(a: number, p: number, q: number): number {
  // For tiny p, P ≈ x^a / Γ(a + 1): the inverse of that is exact to double precision where it is below 1e-12.
  const small = exp((log(p) + logGamma(a + 1)) / a)
  if (small < 1e-14) return small
  const density = (x: number) => exp((a - 1) * log(x) - x - logGamma(a))
  return invertTails(
    (x) => incompleteGamma(a, x),
    density,
    p,
    q,
    Math.max(small, 1e-300),
    a + 20 * Math.sqrt(a) + 60 + 2 * pow(a, 0.5),
  )
}
