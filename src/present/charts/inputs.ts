// The axis of an uncertain input: its name in words, and its unit.
import { INPUT_LABELS } from '../../scenario/input-labels.generated.ts'

const SHARES: ReadonlySet<string> = new Set(['share', 'points'])

export interface InputAxis {
  readonly title: string
  readonly format?: string
}

/** An input that is no field of a plan, such as the noise of a month, has its own name. @param input such as `resolution.rate` */
export function inputAxis(input: string): InputAxis {
  const [group, ...rest] = input.split('.')
  const field = rest.length === 1 ? (INPUT_LABELS.get(input) ?? INPUT_LABELS.get(`${group}.*`)) : undefined
  return field === undefined ? { title: input } : { title: field.label, ...(SHARES.has(field.kind) && { format: '.0%' }) }
}
