// Samples whose values are known by rank, such as kept columns. Percentiles are of Hyndman and Fan's type 7 (Am. Statistician 50, 1996).
import type { Excess } from './excess.ts'
import { jumpError } from './jumps.ts'
import { windowOf } from './percentile.ts'
import type { RankReach, Sample, Shares } from './sample.ts'

/** Two ranks equally far below and above a percentile. */
type RankPair = { readonly low: number; readonly high: number }

/** Pairs of ranks, the widest first. Each reaches 1/√2 as far as the one before it. */
function pairsAround(p: number, n: number): RankPair[] {
  const center = (n - 1) * p
  const found: RankPair[] = []
  for (let far = 4 * Math.sqrt(p * (1 - p) * n); far >= 1; far *= Math.SQRT1_2)
    found.push({ low: Math.max(0, Math.round(center - far)), high: Math.min(n - 1, Math.round(center + far)) })
  return found
}

/** The first rank of the worst (1 − p)·n values. */
export const boundaryRank = (p: number, n: number): number => Math.min(n - 1, Math.floor(n - (1 - p) * n + 1e-9))

/** All ranks that the given percentiles and expected shortfalls need. */
export function ranksNeeded(percentiles: readonly number[], shortfalls: readonly number[], n: number): number[] {
  const places = percentiles.flatMap((p) => [p, ...windowOf(p, n)].map((share) => (n - 1) * share))
  const ends = places.flatMap((h) => [Math.floor(h), Math.min(n - 1, Math.floor(h) + 1)])
  const pairs = percentiles.flatMap((p) => pairsAround(p, n).flatMap(({ low, high }) => [low, high]))
  const edges = shortfalls.map((p) => boundaryRank(p, n))
  return [...new Set([...ends, ...pairs, ...edges])].sort((a, b) => a - b)
}

interface Ordered {
  readonly size: number
  readonly max: number
  /** Undefined for one random sample. */
  readonly replicates: number | undefined
  /** Probabilities at which an input jumps. */
  readonly jumps: readonly number[]
  /** The value of a rank, from 0. */
  readonly at: (rank: number) => number
  readonly shares: (value: number) => Shares
  /** The excess of each replicate over the value of a rank. */
  readonly excess: (rank: number) => readonly Excess[]
}

export function orderedSample({ size: n, max, replicates, jumps, at, shares, excess }: Ordered): Sample {
  const jump = jumpError(jumps, replicates, n / (replicates ?? 1))
  return {
    size: n,
    max,
    random: replicates === undefined,
    jump,
    leastShare: Math.max(1 / n, jump),
    quantile(p) {
      const h = (n - 1) * p
      const whole = Math.floor(h)
      const [below, above] = [at(whole), at(Math.min(n - 1, whole + 1))]
      return below === above ? below : below + (h - whole) * (above - below)
    },
    shares,
    around(p, share) {
      const pairs = pairsAround(p, n)
      const reach = ({ low, high }: RankPair): RankReach => ({
        share: (high - low) / 2 / n,
        ranks: high - low,
        between: at(high) - at(low),
      })
      const pair = pairs.findLast(({ low, high }) => (high - low) / 2 / n >= 0.99 * share) ?? pairs[0]
      return pair && reach(pair)
    },
    placeError: () => 0,
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
