// What every charge model is: a key that names it, a schema that reads it, and the operations that bill it.
import { z } from 'zod'
import type { FixedProgram, Line, Operation, PeriodProgram, PriceIndex, Span } from '../compiled.ts'
import type { Slider } from '../field.ts'
import { choice, known, money, plainNumber, plainQuantity, type Staged } from '../fields.ts'
import { maximum, minimum } from '../modifiers/bounds.ts'
import { from, until } from '../modifiers/dates.ts'
import { discount } from '../modifiers/discount.ts'
import { escalator } from '../modifiers/escalator.ts'
import { included, rollover } from '../modifiers/included.ts'
import { limit } from '../modifiers/limit.ts'
import { period } from '../modifiers/period.ts'
import type { LineKinds } from '../lines.ts'
import type { Bound, Layer, Meter, Period } from '../operation.ts'
import type { BoundMoney } from '../prices.ts'
import { type Applies, MONTHS, spansOf } from '../spans.ts'

const METERS = ['conversations', 'tickets', 'resolutions', 'actions', 'escalations'] as const
const meter = choice(METERS, { label: 'Meter', help: 'what the charge counts' })
const weight = plainNumber({ label: 'Credits', help: 'credits that one of the meter uses up', noun: 'a number of credits' })
const layer = choice(['usage', 'commitment', 'overage', 'platform', 'add-on', 'set-up', 'management'], {
  label: 'Layer',
  help: 'the kind of cost that it is',
  otherwise: 'by its model',
})
const id = known(
  z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/, 'expected a letter and up to 63 letters, digits, _ or -'),
  'text',
  { label: 'Id', help: 'a name for the charge, in place of its number' },
)

/** A price that may change by schedule. */
export const priceOf = (options: { readonly label: string; readonly help: string; readonly slider?: Slider }) =>
  money({ ...options, staged: true })
export const price = priceOf({ label: 'Price', help: 'the price of one unit, such as $0.99', slider: { least: 0.5, most: 2 } })

/** What any charge may state. */
export const anyCharge = {
  id: id.optional(),
  layer: layer.optional(),
  escalator: escalator.optional(),
  discount: discount.optional(),
  from: from.optional(),
  until: until.optional(),
}

/** What a charge by quantity may state besides; either a meter or credits say what it counts. */
export const counting = {
  ...anyCharge,
  meter: meter.optional(),
  credits: z
    .partialRecord(z.enum(METERS), weight)
    .optional()
    .meta({ description: 'credits that each of these uses up, in place of a meter' }),
  period: period.optional(),
  included: included.optional(),
  rollover: rollover.optional(),
  minimum: minimum.optional(),
  maximum: maximum.optional(),
  limit: limit.optional(),
}

export const paid = choice(['monthly', 'upfront'], {
  label: 'Paid',
  help: 'in equal months, or all in the first of each period',
  otherwise: 'monthly',
})

export interface Tier {
  readonly to?: number | undefined
  readonly price: Staged<BoundMoney>
  readonly fee?: Staged<BoundMoney> | undefined
}
export const bound = plainQuantity({
  label: 'To',
  help: 'the quantity up to which it goes; the last one goes on',
  noun: 'a quantity',
})
const tierFee = priceOf({ label: 'Fee of a tier', help: 'what is due when the tier is entered' })
export const tiers = z
  .array(z.strictObject({ to: bound.optional(), price, fee: tierFee.optional() }))
  .min(1)
  .max(100)

/** What is wrong with a charge whose fields are right one by one. */
export interface Misfit {
  readonly path: readonly PropertyKey[]
  readonly message: string
}

/** Bounds must rise; only the last tier may be without, and goes on beyond its own. */
export function unsorted(key: string, all: readonly { readonly to?: number | undefined }[]): Misfit[] {
  return all.flatMap(({ to }, k) => {
    const before = all[k - 1]?.to ?? 0
    const path = [key, k, 'to']
    if (to === undefined) return k === all.length - 1 ? [] : [{ path, message: 'expected a bound at every tier but the last' }]
    return to > before ? [] : [{ path, message: `expected a quantity above ${before}, got ${to}` }]
  })
}

/** What a model is given to compile a charge with. */
export interface ChargeTools {
  /** Months of the horizon. */
  readonly months: number
  /** The first month, as a date. */
  readonly start: number
  readonly applies: Applies
  /** Whether some quantity is included: what exceeds it is overage. */
  readonly overage: boolean
  /** The place of an amount in the price table, with escalator, discount and renewal. */
  readonly price: (amount: Staged<BoundMoney>) => PriceIndex
}

