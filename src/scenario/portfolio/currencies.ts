// The exchange rates of a portfolio. They take the place of those of its plans, whose rates follow from them.
import { isForeign } from '../../contract/money.ts'
import type { Problem } from '../../errors.ts'
import { distributionOf, type Uncertain } from '../../numerics/distributions/index.ts'
import { ownMoney } from '../resolve/currencies.ts'
import type { PortfolioPlan } from './plans.ts'
import type { RawPortfolio } from './schema.ts'

/** The price of one unit of each other currency in the portfolio's. */
export type ExchangeRates = Readonly<Record<string, Uncertain>>

export function ratesOf({ exchange = {}, currency }: RawPortfolio, problems: Problem[]): ExchangeRates {
  return Object.fromEntries(
    Object.entries(exchange).map(([code, money]) => [code, ownMoney(money, `exchange.${code}`, currency, problems)]),
  )
}

/** The mean of a rate. */
export const meanRate = (rate: Uncertain): number => (typeof rate === 'number' ? rate : distributionOf(rate).mean)

/** The currencies of a plan and of the amounts in its offer. */
function currenciesOf({ scenario }: PortfolioPlan): string[] {
  const found = new Set([scenario.currency])
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null || ArrayBuffer.isView(node)) return
    if (!Array.isArray(node) && isForeign(node)) found.add(node.currency)
    for (const item of Object.values(node)) walk(item)
  }
  walk(scenario.offers)
  return [...found]
}

/** Adds a problem for each currency without a rate. */
export function checkCurrencies(
  plans: readonly PortfolioPlan[],
  rates: ExchangeRates,
  currency: string,
  problems: Problem[],
): void {
  const missing = new Map<string, string>()
  for (const plan of plans)
    for (const code of currenciesOf(plan))
      if (code !== currency && !Object.hasOwn(rates, code) && !missing.has(code)) missing.set(code, plan.name)
  for (const [code, name] of missing)
    problems.push({
      path: `exchange.${code}`,
      message: `expected the price of one ${code} in ${currency}, such as 1.08, since plans.${name} has amounts in ${code}, got nothing`,
    })
}
