// Between which numbers a field is searched.
import type { Stated } from '../../options/kinds.ts'
import { ScenarioError, shown, UsageError } from '../../errors.ts'
import { pow } from '../../numerics/kernel/math.ts'
import type { Field } from '../../scenario/edit/field.ts'
import type { Study, Variant } from '../study.ts'

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

export interface Point {
  readonly value: number
  readonly variant: Variant
}

/** Places between two ends, evenly. */
export const evenly = (low: number, high: number, count: number, whole: boolean): number[] => {
  const all = Array.from({ length: count }, (_, k) => (k === count - 1 ? high : low + ((high - low) * k) / (count - 1)))
  return whole ? [...new Set(all.map(Math.round))] : all
}

/** Whether only whole numbers may stand in a field. */
export async function takesWholeNumbers(study: Study, field: Field, near: number): Promise<boolean> {
  const [one, between] = [Math.max(1, Math.round(near) || 1), Math.max(1, Math.round(near) || 1) + 0.5]
  const allowed = async (value: number) => (await study.possible(study.data([[field, value]]))) !== undefined
  return (await allowed(one)) && !(await allowed(between)) && (await allowed(one + 1))
}

/** The ends that were asked for, each allowed by the scenario. */
export async function statedBounds(
  study: Study,
  field: Field,
  bounds: readonly [Stated, Stated],
): Promise<readonly [number, number]> {
  const given: unknown = bounds
  if (!Array.isArray(given) || given.length !== 2)
    throw new UsageError(`${field.path}: expected two bounds such as [20000, 45000], got ${shown(given)}`)
  const [low, high] = bounds.map((bound) => numberOf(field, bound))
  if (!(low < high))
    throw new UsageError(`${field.path}: expected bounds of which the first is below the second, got ${low} and ${high}`)
  for (const value of [low, high]) await allowed(study, field, value)
  return [low, high]
}

/** @throws UsageError that tells the number and what the scenario says to it */
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

/** Where nothing is asked for: the whole range of a share, and everything near what stands there otherwise. */
export async function likelyPoints(study: Study, field: Field): Promise<readonly Point[]> {
  const { now } = field.notation
  const pointsOf = async (values: readonly number[]): Promise<Point[]> => {
    const found = await Promise.all(
      values.map(async (value) => ({ value, variant: await study.possible(study.data([[field, value]])) })),
    )
    return found.flatMap(({ value, variant }) => (variant ? [{ value, variant }] : []))
  }
  const isShare = (await pointsOf([1e4 * Math.max(1, Math.abs(now) || 1)])).length === 0 && (await pointsOf([0.5])).length === 1
  if (isShare) {
    const negative = (await pointsOf([-0.5])).length === 1
    const inner = evenly(negative ? -1 : 0, 1, SHARES, false)
    // A rate of exactly 0 or 1 may not go with noise.
    return pointsOf([...new Set([...inner, 1e-6, 1 - 1e-6])].sort((a, b) => a - b))
  }
  const whole = await takesWholeNumbers(study, field, now)
  const start = now > 0 ? now : 1
  const powers = Array.from({ length: 2 * POWERS + 1 }, (_, k) => start * pow(2, k - POWERS))
  const values = [0, ...powers].map((value) => (whole ? Math.round(value) : value))
  return pointsOf([...new Set(values)])
}
