// Samples whose values are known by rank, such as kept columns. Percentiles are of Hyndman and Fan's type 7 (Am. Statistician 50, 1996).
import type { Excess } from './excess.ts'
import { jumpError, type Jumps } from './jumps.ts'
import { windowOf } from './percentile.ts'
import type { RankRange } from './order.ts'
import type { Sample, Shares } from './sample.ts'

/** Two ranks equally far below and above a percentile. */
type RankPair = { readonly low: number; readonly high: number }

/**
 * The narrowest pair that is at least `share` away from p on both sides, or else the widest. Each pair reaches 1/√2 as far as the one before
 * it. Undefined if there are too few values for a pair.
 */
function pairAround(p: number, n: number, share: number): RankPair | undefined {
  const center = (n - 1) * p
  let found: RankPair | undefined
  for (let far = 4 * Math.sqrt(p * (1 - p) * n); far >= 1; far *= Math.SQRT1_2) {
    const [low, high] = [Math.max(0, Math.round(center - far)), Math.min(n - 1, Math.round(center + far))]
    if (found && (high - low) / 2 / n < share) break
    found = { low, high }
  }
  return found
}

/** The first rank of the worst (1 − p)·n values. */
export const boundaryRank = (p: number, n: number): number => Math.min(n - 1, Math.floor(n - (1 - p) * n + 1e-9))

/** The ranks around each of the given percentiles and expected shortfalls, ordered by their first rank. */
export function rangesNeeded(percentiles: readonly number[], shortfalls: readonly number[], n: number): RankRange[] {
  const edges = shortfalls.map((p): RankRange => [boundaryRank(p, n), boundaryRank(p, n)])
  const around = percentiles.map((p): RankRange => {
    const [first, last] = windowOf(p, n).map((share) => Math.floor((n - 1) * share))
    const { low, high } = pairAround(p, n, Infinity) ?? { low: first, high: last }
    return [Math.min(low, first), Math.max(high, Math.min(n - 1, last + 1))]
  })
  return [...around, ...edges].sort(([a], [b]) => a - b)
}

interface Ordered {
  readonly size: number
  readonly min: number
  readonly max: number
  /** Undefined for one random sample. */
  readonly replicates: number | undefined
  /** The jumps of each input. */
  readonly jumps: readonly Jumps[]
  /** The value of a rank, from 0. */
  readonly at: (rank: number) => number
  readonly shares: (value: number) => Shares
  /** The excess of each replicate over the value of a rank. */
  readonly excess: (rank: number) => readonly Excess[]
  readonly extreme: Sample['extreme']
}

export function orderedSample({ size: n, min, max, replicates, jumps, at, shares, excess, extreme }: Ordered): Sample {
  const jump = jumpError(jumps, replicates, n / (replicates ?? 1))
  return {
    size: n,
    min,
    max,
    random: replicates === undefined,
    replicates: replicates ?? 1,
    leastShare: Math.max(1 / n, jump),
    quantile(p) {
      const h = (n - 1) * p
      const whole = Math.floor(h)
      const [below, above] = [at(whole), at(Math.min(n - 1, whole + 1))]
      return below === above ? below : below + (h - whole) * (above - below)
    },
    shares,
    around(p, share) {
      const pair = pairAround(p, n, 0.99 * share)
      if (!pair) return undefined
      const { low, high } = pair
      return { share: (high - low) / 2 / n, ranks: high - low, low: at(low), high: at(high) }
    },
    placeError: () => 0,
    extreme,
    tail(p) {
      const rank = boundaryRank(p, n)
      const parts = excess(rank)
      return {
        boundary: at(rank),
        mean: parts.reduce((all, { sum }) => all + sum, 0) / n,
        square: parts.reduce((all, { squares }) => all + squares, 0) / n,
        means: parts.map(({ sum }) => (sum * parts.length) / n),
      }
    },
  }
}
