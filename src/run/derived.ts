// What a run reads off its complete sample: percentiles of what is kept, and headline figures along lines. Another machine may have done
// it; then it comes as bytes.
import type { OrderFigures } from '../numerics/estimators/levels.ts'
import type { LineOutcome } from './lines.ts'
import type { MonthFigures } from './order-figures.ts'

export interface Derived {
  readonly lines?: LineOutcome
  /** Of each column; from its histogram where no trials are kept. */
  readonly horizon: readonly OrderFigures[]
  /** Of each pair of columns. */
  readonly differences: readonly OrderFigures[]
  /** Of each column, then month, where months are kept. */
  readonly monthly: readonly (readonly MonthFigures[])[]
  /** Of each column, then sum of months that was asked for, where months are kept. */
  readonly sums: readonly (readonly MonthFigures[])[]
}

/** JSON has no arrays of numbers of their own kind, and leaves out what no finite number is. */
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

/** The same numbers give the same bytes: JSON tells a double by the fewest digits that it is read from again. */
export const encodeDerived = (derived: Derived): Uint8Array => new TextEncoder().encode(JSON.stringify(derived, plain))

export const decodeDerived = (bytes: Uint8Array): Derived => JSON.parse(new TextDecoder().decode(bytes), revived) as Derived
