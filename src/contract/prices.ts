// The program's price table: every amount of money that an operation, a fee or a bound names.
import type { Price, PriceIndex } from './compiled.ts'

export class PriceTable {
  readonly #entries: Price[] = []
  readonly #places = new Map<string, PriceIndex>()

  get entries(): readonly Price[] {
    return this.#entries
  }

  /** The place of a price; equal ones share it. */
  add(price: Price): PriceIndex {
    const text = JSON.stringify(price)
    const known = this.#places.get(text)
    if (known !== undefined) return known
    this.#places.set(text, this.#entries.length)
    return this.#entries.push(price) - 1
  }
}
