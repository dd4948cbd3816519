// The share of the conversations that a part of an offer gets.

/** What a part gets of a segment in a month: nothing, a stated share, or what the others leave. */
export type Share<V> = V | 0 | 'rest'

/** The shares of one part. */
export interface PartShares<V> {
  /** By segment and month. */
  readonly shares: readonly (readonly Share<V>[])[]
  /** Whether it runs in the shadow of the others, by month. */
  readonly shadow: readonly boolean[]
}

/**
 * The share of part p in a segment and month. Shares that exceed 100% together are divided by their sum. A part in the shadow of the
 * others has its own share and takes nothing from them.
 */
export function shareAt<V>(
  all: readonly PartShares<V>[],
  p: number,
  [s, m]: readonly [number, number],
  value: (stated: V) => number,
): number {
  const own = all[p].shares[s][m]
  if (own === 0) return 0
  if (all[p].shadow[m]) return own === 'rest' ? 1 : value(own)
  const taken = statedShares(all, s, m).reduce((sum, share) => sum + value(share), 0)
  return own === 'rest' ? Math.max(0, 1 - taken) : value(own) / Math.max(1, taken)
}

/** The stated shares of the parts that take conversations in a segment and month. */
export const statedShares = <V>(all: readonly PartShares<V>[], s: number, m: number): V[] =>
  all.flatMap(({ shares, shadow }) => {
    const share = shares[s][m]
    return shadow[m] || share === 'rest' || share === 0 ? [] : [share]
  })
