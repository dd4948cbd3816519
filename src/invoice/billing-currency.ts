// The currency in which a vendor bills: the one that the offer states, or that of all its prices, or else the plan's.
import { compile } from '../compile/compile.ts'
import type { ResolvedScenario } from '../scenario/resolved.ts'

/** @param scenario a plan with one offer, without uncertainty */
export function billingCurrency(scenario: ResolvedScenario): string {
  const [{ currency }] = scenario.offers
  if (currency !== undefined) return currency
  const { prices } = compile(scenario, { measure: 'bill', pairs: 'none' })
  const codes = new Set(prices.map(({ foreign }) => foreign?.currency ?? scenario.currency))
  const [only = scenario.currency] = codes
  return codes.size > 1 ? scenario.currency : only
}
