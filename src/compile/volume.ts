// Compiles the volume of each month: its level, noise or resampled past months, and the AI's involvement.
import type { Bound, Value } from '../contract/operation.ts'
import { byMonth, type Staged } from '../contract/stages.ts'
import { log1p } from '../numerics/kernel/math.ts'
import type { ResolvedScenario } from '../scenario/resolved.ts'
import { resampledProgram } from './bootstrap.ts'
import { eventProgram } from './events.ts'
import { levelProgram } from './level.ts'
import type { VolumeProgram } from './program.ts'
import type { CompileTools } from './tools.ts'

export function volumeProgram(scenario: ResolvedScenario, bound: Bound<ResolvedScenario>, tools: CompileTools): VolumeProgram {
  const { months, start, conversations: stated } = scenario
  const { noise, involvement, actions } = bound.conversations
  const { program: level, before } = levelProgram(stated, bound.conversations, scenario, 'conversations')
  const sigma = noise ? Math.sqrt(log1p(noise.cv * noise.cv)) : 0
  return {
    level,
    ...(noise &&
      noise.cv > 0 && {
        noise: {
          name: 'conversations.noise',
          phi: noise.autocorrelation,
          sd: sigma,
          dimensions: tools.each('conversations.noise'),
        },
      }),
    ...(stated.last !== undefined && { last: { volume: stated.last, level: before } }),
    ...(stated.bootstrap && { resampled: resampledProgram(stated.bootstrap, months, tools) }),
    ...(stated.spikes && { spikes: eventProgram('conversations.spikes', stated.spikes, 1, tools) }),
    involvement: byMonth(involvement as Staged<Value>, start, months),
    actions: byMonth(actions as Staged<Value>, start, months),
  }
}
