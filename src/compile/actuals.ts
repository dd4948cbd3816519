// Closed months, and how the noise of their volumes goes with that of their resolutions.
import type { Actuals, ResolvedScenario } from '../scenario/resolved.ts'
import type { Program } from './program.ts'

export function actualsProgram(
  { correlations }: ResolvedScenario,
  { conversations, resolutions }: Actuals,
): NonNullable<Program['actuals']> {
  const pair = correlations.find(({ between }) => between.includes('conversations.noise') && between.includes('resolution.noise'))
  return { volumes: conversations, ...(resolutions && { resolved: resolutions }), rho: pair?.rho ?? 0 }
}
