// The directions along which headline figures are integrated, with their thresholds. The pilot makes them once. They travel with the program
// and belong to a tally's identity, since a pass is a function of (program, sampling, block).
import { historiesOf, type JumpingDraw, jumpingDraws } from '../compile/jumping.ts'
import { eventsOf, type Program, resampledOf } from '../compile/program.ts'
import type { Jumps } from '../numerics/estimators/jumps.ts'
import { type Plan, planOf } from '../numerics/random/plan.ts'

/** A unit vector over the dimensions that a line may go along, then over the scores of events' sizes. */
export type Direction = Float64Array

/** Orthonormal directions. Lines run along the first. The others get the net's best coordinates. */
export type Basis = readonly Direction[]

/**
 * The change of a line's direction if an event starts. If its size is not a score of the lines, it is the change per unit of difference
 * from the neutral size. Among the scores of sizes only the first has a number, which applies to this event's own.
 */
export interface Bend extends Starting {
  readonly by: Direction
}

/** The start of one kind of event in one month. */
export interface Starting {
  readonly kind: number
  readonly month: number
}

/** The course of lines: the basis, and how its first direction bends with the events of each point. */
export interface LineCourse {
  readonly basis: Basis
  readonly bends: readonly Bend[]
}

export interface OfferTarget extends LineCourse {
  readonly kind: 'offer'
  readonly offer: number
  /** Offers whose cost is always `shift + scale ·` the cost of this one. */
  readonly alike: readonly { readonly offer: number; readonly scale: number; readonly shift: number }[]
  /** Places in `QUANTILES`, with a threshold near each. An atom has none. */
  readonly thresholds: readonly { readonly quantile: number; readonly at: number }[]
}

export interface PairTarget extends LineCourse {
  readonly kind: 'pair'
  readonly a: number
  readonly b: number
}

export interface CheapestTarget extends LineCourse {
  readonly kind: 'cheapest'
  /** Pairs in which the first offer always costs less, and all other pairs. */
  readonly settled: readonly (readonly [less: number, more: number])[]
  readonly open: readonly (readonly [number, number])[]
  /** Whether a settled pair has steps. Its lines show less than the sample whether one offer always costs less. */
  readonly stepping: boolean
}

export type Target = OfferTarget | PairTarget | CheapestTarget

export interface Sampling {
  /** Dimensions whose scores change along a line. Those of events and counts do not. */
  readonly lineDimensions: readonly number[]
  readonly targets: readonly Target[]
  readonly outer: Plan
}

/** The headline percentiles, and the places of those that are levels of expected shortfall. */
export const QUANTILES = [0.5, 0.8, 0.9, 0.95] as const
export const TAILS: readonly number[] = [2, 3]

const FEWEST_TRIALS = 1_024
/** With more steps than this, an input's values get no fixed shares of the lines. */
const MOST_JUMPS = 15
const REPLICATES = 32
const MOST_POINTS = 2_048
/** A point of lines takes about as long as this many trials. A million trials (1,015,808) come with 16,384 points. */
const TRIALS_A_POINT = 62

/** The plan of the points of lines. It depends only on the number of trials. */
export function outerPlan(trials: number): Plan {
  let points = 32
  while (points < MOST_POINTS && 2 * points * REPLICATES * TRIALS_A_POINT <= trials) points *= 2
  return planOf(REPLICATES, points)
}

/** The starts of every kind of event in every month. */
export const startingsOf = (program: Program): Starting[] =>
  eventsOf(program).flatMap(({ dimensions }, kind) => dimensions.map((_, month) => ({ kind, month })))

/** A line may go along the scores of inputs and noises along which costs are continuous. */
export function lineDimensionsOf(program: Program): number[] {
  const left = new Set([...eventsOf(program).flatMap(({ dimensions }) => dimensions), ...apartDimensionsOf(program)])
  return program.dimensions.map((_, d) => d).filter((d) => !left.has(d))
}

/**
 * The scores, other than those of events, that stay as they are along a line. Costs jump along those behind inputs with steps, behind the
 * members of ensembles and of bootstrap blocks. Along the widening of an ensemble, one month may rise while another falls.
 */
export function apartDimensionsOf(program: Program): number[] {
  const stepped = jumpingDraws(program)
    .filter((own) => own.stepped)
    .flatMap(({ dimension }) => scoresOf(program, dimension))
  const wide = historiesOf(program).map(({ widening }) => widening.dimension)
  return [...new Set([...stepped, ...wide, ...resampledOf(program).flatMap(({ dimensions }) => dimensions)])].sort((a, b) => a - b)
}

/** The drawn scores that a dimension's score is mixed from. */
function scoresOf({ mixes }: Program, dimension: number): number[] {
  const mix = mixes.find(({ dimensions }) => dimensions.includes(dimension))
  if (!mix) return [dimension]
  const row = mix.factor[mix.dimensions.indexOf(dimension)]
  return mix.dimensions.filter((_, k) => row[k] !== 0 && row[k] !== undefined)
}

/**
 * The stepped input whose values the lines draw in fixed shares, each with a weight that makes up for it. Only one kind of draw may
 * weigh, since only then do the weights of a net add up. Events come first.
 */
export function weighedJumps(program: Program): JumpingDraw | undefined {
  if (eventsOf(program).length > 0) return undefined
  return jumpingDraws(program).find(
    ({ dimension, at, stepped }) => stepped && at.length <= MOST_JUMPS && scoresOf(program, dimension).length === 1,
  )
}

/** Whether draws beside the lines decide figures by chance: events, bootstrap blocks, or steps that no weight balances. */
export function isJumpy(program: Program): boolean {
  const unbalanced = unbalancedJumps(program).some(({ stepped }) => stepped)
  return unbalanced || eventsOf(program).length > 0 || resampledOf(program).length > 0
}

function unbalancedJumps(program: Program): JumpingDraw[] {
  const weighed = weighedJumps(program)
  return jumpingDraws(program).filter(({ dimension }) => dimension !== weighed?.dimension)
}

/** The draws beside the lines that leave errors of their own. */
export interface DrawsBesideLines {
  /** Mean number of starts per trial of the rarest spike or setback, if the plan has any. */
  readonly rarest: number | undefined
  /** Those that no weights of the lines balance. */
  readonly jumps: readonly Jumps[]
}

export function drawsBesideLines(program: Program): DrawsBesideLines {
  const chances = eventsOf(program).flatMap(({ probability }) => (probability > 0 ? [probability] : []))
  return {
    rarest: chances.length === 0 ? undefined : program.months * Math.min(...chances),
    jumps: unbalancedJumps(program),
  }
}

/** Heads follow the work with delays, so that a total with people on the payroll may turn anywhere along a line. */
const mayTurnAnywhere = ({ measure, staff }: Program): boolean => measure === 'total' && staff.length > 0

/** Whether figures can be integrated at all. */
export const integrable = (program: Program, plan: Plan, wanted: boolean): boolean =>
  wanted &&
  plan.method === 'sobol' &&
  plan.trials >= FEWEST_TRIALS &&
  program.segments.every(({ counting }) => !counting) &&
  !mayTurnAnywhere(program) &&
  lineDimensionsOf(program).length > 0
