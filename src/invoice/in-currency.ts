// Lines of a bill in the currency of an invoice, at the plan's rates.
import { UsageError } from '../errors.ts'
import type { ResolvedScenario } from '../scenario/resolved.ts'
import type { BillEntry } from './bill.ts'

export interface ConvertedLine {
  readonly quantity?: number
  readonly price?: number
  readonly amount: number
}

export function inCurrency(
  currency: string,
  { currency: own, exchange = {} }: ResolvedScenario,
): (entry: BillEntry) => ConvertedLine {
  const rateOf = (entry: BillEntry): number => {
    if (currency === own) return 1
    if (entry.currency?.code === currency) return entry.currency.rate
    const rate = exchange[currency]
    if (typeof rate === 'number') return rate
    throw new UsageError(
      `invoices: expected amounts in ${own}, or an exchange rate in the plan, such as exchange: { ${currency}: 1.08 }, got amounts in ${currency}`,
    )
  }
  return (entry) => {
    const rate = rateOf(entry)
    const { quantity, price, amount } = entry
    return { amount: amount / rate, ...(price !== undefined && { quantity, price: price / rate }) }
  }
}
