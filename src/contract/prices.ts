// The program's price table: every amount of money that an operation, a fee or a bound refers to.
import type { Price, PriceIndex } from './compiled.ts'
import { isStaged, type Staged, stageAt } from './fields.ts'
import { escalation } from './modifiers/prices.ts'
import type { Money } from './money.ts'
import type { Bound, Value } from './operation.ts'

export type BoundMoney = Bound<Money>

export interface PriceCourse {
  /** 0.07 multiplies it by 1.07 at each anniversary. */
  readonly escalator?: number | undefined
  /** The factor of a discount: 0.9 after 10% off. */
  readonly discounted?: number | undefined
  readonly renewal?: { readonly month: number; readonly change: Value } | undefined
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
  place(amount: Staged<BoundMoney>, { escalator = 0, discounted = 1, renewal }: PriceCourse): PriceIndex {
    const { start, months, exchange } = this.#plan
    const each = Array.from({ length: months }, (_, m) => (isStaged(amount) ? stageAt(amount, start + m) : amount))
    const currency = typeof each[0] === 'object' && 'currency' in each[0] ? each[0].currency : undefined
    const rate = currency === undefined ? 1 : exchange[currency]
    const changed = (m: number) => (renewal && typeof renewal.change === 'number' && m >= renewal.month ? 1 + renewal.change : 1)
    return this.#add({
      ...(currency !== undefined && { foreign: { currency, rate } }),
      values: each.map((money) => (typeof money === 'object' && 'currency' in money ? money.value : money)),
      factors: each.map((_, m) => escalation(escalator, m) * discounted * (typeof rate === 'number' ? rate : 1) * changed(m)),
      uncertain: [
        ...(typeof rate === 'number' ? [] : [{ input: rate.input, plus: 0 as const, from: 0 }]),
        ...(renewal && typeof renewal.change !== 'number' && renewal.month < months
          ? [{ input: renewal.change.input, plus: 1 as const, from: renewal.month }]
          : []),
      ],
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
