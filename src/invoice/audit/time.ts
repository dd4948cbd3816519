// Reads times such as 2026-01-31T23:59:59.5+02:00 from bytes. A time needs its zone, since the edge of a month decides a bill.
import { dayOf, daysFrom } from '../../notation/table/dates.ts'

const [ZERO, NINE, DASH, COLON, PLUS, DOT, T, SPACE, Z, z] = [48, 57, 45, 58, 43, 46, 84, 32, 90, 122]

/** Results of `instantIn` for a cell that is empty, not a time, or a time without a zone. */
export const NOTHING = Number.NaN
export const NO_TIME = Number.POSITIVE_INFINITY
export const NO_ZONE = Number.NEGATIVE_INFINITY

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const leap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)

/** Milliseconds since 1970, or NOTHING, NO_TIME or NO_ZONE. */
export function instantIn(bytes: Uint8Array, first: number, end: number): number {
  let [at, to] = [first, end]
  while (at < to && bytes[at] === SPACE) at += 1
  while (at < to && bytes[to - 1] === SPACE) to -= 1
  if (at === to) return NOTHING
  const digits = (count: number): number => {
    let value = 0
    for (let k = 0; k < count; k++, at++) {
      const byte = at < to ? bytes[at] : 0
      if (byte < ZERO || byte > NINE) return -1
      value = 10 * value + byte - ZERO
    }
    return value
  }
  const is = (byte: number): boolean => at < to && bytes[at] === byte && ++at > 0
  const year = digits(4)
  if (year < 0 || !is(DASH)) return NO_TIME
  const month = digits(2)
  if (month < 1 || month > 12 || !is(DASH)) return NO_TIME
  const day = digits(2)
  if (day < 1 || day > (month === 2 && leap(year) ? 29 : DAYS[month - 1])) return NO_TIME
  if (at === to) return NO_TIME
  if (!is(T) && !is(SPACE) && !is(T + 32)) return NO_TIME
  const hour = digits(2)
  if (hour < 0 || hour > 23 || !is(COLON)) return NO_TIME
  const minute = digits(2)
  if (minute < 0 || minute > 59) return NO_TIME
  let second = 0
  let thousandths = 0
  if (is(COLON)) {
    second = digits(2)
    // A leap second (:60) is read as :59.999.
    if (second < 0 || second > 60) return NO_TIME
    if (second === 60) [second, thousandths] = [59, 999]
    if (is(DOT)) {
      const first = at
      for (let scale = 100; at < to && bytes[at] >= ZERO && bytes[at] <= NINE; at++, scale /= 10)
        if (scale >= 1) thousandths += scale * (bytes[at] - ZERO)
      if (at === first) return NO_TIME
    }
  }
  if (at === to) return NO_ZONE
  let offset = 0
  if (!is(Z) && !is(z) && !isUtc(bytes, at, to)) {
    const sign = is(PLUS) ? 1 : is(DASH) ? -1 : 0
    if (sign === 0) return NO_TIME
    const hours = digits(2)
    is(COLON)
    const minutes = at === to ? 0 : digits(2)
    if (hours < 0 || hours > 15 || minutes < 0 || minutes > 59) return NO_TIME
    offset = sign * (60 * hours + minutes)
    if (at !== to) return NO_TIME
  } else if (at !== to && !isUtc(bytes, at, to)) return NO_TIME
  return (daysFrom(year, month, day) * 1440 + hour * 60 + minute - offset) * 60_000 + second * 1000 + Math.floor(thousandths)
}

/** Whether the rest of a time is " UTC" or " GMT", as help desks and databases write it. */
function isUtc(bytes: Uint8Array, from: number, to: number): boolean {
  const at = bytes[from] === SPACE ? from + 1 : from
  if (to - at !== 3) return false
  const word = String.fromCharCode(bytes[at], bytes[at + 1], bytes[at + 2])
  return word === 'UTC' || word === 'GMT'
}

const DAY = 86_400_000

/** The instant as text, such as 2026-01-31T23:59:59.500Z. */
export function instantText(instant: number): string {
  const day = Math.floor(instant / DAY)
  const rest = instant - day * DAY
  const { month, day: own } = dayOf(day)
  const two = (value: number) => String(value).padStart(2, '0')
  const [hour, minute, second, ms] = [
    Math.floor(rest / 3_600_000),
    Math.floor(rest / 60_000) % 60,
    Math.floor(rest / 1000) % 60,
    rest % 1000,
  ]
  return `${Math.floor(month / 12)}-${two((month % 12) + 1)}-${two(own)}T${two(hour)}:${two(minute)}:${two(second)}${ms === 0 ? '' : `.${String(ms).padStart(3, '0')}`}Z`
}
