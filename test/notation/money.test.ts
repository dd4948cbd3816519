import { Decimal } from 'decimal.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dueOf } from '../../src/invoice/due.ts'
import { decimalsOf } from '../../src/notation/currency.ts'
import { formatAmount, formatMoney, formatPrice, roundMoney } from '../../src/notation/money.ts'
import { effort } from '../effort.ts'

const Exact = Decimal.clone({ precision: 60, rounding: Decimal.ROUND_HALF_UP })
const CODES = ['USD', 'JPY', 'KWD', 'CLF'] as const

/** A price of up to nine decimals and a quantity, whose product lies between 0.01 and 1e12. */
const billed = fc
  .tuple(fc.double({ min: -2, max: 12, noNaN: true }), fc.nat(9), fc.nat(), fc.boolean(), fc.constantFrom(...CODES))
  .map(([magnitude, decimals, digits, negative, currency]) => {
    const price = new Exact((digits % 1e6) + 1).div(new Exact(10).pow(decimals))
    const quantity = new Exact(10).pow(magnitude).div(price).toDecimalPlaces(0, Decimal.ROUND_UP)
    const due = quantity.times(price).times(negative ? -1 : 1)
    return { price: price.times(negative ? -1 : 1), quantity, due, currency }
  })
  .filter(({ due, quantity }) => due.abs().lte(1e12) && quantity.lte(1e15))

describe('an amount', () => {
  it('is billed to the cent as decimal arithmetic rounds it, from 0.01 to 1e12', () => {
    fc.assert(
      fc.property(billed, ({ price, quantity, due, currency }) => {
        const line = { price: price.toNumber(), quantity: quantity.toNumber(), amount: quantity.toNumber() * price.toNumber() }
        expect(dueOf(line, currency)).toBe(due.toDecimalPlaces(decimalsOf(currency)).toNumber() + 0)
      }),
      effort(3_000, 200_000),
    )
  })

  it('is rounded like its decimals, unless the binary number is within a few units in its last place of a half', () => {
    fc.assert(
      fc.property(billed, ({ price, quantity, due, currency }) => {
        const digits = decimalsOf(currency)
        const rounded = roundMoney(quantity.toNumber() * price.toNumber(), currency)
        const units = due.abs().times(new Exact(10).pow(digits))
        fc.pre(units.lte(1e14))
        const below = units.minus(units.floor()).minus(0.5)
        if (below.lt(0) && below.abs().lt(units.times(2 ** -50))) return
        expect(rounded).toBe(due.toDecimalPlaces(digits).toNumber() + 0)
      }),
      effort(3_000, 200_000),
    )
  })

  it('rounds halves away from zero at every size', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e11 }), fc.boolean(), (cents, negative) => {
        const half = new Exact(cents).plus(0.5).div(100)
        const sign = negative ? -1 : 1
        expect(roundMoney(sign * half.toNumber())).toBe((sign * (cents + 1)) / 100)
      }),
      effort(1_000, 100_000),
    )
  })

  it('of $5 million and more has no cents that nobody charges', () => {
    expect(formatAmount(50_000_000 * 0.8)).toBe('$40,000,000.00')
    expect(roundMoney(50_000_000 * 0.8)).toBe(40_000_000)
    expect([5e6, 1e9, 1e12, 1e13, 1e15, 1e17, 1e22].map((amount) => roundMoney(amount))).toEqual([
      ...[5e6, 1e9, 1e12, 1e13, 1e15, 1e17, 1e22],
    ])
  })

  it('has the decimals of its currency by ISO 4217', () => {
    expect([32_501 * 148.5, -0.5, 12.5].map((amount) => formatAmount(amount, 'JPY'))).toEqual(['¥4,826,399', '-¥1', '¥13'])
    expect(formatAmount(1.0005, 'KWD')).toBe('KWD 1.001')
    expect([12.34, 1_234.5].map((amount) => formatMoney(amount, 'KWD'))).toEqual(['KWD 12.340', 'KWD 1,235'])
    expect([12.34, 1_234.5].map((amount) => formatMoney(amount, 'JPY'))).toEqual(['¥12', '¥1,235'])
    expect(formatMoney(-0.001)).toBe('$0.00')
  })
})

it('a currency has the decimals of ISO 4217, also where nobody pays with coins', () => {
  expect(['JPY', 'KRW', 'USD', 'HUF', 'IQD', 'KWD', 'CLF', 'XXX'].map(decimalsOf)).toEqual([0, 0, 2, 2, 3, 3, 4, 2])
})

describe('a price', () => {
  it('shows up to nine decimals, and six digits of smaller ones', () => {
    expect([0.99, 0.005, 0.000003125, 5e-7, 1e-9, 1.25e-10, 0.99 * 1.07, 2 / 3, -0.25].map((price) => formatPrice(price))).toEqual([
      ...['$0.99', '$0.005', '$0.000003125', '$0.0000005', '$0.000000001', '$0.000000000125', '$1.0593', '$0.666667', '-$0.25'],
    ])
    expect(formatPrice(148.5, 'JPY')).toBe('¥148.5')
    expect(formatPrice(2e-7 / 3)).toBe('$0.0000000666667')
  })
})
