// The noise of resolution rates in closed months. A noise that several rates share is solved from the sum of their resolutions.
import { contractsOf, type NoiseLevel, type NoiseProgram, type Program } from '../compile/program.ts'
import { type Driver, inside, type KnownNoise, oddsBetween, rateState } from './actuals.ts'
import {
  type ClosedCounts,
  determinedIn,
  type ClosedGroup,
  closedGroupsOf,
  noiseOf,
  placesIn,
  type Stream,
  streamsOf,
} from './closed-streams.ts'
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

export function closedRates(program: Program, inputs: Inputs, courses: RateCourses, counts: ClosedCounts): ClosedRate[] {
  if (program.actuals?.resolved === undefined) return []
  const streams = streamsOf(program, inputs, counts)
  const groups = closedGroupsOf(program, streams)
  const determined = determinedIn(program, streams, groups)
  const setting: Setting = { program, inputs, courses, groups, determined, made: new Map() }
  const used = new Set(determined.flat())
  return placesIn(program, streams)
    .filter((place) => used.has(place))
    .map((place) => rateAt(setting, place))
}

interface Setting {
  readonly program: Program
  readonly inputs: Inputs
  readonly courses: RateCourses
  readonly groups: readonly ClosedGroup[]
  /** By month and group, the place of the noise that its resolutions determine. */
  readonly determined: readonly (readonly (number | undefined)[])[]
  readonly made: Map<number, ClosedRate>
}

/** A noise in closed months. In a month in which no number determines it, it is drawn. */
function rateAt(setting: Setting, place: number): ClosedRate {
  const { program, inputs, determined, made } = setting
  const before = made.get(place)
  if (before) return before
  const { graph } = inputs
  const noise = program.noises[place]
  const spreads: Node[] = []
  const own = determined.map((month) => setting.groups.filter((_, g) => month[g] === place))
  const resolved = own.map((groups, m) => (groups.length === 0 ? undefined : resolvedIn(setting, place, groups, m)))
  const states: Node[] = []
  for (const [m, number] of resolved.entries()) {
    if (number === undefined) {
      states.push(inputs.nextRateState(noise, m, states[m - 1]))
      continue
    }
    const { state, slope } = solved(graph, noise, partsOf(setting, place, own[m], m), number)
    // The slope compares with the resolutions, so that its logarithm is small.
    const share = graph.divide(slope, graph.constant(program.actuals?.resolved?.[m] ?? 1))
    if (graph.known(share) === undefined) spreads.push(graph.scale(-1, graph.logarithm1p(graph.linear(-1, [[1, share]]))))
    states.push(state)
  }
  const drawn = resolved.map((number) => number === undefined)
  const found: ClosedRate = {
    ...{ place, noise, states, sign: -1, spreads },
    ...(drawn.includes(true) && { drawn }),
    driver: driverOf(
      program,
      noise,
      own.flat().flatMap(({ streams }) => streams.filter(({ rate }) => placeOf(program, rate) === place)),
    ),
  }
  made.set(place, found)
  return found
}

const placeOf = ({ rates }: Program, rate: number): number | undefined => rates[rate].noise?.place

/** The resolutions of some groups on which a noise acts: the rest after those on which it does not. */
function resolvedIn(setting: Setting, place: number, groups: readonly ClosedGroup[], m: number): Node {
  const { program, inputs } = setting
  const others = groups.flatMap(({ streams }) =>
    streams.filter((stream) => stream.live[m] && noiseOf(program, stream, m) !== place),
  )
  return inputs.graph.linear(
    groups.reduce((sum, { resolved }) => sum + (resolved[m] ?? 0), 0),
    others.map((stream) => [-1, resolutionsOf(setting, stream, m)] as const),
  )
}

/** The resolutions at a rate whose noise the plan draws, or other numbers determine. */
function resolutionsOf(setting: Setting, stream: Stream, m: number): Node {
  const { program, inputs, courses, determined } = setting
  const { graph } = inputs
  const place = noiseOf(program, stream, m)
  const { noise } = program.rates[stream.rate]
  const trend = courses.trends[stream.rate][m]
  if (place === undefined || !noise) return graph.multiply(trend, stream.involved[m])
  const states = determined.some((month) => month.includes(place)) ? rateAt(setting, place).states : []
  const own = monthlyNoise(program, noise, inputs, states).noise?.[m]
  return own ? graph.resolved(own.state, stream.involved[m], trend, own.odds) : graph.multiply(trend, stream.involved[m])
}

/** Streams with one rate are one part. */
function partsOf({ program, courses }: Setting, place: number, groups: readonly ClosedGroup[], m: number): Part[] {
  const byRate = new Map<number, Node[]>()
  for (const { streams } of groups)
    for (const stream of streams) {
      if (noiseOf(program, stream, m) !== place) continue
      byRate.set(stream.rate, [...(byRate.get(stream.rate) ?? []), stream.involved[m]])
    }
  return [...byRate].map(([rate, counts]) => ({
    involved: courses.inputs.graph.add(...counts),
    trend: courses.trends[rate][m],
    level: program.rates[rate].noise?.levels[m] ?? { sd: 0, shift: 0 },
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

function driverOf({ segments, actuals, offers }: Program, { name }: NoiseProgram, streams: readonly Stream[]): Driver {
  const [first] = streams
  const one = new Set(streams.map(({ segment }) => segment)).size === 1 && segments.length > 1
  const where = one ? ` in ${segments[first.segment].name}` : ''
  const shared = name === 'resolution.noise'
  const field = (shared ? ownField() : undefined) ?? name.replace(/noise$/, 'rate')
  return { field, words: `its resolution rate${where} is` }

  /** The field of a rate whose noise is the plan's. */
  function ownField(): string | undefined {
    if (actuals?.offer !== undefined && segments.every(({ rate }) => rate === undefined))
      return `offers.${contractsOf(offers[actuals.offer])[first.part ?? 0].name}.resolution.rate`
    return one ? `segments.${segments[first.segment].name}.resolution.rate` : undefined
  }
}
