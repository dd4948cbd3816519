// Inverting a distribution function whose two tails are known to full relative accuracy.
import { exp, log } from '../../kernel/math.ts'

/**
 * x in (low, high) with P(x) = p, where P and Q = 1 − P come as a pair; high is enlarged where it is too small. Newton's
 * steps on the logarithm of the smaller tail, kept inside a bracket that is halved geometrically where they leave it.
 */
export function invertTails(
  tails: (x: number) => readonly [number, number],
  density: (x: number) => number,
  p: number,
  q: number,
  low: number,
  high: number,
): number {
  const lower = p <= q
  const target = lower ? p : q
  const goal = log(target)
  let [from, to] = [low, high]
  while (tails(to)[1] > q && to < 1e300) to *= 2
  let x = Math.sqrt(from) * Math.sqrt(to)
  for (let step = 0; step < 200; step++) {
    const [below, above] = tails(x)
    if (lower ? below < p : above > q) from = x
    else to = x
    const tail = lower ? below : above
    let next = Number.NaN
    if (tail > 0) {
      const slope = ((lower ? 1 : -1) * density(x)) / tail
      next = x - (log(tail) - goal) / slope
    }
    if (!(next > from && next < to)) next = to / from > 4 ? exp(0.5 * (log(from) + log(to))) : 0.5 * (from + to)
    if (Math.abs(next - x) <= 1e-16 * Math.abs(x) || to - from <= 1e-16 * to) return next
    x = next
  }
  return x
}
