// A table of columns that are read by ranges of rows, so that a table of any length can be written.
import { visible } from '../../errors.ts'
import { distinctColumns, type OwnColumn } from '../../scenario/table-columns.ts'

export interface Column {
  readonly name: string
  readonly kind: 'index' | 'number' | 'text'
  /** The unit of the numbers: a currency's code, or the things counted. */
  readonly unit?: string
  /** Rows `from` … `to` − 1. */
  values(from: number, to: number): Uint32Array<ArrayBuffer> | Float64Array | readonly string[]
}

export interface Dataset {
  readonly name: string
  readonly rows: number
  readonly columns: readonly Column[]
  /** The origin of the figures, which the file holds under the key `billcast`. */
  readonly origin: Readonly<Record<string, unknown>>
}

/**
 * Makes a table. Every format, and every program that reads it, can tell its columns apart. Programs print names and texts of a table on
 * terminals and pages, so they hold no more than any other text that leaves the program.
 */
export const dataset = (made: Dataset): Dataset => ({ ...made, columns: distinctColumns(made.name, made.columns.map(shownColumn)) })

const shownColumn = (column: Column): Column => ({
  ...column,
  name: visible(column.name),
  ...(column.unit !== undefined && { unit: visible(column.unit) }),
})

export const indexColumn = (name: OwnColumn): Column => ({
  name,
  kind: 'index',
  values(from, to) {
    const numbers = new Uint32Array(to - from)
    for (let i = 0; i < numbers.length; i++) numbers[i] = from + i
    return numbers
  },
})

export const numberColumn = (name: string, data: Float64Array, unit?: string): Column => ({
  name,
  kind: 'number',
  ...(unit !== undefined && { unit }),
  values: (from, to) => data.subarray(from, to),
})

export const textColumn = (name: string, data: readonly string[]): Column => ({
  name,
  kind: 'text',
  values: (from, to) => data.slice(from, to).map(visible),
})

/** Rows in a batch, which is a few megabytes. */
const BATCH = 65_536

/** The range of each batch. An empty table has one empty batch. */
export function batches(rows: number): (readonly [from: number, to: number])[] {
  const count = Math.max(1, Math.ceil(rows / BATCH))
  return Array.from({ length: count }, (_, k) => [k * BATCH, Math.min(rows, (k + 1) * BATCH)] as const)
}
