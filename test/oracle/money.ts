// An amount in one month: as scheduled, in the plan's currency, escalated and renewed.
import type { StatedCharge } from './stated-charge.ts'
import type { Money } from '../../src/contract/money.ts'
import type { ResolvedOffer } from '../../src/contract/offer.ts'
import type { Uncertain } from '../../src/numerics/distributions/distribution.ts'
import type { ResolvedScenario } from '../../src/scenario/resolved.ts'
import type { Draws } from './inputs.ts'
import { holding, isList, type Staged, stageOf } from './stages.ts'

export { isList, type Staged, type Stages, stageOf } from './stages.ts'

export interface Purse {
  readonly scenario: ResolvedScenario
  readonly offer: ResolvedOffer
  readonly draws: Draws
  /** Months of the timeline before the plan. */
  readonly before?: number
  /** The counts of a charge in the plan's first month, with every input at its mean. */
  readonly typical?: (charge: StatedCharge) => Readonly<Record<string, number>>
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

export function renewed(amount: number, m: number, { offer, draws, scenario, before = 0 }: Purse): number {
  const { renewal, renewals = [] } = offer
  if (renewal) return m < renewal.month ? amount : amount * (1 + draws.value(renewal.change, `offers.${offer.name}.renewal.change`))
  return renewals.reduce((changed, { month, change, cap = Infinity }, k) => {
    const drawn = Math.min(cap, draws.value(change, `offers.${offer.name}.renewals[${k}].change`))
    return m < month - scenario.start - before ? changed : changed * (1 + drawn)
  }, amount)
}

/** Every twelfth month raises the amount by the escalator that holds in that month. */
export function escalated(
  amount: number,
  rate: Staged<Uncertain> | undefined,
  path: string,
  m: number,
  purse: Purse,
  anchor = 0,
): number {
  if (rate === undefined) return amount
  let raised = amount
  for (let k = anchor + 12; k <= m; k += 12) raised *= 1 + purse.draws.staged(rate, purse.scenario.start + k, `${path}.escalator`)
  return raised
}

/** A bound in money over a period: the parts of its months, each at its own stage, converted and nothing else. */
export function boundOf(
  money: Staged<Money>,
  name: string,
  { first, last, share }: { readonly first: number; readonly last: number; readonly share: number },
  purse: Purse,
): number {
  if (!isList(money)) return share * converted(money, name, purse)
  const months = last - first + 1
  let sum = 0
  for (let m = first; m <= last; m++) sum += (share / months) * scheduled(money, name, m, purse)
  return sum
}

/** A quantity over a period: the parts of its months. */
export function quantityIn(
  quantity: Staged<number>,
  { first, last, share }: { readonly first: number; readonly last: number; readonly share: number },
  { scenario }: Purse,
): number {
  const months = last - first + 1
  let sum = 0
  for (let m = first; m <= last; m++) sum += (share / months) * holding(quantity, scenario.start + m)
  return sum
}
