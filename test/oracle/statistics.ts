// Statistics of whole columns of trials, as textbooks define them.
import { mean, sampleStandardDeviation } from 'simple-statistics'

export { mean, sampleStandardDeviation as sd } from 'simple-statistics'

const ascending = (values: Iterable<number>): number[] => [...values].sort((a, b) => a - b)

/** Hyndman and Fan's type 7: h = (N − 1) p, linear between the order statistics on either side. */
export function percentile(values: Iterable<number>, p: number): number {
  const sorted = ascending(values)
  const h = (sorted.length - 1) * p
  const low = Math.floor(h)
  const high = Math.min(low + 1, sorted.length - 1)
  return sorted[low] + (h - low) * (sorted[high] - sorted[low])
}

/** Mean of exactly the worst (1 − p) N values. The value on the boundary has the remaining weight. */
export function shortfall(values: Iterable<number>, p: number): number {
  const falling = ascending(values).reverse()
  let left = (1 - p) * falling.length
  const all = left
  let total = 0
  for (const value of falling) {
    const weight = Math.min(1, left)
    if (weight <= 0) break
    total += weight * value
    left -= weight
  }
  return total / all
}

/** Costs of one trial, by offer. */
export type Costs = ReadonlyMap<string, ArrayLike<number>>

/** Two costs are equal when they differ by their rounding only. */
export const tie = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-11 * Math.max(Math.abs(a), Math.abs(b))

/** Share of trials in which each offer is the cheapest. Offers that tie share the trial. */
export function cheapest(costs: Costs, trials: number): Map<string, number> {
  const shares = new Map([...costs.keys()].map((name) => [name, 0]))
  for (let t = 0; t < trials; t++) {
    const least = Math.min(...[...costs.values()].map((column) => column[t]))
    const winners = [...costs].filter(([, column]) => tie(column[t], least))
    for (const [name] of winners) shares.set(name, (shares.get(name) ?? 0) + 1 / winners.length / trials)
  }
  return shares
}

/** Share of trials in which `a` costs less than `b` by more than rounding. */
export function cheaper(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let count = 0
  for (let t = 0; t < a.length; t++) if (a[t] < b[t] && !tie(a[t], b[t])) count++
  return count / a.length
}

/** Mean cost above the cheapest of the same trial. */
export function regret(costs: Costs, name: string): number {
  const own = [...(costs.get(name) as Float64Array)]
  return mean(own.map((cost, t) => cost - Math.min(...[...costs.values()].map((column) => column[t]))))
}

export interface Described {
  readonly mean: number
  readonly sd: number
  readonly min: number
  readonly max: number
}

export function describeColumn(values: Iterable<number>): Described {
  const list = [...values]
  return { mean: mean(list), sd: sampleStandardDeviation(list), min: ascending(list)[0], max: ascending(list)[list.length - 1] }
}
