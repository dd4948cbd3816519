// The segments of a plan with every driver at its mean: volume, rate and share of the whole.
import { compile } from '../compile/compile.ts'
import type { ResolvedScenario } from '../scenario/resolved.ts'
import { certain } from './certain.ts'
import { driversOf } from './drivers.ts'

export interface SegmentPoint {
  readonly segment: string
  /** Conversations over the plan. */
  readonly conversations: number
  /** Genuine resolutions as a share of the conversations of the AI, before any offer's own rate; absent without a rate. */
  readonly rate?: number
  readonly monthly: readonly { readonly conversations: number; readonly rate?: number }[]
  /** The share of all conversations; 0 if there are none. */
  readonly share: number
}

/** Empty for a plan without segments. */
export function segmentPoints(scenario: ResolvedScenario): SegmentPoint[] {
  if (!scenario.segments) return []
  const program = compile(certain(scenario), { measure: 'bill', pairs: 'none' })
  const streams = program.segments.map(({ involvement, rate }) => ({
    served: true,
    involvement,
    people: 0,
    ...(rate !== undefined && { rate }),
  }))
  const drivers = driversOf(program, { segments: streams })
  const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0)
  const volumes = drivers.map(({ tickets }) => sum(tickets))
  const all = sum(volumes)
  return drivers.map(({ involved, rate }, s): SegmentPoint => {
    const handled = sum(involved)
    const resolved = sum(involved.map((count, m) => count * rate[m]))
    const rated = streams[s].rate !== undefined && handled > 0
    return {
      segment: program.segments[s].name,
      conversations: volumes[s],
      ...(rated && { rate: resolved / handled }),
      monthly: drivers[s].tickets.map((conversations, m) => ({ conversations, ...(rated && { rate: rate[m] }) })),
      share: all > 0 ? volumes[s] / all : 0,
    }
  })
}
