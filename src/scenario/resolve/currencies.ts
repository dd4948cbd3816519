// Settles the currencies of amounts. An offer may have its own, which needs an exchange rate.
import { isStaged } from '../../contract/stages.ts'
import { isForeign, type Money, settleMoney } from '../../contract/money.ts'
import { currencyOf } from '../../notation/currency.ts'
import { ParameterError, type Problem, shown } from '../../errors.ts'
import type { Uncertain } from '../../numerics/distributions/index.ts'
import type { RawScenario } from '../schema.ts'

export function ownMoney(money: Money, path: string, currency: string, problems: Problem[]): Uncertain {
  if (typeof money === 'number' || !isForeign(money)) return money as Uncertain
  const code = currencyOf(money.currency, undefined, currency)
  if (code !== currency) problems.push({ path, message: `expected an amount in ${currency}, the scenario's currency, got ${code}` })
  return money.value
}

/** Returns an offer's terms with each amount either in the scenario's currency or with the code of another. */
export function inCurrencies<T>(terms: T, path: string, offer: string | undefined, scenario: RawScenario, problems: Problem[]): T {
  return settleMoney(terms, path, scenario.currency, (symbol, at) => {
    try {
      const code = currencyOf(symbol, offer, scenario.currency)
      if (
        code !== scenario.currency &&
        scenario.exchange?.[code] === undefined &&
        !problems.some(({ path: known }) => known === `exchange.${code}`)
      )
        problems.push({
          path: `exchange.${code}`,
          message: `expected the price of one ${code} in ${scenario.currency}, such as 1.08, since ${at} is in ${code}, got nothing`,
        })
      return code
    } catch (error) {
      if (!(error instanceof ParameterError)) throw error
      problems.push({ path: at, message: `expected ${error.expected}, got ${shown(error.value)}` })
      return scenario.currency
    }
  }) as T
}

/** Checks that the stages of a price have the same currency, since a price has a single exchange rate. */
export function checkStages(charge: object, path: string, problems: Problem[]): void {
  for (const [key, value] of Object.entries(charge)) {
    const at = `${path}.${key}`
    if (typeof value !== 'object' || value === null) continue
    if (isStaged(value)) {
      const codes = value.map((stage) => {
        const money = typeof stage === 'object' && stage !== null && 'value' in stage ? stage.value : stage
        return typeof money === 'object' && money !== null && isForeign(money) ? money.currency : ''
      })
      if (key !== 'graduated' && key !== 'volume' && key !== 'bundles' && new Set(codes).size > 1)
        problems.push({
          path: at,
          message: `expected all stages in one currency, got ${[...new Set(codes)].map((code) => code || "the plan's").join(' and ')}`,
        })
      value.forEach((item, k) => typeof item === 'object' && item !== null && checkStages(item, `${at}[${k}]`, problems))
    } else if (!isForeign(value)) checkStages(value, at, problems)
  }
}
