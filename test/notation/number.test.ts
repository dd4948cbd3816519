import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatNumber } from '../../src/notation/number.ts'
import { effort } from '../effort.ts'

describe('a number', () => {
  const value = fc.oneof(
    fc.double(),
    fc.integer(),
    fc.double({ min: -1e7, max: 1e7 }),
    // Decimal fractions that end between two roundings.
    fc.tuple(fc.maxSafeNat(), fc.integer({ min: 1, max: 8 })).map(([n, digits]) => Number(`${10 * (n % 1e9) + 5}e-${digits}`)),
  )
  it('reads as the locale of the United States writes it', () => {
    fc.assert(
      fc.property(value, fc.nat(3), fc.nat(3), (number, least, more) => {
        const options = { minimumFractionDigits: least, maximumFractionDigits: least + more }
        expect(formatNumber(number, least, least + more)).toBe(number.toLocaleString('en-US', options))
      }),
      effort(3_000, 100_000),
    )
  })

  it('has separators, up to three decimals, and rounds halves away from zero', () => {
    expect([0, -0, 999, 1_000, 1_234_567.8912, 0.0005, 1.0005, -2.5].map((number) => formatNumber(number))).toEqual([
      '0',
      '-0',
      '999',
      '1,000',
      '1,234,567.891',
      '0.001',
      '1.001',
      '-2.5',
    ])
    expect([1.005, -0.125, 99.995].map((number) => formatNumber(number, 2, 2))).toEqual(['1.01', '-0.13', '100.00'])
  })
})
