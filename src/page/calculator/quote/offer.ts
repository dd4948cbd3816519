// A quote as the four questions ask for it, and the offer that it is in a plan.

/** Units that a bill counts. The first three are those of every conversation; the others have a number in each conversation. */
export const QUOTE_METERS = ['resolutions', 'conversations', 'tickets', 'actions', 'messages', 'minutes'] as const
export type QuoteMeter = (typeof QUOTE_METERS)[number]

export type Often = 'month' | 'year'

export interface QuoteTier {
  /** The last unit of the month at this price. Absent for the last tier. */
  readonly to?: number
  readonly price: number
}

/** What one unit costs. */
export type Pricing =
  | { readonly kind: 'each'; readonly price: number }
  | { readonly kind: 'pack'; readonly price: number; readonly size: number }
  /** Each slice of a month at its own price, or all units at the price that the month reaches. */
  | { readonly kind: 'graduated' | 'volume'; readonly tiers: readonly QuoteTier[] }

interface Commitment {
  readonly quantity: number
  readonly per: Often
  readonly overage: number
}

/** What the bill goes by. */
export type Paid =
  | {
      readonly kind: 'use'
      readonly meter: QuoteMeter
      readonly pricing: Pricing
      readonly commitment?: Commitment
      /** Units in one conversation, of meters that have more than one. */
      readonly each?: number
    }
  /** A fee a month with some units in it, and a price of each beyond them. */
  | { readonly kind: 'plan'; readonly fee: number; readonly meter: QuoteMeter; readonly included: number; readonly overage: number }
  | { readonly kind: 'fee'; readonly fee: number; readonly per: Often }
  | { readonly kind: 'seats' }

export interface Quote {
  readonly vendor: string
  readonly paid: Paid
  /** The least bill for use, without seats. */
  readonly minimum?: { readonly amount: number; readonly per: Often }
  /** Seats, and the price of one a month. */
  readonly seats?: { readonly count: number; readonly price: number }
}

/** The plan's own actions and minutes are those of all offers, so a quote counts quantities of its own. */
const OWN_NAMES: Partial<Record<QuoteMeter, string>> = { actions: 'ai-actions', minutes: 'call-minutes' }
/** The meter as the plan names it. */
const namedMeter = (meter: QuoteMeter): string => OWN_NAMES[meter] ?? meter

function usageOf({ meter: counted, pricing, commitment }: Extract<Paid, { kind: 'use' }>): object {
  const meter = namedMeter(counted)
  if (pricing.kind === 'pack') return { meter, package: pricing.size, price: pricing.price }
  if (pricing.kind !== 'each') return { meter, [pricing.kind]: pricing.tiers }
  if (!commitment) return { meter, price: pricing.price }
  const { quantity, per, overage } = commitment
  return { meter, commitment: `${quantity}/${per}`, price: pricing.price, overage }
}

function chargesOf(paid: Paid): readonly object[] {
  if (paid.kind === 'use') return [usageOf(paid)]
  if (paid.kind === 'fee') return [{ fee: `${paid.fee}/${paid.per}` }]
  if (paid.kind === 'seats') return []
  const { fee, meter, included, overage } = paid
  return [{ fee: `${fee}/month` }, { meter: namedMeter(meter), included: `${included}/month`, price: overage }]
}

/** Units that a plan counts by a number in each conversation. */
const quantitiesOf = (paid: Paid): object =>
  paid.kind === 'use' && paid.each !== undefined ? { quantities: { [namedMeter(paid.meter)]: paid.each } } : {}

/** The offer of a plan that bills as the quote says. */
export function offerOf({ vendor, paid, minimum, seats }: Quote): object {
  return {
    title: vendor,
    ...quantitiesOf(paid),
    ...(minimum && { minimum: `${minimum.amount}/${minimum.per}` }),
    charges: [...chargesOf(paid), ...(seats ? [{ seats: seats.count, price: `${seats.price}/month` }] : [])],
  }
}
