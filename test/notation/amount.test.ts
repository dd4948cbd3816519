import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseAmount } from '../../src/notation/amount.ts'
import { currencyOf } from '../../src/notation/currency.ts'
import { effort } from '../effort.ts'

describe('an amount as people write it', () => {
  it('has the same value and currency with a sign, a code, or neither in its own currency', () => {
    const signs = { USD: '$', EUR: '€', GBP: '£', JPY: '¥', CAD: 'CA$', INR: '₹' }
    const cases = fc.tuple(
      fc.constantFrom(...(Object.keys(signs) as (keyof typeof signs)[])),
      fc.constantFrom('USD', 'EUR', 'KWD'),
      fc.integer({ min: -1e6, max: 1e6 }),
      fc.constantFrom(['', 1], ['k', 1e3], ['m', 1e6]) as fc.Arbitrary<[string, number]>,
    )
    fc.assert(
      fc.property(cases, ([currency, own, value, [suffix, scale]]) => {
        const minus = value < 0 ? '-' : ''
        const digits = `${Math.abs(value)}${suffix}`
        const expected = { value: value * scale + 0, currency }
        for (const written of [
          `${minus}${signs[currency]}${digits}`,
          `${minus}${currency} ${digits}`,
          `${minus}${currency}${digits}`,
        ]) {
          const read = parseAmount(written, own)
          expect({ ...read, value: read.value + 0 }).toEqual(expected)
        }
        expect(parseAmount(value, currency)).toEqual({ value, currency })
      }),
      effort(300, 10_000),
    )
  })

  it('is refused in two currencies, behind the number and with an unknown sign', () => {
    for (const written of ['€$5', '5 €', 'Q$5', '€', 'EUR', '€5%', true])
      expect(() => parseAmount(written, 'USD'), String(written)).toThrow('expected')
  })

  it('has a sign that several currencies share in the one of its plan', () => {
    expect([currencyOf('$', undefined, 'CAD'), currencyOf('$', undefined, 'EUR')]).toEqual(['CAD', 'USD'])
    expect([currencyOf('¥', undefined, 'CNY'), currencyOf('¥', undefined, 'USD')]).toEqual(['CNY', 'JPY'])
  })
})
