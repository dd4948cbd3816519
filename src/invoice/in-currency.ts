// Lines of a bill in the currency of an invoice, at the plan's rates.
import { UsageError } from '../errors.ts'
import { convertible, rateOf } from '../scenario/exchange.ts'
import type { ResolvedScenario } from '../scenario/resolved.ts'
import type { BillEntry } from './bill.ts'

export interface ConvertedLine {
  readonly quantity?: number
  readonly price?: number
  readonly amount: number
}

export function inCurrency(currency: string, plan: ResolvedScenario): (entry: BillEntry) => ConvertedLine {
  const rateIn = (entry: BillEntry): number => {
    if (currency === plan.currency) return 1
    if (entry.currency?.code === currency) return entry.currency.rate
    const found = rateOf(currency, plan)
    if (found) return found.rate
    throw new UsageError(`invoices: expected ${convertible(currency, plan)}, got amounts in ${currency}`)
  }
  return (entry) => {
    const rate = rateIn(entry)
    const { quantity, price, amount } = entry
    return { amount: amount / rate, ...(price !== undefined && { quantity, price: price / rate }) }
  }
}
