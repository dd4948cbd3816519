// included, rollover: a quantity that costs nothing, and how long what is left of it lasts.
import { z } from 'zod'
import { ParameterError } from '../../errors.ts'
import { parseQuantityPer } from '../../notation/per.ts'
import type { IncludedProgram } from '../compiled.ts'
import { MOST } from '../field.ts'
import { count, field, type QuantityPer, quantityPer } from '../fields.ts'
import type { Period } from '../operation.ts'
import { type Applies, MONTHS, spansOf } from '../spans.ts'
import { perOf } from './period.ts'

/** So many a month for each seat; pooled over `per`. */
export interface PerSeat {
  readonly perSeat: number
  readonly per?: Period
}
export type Included = QuantityPer | PerSeat

const perSeat = field(
  'quantity',
  {
    label: 'Included a seat',
    help: 'a quantity for each seat a month, such as 10; 120/year is one pool for the year',
    periods: ['month', 'quarter', 'year'],
  },
  (raw): PerSeat => {
    const { value, money, per } = parseQuantityPer(raw)
    if (money || per === 'once' || !(value >= 0 && value <= MOST))
      throw new ParameterError('', 'a quantity a seat such as 10, 10/month or 120/year', raw)
    return per ? { perSeat: value / MONTHS[per], per } : { perSeat: value }
  },
)

export const included: z.ZodType<Included> = z.union([
  z.strictObject({ perSeat }).transform(({ perSeat: each }) => each),
  quantityPer({ label: 'Included', help: 'a quantity that costs nothing, such as 50/month' }),
]) as unknown as z.ZodType<Included>

export const rollover = count({
  label: 'Rollover',
  help: 'for how many further periods what is left of the included quantity lasts',
  range: [0, 240],
  expected: 'a whole number of further periods',
})

interface Includes {
  readonly included?: Included | undefined
  readonly rollover?: number | undefined
  readonly period?: Period | undefined
}

/** The seats that `perSeat` counts: those of the offer's first seats charge. */
export type Seats = NonNullable<IncludedProgram['seats']>

export function compileIncluded(charge: Includes, applies: Applies, seats: Seats | undefined): IncludedProgram | undefined {
  const { included: free, rollover: lasts = 0 } = charge
  if (free === undefined) return undefined
  const spans = spansOf(perOf(free, charge), applies)
  if ('quantity' in free)
    return { spans: spans.map((span) => ({ ...span, quantity: free.quantity * span.share, perSeat: 0 })), rollover: lasts }
  return {
    spans: spans.map((span) => ({ ...span, quantity: 0, perSeat: free.perSeat })),
    rollover: lasts,
    ...(seats && { seats }),
  }
}
