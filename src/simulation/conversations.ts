// The conversations of each segment and month (level, growth, noise, spikes), and the part of them that the AI takes part in.
import type { HistoryProgram } from '../compile/jumping.ts'
import type { LevelProgram, NoiseProgram, Program, SegmentProgram } from '../compile/program.ts'
import { exp } from '../numerics/kernel/math.ts'
import { volumeState } from './actuals.ts'
import { type ClosedRatesOf, type ClosedVolumes, closedVolumes } from './closed-volumes.ts'
import type { Graph, Node } from './graph.ts'
import type { Inputs } from './inputs.ts'
import { type LevelNodes, levelNodes } from './level.ts'

export interface SegmentNodes {
  readonly volume: readonly Node[]
  /** With the involvement that the segment states, before any offer's own. */
  readonly involved: readonly Node[]
  /** The factor of a spike of its own that starts in each month. */
  readonly spikes: readonly Node[]
}

export interface ConversationNodes {
  readonly segments: readonly SegmentNodes[]
  /** Of all segments. */
  readonly volume: readonly Node[]
  readonly involved: readonly Node[]
  /** The factor of a shared spike that starts in each month, for readers of single trials. */
  readonly spikes: readonly Node[]
  /** Absent if no month is closed. */
  readonly closed?: ClosedVolumes
}

/** Noise has mean 1: the factor e^(−σ²/2) of its level. The means of a history's futures are those of its months. */
const correctionOf = ({ noise, history }: Pick<SegmentProgram, 'noise' | 'history'>): number =>
  noise && !history ? exp((-noise.sd * noise.sd) / 2) : 1

type Course = (m: number) => LevelNodes

/** Makes a part of the graph when it is first needed, because the order of nodes fixes that of sums. */
function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

export function conversationsOf(program: Program, inputs: Inputs, rates: ClosedRatesOf): ConversationNodes {
  const { graph } = inputs
  const { months, volume: shared, segments, actuals } = program
  const { noise, history, last, resampled, spikes } = shared
  const correction = correctionOf(shared)
  const courses = coursesOf(segments, inputs)
  const starts = spikes ? inputs.starts(spikes) : []
  const levels = segments[0].shares ? courses.slice(0, 1) : courses
  const prior = lazily(() =>
    last !== undefined && noise
      ? priorState(
          last,
          levels.map((course, s) => ({ course, level: segments[s].level })),
          correction,
          inputs,
        )
      : undefined,
  )
  const fractions = lazily(() => fractionsOf(segments, months, inputs))
  const closed =
    actuals &&
    closedVolumes(program, inputs, {
      expected: (s, m, own) =>
        expectedVolume(program, inputs, { course: courses[s], starts, fraction: fractions()?.[s][m] }, s, m, own),
      prior,
      ownPrior: (s) => ownPrior(segments[s], courses[s], inputs),
      involved: (s, volumes) => involvedOf(segments[s], volumes, inputs),
      rates,
    })
  const states = noise && (history ? futuresIn(history, noise, inputs) : inputs.states(noise, closed?.shared ?? [], prior()))
  const past = resampled && inputs.resampled(resampled, months)
  const each = Array.from({ length: months }, (_, m) => m)
  /** The shared factors on a level in month m. */
  const varied = (course: Course, m: number, own?: OwnNoise, apart = false): Node => {
    const { certain, base, power } = course(m)
    const joint = states && !apart ? { state: states[m], correction, noise: noise as NoiseProgram } : undefined
    let volume = noisy(inputs, certain, joint, own)
    if (base !== undefined) volume = graph.multiply(base, volume)
    if (power !== undefined) volume = graph.multiply(power, volume)
    if (apart) return volume
    if (past) volume = graph.multiply(past[m], volume)
    return spikes ? spiked(graph, volume, starts, spikes.months, m) : volume
  }
  const parts = fractions()
  const made = segments.map((segment, s): SegmentNodes => {
    const own = ownNoise(segment, courses[s], closed?.own[s] ?? [], inputs)
    const again = segment.resampled && inputs.resampled(segment.resampled, months)
    const begins = segment.spikes ? inputs.starts(segment.spikes) : []
    const expected = each.map((m) => {
      const known = closed?.volumes[s][m]
      if (known !== undefined) return known
      const fraction = parts?.[s][m]
      let volume =
        fraction === undefined
          ? varied(courses[s], m, own?.(m), segment.apart)
          : shareOf(inputs, fraction, varied(courses[s], m), own?.(m))
      if (again) volume = graph.multiply(again[m], volume)
      return segment.spikes ? spiked(graph, volume, begins, segment.spikes.months, m) : volume
    })
    const { counting } = segment
    const volume = counting ? expected.map((mean, m) => graph.poisson(graph.uniform(counting.volume[m]), mean)) : expected
    return {
      volume,
      involved: involvedOf(segment, volume, inputs),
      spikes: begins,
    }
  })
  const total = (nodes: (segment: SegmentNodes) => readonly Node[]) =>
    each.map((m) => graph.add(...made.map((own) => nodes(own)[m])))
  return {
    segments: made,
    volume: total((own) => own.volume),
    involved: total((own) => own.involved),
    spikes: starts,
    ...(closed && { closed }),
  }
}

/** The deviations of all months. Those of closed months are known with their volumes. */
const futuresIn = (history: HistoryProgram, noise: NoiseProgram, inputs: Inputs): readonly Node[] => [
  ...Array.from({ length: history.closed }, () => inputs.graph.constant(0)),
  ...inputs.futures(history, noise),
]

/** Segments with shares have the level of the plan, which is built once. */
function coursesOf(segments: readonly SegmentProgram[], inputs: Inputs): Course[] {
  const first = levelNodes(segments[0].level, inputs)
  return segments.map(({ level, shares }, s) => (s === 0 || shares ? first : levelNodes(level, inputs)))
}

