// Parts of a report that look beyond percentiles: the difference of the best offer from the others, regret, and the worst trials.
import { trialsWord } from '../../months.ts'
import { amountsOf } from '../../questions/compare/rounding.ts'
import { inSentence, outOf100Words, sharesOutOf100 } from '../../questions/compare/verdict-words.ts'
import type { Summary } from '../../summary/summary.ts'
import type { FullFigures } from './figures.ts'
import { type Piece, table } from './pieces.ts'
import { skewnessWords } from './text.ts'

/** A cost that is certain has no bad years. */
const isUncertain = ({ offers, comparison }: Summary, offer: string): boolean => offers[offer][comparison.measure].sd.value > 0

/** How often each offer is the cheapest, and what it costs to have chosen it. */
export function oddsTable({ summary, bad }: FullFigures): Piece {
  const { offers, comparison, months } = summary
  const { whole } = amountsOf(summary)
  const names = Object.keys(offers)
  // The difference of the rounded amounts, so that two regrets differ by as much as the means shown.
  const regretOf = (name: string) => {
    const mean = offers[name][comparison.measure].mean.value
    return whole.round(mean) - whole.round(mean - comparison.regret[name].value)
  }
  // A regret that is certain is the same in all trials, and so is its text.
  const p90Of = (name: string, p90: number) => {
    const { value } = comparison.regret[name]
    return Math.abs(p90 - value) <= 1e-9 * Math.abs(value) ? regretOf(name) : p90
  }
  const odds = sharesOutOf100(names.map((name) => comparison.cheapest[name].value))
  const rows = names.map((name, k) => [
    name,
    odds[k],
    whole.text(regretOf(name)),
    ...(bad ? [whole.text(p90Of(name, bad.regret[name].value))] : []),
  ])
  const tail = bad ? ' Its P90 is the regret that 10 of 100 trials exceed.' : ''
  return table(
    `The table shows in how many of 100 ${trialsWord(months.length)} each contract is the cheapest. Regret is how much more it costs, on average, than the cheapest one.${tail}`,
    ['contract', 'cheapest in, of 100', 'regret', ...(bad ? ['P90 of regret'] : [])],
    rows,
  )
}

/** The best offer minus each other one. Nothing for a single offer, or if the summary has no pairs. */
export function differences({ summary, best, bad }: FullFigures): Piece[] {
  const { offers, comparison, months } = summary
  const { whole } = amountsOf(summary)
  const mean = (name: string) => whole.round(offers[name][comparison.measure].mean.value)
  const rows = Object.keys(offers).flatMap((name) => {
    const gap = comparison.difference?.[best]?.[name]
    const dearer = comparison.cheaper?.[name]?.[best]
    if (!gap || !dearer) return []
    const { p10, p50, p90 } = gap.percentiles
    return [
      [
        name,
        // The difference of the rounded means, which stand in another table.
        whole.text(mean(best) - mean(name)),
        ...[p10, p50, p90].map((one) => (one ? whole.text(one.value) : '–')),
        outOf100Words(Math.round(100 * dearer.value), dearer.value),
      ],
    ]
  })
  if (rows.length === 0) return []
  return [
    table(
      `What ${inSentence(best)} costs minus what another contract costs in the same trial. Below 0, ${inSentence(best)} is cheaper. The last column is how often it is dearer, of 100 ${trialsWord(months.length)}.`,
      [`${best} minus`, 'average', 'P10', 'P50', 'P90', 'above 0, of 100'],
      rows,
    ),
    ...(bad?.difference && isUncertain(summary, best) ? [worstDifference(summary, bad.difference)] : []),
  ]
}

function worstDifference(summary: Summary, found: NonNullable<NonNullable<FullFigures['bad']>['difference']>): Piece {
  const { whole } = amountsOf(summary)
  const [own, other] = found.offers
  const [more, less] = [whole.round(own.amount.value), whole.round(-other.amount.value)]
  const worst = `In the 5% of trials that are worst for ${inSentence(own.offer)} against ${inSentence(other.offer)}`
  const parts = `${whole.text(more)} minus ${whole.text(less)}`
  return { kind: 'text', text: `${worst}, the difference is ${whole.text(more - less)} on average: ${parts}.` }
}

/** The layers of the best offer's expected shortfall, and the skewness of its cost. */
export function worstTrials({ summary, best, bad }: FullFigures): Piece[] {
  if (!bad || !isUncertain(summary, best)) return []
  const { offers, comparison } = summary
  const { whole, split: parted } = amountsOf(summary)
  const { expectedShortfall, layers } = bad.shortfall
  const { skewness } = offers[best][comparison.measure]
  const amounts = parted(
    layers.map((layer) => layer.amount.value),
    expectedShortfall.value,
  )
  const shares = sharesOutOf100(layers.map(({ share }) => share))
  const worst = `In the worst 5% of trials, ${inSentence(best)} costs ${whole.text(expectedShortfall.value)} on average (expected shortfall).`
  const split = table(
    `${worst} These layers add up to it.`,
    ['layer', 'average in the worst 5%', 'share'],
    layers.map(({ layer }, k) => [layer, amounts[k], `${shares[k]}%`]),
  )
  return [
    // A single layer is the whole.
    layers.length > 1 ? split : { kind: 'text', text: worst },
    ...(skewness ? [{ kind: 'small', text: skewnessWords(inSentence(best), skewness, false) } as const] : []),
  ]
}
