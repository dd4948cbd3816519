// Exact quantiles of counts, which the kernel's counts are compared with.
import { betaTails } from '../../../src/numerics/distributions/special/beta.ts'
import { gammaTails } from '../../../src/numerics/distributions/special/gamma.ts'
import { normalQuantile } from '../../../src/numerics/distributions/special/normal.ts'

/**
 * The smallest count with P(N ≤ count) ≥ p for the Poisson distribution. The caller also passes q = 1 − p.
 * P(N ≤ k) = Q(k + 1, mean): Abramowitz and Stegun 26.4.21.
 */
export function poissonQuantile(mean: number, p: number, q: number): number {
  if (!(mean > 0)) return 0
  return search(
    (k) => {
      const [more, upTo] = gammaTails(k + 1)(mean)
      return [upTo, more]
    },
    mean,
    Math.sqrt(mean),
    Infinity,
    p,
    q,
  )
}

/**
 * The smallest count with P(N ≤ count) ≥ p among n trials that succeed with probability `rate`.
 * P(N ≤ k) = I(1 − rate; n − k, k + 1): Abramowitz and Stegun 26.5.24.
 */
export function binomialQuantile(n: number, rate: number, p: number, q: number): number {
  if (!(rate > 0)) return 0
  if (rate >= 1) return n
  const mean = n * rate
  return search((k) => betaTails(n - k, k + 1)(1 - rate, rate), mean, Math.sqrt(mean * (1 - rate)), n, p, q)
}

/** Searches outwards from the normal approximation by doubling steps, then by halving. `cumulative` gives P(N ≤ k) and P(N > k). */
function search(
  cumulative: (k: number) => readonly number[],
  mean: number,
  sd: number,
  last: number,
  p: number,
  q: number,
): number {
  if (q <= 0) return last
  const reached = (k: number) => {
    if (k < 0) return false
    if (k >= last) return true
    const [upTo, more] = cumulative(k)
    return p <= q ? upTo >= p : more <= q
  }
  const z = normalQuantile(p, q)
  const guess = Math.min(last, Math.max(0, Math.floor(mean + sd * z + (z * z - 1) / 6)))
  let [low, high] = [guess - 1, guess] // after both loops: not reached at low, reached at high
  for (let step = 1; reached(low); step *= 2) [low, high] = [low - step, low]
  for (let step = 1; !reached(high); step *= 2) [low, high] = [high, high + step]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (reached(middle)) high = middle
    else low = middle
  }
  return high
}
