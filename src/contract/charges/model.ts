// The interface of a charge model: a key that names it, a schema that reads it, and the operations that bill it.
import * as z from 'zod'
import type { FixedProgram, Line, Operation, PeriodProgram, PriceIndex, RuleProgram, Span } from '../compiled.ts'
import type { Slider } from '../field.ts'
import { atMonth, choice, known, money, plainNumber, plainQuantity, type Staged } from '../fields.ts'
import { account } from '../modifiers/account.ts'
import { limit, maximum, minimum } from '../modifiers/bounds.ts'
import { from, period, until } from '../modifiers/dates.ts'
import { included, rollover } from '../modifiers/included.ts'
import { discount, escalator } from '../modifiers/prices.ts'
import { term } from '../modifiers/term.ts'
import type { LineKinds } from '../lines.ts'
import { meter, of } from '../meters.ts'
import { NAME } from '../name.ts'
import { type Bound, CHARGE_LAYERS, type Layer, type Meter, type Period } from '../operation.ts'
import type { BoundMoney } from '../prices.ts'
import { type Applies, MONTHS, quantityIn, spansOf, wholeOf } from '../spans.ts'

const weight = plainNumber({
  label: 'Credits',
  help: 'credits that one unit of the meter uses up',
  words: (value) => `uses ${value}`,
  expected: 'at least 0 credits, such as 20',
})
const layer = choice(CHARGE_LAYERS, {
  label: 'Layer',
  help: 'the cost category under which the output shows the charge',
  otherwise: 'that of its model',
  words: (value) => `shown as ${value}`,
})
const id = known(z.string().regex(NAME, 'expected a letter and up to 63 letters, digits, _ or -'), 'text', {
  label: 'Id',
  help: 'a name for the charge, used instead of its number',
})

export const priceOf = (options: { readonly label: string; readonly help: string; readonly slider?: Slider }) =>
  money({ ...options, staged: true })
export const price = priceOf({ label: 'Price', help: 'price per unit, such as $0.99', slider: { least: 0.5, most: 2 } })

export const anyCharge = {
  id: id.optional(),
  of: of.optional(),
  layer: layer.optional(),
  account: account.optional(),
  escalator: escalator.optional(),
  discount: discount.optional(),
  from: from.optional(),
  until: until.optional(),
  term: term.optional(),
}

/** Keys of a charge by quantity: either `meter` or `credits` says what it counts. */
export const counting = {
  ...anyCharge,
  meter: meter.optional(),
  credits: z
    .record(z.string(), weight)
    .optional()
    .meta({ description: 'credits that one unit of each meter uses up, instead of a single meter' }),
  period: period.optional(),
  included: included.optional(),
  rollover: rollover.optional(),
  minimum: minimum.optional(),
  maximum: maximum.optional(),
  limit: limit.optional(),
}

export const paid = choice(['monthly', 'upfront'], {
  label: 'Paid',
  help: 'whether it is paid in equal months, or in the first month of each period',
  otherwise: 'monthly',
  words: (value) => (value === 'upfront' ? 'paid at the start of each period (upfront)' : 'paid in equal months (monthly)'),
})

export interface Tier {
  readonly to?: number | undefined
  readonly price: Staged<BoundMoney>
  readonly fee?: Staged<BoundMoney> | undefined
}
export const bound = plainQuantity({ label: 'To', help: 'the upper bound; the last one has none', noun: 'a quantity' })
const tierFee = priceOf({ label: 'Fee of a tier', help: 'a fee that is due once the quantity reaches the tier' })
export const tiers = z
  .array(z.strictObject({ to: bound.optional(), price, fee: tierFee.optional() }))
  .min(1)
  .max(100)

export interface Misfit {
  readonly path: readonly PropertyKey[]
  readonly message: string
}

/** Upper bounds must rise, and only the last tier may leave its own out. */
export function unsorted(key: string, all: readonly { readonly to?: number | undefined }[]): Misfit[] {
  return all.flatMap(({ to }, k) => {
    const before = all[k - 1]?.to ?? 0
    const path = [key, k, 'to']
    if (to === undefined)
      return k === all.length - 1 ? [] : [{ path, message: 'expected an upper bound for every tier but the last' }]
    return to > before ? [] : [{ path, message: `expected a quantity above ${before}, got ${to}` }]
  })
}

/** Refuses a minimum by quantity on a charge that has no single price per unit. */
export const moneyMinimum = (minimum: object | undefined, why: string): Misfit[] =>
  minimum && 'quantity' in minimum ? [{ path: ['minimum'], message: `expected an amount such as $30k/year: ${why}` }] : []

export interface ChargeTools {
  readonly months: number
  /** The first month, as a date. */
  readonly start: number
  readonly applies: Applies
  /** Whether some quantity is included, so that all billed units are overage. */
  readonly overage: boolean
  /** The place of an amount in the price table, with escalator, discount and renewal. */
  readonly price: (amount: Staged<BoundMoney>) => PriceIndex
}

/** A compiled charge: the price of its quantity, period by period, and the amounts that do not depend on usage. */
export interface ChargeParts {
  readonly periods: readonly PeriodProgram[]
  readonly fixed: readonly FixedProgram[]
  /** The line on which a true-up or a cap is booked. */
  readonly own: Line
  readonly ratchet?: boolean
  /** A rule of the program's own, in place of operations. */
  readonly rule?: Omit<RuleProgram, 'place' | 'months' | 'meters'>
  /** The meter of the operations if the charge states none. */
  readonly meter?: Meter
  /** The price of one unit, at which a minimum may be a quantity. */
  readonly unit?: { readonly price: Staged<BoundMoney>; readonly times: number }
}

