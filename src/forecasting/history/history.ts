// Reads a history into consecutive months. Days and weeks are summed, and a note reports every row that is changed or left out.
import { shown } from '../../errors.ts'
import { formatMonth } from '../../months.ts'
import { TableColumn, rowCount, readAs } from '../../notation/table/columns.ts'
import { CsvError, type CsvTable } from '../../notation/table/csv.ts'
import { statedCurrency } from '../../notation/table/currency.ts'
import { readDates } from '../../notation/table/dates.ts'
import type { Decimal } from '../../notation/table/numbers.ts'
import { zerosAreCounts } from '../fit/counts.ts'
import { columnsOf, type Meaning } from './columns.ts'
import { rowsOfSegment } from './segments.ts'
import { dropPartial, type Grain, grainOf, type DatedRow, spreadWeeks, sumDays, sumWeeks } from './grain.ts'

export interface History {
  readonly start: number
  /** One number for each month from the first to the last; NaN if unknown. */
  readonly conversations: readonly number[]
  readonly resolutions?: readonly number[]
  readonly invoices?: readonly number[]
  /** The currency that the column of invoices states, if any. */
  readonly currency?: string
  /** The month after the last row, complete or not. */
  readonly next: number
  /** The columns and rows that were read: "read as: month = Date, conversations = Tickets; 36 months, 2022-01 to 2024-12". */
  readonly read: string
  /** Every change to a row, in the order of the rows. */
  readonly notes: readonly string[]
}

export interface HistoryOptions {
  readonly columns?: Partial<Record<Meaning, string>>
  /** The decimal sign of the numbers, if the file does not show it. */
  readonly decimal?: Decimal
  /** Whether rows of the same date are parts, such as channels, of one total. */
  readonly sumRows?: boolean
  /** Reads only the rows of this segment. */
  readonly segment?: string
  /** The first and last month to use. */
  readonly since?: number
  readonly until?: number
  /** Whether to use the last month even if it looks incomplete. */
  readonly partial?: boolean
}

interface Row extends DatedRow {
  readonly cells: readonly string[]
}

/** A level, a trend and a spread need at least this many. */
const FEWEST_MONTHS = 6
const MOST_MONTHS = 600
const LARGEST = 1e12

/** @throws CsvError */
export function readHistory(given: CsvTable, file: string, options: HistoryOptions = {}): History {
  const { header } = given
  const columns = columnsOf(header, file, options.columns)
  const table = options.segment === undefined ? given : rowsOfSegment(given, file, columns.segment, options.segment)
  const { month: dates, conversations: volume, resolutions: resolved, invoice } = columns
  const places = [volume, resolved, invoice].filter((place) => place !== undefined)
  const notes: string[] = [...columns.notes]
  const all = inOrder(rowsOf(table, file, dates, places, options), table, file, options.sumRows === true, notes)
  const sized = resolved === undefined ? undefined : all.find(({ values }) => values[1] > values[0])
  if (sized)
    throw new CsvError(
      `no more resolutions than conversations in line ${sized.line} of ${shown(file)}, got ${sized.values[1]} of ${sized.values[0]}`,
    )
  const grain = grainOf(all)
  const dated = grain === 'week' ? spreadWeeks(all, /\bend/i.test(header[dates])) : all
  const known = dated.filter(({ month }) => month >= (options.since ?? -Infinity) && month <= (options.until ?? Infinity))
  if (known.length < dated.length)
    notes.push(
      `${grain === 'week' ? 'days' : 'rows'} before \`since\` or after \`until\` are left out: ${dated.length - known.length}`,
    )
  const last = known[known.length - 1]?.month
  const partial = options.partial === true
  const sums =
    grain === 'week'
      ? sumWeeks(known, all.length, notes)
      : grain === 'day'
        ? sumDays(known, partial, notes)
        : new Map(known.map(({ month, line, values }) => [month, { line, values }]))
  if (grain === 'month' && last !== undefined && !partial) dropPartial(sums, last, notes)
  const counted = zerosAreCounts([...sums.values()].map(({ values }) => values[0]))
  const isKnown = (value: number) => value > 0 || (counted && value === 0)
  const some = [...sums.keys()].filter((month) => (sums.get(month)?.values[0] ?? 0) > 0)
  const whole = [...sums.keys()].filter((month) => isKnown(sums.get(month)?.values[0] ?? Number.NaN))
  if (some.length < FEWEST_MONTHS || last === undefined)
    throw new CsvError(`at least ${FEWEST_MONTHS} months with conversations in ${shown(file)}, got ${some.length}`)
  const [start, end] = [whole[0], whole[whole.length - 1]]
  const length = end - start + 1
  if (length > MOST_MONTHS) throw new CsvError(`at most ${MOST_MONTHS} months in ${shown(file)}, got ${length}`)
  const series = (k: number) => Array.from({ length }, (_, m) => sums.get(start + m)?.values[k] ?? Number.NaN)
  const conversations = series(0)
  conversations.forEach((value, m) => {
    if (isKnown(value)) return
    conversations[m] = Number.NaN
    // A month that weeks cover in part has a note already.
    const inFile = dated.some((row) => row.month === start + m)
    notes.push(...unknownMonth(start + m, value, sums.get(start + m)?.line, inFile))
  })
  const side = (column: number | undefined) => (column === undefined ? undefined : series(places.indexOf(column)))
  const resolutions = side(resolved)
  const invoices = side(invoice)
  const currency = invoice === undefined ? undefined : statedCurrency(new TableColumn(table, invoice, file), 'USD', file)
  const name = (place: number | undefined) => (place === undefined ? undefined : header[place])
  const read = readAs(
    {
      month: name(dates),
      conversations: name(volume),
      resolutions: name(resolved),
      invoice: name(invoice),
      ...(options.segment !== undefined && { segment: name(columns.segment) }),
    },
    `${rowCount(all.length, grain)}, ${dateText(all[0], grain)} to ${dateText(all[all.length - 1], grain)}`,
    header,
  )
  return {
    start,
    conversations,
    ...(resolutions && { resolutions }),
    ...(invoices && { invoices }),
    ...(currency !== undefined && { currency }),
    next: last + 1,
    read,
    notes,
  }
}

