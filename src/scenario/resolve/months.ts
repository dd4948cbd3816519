// Reads CSV files that have one row for each month of the plan.
import { shown } from '../../errors.ts'
import { columnsOf, invoiceIn, type Meaning, partColumn, segmentColumn } from '../../forecasting/history/columns.ts'
import { planNameOf } from '../../forecasting/history/segments.ts'
import { LIMITS } from '../../limits.ts'
import { formatMonth } from '../../months.ts'
import { TableColumn, rowCount, readAs } from '../../notation/table/columns.ts'
import { CsvError, type CsvTable } from '../../notation/table/csv.ts'
import { readDates } from '../../notation/table/dates.ts'
import type { Decimal } from '../../notation/table/numbers.ts'
import type { RawScenario } from '../schema.ts'
import { wantedSegment } from './segment-names.ts'
import type { Tables } from './files.ts'

export interface MonthRows {
  /** The number of months. */
  readonly count: number
  /** Whether each month has rows for each segment, in the order of their names. */
  readonly split: boolean
  /** Whether its rows are for the parts of an offer. */
  readonly parted: boolean
  /** The month of each row, counted from the first, and its segment and part, which are 0 in a file that names none. */
  readonly places: readonly RowPlace[]
  readonly lines: readonly number[]
  /** Returns the numbers of a column, one for each row, or undefined if the file has no such column. */
  column(name: MonthColumn, least: 'of 0 or more' | 'above 0'): number[] | undefined
  /** The column itself, with its header's unit and its cells' currencies. */
  source(name: MonthColumn): TableColumn | undefined
}

export interface RowPlace {
  readonly month: number
  readonly segment: number
  readonly part: number
}

type MonthColumn = Exclude<Meaning, 'month' | 'segment'>

interface MonthFile {
  readonly file: string
  /** The decimal sign of this file; otherwise that of all files of the plan. */
  readonly decimal?: Decimal | undefined
}

/**
 * @param problem takes the rest of a message that starts with "expected"
 * @param of the names of the segments and of the parts that rows may be for
 */
