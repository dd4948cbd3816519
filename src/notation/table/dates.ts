// How people and programs write months and days in tables. A date such as 03/04/2024 has two readings, so the whole column decides.
import { shown } from '../../errors.ts'
import { daysIn, parseMonth } from '../../months.ts'
import { CsvError } from './csv.ts'

export interface Dated {
  readonly month: number
  /** From 1; absent where only a month is stated. */
  readonly day?: number
}

const NAMES = 'january february march april may june july august september october november december'.split(' ')

/** The time of day behind a date, with or without its zone. */
const TIME = /(?:[T ]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[AP]M)?(?: ?(?:Z|UTC|GMT|[+-]\d{2}:?\d{2}))?| (?:UTC|GMT))$/i

/** Spreadsheets show two digits of a year; Excel's own rule reads 30 to 99 as the last century. */
const yearOf = (text: string): number => (text.length === 4 ? Number(text) : Number(text) + (Number(text) < 30 ? 2000 : 1900))

function dated(year: string, month: number, day?: string): Dated | undefined {
  const found = parseMonth(`${String(yearOf(year)).padStart(4, '0')}-${String(month).padStart(2, '0')}`)
  if (found === undefined) return undefined
  if (day === undefined) return { month: found }
  const number = Number(day)
  return number >= 1 && number <= daysIn(found) ? { month: found, day: number } : undefined
}

// Three letters identify a month.
const named = (name: string): number =>
  name.length < 3 ? 0 : NAMES.findIndex((month) => month.startsWith(name.toLowerCase().replace(/^sept$/, 'sep'))) + 1

/** Forms with one reading. Each returns the texts of year, month and day. */
const FORMS: readonly (readonly [RegExp, (...parts: string[]) => Dated | undefined])[] = [
  // 2024-03, 2024/3/31
  [/^(\d{4})[-/](\d{1,2})(?:[-/](\d{1,2}))?$/, (year, month, day) => dated(year, Number(month), day)],
  // 03/2024, 03.2024
  [/^(\d{1,2})[-/.](\d{4})$/, (month, year) => dated(year, Number(month))],
  // 31.03.2024, which nobody writes with the month first
  [/^(\d{1,2})\.(\d{1,2})\.(\d{4})$/, (day, month, year) => dated(year, Number(month), day)],
  // Mar 2024, March-2024, and Mar-24 as Excel shows a month
  [/^([A-Za-z]{3,9})\.?(?:[ -]|, ?)(\d{4})$/, (name, year) => dated(year, named(name))],
  [/^([A-Za-z]{3,9})(?:-| ?['’])(\d{2})$/, (name, year) => dated(year, named(name))],
  // 2024 March
  [/^(\d{4})[ -]([A-Za-z]{3,9})$/, (year, name) => dated(year, named(name))],
  // 31 Mar 2024, 31-Mar-24
  [/^(\d{1,2})[ -]([A-Za-z]{3,9})\.?[ -](\d{4}|\d{2})$/, (day, name, year) => dated(year, named(name), day)],
  // March 31, 2024
  [/^([A-Za-z]{3,9})\.? (\d{1,2}), ?(\d{4})$/, (name, day, year) => dated(year, named(name), day)],
]

const SLASHES = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})$/

/** Reads a date with one reading, such as 2024-03, 2024-03-31T…, Mar-24 or March 2024. */
export function parseDate(text: string): Dated | undefined {
  const plain = text.trim().replace(TIME, '')
  for (const [form, read] of FORMS) {
    const match = form.exec(plain)
    if (match) return read(...match.slice(1))
  }
  return undefined
}

interface Cell {
  readonly text: string
  readonly line: number
}

/** Reads a column of dates. @throws CsvError if a cell is no date, or if all have two readings */
export function readDates(cells: readonly Cell[], file: string): Dated[] {
  const slashed = cells.map(({ text }) => SLASHES.exec(text.trim().replace(TIME, '')))
  const monthFirst = slashed.some((match) => match && Number(match[2]) > 12)
  const dayFirst = slashed.some((match) => match && Number(match[1]) > 12)
  return cells.map(({ text, line }, k) => {
    const match = slashed[k]
    if (match && monthFirst === dayFirst) throw twoReadings(text, line, file, monthFirst)
    const found = match ? dated(match[3], Number(match[monthFirst ? 1 : 2]), match[monthFirst ? 2 : 1]) : parseDate(text)
    if (found) return found
    throw new CsvError(`a month such as 2024-03 or a day such as 2024-03-31 in line ${line} of ${shown(file)}, got ${shown(text)}`)
  })
}

const twoReadings = (text: string, line: number, file: string, contradictory: boolean): CsvError =>
  new CsvError(
    `dates with one reading in ${shown(file)}, got ${shown(text)} in line ${line}, and ${contradictory ? 'some dates begin with the day, others with the month' : 'no date of the column shows whether the day or the month comes first'}: write dates as 2024-03-31`,
  )

/** Days from 1970-01-01 (Hinnant, "chrono-compatible low-level date algorithms", days_from_civil). @param month from 1 */
export function daysFrom(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const ofEra = y - era * 400
  const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  return era * 146_097 + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - 719_468
}

/** Days from 1970-01-01 to a day of a month. */
export const dayNumber = (month: number, day: number): number => daysFrom(Math.floor(month / 12), (month % 12) + 1, day)

/** The month and day of a number of days from 1970-01-01 (civil_from_days of the same source). */
export function dayOf(number: number): Required<Dated> {
  const shifted = number + 719_468
  const era = Math.floor(shifted / 146_097)
  const ofEra = shifted - era * 146_097
  const years = Math.floor((ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365)
  const ofYear = ofEra - (365 * years + Math.floor(years / 4) - Math.floor(years / 100))
  const m = Math.floor((5 * ofYear + 2) / 153)
  const month = m < 10 ? m + 2 : m - 10
  return { month: 12 * (years + era * 400 + (month <= 1 ? 1 : 0)) + month, day: ofYear - Math.floor((153 * m + 2) / 5) + 1 }
}
