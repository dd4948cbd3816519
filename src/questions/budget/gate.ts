// The budget that a scenario states: does it hold?
import type { BudgetCheck, Estimate, Percentile, Summary } from '../../summary/summary.ts'
import { amountFor, shareUpTo } from './budget.ts'
import { estimateOf } from '../figures.ts'
import type { Futures } from '../futures.ts'

/** The percentile as the summary tells it, which may be integrated; else that of the trials. */
export function neededOf(futures: Futures, { offers, comparison }: Summary, offer: string, p: number): Estimate {
  const percent = Math.round(100 * p)
  const told =
    Math.abs(100 * p - percent) < 1e-9 ? offers[offer][comparison.measure].percentiles[`p${percent}` as Percentile] : undefined
  return told ?? amountFor(futures.cost(futures.offer(offer)), p)
}

/** Adds to a summary what becomes of the scenario's budget. */
export function withBudget(futures: Futures, summary: Summary): Summary {
  const { budget } = futures.scenario
  if (!budget) return summary
  const { offer, amount, confidence } = budget
  const needed = neededOf(futures, summary, offer, confidence)
  const holds = estimateOf(shareUpTo(futures.cost(futures.offer(offer)), amount))
  const check: BudgetCheck = {
    offer,
    amount,
    confidence,
    measure: futures.measure,
    holds,
    needed,
    // What is certain may miss by its last bits.
    met: needed.value <= amount + 1e-11 * Math.abs(amount),
  }
  return { ...summary, budget: check }
}
