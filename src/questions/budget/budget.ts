// The budget of one offer: what suffices with what confidence, what a plan's single number is worth, and what an amount leaves open.
import { UsageError } from '../../errors.ts'
import type { Estimate } from '../../summary/summary.ts'
import { difference, estimateOf, meanFigure, ratioOf } from '../../numerics/estimators/figure.ts'
import { beyondFigure, columnMean, percentileFigure, withinFigure } from '../../numerics/estimators/figures.ts'
import type { Trials } from '../trials.ts'

/** @throws UsageError */
export function checkedProbability(p: unknown, what = 'confidence'): number {
  if (typeof p !== 'number' || !(p > 0 && p < 1))
    throw new UsageError(`${what}: expected a probability between 0 and 1 such as 0.8, got ${String(p)}`)
  return p
}

/** @throws UsageError */
export function checkedAmount(amount: unknown): number {
  if (typeof amount !== 'number' || !Number.isFinite(amount))
    throw new UsageError(`amount: expected an amount of money such as 480000, got ${String(amount)}`)
  return amount
}

export interface Overrun {
  readonly amount: number
  /** P(cost > amount). */
  readonly probability: Estimate
  /** By how much, on average over the futures in which it is more; absent where it never is. */
  readonly expected?: Estimate
}

export function overrunOf(trials: Trials, offer: string, amount: number): Overrun {
  const column = trials.cost(trials.offer(offer))
  checkedAmount(amount)
  const { values, design } = column
  const { starts } = design
  const over = beyondFigure(column, amount)
  const excess = meanFigure(starts, (i) => Math.max(0, values[i] - amount), 0)
  return { amount, probability: estimateOf(over), ...(over.value > 0 && { expected: estimateOf(ratioOf(excess, over)) }) }
}

export interface Contingency {
  readonly confidence: number
  readonly budget: Estimate
  /** Every driver at its mean or stated value: what a spreadsheet gives. */
  readonly point: number
  readonly mean: Estimate
  /** What the budget has beyond them. */
  readonly overPoint: Estimate
  readonly overMean: Estimate
  /** In how many futures the point estimate is enough. */
  readonly pointSuffices: Estimate
}

/** @param budget the percentile as the curve states it */
export function contingencyOf(
  trials: Trials,
  offer: string,
  confidence: number,
  point: number,
  budget: Estimate,
  mean: Estimate,
): Contingency {
  const column = trials.cost(trials.offer(offer))
  const least = columnMean(column)
  const quantile = percentileFigure(column, confidence)
  // Both figures come from the same trials, whose errors partly cancel; a surer budget leaves that of the mean and its own.
  const { se } = estimateOf(difference(quantile, least))
  const together = Math.max(se, quantile.least)
  const apart = Math.sqrt(budget.se * budget.se + mean.se * mean.se)
  return {
    confidence,
    budget,
    point,
    mean,
    overPoint: { value: budget.value - point, se: budget.se },
    overMean: { value: budget.value - mean.value, se: Math.min(together, apart) },
    pointSuffices: estimateOf(withinFigure(column, point)),
  }
}
