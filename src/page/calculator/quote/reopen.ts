// Reads an offer of a plan back into the quote that the four questions ask for, or says why they cannot show it.
import { canonical } from '../../../api/identity.ts'
import { type Fields, isFields } from '../../../notation/fields.ts'
import { readScenario } from '../../../scenario/read.ts'
import { countOf, moneyOf } from '../plan.ts'
import { hasOwnLines } from './saved.ts'
import {
  type Commitment,
  costInTiers,
  namedMeter,
  type Often,
  type Paid,
  type Pricing,
  QUOTE_METERS,
  type Quote,
  type QuoteMeter,
  type QuoteTier,
  type Role,
  ROLES,
  tidied,
} from './offer.ts'
import { typedOf } from './retyped.ts'
import { hasSeveral, readQuote } from './texts.ts'

/** An offer that the questions can show. */
export interface ReopenedQuote {
  readonly quote: Quote
  /** The offer with what it takes from the catalog. */
  readonly offer: Fields
  /** The place of each charge in that offer. */
  readonly places: Readonly<Partial<Record<Role, number>>>
}

/** The quote, or one sentence on what the questions cannot show. */
export type Reopened = ReopenedQuote | { readonly why: string }

/** What the questions cannot show. */
class Unsaid extends Error {}
const unsaid = (what: string): never => {
  throw new Unsaid(what)
}

/** Keys of a charge that stay as they are, since they change no amount that the questions ask for. */
const KEPT: ReadonlySet<string> = new Set(['id', 'layer', 'account', 'paid', 'term'])
/** The other keys that a charge may have, in the words of a reader. */
const WORDS: Readonly<Record<string, string>> = {
  ...{ of: 'a charge for some segments only', from: 'a charge that starts later', until: 'a charge that ends earlier' },
  ...{ discount: 'a discount', escalator: 'a price that changes every year', credits: 'credits', bundles: 'bundles' },
  ...{
    included: 'included units',
    rollover: 'units that stay valid',
    minimum: 'the minimum of a charge',
    rule: 'a rule of a program',
  },
  ...{ maximum: 'a maximum', limit: 'a limit', period: 'units that add up over a longer period', ratchet: 'bundles' },
  ...{ overage: 'a price beyond a quantity', per: 'another period' },
}

/** Refuses a charge with other keys than the questions ask for. */
function onlyHas(charge: Fields, ...keys: readonly string[]): void {
  const other = Object.keys(charge).find((key) => !keys.includes(key) && !KEPT.has(key))
  if (other !== undefined) unsaid(WORDS[other] ?? `\`${other}\` of a charge`)
}

const number = (value: unknown, what: string, read = countOf): number =>
  read(value) ?? unsaid(typeof value === 'object' ? `${what} that changes` : `${what} that is uncertain`)

const money = (value: unknown, what = 'a price'): number => number(value, what, moneyOf)

/** An amount or quantity and its period. */
function timed(value: unknown, read: (rest: unknown) => number): { readonly value: number; readonly per: Often } {
  const [, rest, per] = typeof value === 'string' ? (/^(.*)\/\s*(\w+)\s*$/.exec(value) ?? []) : []
  if (per === undefined) return { value: read(value), per: 'month' }
  return per === 'month' || per === 'year'
    ? { value: read(rest), per }
    : unsaid(per === 'once' ? 'a fee that is due once' : `amounts by ${per}`)
}

const timedMoney = (value: unknown, what: string) => timed(value, (rest) => money(rest, what))
const timedCount = (value: unknown, what: string) => timed(value, (rest) => number(rest, what))

function roleOf(charge: unknown): Role {
  if (!isFields(charge)) return unsaid('a charge that is no object')
  return 'fee' in charge ? 'fee' : 'seats' in charge ? 'seats' : 'use'
}

function placesOf(charges: unknown): { readonly charges: Partial<Record<Role, Fields>>; readonly places: ReopenedQuote['places'] } {
  if (!Array.isArray(charges)) return unsaid('charges that are no list')
  const roles = charges.map(roleOf)
  const twice = ROLES.find((role) => roles.filter((own) => own === role).length > 1)
  if (twice !== undefined) unsaid({ fee: 'several fees', use: 'several prices for use', seats: 'several kinds of seats' }[twice])
  const entries = roles.map((role, k) => [role, k] as const)
  return {
    charges: Object.fromEntries(entries.map(([role, k]) => [role, charges[k] as Fields])),
    places: Object.fromEntries(entries),
  }
}

