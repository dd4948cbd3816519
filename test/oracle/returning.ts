// The customers who come back, as the plan states it for an offer in a segment.
import type { ResolvedOffer } from '../../src/contract/offer.ts'
import type { ResolvedScenario } from '../../src/scenario/resolved.ts'
import { lastOf, monthsOf } from './drivers.ts'
import type { Draws } from './inputs.ts'

export interface Returning {
  /** Of what seems resolved in each month. */
  readonly share: readonly number[]
  readonly lag: number
  readonly to: 'people' | 'ai'
}

export function returningOf(
  { resolution, segments, start, months }: ResolvedScenario,
  s: number,
  offer: ResolvedOffer,
  draws: Draws,
): Returning {
  const segment = segments?.[s]
  const inside = offer.segments?.find(({ name }) => name === segment?.name)
  const stated = lastOf([
    ['resolution', resolution?.returns],
    [`segments.${segment?.name}.resolution`, segment?.resolution?.returns],
    [`offers.${offer.name}.resolution`, offer.resolution?.returns],
    [`offers.${offer.name}.segments.${segment?.name}.resolution`, inside?.resolution?.returns],
  ])
  if (!stated) return { share: Array<number>(months).fill(0), lag: 0, to: 'people' }
  const [path, { share, lag, to }] = stated
  return { lag, to, share: monthsOf({ months }).map((m) => draws.staged(share, start + m, `${path}.returns.share`)) }
}

/** What comes back in each month of some counts. */
export const shifted = (counts: readonly number[], { share, lag }: Returning): number[] =>
  counts.map((_, m) => (m < lag ? 0 : share[m - lag] * counts[m - lag]))

export const noneComeBack = (counts: readonly number[]): number[] => counts.map(() => 0)
