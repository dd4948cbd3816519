// A plan as numbers, from which both the text that billcast reads and the independent biller work.
import { type Law, textOf, type Value } from './laws.ts'

export type Meter = 'conversations' | 'resolutions'

/** An amount in a month or, in proportion to the months, in a year. */
export interface Bound {
  readonly amount: number
  readonly per: 'month' | 'year'
}

export interface Tier {
  /** The last tier has no end. */
  readonly to?: number
  readonly price: number
}

export type Charge =
  | {
      readonly model: 'unit'
      readonly meter: Meter
      readonly price: Value
      /** The place of the only segment that it counts. */
      readonly of?: number
      readonly minimum?: Bound
      readonly maximum?: Bound
    }
  | { readonly model: 'graduated' | 'volume'; readonly meter: Meter; readonly tiers: readonly Tier[] }
  | { readonly model: 'package'; readonly meter: Meter; readonly size: number; readonly price: Value }
  | {
      readonly model: 'commitment'
      readonly meter: Meter
      readonly quantity: Bound
      readonly price: number
      readonly overage: number
    }
  /** `price` is the fee of a bundle. */
  | { readonly model: 'bundles'; readonly meter: Meter; readonly tiers: readonly Tier[] }
  /** Seats for the conversations that people handle. */
  | { readonly model: 'seats'; readonly perAgent: number; readonly price: number }
  | { readonly model: 'fee'; readonly amount: Value; readonly per: 'once' | 'month' }

export interface Offer {
  readonly name: string
  readonly charges: readonly Charge[]
  readonly counted?: { readonly resolved: number; readonly unresolved: number; readonly reopened: number }
  readonly guarantee?: { readonly months: number; readonly notAbove: number; readonly payment: number }
  readonly refund?: { readonly months: number; readonly below: number; readonly share: number }
}

/** A stream of conversations. Growth, spikes, improvement, ceiling and noises of the plan hold for it. */
export interface Segment {
  readonly name: string
  readonly base: Value
  readonly rate: Value
  /** The next stage of the rate, which begins in a month after the first. */
  readonly later?: { readonly from: number; readonly rate: Value }
  /** On top of the noise of the plan. */
  readonly volumeNoise?: { readonly cv: number; readonly autocorrelation: number }
  /** In place of the cost in the plan. */
  readonly human?: number
}

export interface Plan {
  readonly months: number
  /** In the order of their names. `base` and `rate` of the plan are then their means. */
  readonly segments?: readonly Segment[]
  readonly base: Value
  /** Per month. */
  readonly growth: number
  readonly volumeNoise?: { readonly cv: number; readonly autocorrelation: number }
  readonly rate: Value
  /** Points a month. */
  readonly improvement: number
  readonly ceiling: number
  readonly rateNoise?: { readonly sd: number; readonly autocorrelation: number }
  readonly spikes?: { readonly probability: number; readonly size: Law; readonly months: number }
  readonly setbacks?: { readonly probability: number; readonly size: Law; readonly months: number }
  readonly human?: Value
  /** The correlation of the scores of volume and rate. */
  readonly correlation?: number
  readonly sampled?: boolean
  readonly discountRate?: number
  readonly offers: readonly Offer[]
  /** An amount for the first offer, by the measure of the plan. */
  readonly budget: number
  readonly measure: 'bill' | 'total'
}

const money = (value: Value) => textOf(value, '$')
const bound = ({ amount, per }: Bound, unit: string) => `${unit}${amount}/${per}`

function writtenCharge(charge: Charge, segments: Plan['segments']): object {
  switch (charge.model) {
    case 'unit': {
      const { meter, price, of, minimum, maximum } = charge
      return {
        meter,
        ...(of !== undefined && { of: segments?.[of].name }),
        price: money(price),
        ...(minimum && { minimum: bound(minimum, '$') }),
        ...(maximum && { maximum: bound(maximum, '$') }),
      }
    }
    case 'graduated':
    case 'volume':
      return { meter: charge.meter, [charge.model]: charge.tiers.map((tier) => ({ ...tier, price: money(tier.price) })) }
    case 'package':
      return { meter: charge.meter, package: charge.size, price: money(charge.price) }
    case 'commitment': {
      const { meter, quantity, price, overage } = charge
      return { meter, commitment: bound(quantity, ''), price: money(price), overage: money(overage) }
    }
    case 'bundles':
      return {
        meter: charge.meter,
        bundles: charge.tiers.map(({ to, price }) => ({ ...(to !== undefined && { to }), fee: money(price) })),
      }
    case 'seats':
      return { seats: { perAgent: charge.perAgent }, price: `${money(charge.price)}/month` }
    case 'fee':
      return { fee: money(charge.amount), per: charge.per }
  }
}

