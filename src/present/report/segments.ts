// The split of an offer's bill by segment: what each costs, its part of the budget, and its share of the risk.
import { formatMoney, formatShare } from '../../notation/money.ts'
import type { Estimate, SegmentCostSummary } from '../../summary/summary.ts'
import type { FullFigures } from './figures.ts'
import { type Piece, table } from './pieces.ts'
import { stated, withError } from './text.ts'

const shareOf = (estimate: Estimate | undefined): string =>
  estimate ? `${formatShare(estimate.value)} ± ${formatShare(estimate.se, 2)}` : '–'

/** Columns of the split. Each adds up over the segments. */
export const SPLIT = ['mean bill', 'part of the P80 budget', 'share of the variance', 'share of the worst 5%'] as const

/** Nothing for a plan without segments. */
export function segmentTable({ summary, best }: FullFigures): Piece | undefined {
  const { currency, offers } = summary
  const { segments, bill } = offers[best]
  if (!segments) return undefined
  const row = (name: string, { bill: own, budget, risk }: SegmentCostSummary) => [
    name,
    withError(own.mean, currency),
    stated(budget.p80, currency),
    shareOf(risk.variance),
    shareOf(risk.expectedShortfall?.p95),
  ]
  const whole = formatMoney(bill.mean.value, currency)
  return table(
    `The bill of ${best}, ${whole} on average, by segment. The parts of the P80 budget add up to it. A segment with a larger share of the variance, or of the worst 5% of trials, than of the mean bill makes the bill riskier.`,
    ['segment', ...SPLIT],
    Object.entries(segments).map(([name, own]) => row(name, own)),
  )
}
