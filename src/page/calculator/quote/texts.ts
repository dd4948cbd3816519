// Reads what was typed into the four questions. Each field has its own error, in words that stand below it.
import { formatNumber } from '../../../notation/number.ts'
import { countOf, moneyOf } from '../plan.ts'
import type { Commitment, Often, Paid, Pricing, Quote, QuoteMeter, QuoteTier } from './offer.ts'

export type Pays = QuoteMeter | 'plan' | 'seats' | 'fee'
export type Fixed = 'neither' | 'minimum' | 'seats' | 'both'

/** What was chosen. */
export interface Choices {
  readonly pays: Pays
  readonly pricing: Pricing['kind']
  /** How often a quantity is committed. */
  readonly per: 'no' | Often
  readonly fixed: Fixed
  /** What a plan counts. */
  readonly counts: 'resolutions' | 'conversations' | 'tickets'
  /** How a plan sells units beyond those in it. */
  readonly beyond: 'each' | 'pack'
  readonly feePer: Often
  readonly minimumPer: Often
}

export const FIRST_CHOICES: Choices = {
  pays: 'resolutions',
  pricing: 'each',
  per: 'no',
  fixed: 'neither',
  counts: 'tickets',
  beyond: 'each',
  feePer: 'month',
  minimumPer: 'year',
}

export const NO_TEXTS = {
  ...{ vendor: '', price: '', pack: '', each: '', quantity: '', overage: '', minimum: '', seats: '', seat: '' },
  ...{ fee: '', included: '', beyond: '', to0: '', to1: '', price0: '', price1: '', price2: '' },
}
export type Texts = typeof NO_TEXTS
export type FieldKey = keyof Texts
type Faults = Partial<Record<FieldKey, string>>

/** One unit of each meter, with its article. */
export const UNITS: Readonly<Record<QuoteMeter, string>> = {
  resolutions: 'a resolution',
  conversations: 'a conversation',
  tickets: 'a ticket',
  actions: 'an action',
  messages: 'a message',
  minutes: 'a minute',
}

/** Meters that are no number of conversations. */
const SEVERAL: ReadonlySet<Pays> = new Set(['actions', 'messages', 'minutes'])
export const hasSeveral = (pays: Pays): boolean => SEVERAL.has(pays)

export const billsUse = (pays: Pays): pays is QuoteMeter => pays in UNITS

/** Whether tiers are priced, which go on beyond a commitment. */
export const hasTiers = ({ pricing }: Pick<Choices, 'pricing'>): boolean => pricing === 'graduated' || pricing === 'volume'

/** The period whose units tiers count: the one that is committed. */
export const tiersPer = ({ per }: Choices): Often => (per === 'year' ? 'year' : 'month')

/** What the fourth question asks for. Only use has a minimum, and quotes of seats have stated them before. */
export const asksMinimum = ({ pays }: Choices): boolean => billsUse(pays)
export const asksSeats = ({ pays }: Choices): boolean => pays !== 'seats'
export const withMinimum = (choices: Choices): boolean =>
  asksMinimum(choices) && (choices.fixed === 'minimum' || choices.fixed === 'both')
export const withSeats = (choices: Choices): boolean => !asksSeats(choices) || choices.fixed === 'seats' || choices.fixed === 'both'

/** Either a quote or what is wrong with its fields. */
export type ReadQuote = { readonly quote: Quote } | { readonly faults: Faults }

class Reading {
  readonly faults: Faults = {}
  readonly #texts: Texts

  constructor(texts: Texts) {
    this.#texts = texts
  }

  #number(key: FieldKey, read: (text: string) => number | undefined, wanted: string, least = 0): number {
    const value = read(this.#texts[key])
    if (value !== undefined && value >= least) return value
    this.faults[key] = wanted
    return 0
  }

  /** @param what completes "Enter" */
  money(key: FieldKey, what: string): number {
    return this.#number(key, moneyOf, `Enter ${what}.`)
  }

  /** @param least what is above zero, by default */
  count(key: FieldKey, what: string, least: number = Number.MIN_VALUE): number {
    return this.#number(key, countOf, `Enter ${what}.`, least)
  }
}

