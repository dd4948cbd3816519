// The working days of a month: Monday to Friday, without the public holidays of a country.
import type Holidays from 'date-holidays'
import { shown } from '../../errors.ts'
import { daysIn } from '../../months.ts'
import { CsvError } from '../../notation/table/csv.ts'
import { dayNumber } from '../../notation/table/dates.ts'
import { isMissing, unbundled } from '../../optional.ts'

export interface WorkCalendar {
  /** As a plan states it. */
  readonly name: string
  readonly workingDays: (month: number) => number
}

/** The calendar without holidays, which needs no package. */
const WEEKDAYS = 'weekdays'
export const CALENDARS = '`weekdays`, or a country such as US, GB-ENG or DE-BY'
export const isCalendarName = (text: string): boolean => text === WEEKDAYS || /^[A-Z]{2}(-[A-Za-z0-9]{1,8}){0,2}$/.test(text)

const PACKAGE = 'date-holidays'
/** Day 0 of `dayNumber` is a Thursday. */
const isWeekday = (day: number): boolean => (((day + 3) % 7) + 7) % 7 < 5

/** Calendars by name: a sweep reads the same plan again and again. */
const known = new Map<string, WorkCalendar>()

/** @throws CsvError if the package of holidays is not installed or lacks the country */
export async function workCalendar(name: string): Promise<WorkCalendar> {
  const found = known.get(name) ?? calendarOf(name, name === WEEKDAYS ? () => new Set() : await holidaysOf(name))
  known.set(name, found)
  return found
}

/** The working days of each month from `first`, if a calendar is given. */
export const workingIn = (calendar: WorkCalendar | undefined, first: number, months: number): { readonly working?: number[] } =>
  calendar ? { working: Array.from({ length: months }, (_, k) => calendar.workingDays(first + k)) } : {}

/** @param holidays the days of a year, counted as `dayNumber` does */
function calendarOf(name: string, holidays: (year: number) => ReadonlySet<number>): WorkCalendar {
  const years = new Map<number, ReadonlySet<number>>()
  return {
    name,
    workingDays(month) {
      const year = Math.floor(month / 12)
      const free = years.get(year) ?? holidays(year)
      years.set(year, free)
      const days = Array.from({ length: daysIn(month) }, (_, k) => dayNumber(month, k + 1))
      return days.filter((day) => isWeekday(day) && !free.has(day)).length
    },
  }
}

async function holidayPackage(name: string): Promise<typeof Holidays> {
  try {
    return ((await unbundled(PACKAGE)) as { readonly default: typeof Holidays }).default
  } catch (error) {
    throw isMissing(error)
      ? new CsvError(
          `the package ${PACKAGE} for \`workingDays: ${name}\`, which is not installed: run npm install ${PACKAGE}, or state \`weekdays\``,
        )
      : error
  }
}

const DAY = 86_400_000

async function holidaysOf(name: string): Promise<(year: number) => ReadonlySet<number>> {
  const Calendar = await holidayPackage(name)
  const [country, state, region] = name.split('-')
  const all = new Calendar()
  const isKnown =
    Object.hasOwn(all.getCountries(), country) &&
    (state === undefined || Object.hasOwn(all.getStates(country) ?? {}, state)) &&
    (region === undefined || Object.hasOwn(all.getRegions(country, state) ?? {}, region))
  if (!isKnown) throw new CsvError(`${CALENDARS} as \`workingDays\`, with holidays in the package ${PACKAGE}, got ${shown(name)}`)
  const own =
    region !== undefined
      ? new Calendar(country, state, region)
      : state !== undefined
        ? new Calendar(country, state)
        : new Calendar(country)
  return (year) =>
    new Set(
      own
        .getHolidays(year)
        .filter(({ type }) => type === 'public')
        // Its dates are local: "2027-12-25 00:00:00". A half day ends on the day on which it starts, and rounds to none.
        .flatMap(({ date, start, end }) => {
          const [y, m, d] = date.slice(0, 10).split('-').map(Number)
          const first = dayNumber(12 * y + m - 1, d)
          return Array.from({ length: Math.round((end.getTime() - start.getTime()) / DAY) }, (_, k) => first + k)
        }),
    )
}