/** Why a month counts as unknown. @param line absent if no sum has the month */
function unknownMonth(month: number, value: number, line: number | undefined, inFile: boolean): string[] {
  const words = (what: string) => `${formatMonth(month)} has ${what} and is treated as unknown`
  if (line === undefined) return inFile ? [] : [words('no row')]
  if (Number.isNaN(value)) return [`line ${line}: ${words('no number')}`]
  return value === 0 ? [`line ${line}: ${words('0 conversations')}`] : []
}

const dateText = ({ month, day }: DatedRow, grain: Grain): string =>
  grain === 'month' || day === undefined ? formatMonth(month) : `${formatMonth(month)}-${String(day).padStart(2, '0')}`

function rowsOf(
  table: CsvTable,
  file: string,
  dates: number,
  places: readonly number[],
  { decimal }: HistoryOptions,
): readonly Row[] {
  const { rows } = table
  const read = readDates(
    rows.map(({ cells, line }) => ({ text: cells[dates], line })),
    file,
  )
  const numbers = places.map((place) =>
    new TableColumn(table, place, file, decimal).numbers(
      (value) => value >= 0 && value <= LARGEST,
      'a number of 0 or more',
      'some empty',
    ),
  )
  return rows.map(({ cells, line }, k) => ({ line, cells, ...read[k], values: numbers.map((column) => column[k]) }))
}

/** Sorts the rows, and adds up or removes rows of the same date. */
function inOrder(rows: readonly Row[], { header }: CsvTable, file: string, sumRows: boolean, notes: string[]): readonly DatedRow[] {
  const key = ({ month, day }: Row) => 40 * month + (day ?? 0)
  const late = rows.find((row, k) => k > 0 && key(row) < key(rows[k - 1]))
  if (late) notes.push(`line ${late.line}: the date is earlier than that of the line before, so rows are sorted by date`)
  const sorted = [...rows].sort((a, b) => key(a) - key(b) || a.line - b.line)
  const mixed = sorted.find(({ day }) => (day === undefined) !== (sorted[0].day === undefined))
  if (mixed) throw new CsvError(`either months or days in ${shown(file)}, got both (line ${mixed.line})`)
  if (sumRows) return addedUp(sorted, key, notes)
  return sorted.filter((row, k) => {
    const before = sorted[k - 1]
    if (before === undefined || key(before) !== key(row)) return true
    const parts = header.findIndex((_, j) => before.cells[j] !== row.cells[j] && /[a-z]/i.test(row.cells[j]))
    if (before.values.some((value, j) => !Object.is(value, row.values[j])) || parts >= 0)
      throw new CsvError(
        parts >= 0
          ? `one row per date in ${shown(file)}, got lines ${before.line} and ${row.line} with the same date. If they are parts of one total, as column ${shown(header[parts])} suggests, add them up with \`sumRows: true\` (--sum-rows)`
          : `one row per date in ${shown(file)}, got lines ${before.line} and ${row.line} with the same date and different numbers: remove one of the two, or add such rows up with \`sumRows: true\` (--sum-rows)`,
      )
    notes.push(`line ${row.line}: repeats line ${before.line} and is left out`)
    return false
  })
}

/** One row for each date, with the sums of its rows. A number that one of them lacks is unknown. */
function addedUp(sorted: readonly Row[], key: (row: Row) => number, notes: string[]): readonly DatedRow[] {
  const byDate = new Map<number, Row[]>()
  for (const row of sorted) {
    const own = byDate.get(key(row))
    if (own) own.push(row)
    else byDate.set(key(row), [row])
  }
  if (byDate.size < sorted.length) notes.push(`${sorted.length} rows are added up to ${byDate.size}, one for each date`)
  return [...byDate.values()].map((rows) => ({
    ...rows[0],
    values: rows[0].values.map((_, k) => rows.reduce((sum, { values }) => sum + values[k], 0)),
  }))
}
