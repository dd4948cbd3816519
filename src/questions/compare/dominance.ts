// Stochastic dominance: an offer that everyone prefers, whatever amounts they fear (first order), or everyone who would rather have a
// certain cost than a risky one of the same mean (second order).
import { TIE } from '../../numerics/estimators/ties.ts'
import type { Trials } from '../trials.ts'

export interface Dominance {
  readonly offer: string
  readonly over: string
  /** 1: at every probability its budget is the lower or the same; 2: at every probability the mean of the worse futures is. */
  readonly order: 1 | 2
}

/** Every pair in which one offer dominates, by the lowest order. Two that always cost the same do not dominate each other. */
export function dominanceOf(trials: Trials): Dominance[] {
  const sorted = trials.names.map((_, k) => trials.cost(k).sorted)
  return trials.names.flatMap((offer, a) =>
    trials.names.flatMap((over, b): Dominance[] => {
      if (a === b) return []
      const order = orderOf(sorted[a], sorted[b])
      return order ? [{ offer, over, order }] : []
    }),
  )
}

function orderOf(a: Float64Array, b: Float64Array): 1 | 2 | undefined {
  const n = a.length
  let [first, second, strict] = [true, true, false]
  // Sums of the worst: E[cost | worst k of n] compares as they do.
  let [worstA, worstB] = [0, 0]
  for (let k = n - 1; k >= 0; k--) {
    const slack = TIE * Math.max(Math.abs(a[k]), Math.abs(b[k]))
    if (a[k] > b[k] + slack) first = false
    if (a[k] < b[k] - slack) strict = true
    worstA += a[k]
    worstB += b[k]
    if (worstA > worstB + TIE * Math.max(Math.abs(worstA), Math.abs(worstB))) second = false
  }
  if (!strict) return undefined
  return first ? 1 : second ? 2 : undefined
}
