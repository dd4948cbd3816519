// Figures that a run derives from its complete sample: percentiles of kept trials, and headline figures integrated along lines. They
// travel as bytes if another machine derived them.
import type { OrderFigures } from '../numerics/estimators/levels.ts'
import type { LineOutcome } from './lines.ts'
import type { MonthFigures } from './order-figures.ts'

export interface Derived {
  readonly lines?: LineOutcome
  /** For each column. They come from its histogram if trials are not kept. */
  readonly horizon: readonly OrderFigures[]
  /** For each pair of offers. */
  readonly differences: readonly OrderFigures[]
  /** By column and month, if months are kept. */
  readonly monthly: readonly (readonly MonthFigures[])[]
  /** By column and requested sum of months, if months are kept. */
  readonly sums: readonly (readonly MonthFigures[])[]
}

/** JSON has neither typed arrays nor numbers that are not finite, so both are tagged. */
const COLUMN = 'float64'
const NUMBER = 'number'

function plain(_: string, value: unknown): unknown {
  if (value instanceof Float64Array) return { [COLUMN]: [...value] }
  if (typeof value !== 'number' || (Number.isFinite(value) && !Object.is(value, -0))) return value
  return { [NUMBER]: Object.is(value, -0) ? '-0' : String(value) }
}

function revived(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (COLUMN in value) return Float64Array.from(value[COLUMN] as readonly number[])
  return NUMBER in value ? Number(value[NUMBER]) : value
}

/** JSON writes a double with the fewest digits that restore it, so the same numbers give the same bytes. */
export const encodeDerived = (derived: Derived): Uint8Array => new TextEncoder().encode(JSON.stringify(derived, plain))
export const decodeDerived = (bytes: Uint8Array): Derived => JSON.parse(new TextDecoder().decode(bytes), revived) as Derived
