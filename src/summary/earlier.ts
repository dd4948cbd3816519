// Reads summaries with the names of the release before.
import type { Cost, MonthlyCost, Summary } from './summary.ts'

/** All costs of a summary: of the horizon, the months, the present value, the fiscal years and the quarters. */
export const costsIn = ({ offers }: Summary): readonly MonthlyCost[] =>
  Object.values(offers).flatMap(({ bill, total }) => [bill, total].flatMap(partsOf))

/** Summaries of earlier versions have no quarters. */
type EarlierCost = Omit<Cost, 'quarterly'> & Partial<Pick<Cost, 'quarterly'>>

const partsOf = (cost: EarlierCost): readonly MonthlyCost[] => [
  cost,
  ...cost.monthly,
  ...(cost.quarterly ?? []),
  ...(cost.worstMonth ? [cost.worstMonth] : []),
  ...(cost.worstQuarter ? [cost.worstQuarter] : []),
  ...(cost.presentValue ? [cost.presentValue] : []),
  ...(cost.fiscalYears ?? []),
]

/** The content of a `summary.json` of this format or of format 1, with the current names. */
export function currentSummary(read: Omit<Summary, 'format'> & { readonly format: number }): Summary {
  const summary: Summary = { ...read, format: 2 }
  if (read.format !== 1) return summary
  for (const cost of costsIn(summary) as readonly { shortfall?: unknown; expectedShortfall?: unknown }[]) {
    if (cost.shortfall === undefined) continue
    cost.expectedShortfall = cost.shortfall
    delete cost.shortfall
  }
  return summary
}
