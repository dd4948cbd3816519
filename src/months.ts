// Months are integers, 12·year + (month − 1), without dates and time zones.

/** @returns undefined if the text is not a month such as "2027-03" */
export function parseMonth(text: string): number | undefined {
  const match = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(text)
  return match ? 12 * Number(match[1]) + Number(match[2]) - 1 : undefined
}

/** The text of a month, such as "2027-03". */
export const formatMonth = (month: number): string =>
  `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}`

export const CALENDAR_MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const

/** A month as readers write it, such as "Oct 2027". @param month such as "2027-10" */
export function monthWords(month: string): string {
  const [year, name] = namedMonth(month)
  return `${name.slice(0, 3)} ${year}`
}

/** The months of a horizon as readers write them: "January to December 2027" or "Oct 2027 to Sep 2028". */
export function spanWords(months: readonly string[]): string {
  const [[firstYear, first], [lastYear, last]] = [namedMonth(months[0]), namedMonth(months[months.length - 1])]
  if (months.length === 1) return `${first} ${firstYear}`
  if (firstYear === lastYear) return `${first} to ${last} ${lastYear}`
  return `${first.slice(0, 3)} ${firstYear} to ${last.slice(0, 3)} ${lastYear}`
}

/** A number of months, such as "1 month" or "2 to 4 months". */
export const monthsWords = (count: string): string => `${count} ${count === '1' ? 'month' : 'months'}`

/** Finance readers call one trial of a 12-month plan a simulated year. */
export const trialsWord = (months: number): string => (months === 12 ? 'simulated years' : 'trials')

const namedMonth = (month: string): readonly [year: string, name: string] => [
  month.slice(0, 4),
  CALENDAR_MONTHS[Number(month.slice(5)) - 1],
]

/**
 * The name of the quarter that a month is in, such as "2027-Q1". A fiscal year that does not start in January has the name of the calendar year
 * in which it ends: "FY2028-Q1".
 * @param first the month in which years start, from 1
 */
export function quarterOf(month: number, first = 1): string {
  const shifted = month - (first - 1)
  const year = Math.floor(shifted / 12) + (first === 1 ? 0 : 1)
  return `${first === 1 ? '' : 'FY'}${String(year).padStart(4, '0')}-Q${Math.floor((shifted - 12 * Math.floor(shifted / 12)) / 3) + 1}`
}

/** 0 for January … 11 for December. */
export const calendarMonth = (month: number): number => month % 12

/** The days of a month; 29 in February of a leap year. */
export const daysIn = (month: number): number => {
  const [year, k] = [Math.floor(month / 12), month % 12]
  if (k === 1) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return [3, 5, 8, 10].includes(k) ? 30 : 31
}

/** The days of the average month of the Gregorian calendar. */
export const DAYS_A_MONTH = 365.2425 / 12
