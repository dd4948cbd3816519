// Compares monthly totals with the contract, and finds the misapplied term.
import { describe, expect, it } from 'vitest'
import { checkedInvoices as checkInvoices } from '../../../src/invoice/audit/index.ts'

const committed = {
  charges: [
    { meter: 'resolutions', commitment: '1k/month', price: 1.5, overage: 2, included: '100/month' },
    { seats: 10, price: '$50/month' },
  ],
}
const row = (amount: number, quantity = 1_300, month = '2026-03') => ({ month, meter: 'resolutions', quantity, amount })
const check = async (...rows: readonly ReturnType<typeof row>[]) =>
  (await checkInvoices(rows, committed)).map(({ rule, expected }) => [expected, rule])

describe('a monthly total', () => {
  it('agrees if the vendor applied the contract', async () => {
    // 1,300 less 100 included: 1,000 committed at 1.50, 200 at 2.00.
    expect(await check(row(1_900))).toEqual([[1_900, undefined]])
    expect(await check(row(1_900), row(1_500, 700, '2026-04'))).toEqual([
      [1_900, undefined],
      [1_500, undefined],
    ])
  })

  it.each([
    ['the included units were charged', 1_500 + 2 * 300, 'included'],
    ['every unit was billed at the overage price', 1_200 * 2, 'commitment'],
    ['only the units used were billed, at the committed price', 1_200 * 1.5, 'commitment'],
    ['the price per unit was higher', 1_300 * 1.75, 'price'],
    ['cents were rounded', 1_900.4, 'rounding'],
    ['no term explains it', 1_777.77, 'unexplained'],
  ])('is explained when %s', async (_, amount, rule) => {
    expect(await check(row(amount))).toEqual([[1_900, rule]])
  })

  it('counts toward yearly terms from month to month', async () => {
    const annual = { charges: [{ meter: 'resolutions', period: 'year', commitment: '12k/year', price: 1, overage: 2 }] }
    const rows = Array.from({ length: 12 }, (_, m) => ({
      month: `2026-${String(m + 1).padStart(2, '0')}`,
      meter: 'resolutions',
      quantity: 1_500,
      amount: m < 8 ? 1_000 : 4_000,
    }))
    const found = await checkInvoices(rows, annual)
    expect(found.every(({ rule }) => rule === undefined)).toBe(true)
  })

  it.each([
    ['month,meter,quantity\n', 'invoices: expected the columns month,meter,quantity,amount in line 1'],
    [
      'month,meter,quantity,amount\n2026-13,resolutions,1,1\n',
      'expected a month such as 2024-03 or a day such as 2024-03-31 in line 2 of "invoices", got "2026-13"',
    ],
    [
      'month,meter,quantity,amount\n2026-03,resolutions,many,1\n',
      'a number in line 2, column "quantity" of "invoices", got "many"',
    ],
  ])('refuses %j', async (text, message) => {
    await expect(checkInvoices(text, committed)).rejects.toThrow(message)
  })
})
