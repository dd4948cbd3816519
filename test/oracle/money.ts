// An amount in one month: as scheduled, in the plan's currency, escalated and renewed.
import type { Money } from '../../src/contract/money.ts'
import type { ResolvedOffer } from '../../src/contract/offer.ts'
import type { Uncertain } from '../../src/numerics/distributions/distribution.ts'
import type { ResolvedScenario } from '../../src/scenario/resolved.ts'
import type { Draws } from './inputs.ts'

export type Stages<T> = readonly { readonly until?: number; readonly value: T }[]
export type Staged<T> = T | Stages<T>

export const isList = <T>(value: Staged<T>): value is Stages<T> => Array.isArray(value)

/** Place of the stage that holds in a month. */
export const stageOf = <T>(stages: Stages<T>, month: number): number =>
  stages.findIndex(({ until }) => until === undefined || month <= until)

export interface Purse {
  readonly scenario: ResolvedScenario
  readonly offer: ResolvedOffer
  readonly draws: Draws
}

/** An amount as written, in the scenario's currency. */
export function converted(money: Money, name: string, { scenario, draws }: Purse): number {
  if (typeof money === 'object' && 'currency' in money) {
    const { value, currency } = money as { readonly value: Uncertain; readonly currency: string }
    const rate = scenario.exchange?.[currency]
    if (rate === undefined) throw new Error(`no rate for ${currency}`)
    return draws.value(value, name) * draws.value(rate, `exchange.${currency}`)
  }
  return draws.value(money, name)
}

export function scheduled(money: Staged<Money>, name: string, m: number, purse: Purse): number {
  if (!isList(money)) return converted(money, name, purse)
  const k = stageOf(money, purse.scenario.start + m)
  return converted(money[k].value, `${name}[${k}].value`, purse)
}

export function renewed(amount: number, m: number, { offer, draws }: Purse): number {
  const { renewal } = offer
  if (!renewal || m < renewal.month) return amount
  return amount * (1 + draws.value(renewal.change, `offers.${offer.name}.renewal.change`))
}

export const escalated = (amount: number, rate: number | undefined, m: number): number =>
  rate === undefined ? amount : amount * (1 + rate) ** Math.floor(m / 12)
