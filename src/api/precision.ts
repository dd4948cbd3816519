// The precision of the headline figures, for runs that double their trials until they reach a stated one.
import { currentName } from '../old-names.ts'
import type { PreciseFigure, Precision } from '../options/simulate.ts'
import type { Estimate, Summary } from '../summary/summary.ts'

/** The trials of the first attempt, and the limit if the caller states none. */
export const FIRST_TRIALS = 16_384
export const MOST_TRIALS = 268_435_456

interface Figure {
  readonly name: string
  readonly statistic: PreciseFigure
  /** Relative to the amount for money, absolute for a probability. */
  readonly error: number
}

/** An amount of 0 has no relative error. */
const relative = ({ value, se }: Estimate): number => (value === 0 ? 0 : se / Math.abs(value))

function figuresOf({ offers, comparison }: Summary): Figure[] {
  const money = Object.entries(offers).flatMap(([offer, costs]): Figure[] => {
    const { mean, percentiles, expectedShortfall } = costs[comparison.measure]
    const figure = (statistic: PreciseFigure, name: string, estimate: Estimate | undefined): Figure[] =>
      estimate ? [{ name: `${name} of ${offer}`, statistic, error: relative(estimate) }] : []
    return [
      ...figure('mean', 'the mean', mean),
      ...(['p50', 'p80', 'p90', 'p95'] as const).flatMap((p) => figure(p, p.toUpperCase(), percentiles[p])),
      ...(['p90', 'p95'] as const).flatMap((p) =>
        figure('expectedShortfall', `the expected shortfall at ${p.toUpperCase()}`, expectedShortfall[p]),
      ),
    ]
  })
  const chances = Object.entries(comparison.cheapest).map(
    ([offer, { se }]): Figure => ({ name: `P(${offer} is the cheapest)`, statistic: 'cheapest', error: se }),
  )
  const pairs = Object.entries(comparison.cheaper ?? {}).flatMap(([a, others]) =>
    Object.entries(others).map(([b, { se }]): Figure => ({ name: `P(${a} < ${b})`, statistic: 'cheaper', error: se })),
  )
  return [...money, ...chances, ...pairs]
}

/** The headline figure with the largest error. */
export function leastPrecise(summary: Summary, { statistic }: Precision): Figure | undefined {
  return figuresOf(summary)
    .filter((figure) => statistic === undefined || figure.statistic === currentName(statistic))
    .reduce<Figure | undefined>((worst, figure) => (worst && worst.error >= figure.error ? worst : figure), undefined)
}
