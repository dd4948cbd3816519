// Finds offers that are better than another one for every buyer (first-order stochastic dominance), or for every risk-averse buyer
// (second-order).
import { TIE } from '../../numerics/estimators/ties.ts'
import type { Trials } from '../trials.ts'

export interface Dominance {
  readonly offer: string
  readonly over: string
  /** 1: its budget is at most as high at every probability. 2: its mean over the worst trials is at most as high at every probability. */
  readonly order: 1 | 2
}

/** All pairs in which one offer dominates, with the lowest order. Offers that always cost the same do not dominate each other. */
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
  // Means over the worst k trials compare as their sums do.
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
