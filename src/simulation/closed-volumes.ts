// The volumes of closed months, and the noises that they determine: all of them from a volume for each segment, the shared one from totals.
import type { NoiseProgram, Program, SegmentProgram } from '../compile/program.ts'
import { type ClosedMonth, type Driver, innovations, type KnownNoise, knownMonths, volumeState } from './actuals.ts'
import { filtered } from './closed-filter.ts'
import type { ClosedRate } from './closed-rates.ts'
import type { ClosedCounts } from './closed-streams.ts'
import type { Node } from './graph.ts'
import type { Inputs } from './inputs.ts'

export type ClosedRatesOf = (counts: ClosedCounts) => readonly ClosedRate[]

export interface ClosedVolumes {
  /** By segment and month. */
  readonly volumes: readonly (readonly Node[])[]
  /** States of the shared noise, in steps. Empty if there is none. */
  readonly shared: readonly Node[]
  /** The same of each segment's own noise, as far as the months determine it. */
  readonly own: readonly (readonly Node[])[]
  months(rates: readonly ClosedRate[]): readonly ClosedMonth[]
}

/** The plan without the noise that the closed months determine. */
export interface ClosedPlan {
  /** A segment's volume without the shared noise, with its own noise in a state or without it. */
  readonly expected: (segment: number, m: number, own: Node | undefined) => Node
  /** The states of the shared noise and of a segment's own before the first month, if they are known. */
  readonly prior: () => Node | undefined
  readonly ownPrior: (segment: number) => Node | undefined
  readonly involved: (segment: number, volumes: readonly Node[]) => readonly Node[]
  readonly rates: ClosedRatesOf
}

export function closedVolumes(program: Program, inputs: Inputs, planned: ClosedPlan): ClosedVolumes {
  const { volume, segments, actuals } = program
  const alone = segments.length === 1 && segments[0].noise === undefined && !segments[0].apart
  if (volume.noise && (alone || !actuals?.segments)) return fromTotals(program, inputs, volume.noise, planned)
  const sums = segments.map(({ history }, s) =>
    // Closed months belong to the history of a segment, so that their volumes say no more.
    history
      ? []
      : (actuals?.segments?.[s].volumes ?? []).map((actual, m) =>
          volumeState(inputs.graph, actual, planned.expected(s, m, undefined)),
        ),
  )
  const volumes = segments.map((_, s) => (actuals?.segments?.[s].volumes ?? []).map((actual) => inputs.graph.constant(actual)))
  if (volume.noise && segments.some(({ history }) => !history))
    return fromSegments(program, inputs, volume.noise, { planned, sums, volumes })
  const known = segments.map(({ noise, history }, s): KnownNoise | undefined => {
    if (history) return undefined
    const prior = planned.ownPrior(s)
    return noise && { states: sums[s], noise, sign: 1, driver: driverOf(segments[s]), ...(prior !== undefined && { prior }) }
  })
  return {
    volumes,
    shared: [],
    own: sums,
    months: (rates) => knownMonths(program, inputs, [...known.flatMap((one) => one ?? []), ...rates]),
  }
}

/**
 * The own noises of segments are drawn. The shared noise makes their volumes add up to the actual total. Totals that belong to a history say
 * no more.
 */
function fromTotals(program: Program, inputs: Inputs, noise: NoiseProgram, planned: ClosedPlan): ClosedVolumes {
  const { graph } = inputs
  const { volume, segments, actuals } = program
  const totals = actuals?.volumes ?? []
  const drawn = segments.map((segment) => segment.noise && inputs.states(segment.noise))
  const months = totals.map((actual, m) => {
    const parts = segments.map((_, s) => planned.expected(s, m, drawn[s]?.[m]))
    const sum = graph.add(...parts)
    return { actual, parts, sum, state: volumeState(graph, actual, sum) }
  })
  const states = months.map(({ state }) => state)
  return {
    volumes: segments.map((_, s) =>
      months.map(({ actual, parts, sum }) =>
        segments.length === 1 ? graph.constant(actual) : graph.scale(actual, graph.divide(parts[s], sum)),
      ),
    ),
    shared: states,
    own: segments.map(() => []),
    months: (rates) => {
      if (volume.history) return knownMonths(program, inputs, rates)
      const prior = planned.prior()
      const driver = { field: fieldOf(segments), words: 'its conversations are' }
      return knownMonths(program, inputs, [{ states, noise, sign: 1, driver, ...(prior !== undefined && { prior }) }, ...rates])
    },
  }
}

interface Seen {
  readonly planned: ClosedPlan
  /** By segment, both noises together. */
  readonly sums: readonly (readonly Node[])[]
  readonly volumes: readonly (readonly Node[])[]
}

function fromSegments(program: Program, inputs: Inputs, noise: NoiseProgram, { planned, sums, volumes }: Seen): ClosedVolumes {
  const { graph } = inputs
  const { segments } = program
  const rates = planned.rates({ volumes: (s) => volumes[s], involved: (s) => planned.involved(s, volumes[s]) })
  const { states, months } = filtered(
    program,
    inputs,
    noise,
    segments.flatMap((segment, s) =>
      segment.history
        ? []
        : [
            {
              ...{ sums: sums[s], driver: driverOf(segment), apart: segment.apart === true },
              ...(segment.noise && { noise: segment.noise }),
            },
          ],
    ),
    rates.map((rate) => ({
      ...{ noise: rate.noise, driver: rate.driver, scores: innovations(graph, rate) },
      ...(rate.drawn && { drawn: rate.drawn }),
    })),
    planned.prior(),
  )
  return {
    volumes,
    shared: states,
    own: sums.map((own, s) => (segments[s].apart ? own : own.map((sum, m) => graph.subtract(sum, states[m])))),
    months: () => months,
  }
}

const driverOf = (segment: SegmentProgram): Driver => ({
  field: segment.shares ? `segments.${segment.name}.share` : `segments.${segment.name}.conversations.base`,
  words: `its conversations in ${segment.name} are`,
})

/** The field that states the total, or those that add up to it. */
const fieldOf = (segments: readonly SegmentProgram[]): string =>
  segments[0].name === '' || segments[0].shares ? 'conversations.base' : 'the base of its segments'
