// The budget that a scenario states: does it hold?
import type { BudgetCheck, Estimate, Summary } from '../../summary/summary.ts'
import { estimateOf } from '../../numerics/estimators/figure.ts'
import { withinFigure } from '../../numerics/estimators/figures.ts'
import { staysWithin } from '../../numerics/estimators/ties.ts'
import type { Futures } from '../futures.ts'
import { curveOf } from './curve.ts'

/** The amount that suffices with a probability. */
export const neededOf = (futures: Futures, summary: Summary, offer: string, p: number): Estimate =>
  curveOf(futures, summary, offer).at(p)

/** Shares of the budget that the summary looks at, in percent. */
const SHARES = [80, 90, 100, 110, 120] as const

/** Adds to a summary what becomes of the scenario's budget. */
export function withBudget(futures: Futures, summary: Summary): Summary {
  const { budget } = futures.scenario
  if (!budget) return summary
  const { offer, amount, confidence } = budget
  const needed = neededOf(futures, summary, offer, confidence)
  const column = futures.cost(futures.offer(offer))
  const holds = estimateOf(withinFigure(column, amount))
  const within = SHARES.map((percent) => [`${percent}%`, estimateOf(withinFigure(column, (percent / 100) * amount))] as const)
  const check: BudgetCheck = {
    offer,
    amount,
    confidence,
    measure: futures.measure,
    holds,
    needed,
    met: staysWithin(needed.value, amount),
    within: Object.fromEntries(within),
  }
  return { ...summary, budget: check }
}
