// The axis of an uncertain input: its name in words, and its unit.
import { placeAt } from '../../scenario/places.ts'

const SHARES: ReadonlySet<string> = new Set(['share', 'points'])

export interface InputAxis {
  readonly title: string
  readonly format?: string
}

/** An input that is no field of a plan, such as the noise of a month, has its own name. @param input such as `resolution.rate` */
export function inputAxis(input: string): InputAxis {
  const keys = input.split('.')
  // Deeper fields, such as those of segments, share their labels.
  const field = keys.length === 2 ? placeAt(keys)?.field : undefined
  return field === undefined ? { title: input } : { title: field.label, ...(SHARES.has(field.kind) && { format: '.0%' }) }
}
