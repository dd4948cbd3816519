// The budget that a scenario states: does it hold?
import type { BudgetCheck, Estimate, Summary } from '../../summary/summary.ts'
import { estimateOf } from '../../numerics/estimators/figure.ts'
import { withinFigure } from '../../numerics/estimators/figures.ts'
import { staysWithin } from '../../numerics/estimators/ties.ts'
import type { Trials } from '../trials.ts'
import { curveOf } from './curve.ts'

/** The amount that suffices with a probability. */
export const neededOf = (trials: Trials, summary: Summary, offer: string, p: number): Estimate =>
  curveOf(trials, summary, offer).at(p)

/** Shares of the budget that the summary looks at, in percent. */
const SHARES = [80, 90, 100, 110, 120] as const

/** Adds to a summary what becomes of the scenario's budget. */
export function withBudget(trials: Trials, summary: Summary): Summary {
  const { budget } = trials.scenario
  if (!budget) return summary
  const { offer, amount, confidence } = budget
  const needed = neededOf(trials, summary, offer, confidence)
  const column = trials.cost(trials.offer(offer))
  const holds = estimateOf(withinFigure(column, amount))
  const within = SHARES.map((percent) => [`${percent}%`, estimateOf(withinFigure(column, (percent / 100) * amount))] as const)
  const check: BudgetCheck = {
    offer,
    amount,
    confidence,
    measure: trials.measure,
    holds,
    needed,
    met: staysWithin(needed.value, amount),
    within: Object.fromEntries(within),
  }
  return { ...summary, budget: check }
}
