// included, rollover: a quantity that the fee already covers, and how long unused units stay valid.
import * as z from 'zod'
import { ParameterError } from '../../errors.ts'
import { parseQuantityPer } from '../../notation/per.ts'
import type { IncludedProgram } from '../compiled.ts'
import { MOST } from '../field.ts'
import { countField, field, type StagedQuantityPer, stagedQuantityPer } from '../fields.ts'
import type { Period } from '../operation.ts'
import { type Applies, MONTHS, quantityIn, spansOf } from '../spans.ts'
import { perOf } from './dates.ts'

/** A quantity per seat and month, pooled over `per`. */
export interface PerSeat {
  readonly perSeat: number
  readonly per?: Period
}
export type Included = StagedQuantityPer | PerSeat

const perSeat = field(
  'quantity',
  {
    label: 'Included per seat',
    help: 'free quantity per seat and month, such as 10; 120/year is one pool for the year',
    periods: ['month', 'quarter', 'year'],
  },
  (raw): PerSeat => {
    const { value, money, per } = parseQuantityPer(raw)
    if (money || per === 'once' || !(value >= 0 && value <= MOST))
      throw new ParameterError('', 'a quantity per seat such as 10, 10/month or 120/year', raw)
    return per ? { perSeat: value / MONTHS[per], per } : { perSeat: value }
  },
)

export const included: z.ZodType<Included> = z.union([
  z.strictObject({ perSeat }).transform(({ perSeat: each }) => each),
  stagedQuantityPer({ label: 'Included', help: 'free quantity, such as 50/month' }),
]) as unknown as z.ZodType<Included>

export const rollover = countField({
  label: 'Rollover',
  help: 'number of further periods in which unused included units stay valid',
  range: [0, 240],
  expected: 'a whole number of further periods from 0 to 240',
})

interface Includes {
  readonly included?: Included | undefined
  readonly rollover?: number | undefined
  readonly period?: Period | undefined
}

/** The seats that `perSeat` counts, which are those of the offer's first seats charge. */
export type Seats = NonNullable<IncludedProgram['seats']>

export function compileIncluded(
  charge: Includes,
  applies: Applies,
  start: number,
  seats: Seats | undefined,
): IncludedProgram | undefined {
  const { included: free, rollover: lasts = 0 } = charge
  if (free === undefined) return undefined
  const per = perOf(free, charge)
  const spans = spansOf(per, applies)
  if ('quantity' in free) {
    const { quantity } = free
    return {
      spans: spans.map((span) => ({ ...span, quantity: quantityIn(quantity, span, per, start), perSeat: 0 })),
      rollover: lasts,
    }
  }
  return { spans: spans.map((span) => ({ ...span, quantity: 0, perSeat: free.perSeat })), rollover: lasts, ...(seats && { seats }) }
}
