// Chooses the range of numbers in which a field is searched.
import type { Stated } from '../../options/kinds.ts'
import { ScenarioError, shown, UsageError } from '../../errors.ts'
import { pow } from '../../numerics/kernel/math.ts'
import type { Field } from '../../scenario/edit/field.ts'
import type { Study, Variant } from '../study.ts'

/** @throws UsageError for anything but a number in the units of the field */
export const numberOf = (field: Field, written: Stated): number => {
  if (typeof written === 'string') {
    try {
      return field.notation.read(written)
    } catch (error) {
      throw error instanceof UsageError ? new UsageError(`${field.path}: ${error.message}`) : error
    }
  }
  if (typeof written === 'number' && Number.isFinite(written)) return written
  throw new UsageError(`${field.path}: expected a finite number, got ${shown(written)}`)
}

/** `count` numbers from `low` to `high` at equal distances, rounded if the field takes whole numbers. */
export const evenly = (low: number, high: number, count: number, whole: boolean): number[] => {
  const all = Array.from({ length: count }, (_, k) => (k === count - 1 ? high : low + ((high - low) * k) / (count - 1)))
  return whole ? [...new Set(all.map(Math.round))] : all
}

/** All combinations of one number from each list. The last list varies fastest. */
export const combinations = (lists: readonly (readonly number[])[]): readonly (readonly number[])[] =>
  lists.reduce<readonly (readonly number[])[]>((rows, list) => rows.flatMap((row) => list.map((x) => [...row, x])), [[]])

const isAllowed = async (study: Study, field: Field, value: number): Promise<boolean> =>
  (await study.possible(study.data([[field, value]]))) !== undefined

/** Whether a field takes whole numbers only. */
export async function takesWholeNumbers(study: Study, field: Field, near: number): Promise<boolean> {
  const one = Math.max(1, Math.round(near) || 1)
  const allowed = (value: number) => isAllowed(study, field, value)
  return (await allowed(one)) && !(await allowed(one + 0.5)) && (await allowed(one + 1))
}

/** The bounds that the caller asks for. @throws UsageError for bounds that the field does not allow */
export async function statedBounds(
  study: Study,
  field: Field,
  bounds: readonly [Stated, Stated],
): Promise<readonly [number, number]> {
  const given: unknown = bounds
  if (!Array.isArray(given) || given.length !== 2)
    throw new UsageError(`${field.path}: expected two bounds such as [20000, 45000], got ${shown(given)}`)
  const [low, high] = bounds.map((bound) => numberOf(field, bound))
  if (!(low < high)) throw new UsageError(`${field.path}: expected a lower bound and then a higher one, got ${low} and ${high}`)
  for (const value of [low, high]) await allowed(study, field, value)
  return [low, high]
}

/** @throws UsageError with the number and the reason why the plan does not allow it */
export async function allowed(study: Study, field: Field, value: number): Promise<Variant> {
  try {
    return await study.variant(study.data([[field, value]]))
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error
    throw new UsageError(`${field.path} cannot be ${value}: ${error.problems[0]?.message ?? error.message}`)
  }
}

const POWERS = 12
const SHARES = 17

/** Numbers to try if the caller states no bounds: the whole range of a share, otherwise powers of two around the plan's number. */
export async function likelyNumbers(study: Study, field: Field): Promise<readonly number[]> {
  const { now } = field.notation
  const allowedOf = async (values: readonly number[]): Promise<number[]> => {
    const possible = await Promise.all(values.map((value) => isAllowed(study, field, value)))
    return values.filter((_, k) => possible[k])
  }
  const isShare = !(await isAllowed(study, field, 1e4 * Math.max(1, Math.abs(now) || 1))) && (await isAllowed(study, field, 0.5))
  if (isShare) {
    const inner = evenly((await isAllowed(study, field, -0.5)) ? -1 : 0, 1, SHARES, false)
    // A rate with noise cannot be exactly 0 or 1, nor so near that it could not vary as stated.
    const near = [1e-6, 1e-5, 1e-4, 1e-3, 1e-2]
    return allowedOf([...new Set([...inner, ...near, ...near.map((share) => 1 - share)])].sort((a, b) => a - b))
  }
  const whole = await takesWholeNumbers(study, field, now)
  const start = now > 0 ? now : 1
  const powers = Array.from({ length: 2 * POWERS + 1 }, (_, k) => start * pow(2, k - POWERS))
  const values = [0, ...powers].map((value) => (whole ? Math.round(value) : value))
  return allowedOf([...new Set(values)])
}
