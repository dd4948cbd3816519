// A kept column read by selection in the kernel, for levels that are known in advance.
import { LruCache } from '../../lru-cache.ts'
import { select, type Values, lengthOf } from './order.ts'
import { boundaryRank, orderedSample, ranksNeeded } from './ordered.ts'
import type { Sample } from './sample.ts'

export interface Levels {
  /** Shares, such as 0.8. */
  readonly percentiles: readonly number[]
  /** At most two. */
  readonly shortfalls: readonly number[]
}

type Ranks = { readonly ranks: readonly number[]; readonly placeOf: ReadonlyMap<number, number> }

/** Every month of every offer asks for the same ranks. */
const known = new LruCache<Ranks>(8)

function ranksOf({ percentiles, shortfalls }: Levels, n: number): Ranks {
  return known.get(`${n} ${percentiles} ${shortfalls}`, () => {
    const ranks = ranksNeeded(percentiles, shortfalls, n)
    return { ranks, placeOf: new Map(ranks.map((rank, k) => [rank, k])) }
  })
}

/**
 * The sample of values in equal parts, one per replicate.
 * @param replicates undefined for one random sample
 * @param jumps probabilities at which an input jumps
 */
export function selectedSample(
  values: Values,
  replicates: number | undefined,
  { min, max }: { readonly min: number; readonly max: number },
  levels: Levels,
  jumps: readonly number[] = [],
): Sample {
  const n = lengthOf(values)
  const parts = replicates ?? 1
  const { ranks, placeOf } = ranksOf(levels, n)
  const edges = levels.shortfalls.map((p) => boundaryRank(p, n))
  const selection = select(values, parts, min, max, ranks, edges)
  const at = (rank: number) => selection.at[placeOf.get(rank) ?? -1] ?? max
  const each = Array.from({ length: parts }, (_, part) => part)
  return orderedSample({
    size: n,
    max,
    replicates,
    jumps,
    at,
    shares(value) {
      const counts = each.map((part) => selection.count(part, value))
      const size = n / parts
      const equal = counts.reduce((sum, { upTo, below }) => sum + upTo - below, 0)
      const upTo = counts.map((count) => count.upTo / size)
      return equal > 1 ? { upTo, below: counts.map((count) => count.below / size) } : { upTo }
    },
    excess: (rank) => selection.above[edges.indexOf(rank)],
  })
}
