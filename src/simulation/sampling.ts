// How a run samples beyond its plan: the directions along which headline figures are integrated, and thresholds for each. It is made
// once by the pilot, travels beside the program and belongs to a tally's identity: a pass is a function of (program, sampling, block).
import { eventsOf, type Program } from '../program/program.ts'
import { type Plan, planOf } from '../random/plan.ts'

/** A unit vector over the dimensions that a line may go along. */
export type Direction = Float64Array

/** Orthonormal directions: the first is that of the lines, those behind it get the net's best coordinates. */
export type Basis = readonly Direction[]

/** What a line's direction gains where an event starts, for each unit that it differs from its neutral value. */
export interface Bend {
  readonly event: Starting
  readonly by: Direction
}

/** One month's start of a kind of event. */
export interface Starting {
  readonly dimension: number
  readonly neutral: number
}

/** How lines run: the basis, whose first direction leans with the events of each point. */
export interface Course {
  readonly basis: Basis
  readonly bends: readonly Bend[]
}

export interface OfferTarget extends Course {
  readonly kind: 'offer'
  readonly offer: number
  /** Places in `QUANTILES` with a threshold near each; an atom has none, nor what the sample knows as well. */
  readonly thresholds: readonly { readonly quantile: number; readonly at: number }[]
}

export interface PairTarget extends Course {
  readonly kind: 'pair'
  readonly a: number
  readonly b: number
}

export interface CheapestTarget extends Course {
  readonly kind: 'cheapest'
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
/** A trial of the sample buys so much of an outer point, which costs about as much. */
const TRIALS_A_POINT = 64

/** The outer points: a number that depends on the trials alone. */
export function outerPlan(trials: number): Plan {
  let points = 32
  while (points < MOST_POINTS && 2 * points * REPLICATES * TRIALS_A_POINT <= trials) points *= 2
  return planOf(REPLICATES, points)
}

/** Every month's start of every kind of event. */
export const startingsOf = (program: Program): Starting[] =>
  eventsOf(program).flatMap((event) =>
    event.dimensions.map((dimension) => ({ dimension, neutral: event === program.volume.spikes ? 1 : 0 })),
  )

/** What a line may go along: the scores of inputs and noises. Along an event's score the cost jumps, and counts have none. */
export function lineDimensionsOf(program: Program): number[] {
  const left = new Set(eventsOf(program).flatMap(({ dimensions }) => dimensions))
  return program.dimensions.map((_, d) => d).filter((d) => !left.has(d))
}

/** Whether the scenario can be integrated at all. */
export const integrable = (program: Program, plan: Plan, wanted: boolean): boolean =>
  wanted && plan.method === 'sobol' && plan.trials >= FEWEST_TRIALS && !program.counting && lineDimensionsOf(program).length > 0
