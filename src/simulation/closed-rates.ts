// The noise of resolution rates in closed months. A noise that several rates share is solved from the sum of their resolutions.
import type { NoiseLevel, NoiseProgram, Program } from '../compile/program.ts'
import { type Driver, inside, type KnownNoise, oddsBetween, rateState } from './actuals.ts'
import type { Graph, Node } from './graph.ts'
import { type Inputs, STEPS } from './inputs.ts'
import { monthlyNoise, type RateCourses } from './resolution.ts'

export interface ClosedRate extends KnownNoise {
  /** The place of the noise in the program. */
  readonly place: number
  /** −ln of the change of the resolutions with the score, by month, where it differs from trial to trial. */
  readonly spreads: readonly Node[]
}

/** One month's resolutions at one rate. */
interface Part {
  readonly involved: Node
  readonly trend: Node
  readonly level: NoiseLevel
}

/** @param involved conversations of the AI, by segment */
export function closedRates(
  program: Program,
  inputs: Inputs,
  courses: RateCourses,
  involved: (segment: number) => readonly Node[],
): ClosedRate[] {
  const { actuals } = program
  if (actuals?.resolved === undefined) return []
  return placesOf(program).map((place) => {
    const noise = program.noises[place]
    const members = membersOf(program, place)
    const resolved = resolvedBy(program, inputs, courses, members, involved)
    const spreads: Node[] = []
    const states = actuals.volumes.map((_, m) => {
      const { state, slope } = solved(inputs.graph, noise, partsOf(program, courses, members, involved, m), resolved[m])
      // The slope compares with the resolutions, so that its logarithm is small.
      const share = inputs.graph.divide(slope, inputs.graph.constant(actuals.resolved?.[m] ?? 1))
      if (inputs.graph.known(share) === undefined)
        spreads.push(inputs.graph.scale(-1, inputs.graph.logarithm1p(inputs.graph.linear(-1, [[1, share]]))))
      return state
    })
    return { place, noise, states, sign: -1, spreads, driver: driverOf(program, noise, members) }
  })
}

const levelsOf = ({ rates }: Program, rate: number | undefined) => (rate === undefined ? undefined : rates[rate].noise)

/** The noises that the closed months determine: of each segment, or, if only totals are known, the shared one. */
function placesOf(program: Program): number[] {
  const { segments, noises, actuals } = program
  const places = segments.flatMap((segment, s) => {
    const noise = levelsOf(program, segment.rate)
    return noise && !isIdle(program, s) ? [noise.place] : []
  })
  const distinct = [...new Set(places)]
  return actuals?.segments ? distinct : distinct.filter((place) => noises[place].name === 'resolution.noise')
}

/** The segments whose rate has a noise. */
const membersOf = (program: Program, place: number): number[] =>
  [...program.segments.keys()].filter((s) => levelsOf(program, program.segments[s].rate)?.place === place && !isIdle(program, s))

/** Whether the AI takes part in nothing in the closed months of a segment. */
const isIdle = ({ segments, actuals }: Program, s: number): boolean =>
  segments[s].involvement.slice(0, actuals?.volumes.length).every((share) => share === 0)

/** The resolutions of some segments by month. Of totals, they are the rest after those of all other segments. */
function resolvedBy(
  program: Program,
  inputs: Inputs,
  courses: RateCourses,
  members: readonly number[],
  involved: (segment: number) => readonly Node[],
): Node[] {
  const { graph } = inputs
  const { volumes = [], resolved = [], segments } = program.actuals ?? {}
  if (segments) return volumes.map((_, m) => graph.constant(members.reduce((sum, s) => sum + (segments[s].resolved?.[m] ?? 0), 0)))
  const others = [...program.segments.keys()].flatMap((s) => {
    const { rate } = program.segments[s]
    return members.includes(s) || rate === undefined ? [] : [{ s, rate }]
  })
  return resolved.map((number, m) =>
    graph.linear(
      number,
      others.map(({ s, rate }) => [-1, resolutionsOf(program, inputs, courses, rate, involved(s)[m], m)] as const),
    ),
  )
}