function tiersOf(reading: Reading, unit: string, { price2, to1 }: Texts): readonly QuoteTier[] {
  const to = reading.count('to0', 'the last unit at this price, such as 10,000')
  const first = { to, price: reading.money('price0', `the price of ${unit} up to there, such as $0.95`) }
  const next = reading.money('price1', `the price of ${unit} beyond it, such as $0.90`)
  if (price2.trim() === '' && to1.trim() === '') return [first, { price: next }]
  const second = reading.count('to1', 'the last unit at this price, such as 20,000, or empty both fields of the last tier')
  if (!reading.faults.to1 && second <= to) reading.faults.to1 = 'Enter a quantity above that of the tier before.'
  return [first, { to: second, price: next }, { price: reading.money('price2', `the price of ${unit} beyond it, such as $0.85`) }]
}

function pricingOf(reading: Reading, { pricing: kind }: Choices, unit: string, texts: Texts): Pricing {
  if (kind === 'graduated' || kind === 'volume') return { kind, tiers: tiersOf(reading, unit, texts) }
  if (kind === 'each') return { kind, price: reading.money('price', `the price of ${unit}, such as $0.88`) }
  return {
    kind,
    price: reading.money('price', 'the price of a pack, such as $49'),
    size: reading.count('pack', 'the units in a pack, such as 100'),
  }
}

function useOf(reading: Reading, meter: QuoteMeter, choices: Choices, texts: Texts): Paid {
  const unit = UNITS[meter]
  const pricing = pricingOf(reading, choices, unit, texts)
  const { per } = choices
  return {
    ...{ kind: 'use', meter, pricing },
    ...(hasSeveral(meter) && { each: reading.count('each', `the ${meter} in one conversation, such as 4`) }),
    ...(per !== 'no' && { commitment: commitmentOf(reading, meter, choices, per) }),
  }
}

function commitmentOf(reading: Reading, meter: QuoteMeter, choices: Choices, per: Often): Commitment {
  const packs = choices.pricing === 'pack'
  const months = per === 'year' ? 12 : 1
  const such = formatNumber((packs ? 300 : 30_000) * months)
  const quantity = reading.count('quantity', `the committed ${packs ? 'packs' : meter} a ${per}, such as ${such}`)
  if (hasTiers(choices)) return { quantity, per }
  const [unit, price] = packs ? ['a pack', '$55'] : [UNITS[meter], '$1.40']
  return { quantity, per, overage: reading.money('overage', `the price of ${unit} beyond the commitment, such as ${price}`) }
}

function paidOf(reading: Reading, choices: Choices, texts: Texts): Paid {
  const { pays, counts, feePer } = choices
  if (billsUse(pays)) return useOf(reading, pays, choices, texts)
  if (pays === 'seats') return { kind: 'seats' }
  if (pays === 'fee') return { kind: 'fee', per: feePer, fee: reading.money('fee', `the fee of a ${feePer}, such as $3,000`) }
  return {
    ...{ kind: 'plan', meter: counts, fee: reading.money('fee', 'the fee of a month, such as $360') },
    included: reading.count('included', `the ${counts} in the plan, such as 2,000`),
    ...(choices.beyond === 'pack'
      ? {
          overage: reading.money('beyond', 'the price of a pack beyond the plan, such as $36'),
          pack: reading.count('pack', 'the units in a pack, such as 100'),
        }
      : { overage: reading.money('beyond', `the price of ${UNITS[counts]} beyond the plan, such as $0.40`) }),
  }
}

export function readQuote(texts: Texts, choices: Choices): ReadQuote {
  const reading = new Reading(texts)
  const vendor = texts.vendor.trim()
  if (vendor === '') reading.faults.vendor = 'Enter the name of the vendor, such as Zendesk.'
  const paid = paidOf(reading, choices, texts)
  const { minimumPer: per } = choices
  const quote: Quote = {
    ...{ vendor, paid },
    ...(withMinimum(choices) && {
      minimum: { per, amount: reading.money('minimum', `the minimum bill of a ${per}, such as $30,000`) },
    }),
    ...(withSeats(choices) && {
      seats: {
        // Offers of the catalog leave some numbers to the buyer.
        count: reading.count('seats', 'the number of seats, such as 20', 0),
        price: reading.money('seat', 'the price of a seat a month, such as $115'),
      },
    }),
  }
  return Object.keys(reading.faults).length > 0 ? { faults: reading.faults } : { quote }
}
