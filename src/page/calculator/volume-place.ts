// The volume of a plan as one number that a strip can move: a number, the level of a fit, or a factor on a history.
import type { FieldChange, Form } from './plan.ts'
import { atLevel } from './spread.ts'

export interface VolumePlace {
  readonly key: 'volume' | 'level'
  /** Conversations a month, or the factor on those of the history. */
  readonly value: number
  /** What the plan states for another value. */
  readonly change: (value: number) => FieldChange
}

const BASE = ['conversations', 'base'] as const

/** Nothing for a plan that states its volume in another way, such as a range. */
export function volumePlaceOf({ volume, fitted, fit, level }: Form): VolumePlace | undefined {
  if (volume !== undefined) return { key: 'volume', value: volume, change: (value) => [BASE, Math.max(1, Math.round(value))] }
  if (fitted !== undefined && fit)
    return { key: 'volume', value: fitted, change: (value) => [BASE, atLevel(fit, Math.max(1, Math.round(value)))] }
  if (level === undefined) return undefined
  return { key: 'level', value: level, change: (value) => [['conversations', 'level'], Number(value.toFixed(4))] }
}
