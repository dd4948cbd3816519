// What every charge model is: a key that names it, a schema that reads it, and the operations that bill it.
import { z } from 'zod'
import type { Uncertain } from '../../distributions/distribution.ts'
import { ParameterError } from '../../errors.ts'
import { parseUncertainPer, splitPer } from '../../notation/per.ts'
import { money, moneyPer, notation } from '../fields.ts'
import type { Layer, Operation, Value } from '../operation.ts'

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

export interface ChargeModel {
  /** The key whose presence names the model; a charge holds exactly one of them (`price` alone with a meter is the unit price). */
  readonly key: string
  readonly schema: z.ZodType
  readonly billing: (charge: never) => Billing
}

export const MONTHS: Readonly<Record<'month' | 'quarter' | 'year', number>> = { month: 1, quarter: 3, year: 12 }

export const layerOr = (given: Layer | undefined, fallback: Layer): Layer => given ?? fallback