/** The meter, and the number in each conversation where it needs one. */
function meterOf({ meter: named }: Fields, { quantities }: Fields): { readonly meter: QuoteMeter; readonly each?: number } {
  const meter = QUOTE_METERS.find((own) => namedMeter(own) === named)
  if (meter === undefined) return unsaid(typeof named === 'string' ? `a price for ${named}` : 'credits')
  if (!hasSeveral(meter)) return { meter }
  const each = isFields(quantities) ? quantities[namedMeter(meter)] : undefined
  return each === undefined ? unsaid(`${meter} that the plan counts`) : { meter, each: number(each, `a number of ${meter}`) }
}

/** The most tiers that the questions ask for. */
const MOST_TIERS = 3

function tiersOf(stated: unknown): readonly QuoteTier[] {
  if (!Array.isArray(stated) || stated.length > MOST_TIERS) return unsaid(`more than ${MOST_TIERS} tiers`)
  if (stated.length < 2) unsaid('a single tier')
  return stated.map((tier: Fields): QuoteTier => {
    if (tier.fee !== undefined) unsaid('fees of tiers')
    const to = tier.to === undefined ? undefined : number(tier.to, 'an end of a tier')
    return { price: money(tier.price), ...(to !== undefined && { to }) }
  })
}

/** The quantity whose cost in tiers is a minimum. */
function committedIn(kind: 'graduated' | 'volume', tiers: readonly QuoteTier[], least: number): number {
  const found = tiers.map(({ price }, k) => {
    const from = k === 0 ? 0 : (tiers[k - 1].to ?? 0)
    const before = kind === 'volume' || k === 0 ? 0 : costInTiers(kind, tiers, from)
    return tidied((kind === 'volume' ? 0 : from) + (least - before) / price)
  })
  // By volume, the tiers begin with that of the commitment.
  const candidates = kind === 'volume' ? found.slice(0, 1) : found
  return candidates.find((own) => own > 0 && costInTiers(kind, tiers, own) === least) ?? unsaid('the minimum of a charge')
}

interface Priced {
  readonly pricing: Pricing
  readonly commitment?: Commitment
}

function tiered(use: Fields, kind: 'graduated' | 'volume'): Priced {
  const tiers = tiersOf(use[kind])
  const pricing = { kind, tiers }
  if (use.minimum === undefined) {
    onlyHas(use, 'meter', kind)
    return { pricing }
  }
  onlyHas(use, 'meter', kind, 'minimum', 'period')
  const { value, per } = timedMoney(use.minimum, 'a minimum')
  if ((use.period ?? 'month') !== per) unsaid('the minimum of a charge')
  return { pricing, commitment: { quantity: committedIn(kind, tiers, value), per } }
}

function pricedOf(use: Fields): Priced {
  if ('graduated' in use) return tiered(use, 'graduated')
  if ('volume' in use) return tiered(use, 'volume')
  if ('package' in use) {
    onlyHas(use, 'meter', 'package', 'price')
    return { pricing: { kind: 'pack', price: money(use.price), size: number(use.package, 'a pack') } }
  }
  const pricing = { kind: 'each', price: money(use.price) } as const
  if (!('commitment' in use)) {
    onlyHas(use, 'meter', 'price')
    return { pricing }
  }
  onlyHas(use, 'meter', 'price', 'commitment', 'overage')
  const { value: quantity, per } = timedCount(use.commitment, 'a commitment')
  return { pricing, commitment: { quantity, per, overage: money(use.overage) } }
}

