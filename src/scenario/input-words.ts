// The inputs of a plan in words: their labels, and numbers in their units.
import { formatNumber } from '../notation/number.ts'
import { INPUT_LABELS } from './input-labels.generated.ts'

const SHARES: ReadonlySet<string> = new Set(['share', 'points'])
/** The rate of a trial's horizon, by which comparisons may sort the trials. */
const RATE = { label: 'Resolution rate on average', kind: 'share' } as const

/** The label and the kind of an input. Undefined for an input that is no field of a plan, such as the noise of a month. */
export function inputField(input: string): { readonly label: string; readonly kind: string } | undefined {
  if (input === 'rate') return RATE
  const [group, ...rest] = input.split('.')
  return rest.length === 1 ? (INPUT_LABELS.get(input) ?? INPUT_LABELS.get(`${group}.*`)) : undefined
}

/** Whether readers know the numbers of an input in percent. */
export const isShare = (input: string): boolean => SHARES.has(inputField(input)?.kind ?? '')

/** A number of an input with four digits: 67.79% or 52,160. @param input such as `resolution.rate` */
export const inputNumber = (input: string, value: number): string => (isShare(input) ? `${rounded(100 * value)}%` : rounded(value))

const rounded = (value: number): string => formatNumber(Number(value.toPrecision(4)), 0, 6)
