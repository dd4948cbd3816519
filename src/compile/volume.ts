// Compiles volumes: what all segments share, and each segment's own level, noise, spikes and involvement.
import type { Bound, Value } from '../contract/operation.ts'
import { byMonth, type Staged } from '../contract/stages.ts'
import { log1p } from '../numerics/kernel/math.ts'
import type { Conversations, ResolvedScenario, ResolvedSegment } from '../scenario/resolved.ts'
import { resampledProgram } from './bootstrap.ts'
import { eventProgram } from './events.ts'
import { compiledHistory } from './history.ts'
import { levelProgram } from './level.ts'
import type { LevelProgram, NoiseProgram, SegmentProgram, SharedVolume } from './program.ts'
import type { CompileTools } from './tools.ts'

type Noise = NonNullable<Conversations['noise']>

function volumeNoise(name: string, noise: Noise | undefined, tools: CompileTools): NoiseProgram | undefined {
  if (!noise || noise.cv === 0) return undefined
  return { name, phi: noise.autocorrelation, sd: Math.sqrt(log1p(noise.cv * noise.cv)), dimensions: tools.each(name) }
}

export function sharedVolume(scenario: ResolvedScenario, tools: CompileTools): SharedVolume {
  const { months, conversations: stated } = scenario
  const noise = volumeNoise('conversations.noise', stated.noise, tools)
  return {
    ...(noise && { noise }),
    ...(stated.history && compiledHistory('conversations', stated.history, scenario, tools)),
    ...(stated.last !== undefined && { last: stated.last }),
    ...(stated.bootstrap && { resampled: resampledProgram(stated.bootstrap, months, tools) }),
    ...(stated.spikes && { spikes: eventProgram('conversations.spikes', stated.spikes, 1, tools) }),
  }
}

/** A segment's volume. @param place its place, or undefined in a plan without segments */
export function segmentVolume(
  scenario: ResolvedScenario,
  bound: Bound<ResolvedScenario>,
  place: number | undefined,
  tools: CompileTools,
): Omit<SegmentProgram, 'rate' | 'human' | 'counting'> {
  const { months, start } = scenario
  const segment = place === undefined ? undefined : scenario.segments?.[place]
  const drawn = place === undefined ? undefined : bound.segments?.[place]
  const path = segment ? `segments.${segment.name}.conversations` : ''
  const noise = segment && volumeNoise(`${path}.noise`, segment.conversations.noise, tools)
  const { involvement } = { ...bound.conversations, ...drawn?.conversations }
  return {
    name: segment?.name ?? '',
    level: levelOf(scenario, bound, segment, drawn),
    ...(drawn?.share !== undefined && { shares: byMonth(drawn.share as Staged<Value>, start, months) }),
    ...(segment?.conversations.apart && { apart: true as const }),
    ...(noise && { noise }),
    ...(segment?.conversations.history && compiledHistory(path, segment.conversations.history, scenario, tools)),
    ...(segment?.conversations.bootstrap && {
      resampled: resampledProgram(segment.conversations.bootstrap, months, tools, `${path}.bootstrap`),
    }),
    ...(segment?.conversations.last !== undefined && { last: segment.conversations.last }),
    ...(segment?.conversations.spikes && { spikes: eventProgram(`${path}.spikes`, segment.conversations.spikes, 1, tools) }),
    involvement: byMonth(involvement as Staged<Value>, start, months),
  }
}

/** The level of the plan, or a segment's own. Growth, seasons, days and a factor on listed volumes that it leaves out are those of the plan. */
function levelOf(
  scenario: ResolvedScenario,
  bound: Bound<ResolvedScenario>,
  segment: ResolvedSegment | undefined,
  drawn: Bound<ResolvedSegment> | undefined,
): LevelProgram {
  const shared = scenario.conversations
  if (!segment || segment.share !== undefined) return levelProgram(shared, bound.conversations, scenario, 'conversations')
  const own = segment.conversations
  const path = `segments.${segment.name}.conversations`
  if (own.monthly) {
    const level = drawn?.conversations.level ?? bound.conversations.level
    return levelProgram(own, { level } as Partial<Bound<Conversations>>, scenario, path)
  }
  if (own.fitted) return levelProgram(own, { ...drawn?.conversations } as Bound<Conversations>, scenario, path)
  return levelProgram(
    { ...shared, ...own },
    { ...bound.conversations, ...drawn?.conversations } as Bound<Conversations>,
    scenario,
    path,
  )
}
