// What every charge model is: a key that names it, a schema that reads it, and the operations that bill it.
import { z } from 'zod'
import type { Uncertain } from '../../distributions/distribution.ts'
import { ParameterError } from '../../errors.ts'
import { parseUncertainPer, splitPer } from '../../notation/per.ts'
import { money, moneyPer, notation } from '../fields.ts'
import type { FixedProgram, Line, Operation as CompiledOperation, PeriodProgram, PriceIndex, Span } from '../compiled.ts'
import type { Layer, Operation, Period, Value } from '../operation.ts'
import { type Applies, MONTHS, spansOf } from '../spans.ts'

export const meter = z
  .enum(['conversations', 'tickets', 'resolutions', 'actions', 'escalations'])
  .meta({ description: 'what the charge counts' })
export const layer = z
  .enum(['usage', 'commitment', 'overage', 'platform', 'add-on', 'set-up', 'management'])
  .meta({ description: 'the kind of cost that it is' })
export const id = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/, 'expected a letter and up to 63 letters, digits, _ or -')
  .meta({ description: 'a name for the charge, in place of its number' })
export const price = money

/** A floor under a charge: money, or a quantity at the charge's own price, over its own period. */
export type Minimum =
  | { readonly money: Uncertain; readonly per: 'month' | 'quarter' | 'year' }
  | { readonly quantity: number; readonly per: 'month' | 'quarter' | 'year' }

/** A bare number is a quantity; `$`, or a distribution, is money. */
export const minimum = notation((raw): Minimum => {
  const { rest, per = 'month' } = splitPer(raw)
  if (per === 'once') throw new ParameterError('', 'a period of month, quarter or year', raw)
  const isMoney = typeof rest !== 'number' && !(typeof rest === 'string' && !rest.includes('$') && !rest.includes('('))
  const { value } = parseUncertainPer(rest, isMoney ? 'money' : 'amount')
  if (isMoney) return { money: value, per }
  if (!(typeof value === 'number' && value >= 0)) throw new ParameterError('', 'a quantity ≥ 0, or money with $', raw)
  return { quantity: value, per }
}, 'a floor such as $30k/year or 50/month')

export { moneyPer }

/** A charge as the program sees it: distributions are inputs by now. */
export interface Billing {
  /** Months over which quantities accumulate: 1, 3 or 12. */
  readonly period: number
  readonly operations: readonly Operation[]
  readonly minimum?: { readonly amount: Value; readonly times: number; readonly period: number }
}

/** What a model is given to compile a charge with: the months in which it applies, and the price table. */
export interface ChargeTools {
  /** Months of the horizon. */
  readonly months: number
  readonly applies: Applies
  /** The place of an amount in the price table. */
  readonly price: (amount: Value) => PriceIndex
}

/** What a model makes of a charge: what its quantity costs, period by period, and what is due whatever is used. */
export interface ChargeParts {
  readonly periods: readonly PeriodProgram[]
  readonly fixed: readonly FixedProgram[]
  /** Where a true-up is booked. */
  readonly own: Line
}

/** The same operations in every period, thresholds by its share of a whole one. */
export const everyPeriod = (per: Period, applies: Applies, operations: (span: Span) => readonly CompiledOperation[]) =>
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

export interface ChargeModel {
  /** The key whose presence names the model; a charge holds exactly one of them (`price` alone with a meter is the unit price). */
  readonly key: string
  readonly schema: z.ZodType
  readonly billing: (charge: never) => Billing
  readonly compile: (charge: never, tools: ChargeTools) => ChargeParts
}

export { MONTHS }

export const layerOr = (given: Layer | undefined, fallback: Layer): Layer => given ?? fallback
