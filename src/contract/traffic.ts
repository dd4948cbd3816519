// How the conversations of a month are shared among the parts of an offer.
import { liveOf } from './modifiers/dates.ts'
import { ownName, type Traffic } from './offer.ts'
import type { ResolvedOffer } from './offer.ts'
import { membersOf } from './segments.ts'
import type { PartShares, Share } from './shares.ts'
import { byMonth, type Staged } from './stages.ts'

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

function statedIn<V>(traffic: Traffic | undefined, segment: string): Staged<V> | undefined {
  if (traffic === undefined) return undefined
  const isShare = typeof traffic !== 'object' || Array.isArray(traffic) || 'distribution' in traffic || 'input' in traffic
  return (isShare ? traffic : (traffic as Readonly<Record<string, unknown>>)[segment]) as Staged<V> | undefined
}
