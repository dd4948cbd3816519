import { log } from '../../kernel/math.ts'

/** P(X ≤ u), P(X > u) and the density at u. */
export type Tails = readonly [below: number, above: number, density: number]

/** Beyond ±745 the exponential function is 0 or infinite. */
const FAR = 745

/**
 * The u with P(X ≤ u) = p, for a distribution on the whole line with logarithmically concave tails: the logarithm of a gamma value, the
 * log-odds of a beta value. Newton's steps on the logarithm of the smaller tail converge from any start beyond the root. A bracket
 * guards the other side.
 */
export function invertTails(tails: (u: number) => Tails, p: number, q: number, start: number): number {
  const lower = p <= q
  const goal = log(lower ? p : q)
  let [from, to] = [-FAR, FAR]
  let u = Math.min(FAR, Math.max(-FAR, start))
  for (let step = 0; step < 100; step++) {
    const [below, above, density] = tails(u)
    const size = lower ? below : above
    const gap = size > 0 ? log(size) - goal : -Infinity
    if (lower ? gap < 0 : gap > 0) from = u
    else to = u
    let next = lower ? u - (gap * size) / density : u + (gap * size) / density
    if (!(next >= from && next <= to)) next = 0.5 * (from + to)
    if (Math.abs(next - u) <= 1.2e-16 * Math.max(1, Math.abs(u))) return next
    u = next
  }
  return u
}
