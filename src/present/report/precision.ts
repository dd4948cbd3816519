// How precise the figures of a run are, in one sentence.
import { formatStatedShare } from '../../notation/money.ts'
import type { Summary } from '../../summary/summary.ts'

/** The budgets that tables of offers show. */
export const BUDGET_LEVELS = ['p50', 'p80', 'p90', 'p95'] as const

/** Errors up to which a sentence rounds. */
const ROUND_ERRORS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1]

/** The largest simulation error of a bill or a budget, in one sentence. */
export function precisionWords({ offers, comparison }: Pick<Summary, 'offers' | 'comparison'>): string {
  const errors = Object.values(offers).flatMap((offer) => {
    const { mean, percentiles } = offer[comparison.measure]
    const shown = [mean, ...BUDGET_LEVELS.flatMap((p) => percentiles[p] ?? [])]
    return shown.map(({ value, se }) => (se === 0 ? 0 : se / Math.abs(value)))
  })
  const most = Math.max(...errors)
  const bound = ROUND_ERRORS.find((limit) => most < limit)
  const error =
    bound === undefined
      ? 'The simulation error of some figures is large or not known. Run more trials.'
      : `Simulation error is below ${formatStatedShare(bound)} of every cost and budget.`
  return `${error} The uncertainty of the forecast is the spread from P50 to P95.`
}
