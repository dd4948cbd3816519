// Cuts an input where its value jumps: a discrete input has one piece for each value, and a mixture one for each part that stands apart.
import type { Distribution } from '../../numerics/distributions/distribution.ts'

/** A range of probabilities in which the value of an input does not jump. */
export interface SmoothPiece {
  readonly from: number
  readonly to: number
  /** Whether the input has the same value in the whole piece. */
  readonly flat: boolean
}

/** With more values than this, such as the rows of a long file, a discrete input is as good as smooth. */
const MOST = 64

/** The pieces from the lowest values to the highest. Together they cover (0, 1). */
export function cutAtJumps({ jumps = [], quantile }: Distribution): readonly SmoothPiece[] {
  const inside = [...new Set(jumps)].filter((p) => p > 0 && p < 1).sort((a, b) => a - b)
  const edges = inside.length < MOST ? [0, ...inside, 1] : [0, 1]
  return edges.slice(1).map((to, k) => {
    const from = edges[k]
    const at = (share: number) => from + share * (to - from)
    const [low, high] = [at(0.25), at(0.75)].map((p) => quantile(p, 1 - p))
    return { from, to, flat: low === high }
  })
}