/** The resolutions at a rate whose noise the plan draws. */
function resolutionsOf(program: Program, inputs: Inputs, courses: RateCourses, rate: number, involved: Node, m: number): Node {
  const noise = levelsOf(program, rate)
  const own = noise && monthlyNoise(program, noise, inputs, []).noise?.[m]
  const trend = courses.trends[rate][m]
  return own ? inputs.graph.resolved(own.state, involved, trend, own.odds) : inputs.graph.multiply(trend, involved)
}

/** Segments with one rate are one part. */
function partsOf(
  program: Program,
  courses: RateCourses,
  members: readonly number[],
  involved: (segment: number) => readonly Node[],
  m: number,
): Part[] {
  const byRate = new Map<number, Node[]>()
  for (const s of members) {
    const { rate } = program.segments[s]
    if (rate !== undefined) byRate.set(rate, [...(byRate.get(rate) ?? []), involved(s)[m]])
  }
  return [...byRate].map(([rate, counts]) => ({
    involved: courses.inputs.graph.add(...counts),
    trend: courses.trends[rate][m],
    level: levelsOf(program, rate)?.levels[m] ?? { sd: 0, shift: 0 },
  }))
}

/** The state of a noise for the standard deviation that it states, and the change of the resolutions with its score. */
interface Solved {
  readonly state: Node
  readonly slope: Node
}

function solved(graph: Graph, noise: NoiseProgram, parts: readonly Part[], resolved: Node): Solved {
  const [only] = parts
  if (parts.length > 1) return solvedTogether(graph, noise, parts, resolved)
  const { involved, trend, level } = only
  const state = graph.scale(noise.sd / level.sd, rateState(graph, resolved, involved, trend, level.shift))
  const rate = inside(graph, graph.divide(resolved, involved))
  return { state, slope: graph.scale(level.sd, spreadAt(graph, involved, rate)) }
}

/** A R (1 − R) */
const spreadAt = (graph: Graph, involved: Node, rate: Node): Node =>
  graph.multiply(involved, graph.multiply(rate, graph.complement(rate)))

/** Log-odds of a blend of rates are nearly linear in the noise, so that this many steps leave no more than rounding. */
const STEPS_OF_NEWTON = 6
/** No month that a plan allows is this many standard deviations away. */
const FARTHEST = 40

/** Newton's method on the log-odds of the share that all parts resolve together. */
function solvedTogether(graph: Graph, noise: NoiseProgram, parts: readonly Part[], resolved: Node): Solved {
  const all = graph.add(...parts.map(({ involved }) => involved))
  const wanted = inside(graph, graph.divide(resolved, all))
  const farthest = FARTHEST * noise.sd * STEPS
  const at = (state: Node) => {
    const rates = parts.map(({ trend, level: { sd, shift } }) =>
      sd === 0 ? trend : graph.rate(graph.linear(-STEPS * shift, [[sd / noise.sd, state]]), trend, 1),
    )
    const counts = parts.map(({ involved }, k) => graph.multiply(involved, rates[k]))
    const slopes = parts.map(({ involved, level }, k) => graph.scale(level.sd, spreadAt(graph, involved, rates[k])))
    return { share: inside(graph, graph.divide(graph.add(...counts), all)), slope: graph.add(...slopes) }
  }
  let state = graph.constant(0)
  for (let step = 0; step < STEPS_OF_NEWTON; step++) {
    const { share, slope } = at(state)
    // The change of the log-odds with the state, which lowers them.
    const steepness = graph.divide(graph.scale(1 / (noise.sd * STEPS), slope), spreadAt(graph, all, share))
    const move = graph.divide(oddsBetween(graph, share, wanted), steepness)
    state = graph.clamp(graph.add(state, move), -farthest, farthest)
  }
  return { state, slope: at(state).slope }
}

function driverOf({ segments }: Program, { name }: NoiseProgram, members: readonly number[]): Driver {
  const [first] = members
  const one = members.length === 1 && segments.length > 1
  const where = one ? ` in ${segments[first].name}` : ''
  const field =
    name === 'resolution.noise' && one ? `segments.${segments[first].name}.resolution.rate` : name.replace(/noise$/, 'rate')
  return { field, words: `its resolution rate${where} is` }
}
