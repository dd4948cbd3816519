// How the conversations of a month are shared among the parts of an offer.
import { liveOf } from './modifiers/dates.ts'
import { ownName, type Traffic } from './offer.ts'
import type { ResolvedOffer } from './offer.ts'
import { membersOf } from './segments.ts'
import { byMonth, type Staged } from './stages.ts'

/** What a part gets of a segment in a month: nothing, a stated share, or what the others leave. */
export type Share<V> = V | 0 | 'rest'

/** The shares of one part. */
export interface PartShares<V> {
  /** By segment and month. */
  readonly shares: readonly (readonly Share<V>[])[]
  /** Whether it runs in the shadow of the others, by month. */
  readonly shadow: readonly boolean[]
}

type Parted = Pick<ResolvedOffer, 'parts' | 'traffic' | 'shadow'>

interface Setting {
  readonly start: number
  readonly months: number
  /** The names of the plan's segments; one without a name if it has none. */
  readonly segments: readonly string[]
}

/** The shares of each part. Those that no one states are `rest`. */
export function partShares<V>(
  { parts = [], traffic = {}, shadow = {} }: Parted,
  { start, months, segments }: Setting,
): PartShares<V>[] {
  return parts.map((part) => {
    const name = ownName(part.name)
    const live = liveOf(part, { start, months })
    const served = membersOf(part.of, segments)
    const stated = (segment: string): Staged<V> | undefined => statedIn<V>(traffic[name], segment)
    const shares = segments.map((segment, s): Share<V>[] => {
      const share = stated(segment)
      const values = share === undefined ? undefined : byMonth(share, start, months)
      return Array.from({ length: months }, (_, m): Share<V> => {
        if (!served.includes(s) || m < live.start || m >= live.end) return 0
        return values ? values[m] : 'rest'
      })
    })
    const last = shadow[name]
    return { shares, shadow: Array.from({ length: months }, (_, m) => last !== undefined && start + m <= last) }
  })
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

function statedIn<V>(traffic: Traffic | undefined, segment: string): Staged<V> | undefined {
  if (traffic === undefined) return undefined
  const isShare = typeof traffic !== 'object' || Array.isArray(traffic) || 'distribution' in traffic || 'input' in traffic
  return (isShare ? traffic : (traffic as Readonly<Record<string, unknown>>)[segment]) as Staged<V> | undefined
}
