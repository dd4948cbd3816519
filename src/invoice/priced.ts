// Prices of a month as an invoice bills them.
import type { Price } from '../contract/compiled.ts'
import { plainValue } from './drivers.ts'

/** A quantity at its price. */
interface Priced {
  readonly quantity: number
  readonly price: number
  readonly amount: number
  readonly currency?: { readonly code: string; readonly rate: number }
}

export function priceIn({ values, factors, uncertain }: Price, m: number): number {
  if (uncertain.length > 0) throw new Error('an invoice needs prices without uncertainty')
  return plainValue(values[m]) * factors[m]
}

export function priced(price: Price, m: number, quantity: number): Priced {
  const each = priceIn(price, m)
  const currency = price.foreign && { currency: { code: price.foreign.currency, rate: plainValue(price.foreign.rate) } }
  return { quantity, price: each, amount: quantity * each, ...currency }
}
