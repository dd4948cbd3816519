// Backtests of resolution rates, and verdicts that weigh their own error.
import { describe, expect, it } from 'vitest'
import { formatMonth } from '../../../src/months.ts'
import { backtestOf } from '../../../src/questions/backtest/backtest.ts'
import { scoredRates } from '../../../src/questions/backtest/rates.ts'
import { casesFrom } from './rate-cases.ts'

const FIRST = 2021 * 12
const history = (rates: readonly number[], count = 10_000) => ({
  ...{ start: FIRST, next: FIRST + rates.length, read: '', notes: [] },
  conversations: rates.map(() => count),
  resolutions: rates.map((rate) => Math.round(count * rate)),
})

describe('a backtest of a rate', () => {
  it('that never changes has no error and covers every start', () => {
    const past = history(new Array<number>(40).fill(0.6))
    const found = scoredRates(
      [24, 25, 26, 27, 28].flatMap((k) => casesFrom(past, FIRST + k)),
      12,
    )
    expect(found?.starts).toBe(5)
    expect(found?.coverage).toBe(1)
    expect(found?.coverageError).toBe(0)
    expect(found?.months.map(({ ahead }) => ahead)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
    expect(found?.errors.model).toBeLessThan(1e-3)
    expect(found?.errors.last).toBeCloseTo(0, 12)
  })

  it('that jumps after the start misses by the jump, as the simple forecasts do', () => {
    const past = history([...new Array<number>(24).fill(0.6), ...new Array<number>(12).fill(0.3)])
    const found = scoredRates(casesFrom(past, FIRST + 24), 12)
    expect(found?.coverage).toBe(0)
    expect(found?.errors.last).toBeCloseTo(0.3, 12)
    expect(found?.errors.flat).toBeCloseTo(0.3, 12)
    expect(found?.errors.model).toBeCloseTo(0.3, 2)
  })

  it('leaves out starts whose months ahead have no rate', () => {
    const past = history(new Array<number>(36).fill(0.6))
    const gap = { ...past, resolutions: past.resolutions.map((value, k) => (k === 30 ? Number.NaN : value)) }
    expect(casesFrom(gap, FIRST + 24)).toEqual([])
    expect(scoredRates([], 12)).toBeUndefined()
  })

  it('stands in the words, which call no coverage wrong that its own error explains', async () => {
    const rows = Array.from({ length: 38 }, (_, k) => ({
      month: formatMonth(FIRST + k),
      conversations: 1000 + ((k * 7919) % 31),
      resolutions: 600 + ((k * 104_729) % 23),
    }))
    const { rate, words } = await backtestOf(rows, { trials: 1024 })
    expect(rate?.starts).toBe(3)
    expect(words[0]).toContain('are not shown to be wrong: they covered the actual value in')
    expect(words.join(' ')).toMatch(
      /The 80% intervals for the resolution rate of 12 months are not shown to be wrong: .* of 3 past forecasts\./,
    )
  })
})
