import { describe, expect, it } from 'vitest'
import { calendarMonth, formatMonth, parseMonth } from '../src/months.ts'

describe('months', () => {
  it('are integers that count from year 0', () => {
    expect(parseMonth('2027-01')).toBe(2027 * 12)
    expect(parseMonth('2027-12')).toBe(2027 * 12 + 11)
  })
  it('print as they are written, across a year', () => {
    expect(formatMonth(2027 * 12 + 12)).toBe('2028-01')
  })
  it.each(['2027-13', '2027-00', '27-01', '2027-1', ''])('refuse "%s"', (text) => {
    expect(parseMonth(text)).toBeUndefined()
  })
  it('know their place in the calendar', () => {
    expect(calendarMonth(2027 * 12 + 3)).toBe(3)
  })
})
