// The prices to ask for: how much lower all amounts of a contract must be for the lowest budget, and for a clear choice.
import type { Trials } from '../trials.ts'
import { contractsIn, type ResolvedOffer } from '../../contract/offer.ts'
import { CLEAR_AT, SAME_COST } from './grades.ts'
import type { Summary } from '../../summary/summary.ts'

export interface PricesToAsk {
  readonly offer: string
  /** The only price of the contract, if it has no other amounts. */
  readonly price?: number
  /** The factor on all amounts at which its P80 equals the lowest P80 of the others. At least 1 if it has the lowest budget already. */
  readonly level: number
  /** The highest factor at which the verdict is clear. At least 1 if it is clear already. */
  readonly clear: number
}

/** A clear choice costs at most this share of each other offer. */
const LEAD = 1 - SAME_COST

/**
 * A bill is proportional to the amounts of its contract, so that the factors follow from the trials as they are. Contracts with a limit in
 * money or with spend before the plan are left out: their bills are not. So are runs that compare by total.
 */
export function askingOf(trials: Trials, { offers, comparison }: Summary, clearAt = CLEAR_AT): PricesToAsk[] {
  const { names, scenario } = trials
  if (comparison.measure !== 'bill' || names.length < 2) return []
  const costs = trials.recordedCosts()
  return names.flatMap((name, k): PricesToAsk[] => {
    const offer = scenario.offers[k]
    const others = names.filter((other) => other !== name).map((other) => offers[other].bill)
    const { mean, percentiles } = offers[name].bill
    const budgets = others.flatMap(({ percentiles: own }) => own.p80?.value ?? [])
    const p80 = percentiles.p80?.value
    if (!isProportional(offer) || p80 === undefined || !(p80 > 0 && mean.value > 0) || budgets.length < others.length) return []
    const lowest = Math.min(...budgets)
    const level = lowest / p80
    const cheaper = Math.min(...others.map((own) => own.mean.value)) / mean.value
    const odds = factorForOdds(costs, k, clearAt)
    const price = onlyPrice(offer)
    return [{ offer: name, ...(price !== undefined && { price }), level, clear: Math.min(LEAD * cheaper, LEAD * level, odds) }]
  })
}

/** The factor on one cost at which it is the lowest in this share of trials. */
export function factorForOdds(costs: readonly Float64Array[], own: number, share: number): number {
  const ratios = costs[own].map((cost, i) => {
    let least = Number.POSITIVE_INFINITY
    for (let k = 0; k < costs.length; k++) if (k !== own) least = Math.min(least, costs[k][i])
    return cost > 0 ? least / cost : Number.MAX_VALUE
  })
  ratios.sort()
  return ratios[Math.min(ratios.length - 1, Math.floor((1 - share) * ratios.length))]
}

const isProportional = (offer: ResolvedOffer): boolean =>
  contractsIn(offer).every(
    ({ charges, term }) =>
      term?.toDate === undefined && charges.every((charge) => !('limit' in charge) && charge.term?.toDate === undefined),
  )

function onlyPrice(offer: ResolvedOffer): number | undefined {
  const [charge, ...more] = offer.parts ? [] : offer.charges
  if (charge?.model !== 'unit' || more.length > 0 || offer.minimum !== undefined || charge.minimum !== undefined) return undefined
  return typeof charge.price === 'number' ? charge.price : undefined
}