/** The first month of plans that state none. */
const START = 2027

function writtenSegment({ base, rate, later, volumeNoise, human }: Segment): object {
  // A month is the twelfth of its year at most, since a stage begins within a year.
  const until = later && `${START}-${String(later.from).padStart(2, '0')}`
  return {
    conversations: { base: textOf(base), ...(volumeNoise && { noise: volumeNoise }) },
    resolution: { rate: later ? [{ until, value: textOf(rate) }, { value: textOf(later.rate) }] : textOf(rate) },
    ...(human !== undefined && { human: { cost: money(human) } }),
  }
}

/** The plan as billcast reads it. */
export function writtenPlan(plan: Plan): Readonly<Record<string, unknown>> {
  const { segments, months, growth, volumeNoise, improvement, ceiling, rateNoise, spikes, setbacks, human, correlation, offers } =
    plan
  return {
    months,
    conversations: {
      ...(!segments && { base: textOf(plan.base) }),
      ...(growth !== 0 && { growth: `${growth * 100}%/month` }),
      ...(volumeNoise && { noise: volumeNoise }),
      ...(spikes && { spikes: { ...spikes, size: textOf(spikes.size) } }),
    },
    resolution: {
      ...(!segments && { rate: textOf(plan.rate) }),
      ...(improvement !== 0 && { improvement: `${improvement * 100}pt/month` }),
      ...(ceiling < 1 && { ceiling }),
      ...(rateNoise && { noise: { sd: `${rateNoise.sd * 100}pt`, autocorrelation: rateNoise.autocorrelation } }),
      ...(setbacks && { setbacks: { ...setbacks, size: textOf(setbacks.size) } }),
    },
    ...(segments && { segments: Object.fromEntries(segments.map((segment) => [segment.name, writtenSegment(segment)])) }),
    ...(human !== undefined && { human: { cost: money(human) } }),
    ...(correlation !== undefined && { correlations: [{ between: ['conversations.base', 'resolution.rate'], rho: correlation }] }),
    ...(plan.sampled && { counting: 'sampled' }),
    ...(plan.discountRate !== undefined && { discountRate: plan.discountRate }),
    budget: { offer: offers[0].name, amount: `$${plan.budget}`, confidence: '80%' },
    offers: Object.fromEntries(
      offers.map(({ name, charges, ...terms }) => [
        name,
        { charges: charges.map((charge) => writtenCharge(charge, segments)), ...terms },
      ]),
    ),
  }
}

/** An uncertain input of a plan. */
export interface Input {
  /** Its name in billcast. */
  readonly name: string
  readonly law: Law
}

/** The inputs that are drawn once a trial. */
export function inputsOf({ base, rate, human, offers, segments = [] }: Plan): readonly Input[] {
  const stated: (readonly [string, Value | undefined])[] = [
    ['conversations.base', base],
    ['resolution.rate', rate],
    ...segments.flatMap(({ name, base: own, rate: first, later }): (readonly [string, Value])[] => {
      const path = `segments.${name}.resolution.rate`
      return [
        [`segments.${name}.conversations.base`, own],
        ...(later
          ? ([
              [`${path}[0].value`, first],
              [`${path}[1].value`, later.rate],
            ] as const)
          : ([[path, first]] as const)),
      ]
    }),
    ['human.cost', human],
    ...offers.flatMap(({ name, charges }) =>
      charges.map((charge, k): readonly [string, Value | undefined] => {
        const path = `offers.${name}.charges[${k}]`
        if (charge.model === 'fee') return [`${path}.fee`, charge.amount]
        return [`${path}.price`, charge.model === 'unit' || charge.model === 'package' ? charge.price : undefined]
      }),
    ),
  ]
  return stated.flatMap(([name, law]) => (typeof law === 'object' ? [{ name, law }] : []))
}
