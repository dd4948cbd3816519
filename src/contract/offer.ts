// An offer: one vendor's contract as it would be signed, as a list of charges and the terms of the whole.
import type { Uncertain } from '../numerics/distributions/distribution.ts'
import type { ResolvedCharge } from './charges/index.ts'
import type { RawOffer } from './schema.ts'
import type { OfferMinimum } from './terms/minimum.ts'

/** Keys that are absent where nothing was written, never undefined. */
export type Present<T> = { readonly [Key in keyof T]: Exclude<T[Key], undefined> }

/** What is settled first, or what the offer as it is billed no longer needs. All other keys are those of the schema. */
type Settled =
  | 'title'
  | 'source'
  | 'resolution'
  | 'offset'
  | 'currency'
  | 'counted'
  | 'charges'
  | 'minimum'
  | 'paid'
  | 'running'
  | 'catalog'

export type ResolvedOffer = Present<Omit<RawOffer, Settled>> & {
  readonly name: string
  /** What its amounts are invoiced in, where that is not the scenario's currency. */
  readonly currency?: string
  /** What people read; the name where none is given. */
  readonly title: string
  /** What this offer states of its own in place of the shared `resolution`, and `offset`, which shifts it (a fraction). */
  readonly resolution?: OfferResolution
  readonly counted: CountedShares
  readonly charges: readonly ResolvedCharge[]
  readonly minimum?: OfferMinimum
  /** The buyer's own cost of managing it, a month; in `total`, not in `bill`. */
  readonly running?: { readonly value: Uncertain; readonly per: 'month' | 'year' }
}

/** Keys that are present replace the shared ones, a whole object at a time. */
export type OfferResolution = Present<NonNullable<RawOffer['resolution']>>

/** What the vendor counts as billable: shares of the genuine resolutions, of the unresolved, and credited back. */
export interface CountedShares {
  readonly resolved: Uncertain
  readonly unresolved: Uncertain
  readonly reopened: { readonly share: Uncertain; readonly lag: number }
}