export async function readMonths(
  { file, decimal }: MonthFile,
  names: readonly MonthColumn[],
  { start, months, currency }: RawScenario,
  tables: Tables,
  problem: (message: string) => void,
  { segments, parts }: RowNames = { segments: [], parts: [] },
): Promise<MonthRows | undefined> {
  try {
    const whole = await tables.read(file)
    const table = namedAsPlan(whole, segmentColumn(whole.header), segments)
    const paid = names.includes('invoice') ? invoiceIn(table.header, currency) : undefined
    const { month, notes, segment, ...found } = columnsOf(table.header, file, paid === undefined ? {} : { invoice: paid })
    const split = segment !== undefined && isSplit(table, segment, segments)
    const part = partColumn(table.header)
    const parted =
      part >= 0 && parts.length > 0 && (table.header[part].trim().toLowerCase() === 'part' || isSplit(table, part, parts))
    const columns = { month, segment: split ? segment : undefined, part: parted ? part : undefined }
    const rows = split || parted ? byName(table, columns, { segments, parts }, file) : inOrder(table, { month, segment }, file)
    const distinct = rows.filter((row, k) => k === 0 || row.month !== rows[k - 1].month)
    distinct.slice(0, months).forEach((row, k) => {
      if (row.month !== start + k)
        problem(`${formatMonth(start + k)} in line ${row.line} of ${shown(file)}, got ${shown(formatMonth(row.month))}`)
    })
    const places = new Map(names.flatMap((name) => (found[name] === undefined ? [] : [[name, found[name]] as const])))
    const header = (place: number) => table.header[place]
    const range = rows.length === 0 ? '' : `, ${formatMonth(rows[0].month)} to ${formatMonth(rows[rows.length - 1].month)}`
    const read = Object.fromEntries([
      ['month', header(month)],
      ...[...places].map(([name, place]) => [name, header(place)]),
      ...(split ? [['segment', header(segment)]] : []),
      ...(parted ? [['part', header(part)]] : []),
    ])
    const kinds = [split ? rowCount(segments.length, 'segment') : '', parted ? rowCount(parts.length, 'part') : '']
    const named = kinds.filter((kind) => kind !== '').join(' and ')
    const of = named === '' ? '' : ` of ${named}`
    tables.note(file, readAs(read, `${rowCount(distinct.length, 'month')}${of}${range}`, table.header))
    if (names.includes('resolutions')) for (const note of notes) tables.note(file, note)
    const source = (name: MonthColumn) => {
      const place = places.get(name)
      return place === undefined ? undefined : new TableColumn({ ...table, rows }, place, file, decimal ?? tables.decimal)
    }
    return {
      count: distinct.length,
      split,
      parted,
      places: rows.map((row) => ({
        month: distinct.findIndex(({ month: own }) => own === row.month),
        segment: split ? segments.indexOf(nameIn(row, segment)) : 0,
        part: parted ? parts.indexOf(nameIn(row, part)) : 0,
      })),
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

interface Places {
  readonly month: number
  readonly segment?: number | undefined
}

function dated({ rows }: CsvTable, place: number, file: string): readonly Row[] {
  const dates = readDates(
    rows.map(({ cells, line }) => ({ text: cells[place], line })),
    file,
  )
  return rows.map((row, k) => ({ ...row, month: dates[k].month })).sort((a, b) => a.month - b.month)
}

function inOrder(table: CsvTable, { month, segment }: Places, file: string): readonly Row[] {
  const sorted = dated(table, month, file)
  const twice = sorted.find((row, k) => k > 0 && sorted[k - 1].month === row.month)
  if (!twice) return sorted
  const hint =
    segment === undefined
      ? ''
      : `. If column ${shown(table.header[segment])} names segments, the plan needs \`segments\` of these names`
  throw new CsvError(
    `one row per month in ${shown(file)}, got a second one for ${formatMonth(twice.month)} in line ${twice.line}${hint}`,
  )
}

const nameIn = ({ cells }: CsvTable['rows'][number], place: number): string => cells[place].trim()

/** The table with the names of the plan, such as Live-chat for "Live chat", as a history of segments has them. */
function namedAsPlan(table: CsvTable, place: number, segments: readonly string[]): CsvTable {
  if (place < 0 || segments.length === 0) return table
  const rows = table.rows.map((row) => {
    const name = planNameOf(nameIn(row, place))
    return segments.includes(nameIn(row, place)) || !segments.includes(name)
      ? row
      : { ...row, cells: row.cells.map((cell, k) => (k === place ? name : cell)) }
  })
  return { ...table, rows }
}

/** Whether a column names segments. A column with one and the same other word, such as "all", does not. */
function isSplit({ rows }: CsvTable, place: number, segments: readonly string[]): boolean {
  if (segments.length === 0) return false
  const found = new Set(rows.map((row) => nameIn(row, place)))
  return found.size > 1 || segments.some((name) => found.has(name))
}

export interface RowNames {
  readonly segments: readonly string[]
  readonly parts: readonly string[]
}

interface NameColumns {
  readonly month: number
  readonly segment: number | undefined
  readonly part: number | undefined
}

/** Rows for each segment in each month, and for those parts that have one. */
function byName(table: CsvTable, columns: NameColumns, { segments, parts }: RowNames, file: string): readonly Row[] {
  const nameOf = (row: Row, column: number | undefined, known: readonly string[], wanted: typeof wantedSegment): string => {
    if (column === undefined) return ''
    const name = nameIn(row, column)
    if (known.includes(name)) return name
    throw new CsvError(wanted(name, known, ` in line ${row.line}, column ${shown(table.header[column])} of ${shown(file)}`))
  }
  const months = new Map<number, Map<string, Row>>()
  for (const row of dated(table, columns.month, file)) {
    const [segment, part] = [nameOf(row, columns.segment, segments, wantedSegment), nameOf(row, columns.part, parts, wantedPart)]
    const own = months.get(row.month) ?? new Map<string, Row>()
    const key = keyOf(segment, part)
    if (own.has(key)) {
      const kinds = ['month', ...(segment === '' ? [] : ['segment']), ...(part === '' ? [] : ['part'])]
      const each = `${kinds.slice(0, -1).join(', ')} and ${kinds[kinds.length - 1]}`
      const name = [segment, part].filter((one) => one !== '').join(', ')
      throw new CsvError(
        `one row per ${each} in ${shown(file)}, got a second one for ${name} in ${formatMonth(row.month)} in line ${row.line}`,
      )
    }
    months.set(row.month, own.set(key, row))
  }
  const [allSegments, allParts] = [columns.segment === undefined ? [''] : segments, columns.part === undefined ? [''] : parts]
  return [...months].flatMap(([at, own]) =>
    allSegments.flatMap((segment) => {
      const rows = allParts.flatMap((part) => own.get(keyOf(segment, part)) ?? [])
      if (rows.length > 0) return rows
      throw new CsvError(`a row for each segment in ${formatMonth(at)} in ${shown(file)}, got none for ${segment}`)
    }),
  )
}

/** No name has a line break. */
const keyOf = (segment: string, part: string): string => `${segment}\n${part}`

const wantedPart = (name: string, parts: readonly string[], where = ''): string =>
  `one of the parts (${parts.join(', ')})${where}, got ${shown(name)}`
