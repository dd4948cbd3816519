// The segments of a history that has a row for each of them and each date.
import { shown } from '../../errors.ts'
import { nearest } from '../../notation/near.ts'
import { CsvError, type CsvTable } from '../../notation/table/csv.ts'
import { columnsOf } from './columns.ts'
import type { HistoryOptions } from './history.ts'

const nameIn = ({ cells }: CsvTable['rows'][number], place: number): string => cells[place].trim()

/**
 * The segments that a column names, in the order of their names. Empty if rows are added up, if the file has no such column, or if the
 * column does not tell rows of one date apart and nobody stated it.
 * @throws CsvError
 */
export function segmentsIn(table: CsvTable, file: string, { columns: stated, sumRows }: HistoryOptions): string[] {
  const { month, segment } = columnsOf(table.header, file, stated)
  if (segment === undefined || sumRows === true) return []
  const names = [...new Set(table.rows.map((row) => nameIn(row, segment)))].sort()
  const dates = new Set(table.rows.map(({ cells }) => cells[month]))
  if (stated?.segment === undefined && (names.length < 2 || dates.size === table.rows.length)) return []
  const empty = table.rows.find((row) => nameIn(row, segment) === '')
  if (empty)
    throw new CsvError(
      `the name of a segment in line ${empty.line}, column ${shown(table.header[segment])} of ${shown(file)}, got an empty cell: fill it, or add up all rows of a date with \`sumRows: true\` (--sum-rows)`,
    )
  return names
}

/** A segment as the file writes it, and its name in a plan. */
export interface NamedSegment {
  readonly cell: string
  readonly name: string
}

/**
 * The segments of a history with names that a plan takes.
 * @throws CsvError also if two have the same name
 */
export function namedSegments(table: CsvTable, file: string, options: HistoryOptions): NamedSegment[] {
  const found = segmentsIn(table, file, options).map((cell) => ({ cell, name: planNameOf(cell) }))
  const twice = found.find(({ name }, k) => found.slice(0, k).some((other) => other.name === name))
  if (twice === undefined) return found
  const same = found.filter(({ name }) => name === twice.name).map(({ cell }) => shown(cell))
  throw new CsvError(`segments in ${shown(file)} whose names differ in letters and digits, got ${same.join(' and ')}`)
}

/** Names the segment in what is wrong with its rows. */
export function inSegment<T>(name: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw new CsvError(`${error.message} (segment ${shown(name)})`)
  }
}

/** @throws CsvError */
export function rowsOfSegment(table: CsvTable, file: string, place: number | undefined, name: string): CsvTable {
  if (place === undefined)
    throw new CsvError(
      `a column of segments in line 1 of ${shown(file)}, such as \`segment\` or \`channel\`, got none: state its name, as in segment=NAME`,
    )
  const rows = table.rows.filter((row) => nameIn(row, place) === name)
  if (rows.length > 0) return { ...table, rows }
  const names = [...new Set(table.rows.map((row) => nameIn(row, place)))].sort()
  const near = nearest(name, names)
  const more = names.length > SHOWN ? ' …' : ''
  throw new CsvError(
    `rows of ${shown(name)} in column ${shown(table.header[place])} of ${shown(file)}, which has ${names.slice(0, SHOWN).map(shown).join(', ')}${more}${near === undefined ? '' : `: did you mean ${shown(near)}?`}`,
  )
}

const SHOWN = 12

/** A name that a plan takes: letters, digits, _ and -, with slashes between levels. */
export function planNameOf(cell: string): string {
  const parts = cell.split('/').map((part) => part.trim().replace(/[^A-Za-z0-9_-]+/g, '-'))
  return parts.map((part) => (/^[A-Za-z]/.test(part) ? part : `s${part}`).slice(0, LONGEST)).join('/')
}
const LONGEST = 64
