// How often the budget of a spreadsheet, which has one number for each input, would be enough.
import { estimateOf } from '../../numerics/estimators/figure.ts'
import { withinFigure } from '../../numerics/estimators/figures.ts'
import type { Estimate, Summary } from '../../summary/summary.ts'
import type { Trials } from '../trials.ts'

/** The share of trials in which an offer costs at most what a plan with single numbers gives. */
export const singlePlanHolds = (trials: Trials, { offers, comparison }: Summary, offer: string): Estimate =>
  estimateOf(withinFigure(trials.cost(trials.offer(offer)), offers[offer][comparison.measure].point))