/** Packs that are paid for, with the price of those beyond them. */
function packsOf(fee: Fields, use: Fields): Priced {
  onlyHas(use, 'meter', 'package', 'price', 'included')
  const { value: paid, per } = timedMoney(fee.fee, 'a fee')
  const included = timedCount(use.included, 'an included quantity')
  const size = number(use.package, 'a pack')
  const quantity = tidied(included.value / size)
  const price = tidied(paid / quantity)
  if (included.per !== per || tidied(price * quantity) !== paid || tidied(quantity * size) !== included.value)
    unsaid('a fee that is no number of packs')
  return { pricing: { kind: 'pack', price, size }, commitment: { quantity, per, overage: money(use.price) } }
}

/** A fee with some use in it. */
function planOf(fee: Fields, use: Fields, meter: QuoteMeter): Paid {
  if (use.included === undefined) unsaid('a fee beside a price for use')
  onlyHas(use, 'meter', 'price', 'included', 'package')
  if (hasSeveral(meter)) unsaid(`a plan of ${meter}`)
  const [due, included] = [timedMoney(fee.fee, 'a fee'), timedCount(use.included, 'an included quantity')]
  if (due.per === 'year' || included.per === 'year') unsaid('a plan by the year')
  return {
    ...{ kind: 'plan', meter, fee: due.value, included: included.value, overage: money(use.price) },
    ...(use.package !== undefined && { pack: number(use.package, 'a pack') }),
  }
}

function paidOf({ fee, use, seats }: Partial<Record<Role, Fields>>, offer: Fields): Paid {
  if (fee) onlyHas(fee, 'fee')
  if (use) {
    const { meter, each } = meterOf(use, offer)
    const counted = each === undefined ? { meter } : { meter, each }
    if (!fee) return { kind: 'use', ...counted, ...pricedOf(use) }
    if (fee.layer === 'commitment' && use.package !== undefined) return { kind: 'use', ...counted, ...packsOf(fee, use) }
    return planOf(fee, use, meter)
  }
  if (fee) {
    const { value, per } = timedMoney(fee.fee, 'a fee')
    return { kind: 'fee', fee: value, per }
  }
  return seats ? { kind: 'seats' } : unsaid('an offer without a charge')
}

function seatsOf(seats: Fields): NonNullable<Quote['seats']> {
  onlyHas(seats, 'seats', 'price')
  const { value: price, per } = timedMoney(seats.price, 'a price of seats')
  if (per === 'year') unsaid('seats by the year')
  return { count: number(seats.seats, 'a number of seats'), price }
}

function quoteOf(name: string, offer: Fields): Omit<ReopenedQuote, 'offer'> {
  if (offer.parts !== undefined) unsaid('several contracts')
  const { charges, places } = placesOf(offer.charges)
  const paid = paidOf(charges, offer)
  if (offer.minimum !== undefined && paid.kind !== 'use') unsaid('a minimum beside a fee or seats')
  const minimum = offer.minimum === undefined ? undefined : timedMoney(offer.minimum, 'a minimum')
  const quote: Quote = {
    ...{ vendor: typeof offer.title === 'string' ? offer.title : name, paid },
    ...(minimum && { minimum: { amount: minimum.value, per: minimum.per } }),
    ...(charges.seats && { seats: seatsOf(charges.seats) }),
  }
  const { texts, choices } = typedOf(quote)
  const read = readQuote(texts, choices)
  // Such as a price below zero, or a title of spaces.
  if (!('quote' in read) || canonical(read.quote) !== canonical(quote)) return unsaid('figures that no field takes')
  return { quote: read.quote, places }
}

/** The offer as the engine reads it, with what it takes from the catalog and without its sources. */
function offerIn(plan: string, name: string): Fields {
  const { data } = readScenario(plan)
  const offers = isFields(data) ? data.offers : undefined
  const offer = isFields(offers) && Object.hasOwn(offers, name) ? offers[name] : undefined
  return isFields(offer) ? offer : unsaid('an offer that is no object')
}

export function reopened(plan: string, name: string): Reopened {
  try {
    const offer = offerIn(plan, name)
    if (!hasOwnLines(plan, name)) unsaid('lines that offers share')
    return { ...quoteOf(name, offer), offer }
  } catch (error) {
    return {
      why:
        error instanceof Unsaid
          ? `The four questions cannot show ${error.message}, so here is the offer in the whole plan.`
          : 'The plan has a mistake that must be mended first.',
    }
  }
}
