// Parts of a report that look beyond percentiles: the difference of the best offer from the others, regret, and the worst trials.
import { formatMoney, formatShare } from '../../notation/money.ts'
import type { Estimate, Summary } from '../../summary/summary.ts'
import type { FullFigures } from './figures.ts'
import { type Piece, table } from './pieces.ts'
import { skewnessWords, stated, withError } from './text.ts'

const chance = ({ value, se }: Estimate): string => `${formatShare(value)} ± ${formatShare(se, 2)}`

/** How often each offer is the cheapest, and what it costs to have chosen it. */
export function oddsTable({ summary, bad }: FullFigures): Piece {
  const { offers, comparison, currency } = summary
  const rows = Object.keys(offers).map((name) => [
    name,
    chance(comparison.cheapest[name]),
    withError(comparison.regret[name], currency),
    ...(bad ? [withError(bad.regret[name], currency)] : []),
  ])
  const tail = bad ? ' Its P90 is the regret that 10 of 100 trials exceed.' : ''
  return table(
    `Each offer is the cheapest this often. Regret is how much more it costs, on average, than the cheapest offer.${tail}`,
    ['offer', 'cheapest', 'regret', ...(bad ? ['P90 of regret'] : [])],
    rows,
  )
}

/** The best offer minus each other one. Nothing for a single offer, or if the summary has no pairs. */
export function differences({ summary, best, bad }: FullFigures): Piece[] {
  const { offers, comparison, currency } = summary
  const rows = Object.keys(offers).flatMap((name) => {
    const gap = comparison.difference?.[best]?.[name]
    const dearer = comparison.cheaper?.[name]?.[best]
    if (!gap || !dearer) return []
    const { p10, p50, p90 } = gap.percentiles
    return [[name, withError(gap.mean, currency), ...[p10, p50, p90].map((one) => stated(one, currency)), chance(dearer)]]
  })
  if (rows.length === 0) return []
  return [
    table(
      `What ${best} costs minus what another offer costs in the same trial. Below 0, ${best} is cheaper. The last column is how often it is dearer.`,
      [`${best} minus`, 'mean', 'P10', 'P50', 'P90', 'above 0'],
      rows,
    ),
    ...(bad?.difference ? [worstDifference(summary, bad.difference)] : []),
  ]
}

function worstDifference({ currency }: Summary, found: NonNullable<NonNullable<FullFigures['bad']>['difference']>): Piece {
  const [own, other] = found.offers
  const gap = found.expectedShortfall
  const worst = `In the 5% of trials that are worst for ${own.offer} against ${other.offer}`
  const parts = `${formatMoney(own.amount.value, currency)} minus ${formatMoney(-other.amount.value, currency)}`
  return { kind: 'text', text: `${worst}, the difference is ${withError(gap, currency)} on average: ${parts}.` }
}

/** The layers of the best offer's expected shortfall, and the skewness of its cost. */
export function worstTrials({ summary, best, bad }: FullFigures): Piece[] {
  if (!bad) return []
  const { currency, offers, comparison } = summary
  const { expectedShortfall, layers } = bad.shortfall
  const { skewness } = offers[best][comparison.measure]
  return [
    table(
      `In the worst 5% of trials, ${best} costs ${withError(expectedShortfall, currency)} on average (expected shortfall). These layers add up to it.`,
      ['layer', 'mean in the worst 5%', 'share'],
      layers.map(({ layer, amount, share }) => [layer, withError(amount, currency), formatShare(share)]),
    ),
    ...(skewness ? [{ kind: 'small', text: skewnessWords(best, skewness) } as const] : []),
  ]
}