/** The conversations of a segment that the AI takes part in. */
export function involvedIn(
  { counting }: SegmentProgram,
  volume: readonly Node[],
  shares: readonly Node[],
  { graph }: Inputs,
): readonly Node[] {
  return volume.map((all, m) => {
    if (!counting) return graph.multiply(shares[m], all)
    return graph.known(shares[m]) === 1 ? all : graph.binomial(graph.uniform(counting.involved[m]), all, shares[m])
  })
}

const involvedOf = (segment: SegmentProgram, volume: readonly Node[], inputs: Inputs): readonly Node[] =>
  involvedIn(
    segment,
    volume,
    segment.involvement.slice(0, volume.length).map((value) => inputs.value(value)),
    inputs,
  )

/** The noise of a segment in one month. */
interface OwnNoise {
  readonly state: Node
  readonly correction: number
  readonly noise: NoiseProgram
}

/** A segment's own noise, which continues from its last month if that is known. @param closed its known first months */
function ownNoise(
  segment: SegmentProgram,
  course: Course,
  closed: readonly Node[],
  inputs: Inputs,
): ((m: number) => OwnNoise) | undefined {
  const { noise, history } = segment
  if (!noise) return undefined
  const states = history ? futuresIn(history, noise, inputs) : inputs.states(noise, closed, ownPrior(segment, course, inputs))
  return (m) => ({ state: states[m], correction: correctionOf(segment), noise })
}

const ownPrior = (segment: SegmentProgram, course: Course, inputs: Inputs): Node | undefined =>
  segment.last === undefined
    ? undefined
    : priorState(segment.last, [{ course, level: segment.level }], correctionOf(segment), inputs)

/** A level times the noises: e^(shared + own) costs one exponential. */
function noisy(inputs: Inputs, level: number, shared: OwnNoise | undefined, own: OwnNoise | undefined): Node {
  const { graph } = inputs
  const [one, other] = [shared, own].flatMap((noise) => (noise ? [noise] : []))
  if (one === undefined) return graph.constant(level)
  if (other === undefined) return graph.growths(one.state, level * one.correction)
  const both = inputs.together([one.noise, other.noise], [one.state, other.state])
  return graph.growths(both, level * one.correction * other.correction)
}

/** A share of the plan's volume, with the segment's own noise on top. */
function shareOf(inputs: Inputs, fraction: Node, total: Node, own: OwnNoise | undefined): Node {
  const { graph } = inputs
  const part = graph.multiply(fraction, total)
  return own ? graph.multiply(graph.growths(own.state, own.correction), part) : part
}

/** For each segment and month, its share of the sum of all shares. */
function fractionsOf(segments: readonly SegmentProgram[], months: number, inputs: Inputs): Node[][] | undefined {
  const { graph } = inputs
  const shares = segments.flatMap(({ shares: own }) => (own ? [own.map((share) => inputs.value(share))] : []))
  if (shares.length === 0) return undefined
  const sums = Array.from({ length: months }, (_, m) => graph.add(...shares.map((own) => own[m])))
  return shares.map((own) => own.map((share, m) => graph.divide(share, sums[m])))
}

/** The noise of the month before the first one, assuming no spike in it. The expected volume is that of all levels. */
function priorState(
  volume: number,
  levels: readonly { readonly course: Course; readonly level: LevelProgram }[],
  correction: number,
  { graph }: Inputs,
): Node {
  const expected = levels.map(({ course, level }) => {
    const { constant, base, factor } = course(0)
    let own = graph.constant(level.before * constant * correction)
    if (base !== undefined) own = graph.multiply(base, own)
    return factor === undefined ? own : graph.divide(own, factor)
  })
  return volumeState(graph, volume, graph.add(...expected))
}

interface Level {
  readonly course: Course
  /** The factors of shared spikes. */
  readonly starts: readonly Node[]
  /** The share of the plan's volume. */
  readonly fraction: Node | undefined
}

/** The volume of a segment without the shared noise. @param own the state of its own noise; absent: without that noise */
function expectedVolume(
  { volume, segments, months }: Program,
  inputs: Inputs,
  { course, starts, fraction }: Level,
  s: number,
  m: number,
  own: Node | undefined,
): Node {
  const { graph } = inputs
  const segment = segments[s]
  const { spikes, resampled } = volume
  const ownCorrection = correctionOf(segment)
  const { certain, base, power } = course(m)
  const joint = segment.apart ? 1 : correctionOf(volume)
  const parts = [graph.constant(certain * joint * (own === undefined ? ownCorrection : 1))]
  if (base !== undefined) parts.push(base)
  if (power !== undefined) parts.push(power)
  if (spikes && !segment.apart) parts.push(...running(starts, spikes.months, m))
  if (resampled && !segment.apart) parts.push(inputs.resampled(resampled, months)[m])
  if (fraction !== undefined) parts.push(fraction)
  if (own !== undefined) parts.push(graph.growths(own, ownCorrection))
  if (segment.resampled) parts.push(inputs.resampled(segment.resampled, months)[m])
  if (segment.spikes) parts.push(...running(inputs.starts(segment.spikes), segment.spikes.months, m))
  return parts.reduce((a, b) => graph.multiply(a, b))
}

/** Those that may run in month m. */
const running = (starts: readonly Node[], lasting: number, m: number): readonly Node[] =>
  starts.slice(Math.max(0, m - lasting + 1), m + 1)

/** A volume times the factors of the spikes that run in month m. */
function spiked(graph: Graph, volume: Node, starts: readonly Node[], lasting: number, m: number): Node {
  return running(starts, lasting, m).reduce((all, factor) => graph.multiply(factor, all), volume)
}