/** Repeats the operations in every period. `operations` scales its thresholds by the span's share of a whole period. */
export const everyPeriod = (per: Period, applies: Applies, operations: (span: Span) => readonly Operation[]) =>
  spansOf(per, applies).map((span): PeriodProgram => ({ ...span, operations: operations(span) }))

/** `times` per period in equal months, or upfront in its first month. A period that is cut off counts by its months. */
export function paidOver(per: Period, { months, start, applies }: ChargeTools, upfront: boolean, times: Staged<number>): number[] {
  const due = new Array<number>(months).fill(0)
  for (const span of spansOf(per, applies)) {
    // An amount paid before the plan is not billed again.
    if (upfront && span.gone === undefined) due[span.start] = quantityIn(times, span, per, start)
    if (!upfront) for (let m = span.start; m < span.end; m++) due[m] = atMonth(times, start + m) / MONTHS[per]
  }
  return due
}

/** By month, how many months an amount pays for that is due in the first month of its period. */
export function coveredFrom(per: Period, { months, applies }: Pick<ChargeTools, 'months' | 'applies'>): number[] {
  const covers = new Array<number>(months).fill(1)
  for (const span of spansOf(per, applies)) covers[span.start] = wholeOf(span)[1] - span.start
  return covers
}

/** How a charge as written reads: its values in words, and what it counts. */
export interface ChargeSpeech {
  /** The value of a key, such as "$0.99" or "30,000 resolutions a month". Empty if the charge leaves it out. */
  readonly value: (key: string) => string
  /** The tiers or bundles of a key. */
  readonly each: (key: string) => readonly Pick<ChargeSpeech, 'value'>[]
  /** One unit of what the charge counts, such as "resolution", and several of them. */
  readonly one: string
  readonly many: string
  /** The amount of a certain quantity at a certain price, such as "$45,000". Empty if one of them is uncertain or changes. */
  readonly product: (quantity: string, price: string) => string
}

/** Whether an amount in words says its period, as "$49 a month" does. */
export const saysPeriod = (words: string): boolean => / (a (month|quarter|year)|once)$/.test(words)

/** An example for the documentation, with its bill for a month of 50,000 conversations, 65% resolved, one action each. */
export interface ChargeExample {
  readonly name: string
  readonly about: string
  readonly example: string
  readonly bills: string
}

type Read<Model extends string, Schema extends z.ZodType> = z.infer<Schema> & { readonly model: Model }

export interface Description<Model extends string, Schema extends z.ZodType, Counts extends boolean> {
  readonly model: Model
  /** The key that identifies the model. A charge has exactly one of them. */
  readonly key: string
  /** Whether other models have this key too, so that it identifies this one only if no other key is there. */
  readonly implied?: boolean
  /** Position in messages and tables, which list common models first. */
  readonly order: number
  readonly examples: readonly ChargeExample[]
  /** The charge in words, for readers of a contract. Keys that it does not say follow with the words of their fields. */
  readonly words: (charge: ChargeSpeech) => string
  /** Keys that neither its sentence nor the phrases after it state. */
  readonly unsaid?: readonly string[]
  /** Whether only a program can state it, so that files, their schema and messages about them leave it out. */
  readonly codeOnly?: true
  /** Whether it bills a quantity of a meter or of credits. */
  readonly counts: Counts
  /** The layer of a charge that states none. */
  readonly layer: Layer
  readonly schema: Schema
  /** Keys that make no sense on it, each with the reason. */
  readonly refuses: Readonly<Record<string, string>>
  check?(charge: Read<Model, Schema>): readonly Misfit[]
  /** The reason why it cannot be in the layer usage under a money limit, which ends exactly at its amount. */
  besideMoneyLimit?(charge: Read<Model, Schema>): string | undefined
  /** The periods over which it accumulates or is paid; its own period if absent. */
  periods?(charge: Read<Model, Schema>): readonly Period[]
  compile(charge: Bound<Read<Model, Schema>>, tools: ChargeTools): ChargeParts
  readonly lines: LineKinds
}

export const chargeModel = <const Model extends string, Schema extends z.ZodType, const Counts extends boolean>(
  description: Description<Model, Schema, Counts>,
): Description<Model, Schema, Counts> => description

export type ChargeOf<M> = M extends Description<infer Model, infer Schema, boolean> ? Read<Model, Schema> : never

/** Any model, for code that loops over all of them. Its functions only take charges that its own schema has read. */
export interface ChargeModel
  extends Omit<Description<string, z.ZodType, boolean>, 'check' | 'besideMoneyLimit' | 'periods' | 'compile'> {
  check?(charge: never): readonly Misfit[]
  besideMoneyLimit?(charge: never): string | undefined
  periods?(charge: never): readonly Period[]
  compile(charge: never, tools: ChargeTools): ChargeParts
}

export const jumpsAtLimit =
  'expected a charge that grows unit by unit, since usage must end exactly at the money limit. Write the limit as a quantity, such as 40k/month'

const COUNTING_KEYS = ['meter', 'credits', 'period', 'included', 'rollover', 'limit', 'minimum', 'maximum', 'ratchet']
export const nothingCounted = (why: string): Readonly<Record<string, string>> =>
  Object.fromEntries(COUNTING_KEYS.map((key) => [key, why]))
export const paidByUse = { paid: 'usage is billed in the month in which it happens' } as const
export const noLevels = { ratchet: 'only a bundle can stay once it is reached' } as const
