// The budget of one offer: what suffices with what confidence, what a plan's single number is worth, and what an amount leaves open.
import { UsageError } from '../../errors.ts'
import type { Estimate } from '../../summary/summary.ts'
import { estimateOf, type Figure, leastOfShares, meanFigure, meanOf, percentileOf, ratioOf, sortedOf } from '../figures.ts'
import type { Column, Futures } from '../futures.ts'

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

/** The share of futures in which a column is at most an amount. */
export const shareUpTo = ({ values, starts }: Column, amount: number): Figure =>
  meanFigure(starts, (i) => (values[i] <= amount ? 1 : 0), isCertain(values) ? 0 : leastOfShares(starts))

const isCertain = (values: Float64Array): boolean => values.every((value) => value === values[0])

export interface Overrun {
  readonly amount: number
  /** P(cost > amount). */
  readonly probability: Estimate
  /** By how much, on average over the futures in which it is more; absent where it never is. */
  readonly expected?: Estimate
}

export function overrunOf(futures: Futures, offer: string, amount: number): Overrun {
  const column = futures.cost(futures.offer(offer))
  checkedAmount(amount)
  const { values, starts } = column
  const over = meanFigure(starts, (i) => (values[i] > amount ? 1 : 0), isCertain(values) ? 0 : leastOfShares(starts))
  const excess = meanFigure(starts, (i) => Math.max(0, values[i] - amount), 0)
  return { amount, probability: estimateOf(over), ...(over.value > 0 && { expected: estimateOf(ratioOf(excess, over)) }) }
}

/** The amount that suffices with a probability, of the trials. */
export function amountFor({ values, starts }: Column, p: number): Estimate {
  return estimateOf(percentileOf(values, sortedOf(values), p, starts))
}

export interface CurvePoint {
  readonly probability: number
  readonly amount: number
  readonly se: number
}

/** The S-curve: amounts that suffice with 1 %, 2 % … 99 %. */
export function curveOf({ values, starts }: Column): CurvePoint[] {
  const sorted = sortedOf(values)
  return Array.from({ length: 99 }, (_, k): CurvePoint => {
    const { value, se } = estimateOf(percentileOf(values, sorted, (k + 1) / 100, starts))
    return { probability: (k + 1) / 100, amount: value, se }
  })
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

/** @param budget the percentile as the summary tells it, where it does */
export function contingencyOf(
  futures: Futures,
  offer: string,
  confidence: number,
  point: number,
  budget: Estimate,
  mean: Estimate,
): Contingency {
  const column = futures.cost(futures.offer(offer))
  const { values, starts } = column
  const least = meanOf(values, starts, futures.jumps)
  const quantile = percentileOf(values, sortedOf(values), confidence, starts)
  // Both figures come from the same trials, whose errors partly cancel; a surer budget leaves that of the mean and its own.
  const together = estimateOf({ ...quantile, moves: quantile.moves.map((move, r) => move - least.moves[r]) })
  const apart = Math.sqrt(budget.se * budget.se + mean.se * mean.se)
  return {
    confidence,
    budget,
    point,
    mean,
    overPoint: { value: budget.value - point, se: budget.se },
    overMean: { value: budget.value - mean.value, se: Math.min(together.se, apart) },
    pointSuffices: estimateOf(shareUpTo(column, point)),
  }
}
