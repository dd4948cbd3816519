// The program's price table: every amount of money that an operation, a fee or a bound refers to.
import type { BoundProgram, Price, PriceIndex, Span } from './compiled.ts'
import { atMonth, byMonth, type Staged } from './fields.ts'
import { pow } from '../numerics/kernel/math.ts'
import type { Money } from './money.ts'
import type { Bound, Period, Value } from './operation.ts'
import { MONTHS, stagesOf } from './spans.ts'

export type BoundMoney = Bound<Money>

/** A change of all prices from a month of the horizon on, up to a cap. */
export interface Renewal {
  readonly month: number
  readonly change: Value
  readonly cap?: number
}

export interface PriceCourse {
  /** 0.07 multiplies it by 1.07 at each anniversary. Each anniversary has the escalator of its own month. */
  readonly escalator?: Staged<Value> | undefined
  /** The month from which its years count; the plan's first if absent. */
  readonly anchor?: number | undefined
  /** The factor of a discount: 0.9 after 10% off. */
  readonly discounted?: number | undefined
  readonly renewals?: readonly Renewal[] | undefined
}

/** The first months of the second and later years from a month on, up to another. */
const anniversaries = (anchor: number, until: number): number[] =>
  Array.from({ length: Math.max(0, Math.floor((until - anchor) / MONTHS.year)) }, (_, k) => anchor + MONTHS.year * (k + 1))

/**
 * The factor of the certain escalators up to month m: (1 + e)^k in the k-th year after the first.
 * @param anchor the month from which years count
 */
export function escalation(escalator: Staged<Value>, start: number, m: number, anchor = 0): number {
  const counts = new Map<number, number>()
  for (const anniversary of anniversaries(anchor, m)) {
    const rate = atMonth(escalator, start + anniversary)
    if (typeof rate === 'number') counts.set(rate, (counts.get(rate) ?? 0) + 1)
  }
  return [...counts].reduce((factor, [rate, count]) => factor * pow(1 + rate, count), 1)
}

export class PriceTable {
  readonly #entries: Price[] = []
  readonly #places = new Map<string, PriceIndex>()
  readonly #plan: { readonly start: number; readonly months: number; readonly exchange: Readonly<Record<string, Value>> }

  /** @param exchange the price of one unit of each other currency in the scenario's */
  constructor(start: number, months: number, exchange: Readonly<Record<string, Value>>) {
    this.#plan = { start, months, exchange }
  }

  get entries(): readonly Price[] {
    return this.#entries
  }

  /** Returns the place of an amount and its changes; equal ones share it. */
  place(amount: Staged<BoundMoney>, { escalator = 0, anchor = 0, discounted = 1, renewals = [] }: PriceCourse): PriceIndex {
    const { start, months, exchange } = this.#plan
    const each = byMonth(amount, start, months)
    const currency = typeof each[0] === 'object' && 'currency' in each[0] ? each[0].currency : undefined
    const rate = currency === undefined ? 1 : exchange[currency]
    const changed = (m: number) =>
      renewals.reduce((factor, { month, change, cap = change as number }) => {
        return typeof change === 'number' && m >= month ? factor * (1 + Math.min(change, cap)) : factor
      }, 1)
    return this.#add({
      ...(currency !== undefined && { foreign: { currency, rate } }),
      values: each.map((money) => (typeof money === 'object' && 'currency' in money ? money.value : money)),
      factors: each.map(
        (_, m) => escalation(escalator, start, m, anchor) * discounted * (typeof rate === 'number' ? rate : 1) * changed(m),
      ),
      uncertain: [
        ...this.#raises(escalator, anchor),
        ...(typeof rate === 'number' ? [] : [{ input: rate.input, plus: 0 as const, from: 0 }]),
        ...renewals.flatMap(({ month, change, cap }) =>
          typeof change === 'number' || month >= months
            ? []
            : [{ input: change.input, plus: 1 as const, from: month, ...(cap !== undefined && { cap }) }],
        ),
      ],
    })
  }

  /** The uncertain raises, one for each anniversary. */
  #raises(escalator: Staged<Value>, anchor: number): Price['uncertain'] {
    const { start, months } = this.#plan
    return anniversaries(anchor, months - 1).flatMap((from) => {
      const rate = atMonth(escalator, start + from)
      return typeof rate === 'number' ? [] : [{ input: rate.input, plus: 1 as const, from }]
    })
  }

  #add(price: Price): PriceIndex {
    const text = JSON.stringify(price)
    const known = this.#places.get(text)
    if (known !== undefined) return known
    this.#places.set(text, this.#entries.length)
    return this.#entries.push(price) - 1
  }
}

/** A bound in money over some spans, with a part for each of its stages. @param place finds the price of an amount */
export const moneyBound = (
  money: Staged<BoundMoney>,
  spans: readonly Span[],
  per: Period,
  start: number,
  place: (money: BoundMoney) => PriceIndex,
): BoundProgram => ({
  spans: spans.map((span) => ({
    ...span,
    parts: stagesOf(money, span, per, start).map(({ value, share }) => ({ price: place(value), times: share })),
  })),
})
