// Finds the month of an instant in a time zone, from the instants at which months begin there.
import { UsageError } from '../../errors.ts'
import { daysFrom } from '../../notation/table/dates.ts'

export interface Zone {
  readonly name: string
  /** The month (12·year + month − 1) in which an instant lies. */
  monthOf(instant: number): number
  /** When a month begins. */
  startOf(month: number): number
}

const DAY = 86_400_000
const plain = (month: number): number => daysFrom(Math.floor(month / 12), (month % 12) + 1, 1) * DAY

/** @throws UsageError for an unknown zone */
export function zoneOf(name: string): Zone {
  const offset = offsetsOf(name)
  const starts = new Map<number, number>()
  const startOf = (month: number): number => {
    const known = starts.get(month)
    if (known !== undefined) return known
    // The offset at local midnight is not known before the instant is, so it is looked up twice, in case the clocks change.
    const local = plain(month)
    let start = local - offset(local)
    start = local - offset(start)
    starts.set(month, start)
    return start
  }
  let [current, from, to] = [0, 0, 0]
  return {
    name,
    startOf,
    monthOf(instant) {
      if (instant >= from && instant < to) return current
      // A month has about 30.44 days, so the first guess is off by at most one month.
      let month = Math.floor(12 * 1970 + instant / (30.436875 * DAY))
      while (startOf(month) > instant) month--
      while (startOf(month + 1) <= instant) month++
      ;[current, from, to] = [month, startOf(month), startOf(month + 1)]
      return month
    },
  }
}

/** Milliseconds by which a zone's clocks are ahead of UTC at an instant. */
function offsetsOf(name: string): (instant: number) => number {
  if (name === 'UTC' || name === 'Z') return () => 0
  const fixed = /^([+-])(\d{2}):?(\d{2})$/.exec(name)
  if (fixed) return () => (fixed[1] === '-' ? -1 : 1) * (60 * Number(fixed[2]) + Number(fixed[3])) * 60_000
  let format: Intl.DateTimeFormat
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
  } catch {
    throw new UsageError(`zone: expected a time zone such as UTC, America/New_York or +02:00, got "${name}"`)
  }
  return (instant) => {
    const parts = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]))
    const local = daysFrom(parts.year, parts.month, parts.day) * DAY + ((parts.hour * 60 + parts.minute) * 60 + parts.second) * 1000
    return local - Math.floor(instant / 1000) * 1000
  }
}
