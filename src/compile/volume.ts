// Compiles the volume of each month: level, growth, seasons, and noise or resampled past months, and the AI's involvement.
import type { Bound, Value } from '../contract/operation.ts'
import { isStaged, type Staged, stageAt } from '../contract/stages.ts'
import { ScenarioError } from '../errors.ts'
import { calendarMonth, DAYS_A_MONTH, daysIn } from '../months.ts'
import { expm1, log1p, pow } from '../numerics/kernel/math.ts'
import type { ResolvedScenario } from '../scenario/resolved.ts'
import { resampledProgram } from './bootstrap.ts'
import { eventProgram } from './events.ts'
import type { VolumeProgram } from './program.ts'
import type { CompileTools } from './tools.ts'

export function volumeProgram(scenario: ResolvedScenario, bound: Bound<ResolvedScenario>, tools: CompileTools): VolumeProgram {
  const { months, start, conversations: stated } = scenario
  const { base, growth, noise, involvement, actions } = bound.conversations
  const season = stated.seasonality ?? new Array<number>(12).fill(1)
  const average = season.reduce((sum, factor) => sum + factor, 0) / 12
  if (!(average > 0))
    throw new ScenarioError([{ path: 'conversations.seasonality', message: 'expected at least one factor above 0' }])
  const monthly =
    growth && typeof growth.value === 'number' ? (growth.per === 'year' ? expm1(log1p(growth.value) / 12) : growth.value) : 0
  const length = (m: number) => (stated.days ? daysIn(start + m) / DAYS_A_MONTH : 1)
  const level = (m: number) =>
    pow(1 + monthly, m) * (stated.seasonality ? season[calendarMonth(start + m)] / average : 1) * length(m)
  const levels = Float64Array.from({ length: months }, (_, m) => (stated.monthly ? stated.monthly[m] : level(m)))
  const sigma = noise ? Math.sqrt(log1p(noise.cv * noise.cv)) : 0
  const stages = involvement as Staged<Value>
  return {
    levels,
    ...(base !== undefined && { base }),
    ...(growth && typeof growth.value !== 'number' && { growth: { input: growth.value.input, yearly: growth.per === 'year' } }),
    ...(noise &&
      noise.cv > 0 && {
        noise: {
          name: 'conversations.noise',
          phi: noise.autocorrelation,
          sd: sigma,
          dimensions: tools.each('conversations.noise'),
        },
      }),
    ...(stated.last !== undefined && { last: { volume: stated.last, level: level(-1) } }),
    ...(stated.bootstrap && { resampled: resampledProgram(stated.bootstrap, months, tools) }),
    ...(stated.spikes && { spikes: eventProgram('conversations.spikes', stated.spikes, 1, tools) }),
    involvement: Array.from({ length: months }, (_, m) => (isStaged(stages) ? stageAt(stages, start + m) : stages)),
    actions,
  }
}
