// Reads a history into consecutive months. Days are summed, and a note reports every row that is changed or left out.
import { shown } from '../../errors.ts'
import { formatMonth } from '../../months.ts'
import { CsvError, type CsvTable } from '../../notation/csv.ts'
import { columnsOf, type Meaning } from './columns.ts'
import { daysIn, parseDate } from './dates.ts'

export interface History {
  readonly start: number
  /** One number for each month from the first to the last; NaN if unknown. */
  readonly conversations: readonly number[]
  readonly resolutions?: readonly number[]
  readonly invoices?: readonly number[]
  /** The month after the last row, complete or not. */
  readonly next: number
  /** Every change to a row, in the order of the rows. */
  readonly notes: readonly string[]
}

export interface HistoryOptions {
  readonly columns?: Partial<Record<Meaning, string>>
  /** The first and last month to use. */
  readonly since?: number
  readonly until?: number
  /** Whether to use the last month even if it looks incomplete. */
  readonly partial?: boolean
}

interface Row {
  readonly line: number
  readonly month: number
  readonly day?: number
  readonly values: readonly number[]
}

/** A level, a trend and a spread need at least this many. */
const FEWEST_MONTHS = 6
const MOST_MONTHS = 600
const LARGEST = 1e12
/** A month may lack this many days at its end: a weekend and a holiday. */
const FREE_DAYS = 3
/** A last month below this share of the six months before it looks incomplete. */
const PARTIAL = 0.5

/** @throws CsvError */
export function readHistory({ header, rows }: CsvTable, file: string, options: HistoryOptions = {}): History {
  const columns = columnsOf(header, file, options.columns)
  const places = [columns.conversations, columns.resolutions, columns.invoice].filter((place) => place !== undefined)
  const notes: string[] = []
  const read = rows.map(({ cells, line }): Row => {
    const dated = parseDate(cells[columns.month])
    if (!dated)
      throw new CsvError(
        `a month such as 2024-03 or a day such as 2024-03-31 in line ${line} of ${shown(file)}, got ${shown(cells[columns.month])}`,
      )
    const values = places.map((place) => numberOf(cells[place], header[place], line, file))
    if (columns.resolutions !== undefined && values[1] > values[0])
      throw new CsvError(
        `no more resolutions than conversations in line ${line} of ${shown(file)}, got ${values[1]} of ${values[0]}`,
      )
    return { line, ...dated, values }
  })
  const all = inOrder(read, file, notes)
  const known = all.filter(({ month }) => month >= (options.since ?? -Infinity) && month <= (options.until ?? Infinity))
  if (known.length < all.length) notes.push(`rows before \`since\` or after \`until\` are left out: ${all.length - known.length}`)
  const daily = new Set(known.map(({ month }) => month)).size < known.length
  const sums = daily ? sumDays(known, options, notes) : new Map(known.map(({ month, line, values }) => [month, { line, values }]))
  const last = known[known.length - 1]?.month
  if (!daily && last !== undefined) dropPartial(sums, last, options, notes)
  const months = [...sums.keys()]
  const whole = months.filter((month) => (sums.get(month)?.values[0] ?? 0) > 0)
  if (whole.length < FEWEST_MONTHS || last === undefined)
    throw new CsvError(`at least ${FEWEST_MONTHS} months with conversations in ${shown(file)}, got ${whole.length}`)
  const [start, end] = [whole[0], whole[whole.length - 1]]
  const length = end - start + 1
  if (length > MOST_MONTHS) throw new CsvError(`at most ${MOST_MONTHS} months in ${shown(file)}, got ${length}`)
  const series = (k: number) => Array.from({ length }, (_, m) => sums.get(start + m)?.values[k] ?? Number.NaN)
  const conversations = series(0).map((value, m) => {
    const own = sums.get(start + m)
    const month = formatMonth(start + m)
    if (own === undefined) notes.push(`${month} has no row and is treated as unknown`)
    else if (Number.isNaN(value)) notes.push(`line ${own.line}: ${month} has no number and is treated as unknown`)
    else if (value === 0) notes.push(`line ${own.line}: ${month} has 0 conversations and is treated as unknown`)
    return value > 0 ? value : Number.NaN
  })
  const side = (column: number | undefined) => (column === undefined ? undefined : series(places.indexOf(column)))
  const resolutions = side(columns.resolutions)
  const invoices = side(columns.invoice)
  return { start, conversations, ...(resolutions && { resolutions }), ...(invoices && { invoices }), next: last + 1, notes }
}

