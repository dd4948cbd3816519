// Who needs the smallest budget. The verdict and the titles of charts follow this one rule.
import type { Estimate } from '../../summary/summary.ts'
import { SAME_COST, SURE_ERRORS } from './grades.ts'

export interface Budgeted {
  /** The budget at 80% confidence. */
  readonly p80: Estimate
}

/** Whether a figure is lower than another by more than 1% of it and two standard errors. @param error of their difference */
export function isClearlyBelow(low: Estimate, high: Estimate, error = Math.sqrt(low.se * low.se + high.se * high.se)): boolean {
  const gap = high.value - low.value
  return gap > SAME_COST * Math.abs(high.value) && gap > SURE_ERRORS * (Number.isFinite(error) ? error : Infinity)
}

/** The offer with the smallest budget and those whose budget counts as the same, sorted by it. */
export function smallestBudgets<T extends Budgeted>(offers: readonly T[]): readonly T[] {
  const sorted = [...offers].sort((a, b) => a.p80.value - b.p80.value)
  return sorted.filter(({ p80 }) => !isClearlyBelow(sorted[0].p80, p80))
}
