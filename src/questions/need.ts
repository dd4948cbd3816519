// How far the heads that the contacts of a month need spread: a team that fits the average is too small in a busy month.
import { percentileFigure } from '../numerics/estimators/figures.ts'
import type { Trials } from './trials.ts'

/** The need of a month in 80 of 100 trials. Heads. */
export interface NeedBand {
  readonly p10: number
  readonly p90: number
}

/** Nothing for an offer with nobody on the payroll. */
export function needBandsOf(trials: Trials, offer: string): NeedBand[] | undefined {
  const { course } = trials.model.offers[trials.offer(offer)].staffed
  if (!course) return undefined
  return trials
    .sampledOnce(course.need)
    .map((column) => ({ p10: percentileFigure(column, 0.1).value, p90: percentileFigure(column, 0.9).value }))
}
