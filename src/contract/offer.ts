// An offer: one vendor's contract as it would be signed, as a list of charges and the terms of the whole.
import type { Uncertain } from '../numerics/distributions/distribution.ts'
import type { ResolvedCharge } from './charges/index.ts'
import type { Guarantee } from './terms/guarantee.ts'
import type { OfferMinimum } from './terms/minimum.ts'
import type { Refund } from './terms/refund.ts'
import type { Renewal } from './terms/renewal.ts'

export interface ResolvedOffer {
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
  readonly refund?: Refund
  readonly guarantee?: Guarantee
  readonly renewal?: Renewal
  /** The buyer's own cost of managing it, a month; in `total`, not in `bill`. */
  readonly running?: { readonly value: Uncertain; readonly per: 'month' | 'year' }
}

/** Keys that are present replace the shared ones, a whole object at a time. */
export interface OfferResolution {
  readonly offset?: Uncertain
  readonly rate?: Uncertain
  readonly improvement?: { readonly value: Uncertain; readonly kind: 'points' | 'relative'; readonly per: 'month' | 'year' }
  readonly approach?: 'linear' | 'saturating'
  readonly ceiling?: Uncertain
  readonly noise?: { readonly sd: number; readonly autocorrelation: number }
  readonly setbacks?: { readonly probability: number; readonly size: Uncertain; readonly months: number }
}

/** What the vendor counts as billable: shares of the genuine resolutions, of the unresolved, and credited back. */
export interface CountedShares {
  readonly resolved: Uncertain
  readonly unresolved: Uncertain
  readonly reopened: { readonly share: Uncertain; readonly lag: number }
}
