// The split of an offer's bill by segment: what each costs, its part of the budget, and its share of the risk.
import { amountsOf } from '../../questions/compare/rounding.ts'
import { inSentence, sharesOutOf100 } from '../../questions/compare/verdict-words.ts'
import type { Estimate } from '../../summary/summary.ts'
import type { FullFigures } from './figures.ts'
import { type Piece, table } from './pieces.ts'

/** Columns of the split. Each adds up over the segments. */
export const SPLIT = ['mean bill', 'part of the P80 budget', 'share of the variance', 'share of the worst 5%'] as const

/** Nothing for a plan without segments. */
export function segmentTable({ summary, best }: FullFigures): Piece | undefined {
  const { segments, bill } = summary.offers[best]
  if (!segments) return undefined
  const { whole, split } = amountsOf(summary)
  const all = Object.entries(segments)
  const means = split(
    all.map(([, own]) => own.bill.mean.value),
    bill.mean.value,
  )
  const budgets = all.map(([, own]) => own.budget.p80?.value)
  const p80 = bill.percentiles.p80?.value
  const parts = split(
    budgets.map((amount) => amount ?? 0),
    p80 ?? 0,
  )
  const [variance, worst] = [
    sharesOf(all.map(([, { risk }]) => risk.variance)),
    sharesOf(all.map(([, { risk }]) => risk.expectedShortfall?.p95)),
  ]
  return table(
    `The bill of ${inSentence(best)}, ${whole.text(bill.mean.value)} on average, by segment. The parts of the P80 budget add up to it. A segment with a larger share of the variance, or of the worst 5% of trials, than of the mean bill makes the bill riskier.`,
    ['segment', ...SPLIT],
    all.map(([name], k) => [name, means[k], p80 === undefined || budgets[k] === undefined ? '–' : parts[k], variance[k], worst[k]]),
  )
}

/** Shares that add up to 100%. */
function sharesOf(shares: readonly (Estimate | undefined)[]): readonly string[] {
  if (shares.some((share) => share === undefined)) return shares.map(() => '–')
  return sharesOutOf100(shares.map((share) => share?.value ?? 0)).map((share) => `${share}%`)
}
