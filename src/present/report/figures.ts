// What a report tells of a run beyond its summary, as plain data: it can be kept in a file, and sent by a worker.
import { rankCorrelation } from '../../questions/explain/ranks.ts'
import { curveOf, shareUpTo } from '../../questions/budget/budget.ts'
import { estimateOf, quantileOf, sortedOf } from '../../questions/figures.ts'
import type { Column, Futures } from '../../questions/futures.ts'
import { neededOf } from '../../questions/budget/gate.ts'
import { phasedOf } from '../../questions/budget/phased.ts'
import { bestOf } from '../../summary/best.ts'
import { type Densities, densitiesOf } from '../../summary/densities.ts'
import type { Estimate, Summary } from '../../summary/summary.ts'

/** A point of an S-curve; while a slider moves nobody reads its standard error. */
export interface Point {
  readonly probability: number
  readonly amount: number
  readonly se?: number
}

/** An offer's S-curve and what stands on it. */
export interface Curve {
  readonly points: readonly Point[]
  /** In how many futures the point estimate is enough. */
  readonly pointSuffices: Estimate
  readonly p80: Estimate
}

export interface Driver {
  readonly input: string
  /** Rank correlation with the cost of the recommended offer. */
  readonly rank: Estimate
}

export interface Figures {
  readonly summary: Summary
  /** The offer that is most often the cheapest. */
  readonly best: string
  /** By offer; a first answer to a slider has one. */
  readonly curves: Readonly<Record<string, Curve>>
}

export interface FullFigures extends Figures {
  /** The best offer's budget at P80, month by month. */
  readonly months: readonly { readonly month: string; readonly amount: number }[]
  readonly densities: Densities
  readonly drivers: readonly Driver[]
}

/** Amounts that suffice with 1 %, 2 % … 99 %. */
function quickCurve({ values }: Column): Point[] {
  const sorted = sortedOf(values)
  return Array.from({ length: 99 }, (_, k) => ({ probability: (k + 1) / 100, amount: quantileOf(sorted, (k + 1) / 100) }))
}

/**
 * What changes with every run.
 * @param names whose S-curves
 * @param points those of an offer, by its place
 */
export function figuresOf(
  summary: Summary,
  futures: Futures,
  names: readonly string[] = futures.names,
  points: (place: number) => readonly Point[] = (place) => quickCurve(futures.cost(place)),
): Figures {
  const { offers, comparison } = summary
  const curves = names.map((name): [string, Curve] => {
    const place = futures.offer(name)
    const { point } = offers[name][comparison.measure]
    const pointSuffices = estimateOf(shareUpTo(futures.cost(place), point))
    return [name, { points: points(place), pointSuffices, p80: neededOf(futures, summary, name, 0.8) }]
  })
  return { summary, best: bestOf(summary), curves: Object.fromEntries(curves) }
}

export function fullFiguresOf(summary: Summary, futures: Futures): FullFigures {
  const { names, starts } = futures
  // A picture needs no more than the recorded trials: of ten million, each percentile's error alone would take a second.
  const recorded = futures.recordedCosts()
  const figures = figuresOf(summary, futures, names, (place) => curveOf({ values: recorded[place], starts }))
  const { best, curves } = figures
  const cost = recorded[futures.offer(best)]
  const drivers = futures.drivers().flatMap((input) => {
    const values = futures.driver(input)
    const still = values.every((value) => value === values[0])
    return still ? [] : [{ input, rank: rankCorrelation(values, cost, starts) }]
  })
  const phased = phasedOf(futures, best, 0.8, curves[best].p80, summary.months)
  return {
    ...figures,
    months: phased.months.map(({ month, amount }) => ({ month, amount })),
    densities: densitiesOf(new Map(names.map((name, k) => [name, recorded[k]]))),
    drivers: drivers.sort((a, b) => Math.abs(b.rank.value) - Math.abs(a.rank.value)),
  }
}
