// Converts amounts to the currency of a plan.
import { distributionOf, type Uncertain } from '../numerics/distributions/index.ts'
import type { CurrencyAmount } from '../notation/amount.ts'

export interface Exchange {
  readonly currency: string
  /** The price of one unit of each other currency in the plan's. */
  readonly exchange?: Readonly<Record<string, Uncertain>> | undefined
}

/** An amount in another currency than the plan's, and the rate that converts it. */
export interface Converted extends CurrencyAmount {
  /** The mean rate if the plan's rate is uncertain. */
  readonly rate: number
  readonly uncertain: boolean
}

/** The rate of a currency; undefined if the plan states none. */
export function rateOf(code: string, { currency, exchange = {} }: Exchange): Pick<Converted, 'rate' | 'uncertain'> | undefined {
  if (code === currency) return { rate: 1, uncertain: false }
  const rate = Object.hasOwn(exchange, code) ? exchange[code] : undefined
  if (rate === undefined) return undefined
  return typeof rate === 'number' ? { rate, uncertain: false } : { rate: distributionOf(rate).mean, uncertain: true }
}

/** What to expect of an amount in a currency without a rate. Continues "expected". */
export const convertible = (code: string, { currency }: Exchange): string =>
  `an amount in ${currency}, the plan's currency, or an exchange rate of ${code} in the plan, such as exchange: { ${code}: 1.08 }`
