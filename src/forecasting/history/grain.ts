// Turns days and weeks into months.
import { daysIn, formatMonth } from '../../months.ts'
import { dayNumber, dayOf } from '../../notation/table/dates.ts'

export interface DatedRow {
  readonly line: number
  readonly month: number
  readonly day?: number
  readonly values: readonly number[]
}

export type Grain = 'month' | 'week' | 'day'

export type Sums = Map<number, { readonly line: number; readonly values: readonly number[] }>

/** A month may lack this many days at its end: a weekend and a holiday. */
const FREE_DAYS = 3
/** A last month below this share of the six months before it looks incomplete. */
const PARTIAL = 0.5
const WEEK = 7

const numberOf = ({ month, day = 1 }: DatedRow): number => dayNumber(month, day)

/** @param rows by date, one for each date */
export function grainOf(rows: readonly DatedRow[]): Grain {
  if (new Set(rows.map(({ month }) => month)).size === rows.length) return 'month'
  const gaps = rows.slice(1).map((row, k) => numberOf(row) - numberOf(rows[k]))
  const usual = [...gaps].sort((a, b) => a - b)[Math.floor(gaps.length / 2)]
  return usual === WEEK && gaps.every((gap) => gap % WEEK === 0) ? 'week' : 'day'
}

/** Spreads each week evenly over its days. @param ends whether a week's date is its last day */
export const spreadWeeks = (rows: readonly DatedRow[], ends: boolean): DatedRow[] =>
  rows.flatMap((row) => {
    const first = numberOf(row) - (ends ? WEEK - 1 : 0)
    const values = row.values.map((value) => value / WEEK)
    return Array.from({ length: WEEK }, (_, k) => ({ line: row.line, ...dayOf(first + k), values }))
  })

function byMonth(rows: readonly DatedRow[]): Map<number, DatedRow[]> {
  const months = new Map<number, DatedRow[]>()
  for (const row of rows) {
    const own = months.get(row.month)
    if (own) own.push(row)
    else months.set(row.month, [row])
  }
  return months
}

const sumOf = (rows: readonly DatedRow[]): number[] =>
  rows[0].values.map((_, k) => rows.reduce((sum, { values }) => sum + (Number.isNaN(values[k]) ? 0 : values[k]), 0))

/** Sums the days of weeks by month. A month that weeks do not cover is left out, or unknown if it lies between others. */
export function sumWeeks(days: readonly DatedRow[], weeks: number, notes: string[]): Sums {
  const months = byMonth(days)
  notes.push(`${weeks} weeks are spread evenly over their days and summed into ${months.size} months`)
  const sums: Sums = new Map()
  for (const [month, own] of months) {
    const empty = own.find(({ values }) => values.some(Number.isNaN))
    if (empty) notes.push(`line ${empty.line}: an empty cell makes ${formatMonth(month)} unknown`)
    else if (own.length < daysIn(month))
      notes.push(`line ${own[0].line}: weeks cover only ${own.length} days of ${formatMonth(month)}, which is left out`)
    else sums.set(month, { line: own[0].line, values: sumOf(own) })
  }
  return sums
}

/** Sums days by month. An incomplete first or last month is left out. */
export function sumDays(rows: readonly DatedRow[], partial: boolean, notes: string[]): Sums {
  const grouped = byMonth(rows)
  const months = [...grouped.keys()]
  notes.push(`${rows.length} days are summed into ${months.length} months`)
  const usual = [...grouped.values()].map((own) => own.length).sort((a, b) => a - b)[Math.floor(months.length / 2)]
  const sums: Sums = new Map()
  for (const [month, own] of grouped) {
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
    sums.set(month, { line: first.line, values: sumOf(own) })
  }
  return sums
}

/** A last month below half the median of the six months before was most likely exported before its end. */
export function dropPartial(sums: Sums, last: number, notes: string[]): void {
  const before = [...sums].flatMap(([month, { values }]) => (month < last && month >= last - 6 && values[0] > 0 ? [values[0]] : []))
  const own = sums.get(last)
  const middle = before.sort((a, b) => a - b)[Math.floor(before.length / 2)]
  if (own === undefined || before.length < 3 || !(own.values[0] > 0) || own.values[0] >= PARTIAL * middle) return
  notes.push(
    `line ${own.line}: ${formatMonth(last)} is below half of the months before it, looks incomplete and is left out (\`partial\` keeps it)`,
  )
  sums.delete(last)
}
