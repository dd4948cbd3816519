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

/** Units that are paid for even if they are not used. They count in packs where packs are sold. */
export interface Commitment {
  readonly quantity: number
  readonly per: Often
  /** The price of one beyond it. Absent for tiers, which go on. */
  readonly overage?: number
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
  /** A fee a month with some units in it, and the price of each or of a pack beyond them. */
  | {
      readonly kind: 'plan'
      readonly fee: number
      readonly meter: QuoteMeter
      readonly included: number
      readonly overage: number
      /** Units in a pack. Absent where each has a price. */
      readonly pack?: number
    }
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
export const namedMeter = (meter: QuoteMeter): string => OWN_NAMES[meter] ?? meter

/** A product as people would write it: 0.1 × 3 is 0.3. */
export const tidied = (value: number): number => Number(value.toPrecision(12))

/** The tier of a quantity. The last one has no end. */
const tierAt = (tiers: readonly QuoteTier[], quantity: number): number =>
  tiers.findIndex(({ to }) => to === undefined || quantity <= to)

/** What a quantity costs in tiers. */
export function costInTiers(kind: 'graduated' | 'volume', tiers: readonly QuoteTier[], quantity: number): number {
  const last = tierAt(tiers, quantity)
  if (kind === 'volume') return tidied(quantity * tiers[last].price)
  const parts = tiers.slice(0, last + 1).map(({ to = quantity, price }, k) => {
    const from = k === 0 ? 0 : (tiers[k - 1].to ?? 0)
    return (Math.min(to, quantity) - from) * price
  })
  return tidied(parts.reduce((sum, part) => sum + part, 0))
}

/** By volume, a commitment has the price of its tier at once: nobody pays that of a lower one. */
const tiersFrom = (tiers: readonly QuoteTier[], quantity: number): readonly QuoteTier[] => tiers.slice(tierAt(tiers, quantity))

type Use = Extract<Paid, { kind: 'use' }>

function tieredUse(meter: string, kind: 'graduated' | 'volume', tiers: readonly QuoteTier[], committed?: Commitment): object {
  if (!committed) return { meter, [kind]: tiers }
  const { quantity, per } = committed
  const billed = kind === 'volume' ? tiersFrom(tiers, quantity) : tiers
  const [{ price }] = billed
  if (billed.length === 1) return { meter, commitment: `${quantity}/${per}`, price, overage: price }
  return {
    ...{ meter, [kind]: billed },
    // Tiers of a year count the year's units.
    ...(per === 'year' && { period: per }),
    // The sign says that it is money and no quantity, in every currency.
    minimum: `$${costInTiers(kind, tiers, quantity)}/${per}`,
  }
}

/** Packs that are paid for cover their units. Packs beyond them are billed as they are started. */
function packCharges(meter: string, { size, price }: Extract<Pricing, { kind: 'pack' }>, committed?: Commitment): QuoteCharges {
  if (!committed) return { use: { meter, package: size, price } }
  const { quantity, per, overage } = committed
  return {
    fee: { fee: `${tidied(quantity * price)}/${per}`, layer: 'commitment' },
    use: { meter, package: size, price: overage, included: `${tidied(quantity * size)}/${per}` },
  }
}

function useCharges({ meter: counted, pricing, commitment }: Use): QuoteCharges {
  const meter = namedMeter(counted)
  if (pricing.kind === 'pack') return packCharges(meter, pricing, commitment)
  if (pricing.kind !== 'each') return { use: tieredUse(meter, pricing.kind, pricing.tiers, commitment) }
  const { price } = pricing
  if (!commitment) return { use: { meter, price } }
  const { quantity, per, overage } = commitment
  return { use: { meter, commitment: `${quantity}/${per}`, price, overage } }
}

/** The charges of an offer by what they are for. */
export const ROLES = ['fee', 'use', 'seats'] as const
export type Role = (typeof ROLES)[number]
export type QuoteCharges = Readonly<Partial<Record<Role, object>>>

function paidCharges(paid: Paid): QuoteCharges {
  if (paid.kind === 'use') return useCharges(paid)
  if (paid.kind === 'fee') return { fee: { fee: `${paid.fee}/${paid.per}` } }
  if (paid.kind === 'seats') return {}
  const { fee, meter, included, overage, pack } = paid
  return {
    fee: { fee: `${fee}/month` },
    use: {
      meter: namedMeter(meter),
      included: `${included}/month`,
      ...(pack !== undefined && { package: pack }),
      price: overage,
    },
  }
}

export const quotedCharges = ({ paid, seats }: Quote): QuoteCharges => ({
  ...paidCharges(paid),
  ...(seats && { seats: { seats: seats.count, price: `${seats.price}/month` } }),
})

/** Units that a plan counts by a number in each conversation, by the name of their meter. */
export const quantitiesOf = ({ paid }: Quote): Readonly<Record<string, number>> =>
  paid.kind === 'use' && paid.each !== undefined ? { [namedMeter(paid.meter)]: paid.each } : {}

export const minimumOf = ({ minimum }: Quote): string | undefined => minimum && `${minimum.amount}/${minimum.per}`

/** The offer of a plan that bills as the quote says. */
export function offerOf(quote: Quote): object {
  const [quantities, minimum, charges] = [quantitiesOf(quote), minimumOf(quote), quotedCharges(quote)]
  return {
    title: quote.vendor,
    ...(Object.keys(quantities).length > 0 && { quantities }),
    ...(minimum !== undefined && { minimum }),
    charges: ROLES.flatMap((role) => charges[role] ?? []),
  }
}
