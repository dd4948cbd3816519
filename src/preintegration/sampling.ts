// How a run samples beyond its plan: the directions along which headline figures are integrated, and thresholds for each. It is made
// once by the pilot, travels beside the program and belongs to a tally's identity: a pass is a function of (program, sampling, block).
import { eventsOf, type Program } from '../compile/program.ts'
import { type Plan, planOf } from '../numerics/random/plan.ts'

/** A unit vector over the dimensions that a line may go along, and the scores of events' sizes behind them. */
export type Direction = Float64Array

/** Orthonormal directions: the first is that of the lines, those behind it get the net's best coordinates. */
export type Basis = readonly Direction[]

/**
 * What a line's direction gains where an event starts: where sizes are not scores of the lines, for each unit that the size differs from
 * its neutral value. Among the scores of sizes only the first has a number: that of the one which this event has.
 */
export interface Bend extends Starting {
  readonly by: Direction
}

/** One month's start of one kind of event. */
export interface Starting {
  readonly kind: number
  readonly month: number
}

/** How lines run: the basis, whose first direction leans with the events of each point. */
export interface LineCourse {
  readonly basis: Basis
  readonly bends: readonly Bend[]
}

export interface OfferTarget extends LineCourse {
  readonly kind: 'offer'
  readonly offer: number
  /** Offers whose cost is `shift + scale ·` that of this one, whatever happens. */
  readonly alike: readonly { readonly offer: number; readonly scale: number; readonly shift: number }[]
  /** Places in `QUANTILES` with a threshold near each; an atom has none, nor what the sample knows as well. */
  readonly thresholds: readonly { readonly quantile: number; readonly at: number }[]
}

export interface PairTarget extends LineCourse {
  readonly kind: 'pair'
  readonly a: number
  readonly b: number
}

export interface CheapestTarget extends LineCourse {
  readonly kind: 'cheapest'
  /** Pairs of which the first always costs less, and all others. */
  readonly settled: readonly (readonly [less: number, more: number])[]
  readonly open: readonly (readonly [number, number])[]
}

export type Target = OfferTarget | PairTarget | CheapestTarget

export interface Sampling {
  /** Dimensions whose scores a line goes through; those of events and counts stay as they are drawn. */
  readonly lineDimensions: readonly number[]
  readonly targets: readonly Target[]
  readonly outer: Plan
}

/** The headline percentiles, and which of them are shortfall levels. */
export const QUANTILES = [0.5, 0.8, 0.9, 0.95] as const
export const TAILS: readonly number[] = [2, 3]

const FEWEST_TRIALS = 1_024
const REPLICATES = 32
const MOST_POINTS = 2_048
/** A trial of the sample buys so much of an outer point, which costs about as much: a million trials (1,015,808) buy 16,384. */
const TRIALS_A_POINT = 62

/** The outer points: a number that depends on the trials alone. */
export function outerPlan(trials: number): Plan {
  let points = 32
  while (points < MOST_POINTS && 2 * points * REPLICATES * TRIALS_A_POINT <= trials) points *= 2
  return planOf(REPLICATES, points)
}

/** Every pair of so many offers. */
export const pairsOf = (offers: number): (readonly [number, number])[] =>
  Array.from({ length: offers }, (_, a) => Array.from({ length: offers - a - 1 }, (__, j) => [a, a + 1 + j] as const)).flat()

/** Every month's start of every kind of event. */
export const startingsOf = (program: Program): Starting[] =>
  eventsOf(program).flatMap(({ dimensions }, kind) => dimensions.map((_, month) => ({ kind, month })))

/** What a line may go along: the scores of inputs and noises. Along an event's score or a block's the cost jumps, and counts have none. */
export function lineDimensionsOf(program: Program): number[] {
  const left = new Set([
    ...eventsOf(program).flatMap(({ dimensions }) => dimensions),
    ...(program.volume.resampled?.dimensions ?? []),
  ])
  return program.dimensions.map((_, d) => d).filter((d) => !left.has(d))
}

/** Whether the scenario can be integrated at all. */
export const integrable = (program: Program, plan: Plan, wanted: boolean): boolean =>
  wanted && plan.method === 'sobol' && plan.trials >= FEWEST_TRIALS && !program.counting && lineDimensionsOf(program).length > 0
