// Summaries that carry the names of the release before.
import type { Cost, MonthlyCost, Summary } from './summary.ts'

/** The costs of a summary in which statistics stand. */
export const costsIn = ({ offers }: Summary): readonly MonthlyCost[] =>
  Object.values(offers).flatMap(({ bill, total }) => [bill, total].flatMap(partsOf))

const partsOf = (cost: Cost): readonly MonthlyCost[] => [
  cost,
  ...cost.monthly,
  ...(cost.presentValue ? [cost.presentValue] : []),
  ...(cost.fiscalYears ?? []),
]

/** A summary as `summary.json` states it, of this format or of format 1. */
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