/** What a model makes of a charge: what its quantity costs, period by period, and what is due whatever is used. */
export interface ChargeParts {
  readonly periods: readonly PeriodProgram[]
  readonly fixed: readonly FixedProgram[]
  /** Where a true-up or a cap is booked. */
  readonly own: Line
  readonly ratchet?: boolean
  /** What the operations count, where the charge itself states no meter. */
  readonly meter?: Meter
  /** The price of one unit, where a floor may be a quantity. */
  readonly unit?: { readonly price: Staged<BoundMoney>; readonly times: number }
}

/** The same operations in every period, thresholds by its share of a whole one. */
export const everyPeriod = (per: Period, applies: Applies, operations: (span: Span) => readonly Operation[]) =>
  spansOf(per, applies).map((span): PeriodProgram => ({ ...span, operations: operations(span) }))

/** `times` a period in equal months, or all of it in the period's first; a period that is cut off counts by its months. */
export function paidOver(per: Period, { months, applies }: ChargeTools, upfront: boolean, times: number): number[] {
  const due = new Array<number>(months).fill(0)
  for (const { start, end, share } of spansOf(per, applies)) {
    if (upfront) due[start] = times * share
    else for (let m = start; m < end; m++) due[m] = times / MONTHS[per]
  }
  return due
}

/** An example of the documentation, with what it bills in a month of 50,000 conversations, 65% resolved, one action each. */
export interface ChargeExample {
  readonly name: string
  readonly about: string
  readonly example: string
  readonly bills: string
}

type Read<Model extends string, Schema extends z.ZodType> = z.infer<Schema> & { readonly model: Model }

export interface Description<Model extends string, Schema extends z.ZodType, Counts extends boolean> {
  readonly model: Model
  /** The key whose presence names the model. A charge holds exactly one of them. */
  readonly key: string
  /** Whether other models state this key too, so that it names this one only where no other key does. */
  readonly implied?: boolean
  /** Where it stands in messages and tables, which begin with the common ones. */
  readonly order: number
  /** As a message lists it: "a price". */
  readonly noun: string
  readonly examples: readonly ChargeExample[]
  /** Whether it goes by quantity of a meter or of credits. */
  readonly counts: Counts
  /** The layer that it bills in if it states none. */
  readonly layer: Layer
  readonly schema: Schema
  /** Modifiers that make no sense on it, and why. */
  readonly refuses: Readonly<Record<string, string>>
  check?(charge: Read<Model, Schema>): readonly Misfit[]
  /** Why it cannot be in the layer usage beside a limit of money, which ends exactly at its amount. */
  besideMoneyLimit?(charge: Read<Model, Schema>): string | undefined
  /** The periods over which it accumulates or is paid; its own period if absent. */
  periods?(charge: Read<Model, Schema>): readonly Period[]
  compile(charge: Bound<Read<Model, Schema>>, tools: ChargeTools): ChargeParts
  /** The kinds of lines that it makes. */
  readonly lines: LineKinds
}

export const chargeModel = <const Model extends string, Schema extends z.ZodType, const Counts extends boolean>(
  description: Description<Model, Schema, Counts>,
): Description<Model, Schema, Counts> => description

/** A charge as a description reads it. */
export type ChargeOf<M> = M extends Description<infer Model, infer Schema, boolean> ? Read<Model, Schema> : never

/** Any of the models, for those who go through all of them: only the charges that it read itself may be handed to it. */
export interface ChargeModel
  extends Omit<Description<string, z.ZodType, boolean>, 'check' | 'besideMoneyLimit' | 'periods' | 'compile'> {
  check?(charge: never): readonly Misfit[]
  besideMoneyLimit?(charge: never): string | undefined
  periods?(charge: never): readonly Period[]
  compile(charge: never, tools: ChargeTools): ChargeParts
}

export const jumpsAtLimit =
  'expected no amount that jumps beside a limit of money: it cannot end exactly there (a limit by quantity can)'

export const layerOr = (given: Layer | undefined, fallback: Layer): Layer => given ?? fallback

export const nothingCounted = (what: string): Readonly<Record<string, string>> => {
  const why = `${what} is due whatever is used`
  return {
    meter: why,
    credits: why,
    period: why,
    included: why,
    rollover: why,
    limit: why,
    minimum: why,
    maximum: why,
    ratchet: why,
  }
}
export const paidByUse = { paid: 'what is used is billed in the month in which it is used' } as const
export const noLevels = { ratchet: 'only bundles have levels that hold' } as const
