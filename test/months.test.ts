import { describe, expect, it } from 'vitest'
import { calendarMonth, formatMonth, monthWords, parseMonth, quarterOf, spanWords } from '../src/months.ts'

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
  it.each([
    ['2027-01', 1, '2027-Q1'],
    ['2027-12', 1, '2027-Q4'],
    ['2027-06', 7, 'FY2027-Q4'],
    ['2027-07', 7, 'FY2028-Q1'],
    ['2028-01', 7, 'FY2028-Q3'],
    ['2027-01', 2, 'FY2027-Q4'],
    ['2027-02', 12, 'FY2027-Q1'],
    ['2027-11', 12, 'FY2027-Q4'],
  ] as const)('%s of a year that starts in month %d is in %s', (text, first, quarter) => {
    expect(quarterOf(parseMonth(text) ?? 0, first)).toBe(quarter)
  })
  it('know their place in the calendar', () => {
    expect(calendarMonth(2027 * 12 + 3)).toBe(3)
  })
})

it('months stand in words as readers write them', () => {
  expect(monthWords('2027-10')).toBe('Oct 2027')
  expect(spanWords(['2027-05'])).toBe('May 2027')
  expect(spanWords(['2027-01', '2027-02', '2027-12'])).toBe('January to December 2027')
  expect(spanWords(['2026-10', '2027-09'])).toBe('Oct 2026 to Sep 2027')
})
