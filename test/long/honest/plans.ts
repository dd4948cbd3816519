// A plan as numbers, from which both the text that billcast reads (written.ts) and the independent biller work.
import type { Law, Value } from './laws.ts'

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

/** Rises by a share at each anniversary of the contract. */
export interface Rising {
  readonly escalator?: Value
}

export type Charge =
  | (Rising & {
      readonly model: 'unit'
      readonly meter: Meter
      readonly price: Value
      /** Units that are free one time. */
      readonly included?: number
      /** The place of the only segment that it counts. */
      readonly of?: number
      readonly minimum?: Bound
      readonly maximum?: Bound
    })
  | { readonly model: 'graduated' | 'volume'; readonly meter: Meter; readonly tiers: readonly Tier[] }
  | { readonly model: 'package'; readonly meter: Meter; readonly size: number; readonly price: Value }
  | (Rising & {
      readonly model: 'commitment'
      readonly meter: Meter
      readonly quantity: Bound
      readonly price: number
      readonly overage: number
    })
  /** `price` is the fee of a bundle. */
  | { readonly model: 'bundles'; readonly meter: Meter; readonly tiers: readonly Tier[] }
  /** Seats for the conversations that people handle. */
  | { readonly model: 'seats'; readonly perAgent: number; readonly price: number }
  | (Rising & { readonly model: 'fee'; readonly amount: Value; readonly per: 'once' | 'month' })

/** Months count from that of the plan's start, which is 0. */
export interface Contract {
  readonly charges: readonly Charge[]
  readonly counted?: {
    readonly resolved: number
    readonly unresolved: number
    readonly reopened?: number
    readonly returned?: 'credited'
  }
  readonly guarantee?: { readonly months: number; readonly notAbove: number; readonly payment: number }
  readonly refund?: { readonly months: number; readonly below: number; readonly share: number }
  /** Its first and last month. */
  readonly from?: number
  readonly until?: number
  readonly rate?: Value
  readonly involvement?: Value
  /** The month from which years count, and the usage of a year that began before the plan. */
  readonly term?: {
    readonly start: number
    readonly toDate?: { readonly meter: Meter; readonly quantity: number; readonly spend?: number }
  }
  readonly renewals?: readonly { readonly month: number; readonly change: Value; readonly cap?: number }[]
}

/** A value up to a month. The last stage has no end. */
export interface Stage {
  readonly until?: number
  readonly value: Value
}

/** A contract for a share of the conversations. One part without a stated share takes the rest. */
export interface Part extends Contract {
  readonly name: string
  readonly traffic?: readonly Stage[]
  /** The last month in which it is billed, but resolves nothing. */
  readonly shadow?: number
}

export interface Offer extends Contract {
  readonly name: string
  /** In place of charges. */
  readonly parts?: readonly Part[]
}

/** What comes back of the conversations that seem resolved. */
export interface Returns {
  readonly share: Value
  readonly lag: number
  readonly to: 'people' | 'ai'
}

/** People on the payroll: amounts are per month, head or contact. */
export interface Staff {
  readonly pay: Value
  readonly minutes: Value
  readonly hours: number
  readonly shrinkage: Value
  readonly occupancy: number
  readonly start: number
  readonly attrition: Value
  readonly hire: { readonly lag: number; readonly ramp: number; readonly cost: number }
  readonly release?:
    | { readonly most: number; readonly notice: number; readonly cost: number }
    | { readonly immediate: true; readonly cost: number }
  readonly shortfall: Value
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
  /** In place of the minutes of the plan's staff. */
  readonly minutes?: number
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
  /** The share of freed work that leaves the budget. */
  readonly cashable?: number
  /** In place of a cost. */
  readonly staff?: Staff
  readonly returns?: Returns
  /** The correlation of the scores of volume and rate. */
  readonly correlation?: number
  readonly sampled?: boolean
  readonly discountRate?: number
  readonly offers: readonly Offer[]
  /** An amount for the first offer, by the measure of the plan. */
  readonly budget: number
  readonly measure: 'bill' | 'total'
  /** Whether quarters and the worst month and quarter are judged. The truths of the first plans lack them. */
  readonly quarters?: boolean
}

export const hasPeople = ({ human, staff }: Pick<Plan, 'human' | 'staff'>): boolean => human !== undefined || staff !== undefined

/** An uncertain input of a plan. */
export interface Input {
  /** Its name in billcast. */
  readonly name: string
  readonly law: Law
}

type Stated = readonly (readonly [path: string, value: Value | undefined])[]

function inputsOfContract(path: string, { charges, rate, involvement, renewals = [] }: Contract): Stated {
  return [
    ...charges.flatMap((charge, k): Stated => {
      const own = `${path}.charges[${k}]`
      const escalator = 'escalator' in charge ? charge.escalator : undefined
      if (charge.model === 'fee')
        return [
          [`${own}.fee`, charge.amount],
          [`${own}.escalator`, escalator],
        ]
      const price = charge.model === 'unit' || charge.model === 'package' ? charge.price : undefined
      return [
        [`${own}.price`, price],
        [`${own}.escalator`, escalator],
      ]
    }),
    [`${path}.resolution.rate`, rate],
    [`${path}.involvement`, involvement],
    ...renewals.map(({ change }, k) => [`${path}.renewals[${k}].change`, change] as const),
  ]
}

function inputsOfOffer({ name, parts = [], ...contract }: Offer): Stated {
  const path = `offers.${name}`
  return [
    ...inputsOfContract(path, contract),
    ...parts.flatMap(({ traffic = [], ...part }) => [
      ...inputsOfContract(`${path}.parts.${part.name}`, part),
      ...traffic.map(({ value }, k) => [`${path}.traffic.${part.name}[${k}].value`, value] as const),
    ]),
  ]
}

function inputsOfSegment({ name, base, rate, later }: Segment): Stated {
  const path = `segments.${name}.resolution.rate`
  return [
    [`segments.${name}.conversations.base`, base],
    [later ? `${path}[0].value` : path, rate],
    [`${path}[1].value`, later?.rate],
  ]
}

/** The inputs that are drawn once a trial. */
export function inputsOf({ base, rate, human, staff, returns, offers, segments = [] }: Plan): readonly Input[] {
  const stated: Stated = [
    ['conversations.base', base],
    ['resolution.rate', rate],
    ...segments.flatMap(inputsOfSegment),
    ['human.cost', human],
    ...offers.flatMap(inputsOfOffer),
    ['resolution.returns.share', returns?.share],
    ...(['pay', 'minutes', 'shrinkage', 'attrition', 'shortfall'] as const).map(
      (key) => [`human.staff.${key}`, staff?.[key]] as const,
    ),
  ]
  return stated.flatMap(([name, law]) => (typeof law === 'object' ? [{ name, law }] : []))
}
