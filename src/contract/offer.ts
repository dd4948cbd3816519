// A resolved offer: one vendor's contract as it would be signed, as a list of charges and the terms of the whole.
import type { Uncertain } from '../numerics/distributions/distribution.ts'
import type { ResolvedCharge } from './charges/index.ts'
import type { QuantityPerOne } from './meters.ts'
import type { ContractTerm } from './modifiers/term.ts'
import type { RawPart } from './schema.ts'
import type { Staged } from './stages.ts'
import type { OfferMinimum } from './terms/minimum.ts'

/** The same keys, which are absent instead of undefined. */
export type Present<T> = { readonly [Key in keyof T]: Exclude<T[Key], undefined> }

/** An offer takes these keys from the schema as they are; all others change when a plan is resolved. */
type Kept = 'from' | 'until' | 'refund' | 'guarantee' | 'renewal' | 'renewals'

export type ResolvedOffer = Present<Pick<RawPart, Kept>> & {
  readonly name: string
  readonly currency?: string
  readonly title: string
  /** The segments that the AI works in, by name or by group; all of them if absent. */
  readonly of?: string | readonly string[]
  readonly involvement?: Staged<Uncertain>
  readonly quantities?: Quantities
  /** What it states for single segments. */
  readonly segments?: readonly OfferSegment[]
  /** The keys that replace those of the shared `resolution`, and `offset`, which shifts its rate (a fraction). */
  readonly resolution?: OfferResolution
  readonly counted: CountedShares
  readonly charges: readonly ResolvedCharge[]
  readonly minimum?: OfferMinimum
  /** The contract's own calendar. */
  readonly term?: ContractTerm
  /** Several contracts instead of its own charges. Their names are those in paths: `switch.parts.new`. */
  readonly parts?: readonly ResolvedOffer[]
  /** The share of the conversations that each part gets, by its own name. */
  readonly traffic?: Readonly<Record<string, Traffic>>
  /** The last month in which a part runs in the shadow of the others, by its own name. */
  readonly shadow?: Readonly<Record<string, number>>
  /** The buyer's own cost of running it: part of `total`, not of `bill`. */
  readonly running?: { readonly value: Staged<Uncertain>; readonly per: 'month' | 'year' }
}

/** The place of a contract in its offer, before a charge's name: `parts.new.`, or nothing. */
export const partPrefix = (name: string): string => (name.includes('.') ? `${name.slice(name.indexOf('.') + 1)}.` : '')

/** The name of a charge in its contract: `charges.plan` by its id, or `charges[0]`. */
export const ownCharge = ({ id }: { readonly id?: string | undefined }, place: number): string =>
  `charges${id === undefined ? `[${place}]` : `.${id}`}`

/** The same in its offer, with the part before it. */
export const chargeName = (offer: string, charge: { readonly id?: string | undefined }, place: number): string =>
  `${partPrefix(offer)}${ownCharge(charge, place)}`

/** A share in all segments, or by segment. */
export type Traffic = Staged<Uncertain> | Readonly<Record<string, Staged<Uncertain>>>

/** The contracts of an offer: its parts, or itself. */
export const contractsIn = (offer: ResolvedOffer): readonly ResolvedOffer[] => offer.parts ?? [offer]

/** Whether an offer bills by a function of the program that runs the plan. */
export const statesRule = ({ offers }: { readonly offers: readonly ResolvedOffer[] }): boolean =>
  offers.flatMap(contractsIn).some(({ charges }) => charges.some(({ model }) => model === 'rule'))

/** The own name of a part, or of an offer. */
export const ownName = (name: string): string => name.slice(name.lastIndexOf('.') + 1)

export interface OfferSegment {
  readonly name: string
  readonly resolution?: OfferResolution
  readonly involvement?: Staged<Uncertain>
  readonly counted?: Partial<CountedShares>
}

/** A number in each conversation of the AI, or in each of what `per` says. */
export interface Quantity {
  readonly each: Staged<Uncertain>
  readonly per: QuantityPerOne
}
export type Quantities = Readonly<Record<string, Quantity>>

/** Each key replaces the whole shared value. */
export type OfferResolution = Present<NonNullable<RawPart['resolution']>>

/** The shares of genuine resolutions and of unresolved conversations that the vendor bills, and the share that it credits back. */
export interface CountedShares {
  readonly resolved: Staged<Uncertain>
  readonly unresolved: Staged<Uncertain>
  readonly reopened: { readonly share: Staged<Uncertain>; readonly lag: number }
  /** What happens to resolutions whose customers come back; absent if nothing is stated, so that they stay billed. */
  readonly returned?: 'billed' | 'credited'
}
