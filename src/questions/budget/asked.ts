// Figures that a finished run gives on request: expected shortfall at any level, the odds of staying within a share of the budget, and the
// distribution of regret.
import { shown, UsageError } from '../../errors.ts'
import { estimateOf } from '../../numerics/estimators/figure.ts'
import { leastOfShortfall, withinFigure } from '../../numerics/estimators/figures.ts'
import { MOMENTS, orNoError } from '../../numerics/estimators/infinite.ts'
import { shortfallOf, withMissed } from '../../numerics/estimators/percentile.ts'
import type { SampledColumn } from '../../numerics/estimators/sorted.ts'
import type { Estimate, Summary } from '../../summary/summary.ts'
import { regretColumn } from '../../summary/statistics/regret.ts'
import { percentilesOf } from '../percentiles.ts'
import type { Trials } from '../trials.ts'
import { StatedFigures } from './curve.ts'

/** The mean of the worst trials: at level 0.95, of the worst 5%. A level of the summary has the summary's figure. */
export function expectedShortfallOf(trials: Trials, { offers, comparison }: Summary, offer: string, level: number): Estimate {
  const stated = new StatedFigures(offers[offer][comparison.measure].expectedShortfall)
  const own = stated.at(level)
  if (own) return own
  const found = shortfallAt(trials.cost(trials.offer(offer)), level)
  return { ...found, value: stated.between(level, found.value) }
}

function shortfallAt(column: SampledColumn, level: number): Estimate {
  const { heavy, heaviness } = column
  const sample = column.selectTail(level)
  const found = shortfallOf(sample, level)
  const least = leastOfShortfall(column, sample.tail(level).boundary, level)
  return orNoError(withMissed({ ...found, se: Math.max(found.se, least) }, heavy, sample, level), { heaviness }, MOMENTS.mean)
}

/** The probability that an offer stays within a share of the plan's budget, by the measure of the budget. */
export function withinBudgetOf(trials: Trials, offer: string, share: unknown): Estimate {
  const { budget } = trials.scenario
  if (!budget)
    throw new UsageError('the plan states no budget. Add one, such as budget: { offer: fin, amount: $480k, confidence: 80% }')
  if (typeof share !== 'number' || !(share > 0 && share < Infinity))
    throw new UsageError(`share: expected a share of the budget above 0, such as 1.1, got ${shown(share)}`)
  return estimateOf(withinFigure(trials.cost(trials.offer(offer), budget.measure), share * budget.amount))
}

const PERCENTS = [50, 75, 80, 90, 95, 99] as const
const TAILS = [90, 95] as const

/** How much more an offer costs than the cheapest offer of the same trial. Money. */
export interface Regret {
  readonly offer: string
  /** The probability that no other offer is cheaper. */
  readonly none: Estimate
  readonly mean: Estimate
  readonly percentiles: Readonly<Record<`p${(typeof PERCENTS)[number]}`, Estimate>>
  /** Mean regret in the 10% and the 5% of trials with the most regret. */
  readonly expectedShortfall: Readonly<Record<`p${(typeof TAILS)[number]}`, Estimate>>
}

function regretsOf(trials: Trials, offer: string): SampledColumn {
  const own = trials.cost(trials.offer(offer))
  return regretColumn({ own, all: () => trials.names.map((_, k) => trials.cost(k)) })
}

/** The P90 of an offer's regret in the kept trials. Money. */
export const regretP90 = (trials: Trials, offer: string): Estimate => percentilesOf(regretsOf(trials, offer), [90]).p90

/** The distribution of regret in the kept trials. */
export function regretOf(trials: Trials, { comparison }: Summary, offer: string): Regret {
  const column = regretsOf(trials, offer)
  const mean = comparison.regret[offer]
  const tails = TAILS.map((percent) => {
    const found = shortfallAt(column, percent / 100)
    // Any loss would be among the worst trials, where it weighs by their share.
    return [`p${percent}`, mean.value === 0 ? { ...found, se: Math.max(found.se, mean.se / (1 - percent / 100)) } : found] as const
  })
  return {
    offer,
    none: estimateOf(withinFigure(column, 0)),
    mean,
    percentiles: percentilesOf(column, PERCENTS),
    expectedShortfall: Object.fromEntries(tails) as Regret['expectedShortfall'],
  }
}
