// Finds the contracts that resolved the conversations of closed months, and the noise that each stated number determines.
import { contractsOf, type OfferProgram, type Program } from '../compile/program.ts'
import { determinedBy } from '../scenario/determined.ts'
import { involvedIn } from './conversations.ts'
import type { Node } from './graph.ts'
import type { Inputs } from './inputs.ts'
import { shareNodes } from './traffic.ts'

/** Conversations of a segment that are resolved at one rate: those of the plan's AI, or of one contract. */
export interface Stream {
  readonly segment: number
  /** The place of the contract in its offer. */
  readonly part?: number
  readonly rate: number
  /** Conversations that the AI takes part in, by closed month. */
  readonly involved: readonly Node[]
  /** Whether it resolves any in a month. */
  readonly live: readonly boolean[]
}

/** Streams of which the closed months state the resolutions together. */
export interface ClosedGroup {
  readonly streams: readonly Stream[]
  readonly resolved: readonly number[]
}

/** The conversations of closed months, by segment. */
export interface ClosedCounts {
  readonly volumes: (segment: number) => readonly Node[]
  /** With the involvement of the plan. */
  readonly involved: (segment: number) => readonly Node[]
}

export function streamsOf(program: Program, inputs: Inputs, counts: ClosedCounts): Stream[] {
  const { segments, actuals, offers } = program
  if (actuals?.offer !== undefined) return contractStreams(program, offers[actuals.offer], inputs, counts)
  const closed = actuals?.volumes.length ?? 0
  return segments.flatMap(({ rate }, segment) => {
    const involved = counts.involved(segment).slice(0, closed)
    // Values that are certain say whether the AI works at all.
    const live = involved.map((_, m) => segments[segment].involvement[m] !== 0)
    return rate === undefined ? [] : [{ segment, rate, involved, live }]
  })
}

function contractStreams(program: Program, offer: OfferProgram, inputs: Inputs, counts: ClosedCounts): Stream[] {
  const { graph } = inputs
  return contractsOf(offer).flatMap(({ segments, contract: { shadow } }, part) => {
    const shares = offer.parts && shareNodes(offer.parts.sharing, part, inputs)
    return segments.flatMap(({ served, rate, involvement }, s): Stream[] => {
      if (!served || rate === undefined) return []
      const all = counts.volumes(s).slice(0, program.actuals?.volumes.length)
      const own = program.segments[s]
      const taken = shares ? all.map((count, m) => graph.multiply(shares[s][m], count)) : all
      const values = involvement.slice(0, all.length).map((value) => inputs.value(value))
      const inherited = !shares && involvement === own.involvement
      const involved = inherited ? counts.involved(s).slice(0, all.length) : involvedIn(own, taken, values, inputs)
      const live = all.map((_, m) => shadow?.[m] !== true && graph.known(involved[m]) !== 0)
      return [{ segment: s, part, rate, involved, live }]
    })
  })
}

/** The numbers of resolutions that the closed months state. */
export function closedGroupsOf({ actuals, segments }: Program, streams: readonly Stream[]): ClosedGroup[] {
  if (actuals?.parts) {
    const bySegment = actuals.segments !== undefined
    return actuals.parts.flatMap((own, p) =>
      own.map(
        (resolved, s): ClosedGroup => ({
          resolved,
          streams: streams.filter(({ part, segment }) => part === p && (!bySegment || segment === s)),
        }),
      ),
    )
  }
  if (!actuals?.segments) return [{ streams, resolved: actuals?.resolved ?? [] }]
  return segments.map((_, s) => ({
    streams: streams.filter(({ segment }) => segment === s),
    resolved: actuals.segments?.[s].resolved ?? [],
  }))
}

/** The noise of a stream in a month, by its place in the program; undefined if it has none. */
export function noiseOf({ rates }: Program, { rate, live }: Stream, m: number): number | undefined {
  const { noise } = rates[rate]
  return noise && live[m] && noise.levels[m].sd > 0 ? noise.place : undefined
}

/** The places of noises in the order of the streams on which they act. */
export const placesIn = (program: Program, streams: readonly Stream[]): number[] => [
  ...new Set(streams.flatMap((stream) => stream.live.flatMap((_, m) => noiseOf(program, stream, m) ?? []))),
]

/** For each closed month and group, the noise that its resolutions determine. */
export function determinedIn(
  program: Program,
  streams: readonly Stream[],
  groups: readonly ClosedGroup[],
): (number | undefined)[][] {
  const places = placesIn(program, streams)
  return (program.actuals?.volumes ?? []).map((_, m) =>
    determinedBy(
      places,
      groups.map((group) => group.streams.flatMap((stream) => noiseOf(program, stream, m) ?? [])),
      (place) => program.noises[place].name,
    ),
  )
}