function numberOf(text: string, column: string, line: number, file: string): number {
  if (text === '') return Number.NaN
  const plain = text.replace(/^[$€£]\s*/, '')
  const value = /^-?\d+(\.\d+)?(e\+?\d{1,2})?$/i.test(plain) ? Number(plain) : Number.NaN
  if (value >= 0 && value <= LARGEST) return value
  throw new CsvError(`a number of 0 or more in line ${line}, column ${shown(column)} of ${shown(file)}, got ${shown(text)}`)
}

/** Sorts the rows and removes repeated dates. */
function inOrder(rows: readonly Row[], file: string, notes: string[]): Row[] {
  const key = ({ month, day }: Row) => 40 * month + (day ?? 0)
  const late = rows.find((row, k) => k > 0 && key(row) < key(rows[k - 1]))
  if (late) notes.push(`line ${late.line}: the date is earlier than that of the line before, so rows are sorted by date`)
  const sorted = [...rows].sort((a, b) => key(a) - key(b) || a.line - b.line)
  const mixed = sorted.find(({ day }) => (day === undefined) !== (sorted[0].day === undefined))
  if (mixed) throw new CsvError(`either months or days in ${shown(file)}, got both (line ${mixed.line})`)
  return sorted.filter((row, k) => {
    const before = sorted[k - 1]
    if (before === undefined || key(before) !== key(row)) return true
    if (before.values.some((value, j) => !Object.is(value, row.values[j])))
      throw new CsvError(
        `one row per date in ${shown(file)}, got lines ${before.line} and ${row.line} with the same date and different numbers: remove one of the two`,
      )
    notes.push(`line ${row.line}: repeats line ${before.line} and is left out`)
    return false
  })
}

type Sums = Map<number, { line: number; values: readonly number[] }>

/** Sums days by month. An incomplete first or last month is left out. */
function sumDays(rows: readonly Row[], { partial }: HistoryOptions, notes: string[]): Sums {
  const byMonth = new Map<number, Row[]>()
  for (const row of rows) byMonth.set(row.month, [...(byMonth.get(row.month) ?? []), row])
  const months = [...byMonth.keys()]
  notes.push(`${rows.length} days are summed into ${months.length} months`)
  const usual = [...byMonth.values()].map((own) => own.length).sort((a, b) => a - b)[Math.floor(months.length / 2)]
  const sums: Sums = new Map()
  for (const [month, own] of byMonth) {
    const [first, last] = [own[0], own[own.length - 1]]
    const cut =
      (month === months[0] && (first.day ?? 1) > 1 + FREE_DAYS) ||
      (month === months[months.length - 1] && (last.day ?? 31) < daysIn(month) - FREE_DAYS)
    if (cut && !partial) {
      notes.push(`line ${first.line}: ${formatMonth(month)} only has days ${first.day} to ${last.day} and is left out`)
      continue
    }
    if (own.length < 0.8 * usual)
      notes.push(
        `line ${first.line}: ${formatMonth(month)} has only ${own.length} days (other months about ${usual}), which are summed as they are`,
      )
    const empty = own.find(({ values }) => values.some(Number.isNaN))
    if (empty) notes.push(`line ${empty.line}: an empty cell counts as 0 in the sum of ${formatMonth(month)}`)
    const values = first.values.map((_, k) => own.reduce((sum, row) => sum + (Number.isNaN(row.values[k]) ? 0 : row.values[k]), 0))
    sums.set(month, { line: first.line, values })
  }
  return sums
}

/** A last month below half the median of the six months before was most likely exported before its end. */
function dropPartial(sums: Sums, last: number, { partial }: HistoryOptions, notes: string[]): void {
  const before = [...sums].flatMap(([month, { values }]) => (month < last && month >= last - 6 && values[0] > 0 ? [values[0]] : []))
  const own = sums.get(last)
  const middle = before.sort((a, b) => a - b)[Math.floor(before.length / 2)]
  if (partial || own === undefined || before.length < 3 || !(own.values[0] > 0) || own.values[0] >= PARTIAL * middle) return
  notes.push(
    `line ${own.line}: ${formatMonth(last)} is below half of the months before it, looks incomplete and is left out (\`partial\` keeps it)`,
  )
  sums.delete(last)
}
