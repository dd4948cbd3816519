// A kept column read by selection in the kernel, for levels that are known in advance.
import { lengthOf, type Values } from './desk.ts'
import { type RankRange, select } from './order.ts'
import { boundaryRank, orderedSample, rangesNeeded } from './ordered.ts'
import type { Jumps } from './jumps.ts'
import type { Sample } from './sample.ts'

export interface Levels {
  /** Shares, such as 0.8. */
  readonly percentiles: readonly number[]
  /** At most two. */
  readonly shortfalls: readonly number[]
}

/** Every month of every offer asks for the same ranks, so the last ones are kept. */
let last: { readonly levels: Levels; readonly n: number; readonly ranges: readonly RankRange[] } | undefined

function rangesOf(levels: Levels, n: number): readonly RankRange[] {
  if (last?.levels !== levels || last.n !== n) last = { levels, n, ranges: rangesNeeded(levels.percentiles, levels.shortfalls, n) }
  return last.ranges
}

/**
 * The sample of values in equal parts, one per replicate.
 * @param replicates undefined for one random sample
 * @param jumps those of each input
 */
export function selectedSample(
  values: Values,
  replicates: number | undefined,
  { min, max }: { readonly min: number; readonly max: number },
  levels: Levels,
  jumps: readonly Jumps[] = [],
): Sample {
  const n = lengthOf(values)
  const edges = levels.shortfalls.map((p) => boundaryRank(p, n))
  const parts = replicates ?? 1
  const { at, shares, excess } = select(values, parts, min, max, rangesOf(levels, n), edges)
  const extreme: Sample['extreme'] = (count, sign) => {
    const low = sign > 0 ? Math.max(0, n - count) : 0
    const range = [low, Math.min(n, low + count) - 1] as const
    const own = select(values, parts, min, max, [range], [])
    const found = Float64Array.from({ length: range[1] - low + 1 }, (_, k) => own.at(low + k))
    return sign > 0 ? found : found.reverse()
  }
  return orderedSample({ size: n, min, max, replicates, jumps, at, shares, excess, extreme })
}
