// Reads the values to fit: numbers of a program, or a column of a table.
import { shown, UsageError } from '../../errors.ts'
import { LIMITS } from '../../limits.ts'
import { formatNumber } from '../../notation/number.ts'
import { readAs, rowCount, shownNames, TableColumn } from '../../notation/table/columns.ts'
import { CsvError, type CsvTable, parseCsv } from '../../notation/table/csv.ts'
import { type Decimal, numberIn } from '../../notation/table/numbers.ts'
import type { FitOptions } from '../../options/fit.ts'

export interface ReadValues {
  readonly values: Float64Array
  /** Whether the cells are percentages. */
  readonly percent: boolean
  /** The column, if the values come from a table. */
  readonly column?: string
  /** The column and rows that were read, and the rows that were skipped. */
  readonly notes: readonly string[]
}

const FEWEST = 8
const MOST = 1_000_000
/** Squares of larger values overflow. */
const LARGEST = 1e150

/**
 * @param input numbers, or the text of a CSV file
 * @throws UsageError for text, gaps that are no gaps, infinities, and fewer than 8 values
 */
export async function readValues(input: string | Iterable<number>, name: string, options: FitOptions): Promise<ReadValues> {
  const read = typeof input === 'string' ? await readColumn(input, name, options) : readNumbers(input, options)
  const { values } = read
  const where = read.column === undefined ? name : `column ${shown(read.column)} of ${shown(name)}`
  if (values.length < FEWEST)
    throw new UsageError(
      `${where}: expected at least ${FEWEST} values, got ${values.length}. Fewer say too little about a distribution`,
    )
  if (values.length > MOST)
    throw new UsageError(
      `${where}: expected at most ${formatNumber(MOST)} values, got ${formatNumber(values.length)}. A random sample of them gives the same fit`,
    )
  return read
}

function readNumbers(input: Iterable<number>, { column }: FitOptions): ReadValues {
  if (typeof input !== 'object' || input === null || typeof input[Symbol.iterator] !== 'function')
    throw new UsageError(`values: expected numbers, such as [41200, 39800, …], or the text of a CSV file, got ${shown(input)}`)
  if (column !== undefined)
    throw new UsageError('column: remove this option, which chooses a column of a CSV file, or pass the text of one')
  const values = [...input]
  const wrong = values.findIndex((x) => typeof x !== 'number' || !(Math.abs(x) <= LARGEST))
  if (wrong >= 0) throw new UsageError(`values[${wrong}]: expected a number between ±1e150, got ${shown(values[wrong])}`)
  return { values: Float64Array.from(values), percent: false, notes: [] }
}

async function readColumn(text: string, name: string, { column, decimal }: FitOptions): Promise<ReadValues> {
  try {
    const table = await parseCsv(new TextEncoder().encode(text), name, LIMITS.fileBytes)
    return cellsOf(table, placeOf(table, name, column), name, decimal)
  } catch (error) {
    if (error instanceof CsvError) throw new UsageError(`expected ${error.message}`)
    throw error
  }
}

/** A number or a percentage; undefined for text, NaN for an empty cell. The sign of its decimals may not be known yet. */
function valueIn(cell: string, decimal: Decimal): number | undefined {
  const share = cell.endsWith('%')
  const value = numberIn(share ? cell.slice(0, -1) : cell, decimal)
  return share && value !== undefined ? value / 100 : value
}

const isNumber = (cell: string): boolean => valueIn(cell, '.') !== undefined || valueIn(cell, ',') !== undefined

/** The place of the stated column, or else of the only column of numbers. */
function placeOf({ header, rows }: CsvTable, file: string, column: string | undefined): number {
  const names = shownNames(header)
  const stated = column === undefined ? -1 : header.indexOf(column)
  if (column !== undefined && stated < 0) throw new CsvError(`a column ${shown(column)} in line 1 of ${shown(file)}, got ${names}`)
  const numbers = [...header.keys()].filter(
    (k) => rows.some(({ cells }) => cells[k] !== '') && rows.every(({ cells }) => isNumber(cells[k])),
  )
  const place = stated >= 0 ? stated : header.length === 1 ? 0 : numbers.length === 1 ? numbers[0] : -1
  if (place < 0) {
    const found = numbers.length === 0 ? `none among ${names}` : numbers.map((k) => shown(header[k])).join(', ')
    throw new CsvError(`one column of numbers in ${shown(file)}, got ${found}: state one with --column or \`column\``)
  }
  if (header[place] !== '' && isNumber(header[place]))
    throw new CsvError(
      `the name of the column in line 1 of ${shown(file)}, got ${shown(header[place])}: add a line with a name above the values`,
    )
  return place
}

function cellsOf(table: CsvTable, place: number, file: string, decimal: Decimal | undefined): ReadValues {
  const column = new TableColumn(table, place, file, decimal)
  const filled = column.cells.filter(({ text }) => text !== '')
  const sign = column.decimal
  const values = filled.map(({ text, line }) => {
    const value = valueIn(text, sign)
    if (value !== undefined && Math.abs(value) <= LARGEST) return value
    throw new CsvError(`a number in line ${line}, column ${shown(column.header)} of ${shown(file)}, got ${shown(text)}`)
  })
  const shares = filled.filter(({ text }) => text.endsWith('%'))
  if (shares.length > 0 && shares.length < filled.length) {
    const other = filled.find(({ text }) => !text.endsWith('%'))
    throw new CsvError(
      `percent signs in all cells of column ${shown(column.header)} of ${shown(file)}, or in none, got ${shown(other?.text)} in line ${other?.line}`,
    )
  }
  const empty = column.cells.length - filled.length
  const units = [...(shares.length > 0 ? ['percentages'] : []), ...(sign === ',' ? ['decimal commas'] : [])]
  return {
    values: Float64Array.from(values),
    percent: shares.length > 0,
    column: column.header,
    notes: [
      readAs({ values: column.header }, [rowCount(filled.length, 'row'), ...units].join(', '), table.header),
      ...(empty > 0 ? [`left out ${rowCount(empty, 'empty cell')}`] : []),
    ],
  }
}
