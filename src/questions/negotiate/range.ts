// Reads the numbers of a sweep from a list or from `lowest:highest:step`.
import { ParameterError, shown, UsageError } from '../../errors.ts'
import { parseScalar } from '../../notation/scalar.ts'
import { numberOf } from './bounds.ts'
import type { Stated } from '../../options/kinds.ts'
import type { Field } from '../../scenario/edit/field.ts'
import { formatNumber } from '../../notation/number.ts'

export const MOST_VARIANTS = 10_000

/** @throws UsageError for anything but a list of numbers in the units of the field */
export function valuesOf(field: Field, given: readonly Stated[] | string): readonly number[] {
  if (typeof given === 'string')
    return given.includes(':') ? stepped(field, given) : given.split(',').map((one) => numberOf(field, one))
  const list: unknown = given
  if (!Array.isArray(list) || list.length === 0)
    throw new UsageError(`${field.path}: expected a list of numbers, or a text such as 50%:90%:5pt, got ${shown(list)}`)
  return given.map((one) => numberOf(field, one))
}

function stepped(field: Field, text: string): readonly number[] {
  const parts = text.split(':')
  if (parts.length !== 3)
    throw new UsageError(`${field.path}: expected lowest:highest:step such as 50%:90%:5pt, got ${shown(text)}`)
  const [low, high] = parts.slice(0, 2).map((part) => numberOf(field, part))
  const step = stepOf(field, parts[2])
  if (!(low <= high && step > 0))
    throw new UsageError(`${field.path}: expected lowest:highest:step with a step above 0, got ${shown(text)}`)
  const count = Math.floor((high - low) / step + 1e-9) + 1
  if (count > MOST_VARIANTS)
    throw new UsageError(
      `${field.path}: expected at most ${formatNumber(MOST_VARIANTS)} numbers, got ${formatNumber(count)} from ${shown(text)}. Use a larger step`,
    )
  // 0.5 + 3 · 0.05 is 0.6500000000000001 in binary. Twelve digits restore 0.65.
  return Array.from({ length: count }, (_, k) => Number((low + k * step).toPrecision(12)))
}

/** The step of a share may be in percentage points. */
function stepOf(field: Field, text: string): number {
  try {
    if (/pt$/.test(text.trim())) return parseScalar(text.trim(), 'points').value
  } catch (error) {
    if (!(error instanceof ParameterError)) throw error
  }
  return numberOf(field, text)
}
