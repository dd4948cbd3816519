// included, rollover: a quantity that the fee already covers, and how long unused units stay valid.
import * as z from 'zod'
import { ParameterError } from '../../errors.ts'
import { parseQuantityPer } from '../../notation/per.ts'
import type { IncludedProgram, Span } from '../compiled.ts'
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
/** A quantity that is free one time, for as long as it lasts. */
export interface Once {
  readonly quantity: number
  readonly once: true
}
export type Included = StagedQuantityPer | PerSeat | Once

export const isOnce = (included: object): included is Once => 'once' in included

const perSeat = field(
  'quantity',
  {
    label: 'Included per seat',
    help: 'free quantity per seat and month, such as 10; 120/year is one pool for the year',
    periods: ['month', 'quarter', 'year'],
    words: (value) => `${value} included for each seat`,
  },
  (raw): PerSeat => {
    const { value, money, per } = parseQuantityPer(raw)
    if (money || per === 'once' || !(value >= 0 && value <= MOST))
      throw new ParameterError('', 'a quantity per seat such as 10, 10/month or 120/year', raw)
    return per ? { perSeat: value / MONTHS[per], per } : { perSeat: value }
  },
)

const once = field(
  'quantity',
  {
    label: 'Included once',
    help: 'quantity that is free one time, such as 500/once',
    periods: ['once'],
    words: (value) => `${value} included`,
  },
  (raw): Once => {
    const { value, money, per } = parseQuantityPer(raw)
    if (money || per !== 'once' || !(value >= 0 && value <= MOST))
      throw new ParameterError('', 'a quantity of 0 or more, such as 50/month or 500/once', raw)
    return { quantity: value, once: true }
  },
)

export const included: z.ZodType<Included> = z.union([
  z.strictObject({ perSeat }).transform(({ perSeat: each }) => each),
  stagedQuantityPer({
    label: 'Included',
    help: 'free quantity, such as 50/month, or 500/once, which lasts until it is used',
    words: (value) => `${value} included`,
  }),
  once,
]) as unknown as z.ZodType<Included>

export const rollover = countField({
  label: 'Rollover',
  help: 'number of further periods in which unused included units stay valid',
  words: (value) => `unused units stay valid for ${value} more periods`,
  range: [0, 240],
  expected: 'a whole number of further periods from 0 to 240',
})

interface Includes {
  readonly included?: Included | undefined
  readonly rollover?: number | undefined
  readonly period?: Period | undefined
}

/** All months of a charge as a single period. */
function lifeOf({ start, end, term }: Applies): Span[] {
  if (end === 0) return []
  return [{ start, end, share: 1, ...(term && term.first < start && { gone: start - term.first }) }]
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
  if (isOnce(free))
    return { spans: lifeOf(applies).map((span) => ({ ...span, quantity: free.quantity, perSeat: 0 })), rollover: 0, once: true }
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
