// Answers what to budget for an offer: the contingency, the risk of exceeding an amount, and whether the plan's own budget is enough.
import { shown, tryRead, UsageError } from '../../errors.ts'
import { parseAmount } from '../../notation/amount.ts'
import type { Stated } from '../../options/kinds.ts'
import { type Converted, convertible, type Exchange, rateOf } from '../../scenario/exchange.ts'
import type { SampledColumn } from '../../numerics/estimators/sorted.ts'
import type { BudgetCheck, Estimate, Summary } from '../../summary/summary.ts'
import { difference, estimateOf, meanFigure, ratioOf } from '../../numerics/estimators/figure.ts'
import { beyondFigure, columnMean, percentileFigure, withinFigure } from '../../numerics/estimators/figures.ts'
import { staysWithin } from '../../numerics/estimators/ties.ts'
import type { Trials } from '../trials.ts'
import { curveOf } from './curve.ts'

/** @throws UsageError unless 0 < p < 1 */
export function checkedProbability(p: unknown, what = 'confidence'): number {
  if (typeof p !== 'number' || !(p > 0 && p < 1))
    throw new UsageError(`${what}: expected a probability between 0 and 1, such as 0.8, got ${shown(p)}`)
  return p
}

export interface Overrun {
  /** In the plan's currency. */
  readonly amount: number
  /** The amount as asked, if it is in another currency. With an uncertain rate it is converted in each trial by the rate of that trial. */
  readonly stated?: Converted
  /** P(cost > amount). */
  readonly probability: Estimate
  /** The mean excess over the amount in the trials that exceed it. Absent if no trial does. */
  readonly expected?: Estimate
}

/** @param given money in the plan's currency, or text such as "€400k" */
export function overrunOf(trials: Trials, offer: string, given: Stated): Overrun {
  const place = trials.offer(offer)
  const { amount, stated } = limitOf(trials.scenario, given)
  const [column, limit] = stated?.uncertain ? aboveLimit(trials, place, stated) : ([trials.cost(place), amount] as const)
  const { values, design } = column
  const over = beyondFigure(column, limit)
  const excess = meanFigure(design.starts, (i) => Math.max(0, values[i] - limit), 0)
  return {
    amount,
    ...(stated && { stated }),
    probability: estimateOf(over),
    ...(over.value > 0 && { expected: estimateOf(ratioOf(excess, over)) }),
  }
}

function limitOf(plan: Exchange, given: Stated): Pick<Overrun, 'amount' | 'stated'> {
  const asked = tryRead(() => parseAmount(given, plan.currency))
  if (asked === undefined || !(asked.value >= 0))
    throw new UsageError(`amount: expected an amount of 0 or more, such as 480000 or '$480k', got ${shown(given)}`)
  const rate = rateOf(asked.currency, plan)
  if (rate === undefined) throw new UsageError(`amount: expected ${convertible(asked.currency, plan)}, got ${shown(given)}`)
  return { amount: asked.value * rate.rate, ...(asked.currency !== plan.currency && { stated: { ...asked, ...rate } }) }
}

/** The costs minus the limit at each trial's rate, and the limit of that difference. */
function aboveLimit(trials: Trials, offer: number, { value, currency }: Converted): readonly [SampledColumn, number] {
  const nodes = [trials.model.costs[offer], trials.inputNode(`exchange.${currency}`)]
  return [trials.derived(nodes, ([costs, rates], i) => costs[i] - value * rates[i]), 0]
}

export interface Contingency {
  readonly confidence: number
  readonly budget: Estimate
  /** The point estimate: every driver at its mean or stated value, as in a spreadsheet. */
  readonly point: number
  readonly mean: Estimate
  /** Budget minus point estimate. */
  readonly overPoint: Estimate
  /** Budget minus mean. */
  readonly overMean: Estimate
  /** The probability that the point estimate is enough. */
  readonly pointSuffices: Estimate
}

/** @param budget the percentile that the curve states */
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
  // On the same trials, the errors of both figures partly cancel. An integrated budget is more accurate, so that the smaller error holds.
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

/** Shares of the plan's budget, in percent, whose probabilities the summary states. */
const SHARES = [80, 90, 100, 110, 120] as const

/** Adds the check of the plan's budget to a summary. */
export function withBudget(trials: Trials, summary: Summary): Summary {
  const { budget } = trials.scenario
  if (!budget) return summary
  const { offer, amount, confidence, measure } = budget
  const needed = curveOf(trials, summary, offer, measure).at(confidence)
  const column = trials.cost(trials.offer(offer), measure)
  const chance = (limit: number) => estimateOf(withinFigure(column, limit))
  const check: BudgetCheck = {
    offer,
    amount,
    confidence,
    measure,
    holds: chance(amount),
    needed,
    met: staysWithin(needed.value, amount),
    within: Object.fromEntries(SHARES.map((percent) => [`${percent}%`, chance((percent / 100) * amount)])),
  }
  return { ...summary, budget: check }
}
