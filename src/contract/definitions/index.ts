// The definitions by name: one file and one line each.
import { assumed } from './assumed.ts'
import type { ResolutionDefinition } from './definition.ts'
import { timeout } from './timeout.ts'
import { verified } from './verified.ts'

export { type ResolutionDefinition, type Happened, lastWord, type DefinitionTerms } from './definition.ts'
export { windowsOf, windowWords } from './windows.ts'

/** From the widest to the narrowest. */
export const definitions = { timeout, assumed, verified } as const satisfies Readonly<Record<string, ResolutionDefinition>>
export type DefinitionName = keyof typeof definitions
export const DEFINITION_NAMES = Object.keys(definitions) as DefinitionName[]

const HOUR = 3_600_000

/** 90 min, 24 h, 3 days. */
export function durationText(milliseconds: number): string {
  const hours = milliseconds / HOUR
  if (!Number.isInteger(hours)) return `${milliseconds / 60_000} minutes`
  if (hours > 48 && hours % 24 === 0) return `${hours / 24} days`
  return `${hours} hours`
}
