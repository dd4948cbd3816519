// How a figure settles as trials are added: the figure and its error from prefixes of the same replicates, recomputed and never extrapolated.
import { UsageError } from '../../errors.ts'
import { estimateOf } from '../../numerics/estimators/figure.ts'
import { type Design, replicatesOf, type SampledColumn } from '../../numerics/estimators/sorted.ts'
import type { Estimate, Summary } from '../../summary/summary.ts'
import { askedFigure } from '../asked.ts'
import type { Trials } from '../trials.ts'

export interface ConvergencePoint extends Estimate {
  readonly trials: number
}

export interface Convergence {
  readonly offer: string
  /** The name of the figure, such as `p80`. */
  readonly figure: string
  /** The name in texts, such as P80. */
  readonly title: string
  readonly unit: 'money' | 'share' | 'number'
  /** From the fewest trials to all of them. Each point has about twice the trials of the one before. */
  readonly points: readonly ConvergencePoint[]
  /** The figure as the summary states it, if that is integrated and not one of the trials: the points approach it. */
  readonly integrated?: Estimate
}

/** Fewer trials show no error. */
const FEWEST = 1024
/** A run of fewer trials has no two sizes to compare. */
export const FEWEST_TO_CONVERGE = 2 * FEWEST

/**
 * A prefix of 2^j points of each replicate of `sobol` is a net of its own, so that every point is computed as the whole run's figure is. A prefix
 * of a Latin hypercube is not one: its points are as good as random ones, and only the whole replicates are stratified.
 * @param name a figure as `optimize` accepts it
 * @throws UsageError for an unknown figure or offer, or a run of fewer than 2,048 trials
 */
export function convergenceOf(trials: Trials, summary: Summary, name: string, offer: string): Convergence {
  const asked = askedFigure(name, false, 'figure')
  const place = trials.offer(offer)
  const places = asked.all ? trials.names.map((_, k) => k) : [place]
  const columns = places.map((k) => trials.cost(k))
  const own = places.indexOf(place)
  const { budget } = trials.scenario
  const { design } = columns[0]
  const sizes = prefixesOf(design)
  if (sizes.length < 2)
    throw new UsageError(
      `convergence: expected a run of ${FEWEST_TO_CONVERGE} trials or more, got ${columns[0].values.length} trials`,
    )
  const points = sizes.map((size): ConvergencePoint => {
    const cut = columns.map((column, k) => prefixOf(trials, places[k], column, size))
    const found = estimateOf(
      asked.figure({
        own: cut[own],
        all: () => cut,
        place: () => own,
        budget: budget && {
          amount: budget.amount,
          cost: () => prefixOf(trials, place, trials.cost(place, budget.measure), size, budget.measure),
        },
      }),
    )
    return { trials: cut[own].values.length, ...found }
  })
  const integrated = integratedIn(summary, asked.name, offer)
  return { offer, figure: asked.name, title: asked.title, unit: asked.unit, points, ...(integrated && { integrated }) }
}

/** An integrated figure of the summary, by its name. */
function integratedIn({ offers, comparison }: Summary, name: string, offer: string): Estimate | undefined {
  const { percentiles, expectedShortfall } = offers[offer][comparison.measure]
  const known: Readonly<Record<string, Estimate | undefined>> = {
    ...percentiles,
    ...Object.fromEntries(Object.entries(expectedShortfall).map(([key, own]) => [`expectedShortfall${key.slice(1)}`, own])),
    cheapest: comparison.cheapest[offer],
  }
  const found = Object.hasOwn(known, name) ? known[name] : undefined
  return found?.by === 'preintegration' ? found : undefined
}

/** How many points of every replicate each prefix takes; of a random sample, of all its trials. */
function prefixesOf({ starts, random }: Design): number[] {
  const [parts, size] = random ? [1, starts[starts.length - 1]] : [starts.length - 1, starts[1]]
  const found: number[] = []
  for (let points = size; points >= 1 && parts * points >= FEWEST; points = Math.ceil(points / 2)) found.unshift(points)
  return found
}

function prefixOf(
  trials: Trials,
  offer: number,
  { values, design }: SampledColumn,
  points: number,
  measure = trials.measure,
): SampledColumn {
  const parts = replicatesOf(design)
  if (design.random) {
    // The batches of a shorter run: as many, each shorter.
    const starts = Array.from({ length: parts + 1 }, (_, r) => Math.round((r * points) / parts))
    return trials.cut(offer, values.slice(0, points), { ...design, starts }, points, measure)
  }
  const cut = new Float64Array(parts * points)
  for (let r = 0; r < parts; r++) cut.set(values.subarray(design.starts[r], design.starts[r] + points), r * points)
  return trials.cut(offer, cut, { ...design, starts: Array.from({ length: parts + 1 }, (_, r) => r * points) }, points, measure)
}
