// Differences that would cancel if they were computed as they are written.
import { expm1, log, log1p } from '../../kernel/math.ts'

/** ln(1 + x) − x, by 2 artanh(x / (2 + x)) near 0: Loader (2000), "Fast and accurate computation of binomial probabilities". */
export function log1pMinus(x: number): number {
  if (!(Math.abs(x) < 0.4)) return log1p(x) - x
  const r = x / (2 + x)
  let [power, sum] = [2 * r * r * r, 0]
  for (let k = 3; sum !== sum + power / k; k += 2) {
    sum += power / k
    power *= r * r
  }
  return sum - x * r
}

/** e^x − 1 − x, by its Taylor series near 0. */
export function expm1Minus(x: number): number {
  if (!(Math.abs(x) < 0.5)) return expm1(x) - x
  let [term, sum] = [x * 0.5 * x, 0]
  for (let k = 3; sum !== sum + term; k++) {
    sum += term
    term *= x / k
  }
  return sum
}

/** a ln(a / m) + m − a ≥ 0: the distance of a count a from its mean m, in units of log-probability (Loader 2000). */
export function deviance(a: number, m: number): number {
  if (m > 0.6 * a) return -a * log1pMinus((m - a) / a)
  return a * (log(a) - log(m)) + (m - a)
}
