// Reads CSV files that have one row for each month of the plan.
import { shown } from '../../errors.ts'
import { columnsOf, invoiceIn, type Meaning } from '../../forecasting/history/columns.ts'
import { LIMITS } from '../../limits.ts'
import { formatMonth } from '../../months.ts'
import { TableColumn, rowCount, readAs } from '../../notation/table/columns.ts'
import { CsvError, type CsvTable } from '../../notation/table/csv.ts'
import { readDates } from '../../notation/table/dates.ts'
import type { Decimal } from '../../notation/table/numbers.ts'
import type { RawScenario } from '../schema.ts'
import type { Tables } from './files.ts'

export interface MonthRows {
  readonly count: number
  readonly lines: readonly number[]
  /** Returns the numbers of a column, or undefined if the file has no such column. */
  column(name: MonthColumn, least: 'of 0 or more' | 'above 0'): number[] | undefined
  /** The column itself, with its header's unit and its cells' currencies. */
  source(name: MonthColumn): TableColumn | undefined
}

type MonthColumn = Exclude<Meaning, 'month'>

interface MonthFile {
  readonly file: string
  /** The decimal sign of this file; otherwise that of all files of the plan. */
  readonly decimal?: Decimal | undefined
}

/** @param problem takes the rest of a message that starts with "expected" */
export async function readMonths(
  { file, decimal }: MonthFile,
  names: readonly MonthColumn[],
  { start, months, currency }: RawScenario,
  tables: Tables,
  problem: (message: string) => void,
): Promise<MonthRows | undefined> {
  try {
    const table = await tables.read(file)
    const paid = names.includes('invoice') ? invoiceIn(table.header, currency) : undefined
    const { month, notes, ...found } = columnsOf(table.header, file, paid === undefined ? {} : { invoice: paid })
    const rows = inOrder(table, month, file)
    rows.slice(0, months).forEach((row, k) => {
      if (row.month !== start + k)
        problem(`${formatMonth(start + k)} in line ${row.line} of ${shown(file)}, got ${shown(formatMonth(row.month))}`)
    })
    const places = new Map(names.flatMap((name) => (found[name] === undefined ? [] : [[name, found[name]] as const])))
    const header = (place: number) => table.header[place]
    const range = rows.length === 0 ? '' : `, ${formatMonth(rows[0].month)} to ${formatMonth(rows[rows.length - 1].month)}`
    const read = Object.fromEntries([['month', header(month)], ...[...places].map(([name, place]) => [name, header(place)])])
    tables.note(file, readAs(read, `${rowCount(rows.length, 'month')}${range}`, table.header))
    if (names.includes('resolutions')) for (const note of notes) tables.note(file, note)
    const source = (name: MonthColumn) => {
      const place = places.get(name)
      return place === undefined ? undefined : new TableColumn({ ...table, rows }, place, file, decimal ?? tables.decimal)
    }
    return {
      count: rows.length,
      lines: rows.map(({ line }) => line),
      source,
      column: (name, least) => numbersOf(source(name), least, rows.length, problem),
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    problem(error.message)
    return undefined
  }
}

function numbersOf(
  column: TableColumn | undefined,
  least: string,
  rows: number,
  problem: (message: string) => void,
): number[] | undefined {
  if (column === undefined) return undefined
  try {
    return column.numbers(
      (value) => value <= LIMITS.quantity && (value > 0 || (value === 0 && least === 'of 0 or more')),
      `a number ${least}`,
      'filled',
    )
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    problem(error.message)
    return new Array<number>(rows).fill(Number.NaN)
  }
}

type Row = CsvTable['rows'][number] & { readonly month: number }

function inOrder({ rows }: CsvTable, place: number, file: string): readonly Row[] {
  const dates = readDates(
    rows.map(({ cells, line }) => ({ text: cells[place], line })),
    file,
  )
  const sorted = rows.map((row, k) => ({ ...row, month: dates[k].month })).sort((a, b) => a.month - b.month)
  const twice = sorted.find(({ month }, k) => k > 0 && sorted[k - 1].month === month)
  if (twice)
    throw new CsvError(
      `one row per month in ${shown(file)}, got a second one for ${formatMonth(twice.month)} in line ${twice.line}`,
    )
  return sorted
}
