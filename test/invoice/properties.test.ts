// Tests properties that hold for every contract of a kind, whatever its figures.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { invoiceOf } from '../../src/invoice/invoice.ts'
import { resolve } from '../../src/scenario/resolve/resolve.ts'
import { readScenario } from '../../src/scenario/read.ts'
import { effort } from '../effort.ts'
import { anyContract } from '../oracle/contracts.ts'

const reader = { read: () => Promise.reject(new Error('these scenarios read no files')) }

/** Amounts by month. Every charge counts conversations, of which there are `used[m]` in month m. */
async function amountsOf(charges: readonly object[], used: readonly number[], terms: object = {}): Promise<number[]> {
  const written = {
    months: used.length,
    conversations: { monthly: [...used] },
    resolution: { rate: 1 },
    offers: { one: { charges, ...terms } },
  }
  const { scenario } = await resolve(readScenario(written), reader)
  const months = used.map(() => 0)
  const { lines } = invoiceOf(scenario, 'one', {})
  const names = Array.from(
    { length: used.length },
    (_, m) => `${2027 + Math.floor(m / 12)}-${String((m % 12) + 1).padStart(2, '0')}`,
  )
  for (const { month, amount } of lines) months[names.indexOf(month)] += amount
  return months
}
const amountOf = async (charge: object, ...used: number[]): Promise<number> =>
  (await amountsOf([charge], used)).reduce((a, b) => a + b, 0)

const meter = 'conversations'
const cents = (most: number) => fc.integer({ min: 0, max: most * 100 }).map((n) => n / 100)
const quantity = fc.integer({ min: 0, max: 200_000 })
const bounds = fc
  .uniqueArray(fc.integer({ min: 1, max: 100_000 }), { minLength: 2, maxLength: 2 })
  .map((all) => all.sort((a, b) => a - b))
const graduated = fc.tuple(bounds, fc.array(cents(3), { minLength: 3, maxLength: 3 })).map(([to, prices]) => ({
  meter,
  graduated: prices.map((price, k) => ({ price, ...(k < 2 && { to: to[k] }) })),
}))
const commitment = fc
  .tuple(quantity, cents(3), cents(3))
  .map(([committed, price, overage]) => ({ meter, commitment: committed, price, overage }))
const packages = fc.tuple(fc.integer({ min: 1, max: 5_000 }), cents(50)).map(([size, price]) => ({ meter, package: size, price }))
const close = (a: number, b: number, scale = 0) =>
  expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-9 * (1 + Math.abs(a) + Math.abs(b) + scale))
const runs = effort(15, 1000, 40)
const holds = async <T extends [unknown, ...unknown[]]>(
  arbitraries: { [K in keyof T]: fc.Arbitrary<T[K]> },
  check: (...values: T) => Promise<void>,
) => fc.assert(fc.asyncProperty(...arbitraries, check), runs)

describe('amounts', () => {
  it('of graduated prices, commitments and packages never fall when the quantity rises', () =>
    holds<[object, number, number]>(
      [fc.oneof<fc.Arbitrary<object>[]>(graduated, commitment, packages), quantity, quantity],
      async (charge, used, more) => {
        expect(await amountOf(charge, used + more)).toBeGreaterThanOrEqual((await amountOf(charge, used)) * (1 - 1e-12))
      },
    ))
  it('are continuous for graduated prices and commitments', () =>
    holds<[object, number]>([fc.oneof<fc.Arbitrary<object>[]>(graduated, commitment), quantity], async (charge, used) => {
      expect(Math.abs((await amountOf(charge, used + 1e-6)) - (await amountOf(charge, used)))).toBeLessThan(1e-5)
    }))
  it('lie between minimum and maximum', () =>
    holds<[object, number, number, number]>(
      [graduated, quantity, cents(10_000), cents(10_000)],
      async (charge, used, low, more) => {
        const bill = await amountOf({ ...charge, minimum: `$${low}`, maximum: low + more }, used)
        expect(bill).toBeGreaterThanOrEqual(low - 1e-9)
        expect(bill).toBeLessThanOrEqual(low + more + 1e-9)
      },
    ))
  it('do not depend on the order of charges', () =>
    holds<[object, object, object, number]>([graduated, commitment, packages, quantity], async (a, b, c, used) => {
      close((await amountsOf([a, b, c], [used]))[0], (await amountsOf([c, a, b], [used]))[0])
    }))
  it('of a plain unit price do not depend on the period', () =>
    holds<[number, number[], string]>(
      [cents(3), fc.array(quantity, { minLength: 12, maxLength: 12 }), fc.constantFrom('quarter', 'year')],
      async (price, used, period) => {
        const [monthly, longer] = [await amountsOf([{ meter, price }], used), await amountsOf([{ meter, price, period }], used)]
        monthly.forEach((amount, m) => close(amount, longer[m]))
      },
    ))
})

describe('a yearly term', () => {
  const year = fc.array(quantity, { minLength: 12, maxLength: 12 })
  it('with a commitment costs no more than twelve monthly ones', () =>
    holds<[number, number, number, number[]]>([quantity, cents(2), cents(2), year], async (committed, price, more, used) => {
      const charge = { meter, price, overage: price + more }
      const [annual, monthly] = [`${12 * committed}/year`, `${committed}/month`]
      expect(await amountOf({ ...charge, commitment: annual }, ...used)).toBeLessThanOrEqual(
        (await amountOf({ ...charge, commitment: monthly }, ...used)) * (1 + 1e-12) + 1e-9,
      )
    }))
  it('with an included quantity costs no more than twelve monthly ones', () =>
    holds<[number, number, number[]]>([quantity, cents(2), year], async (free, price, used) => {
      const [annual, monthly] = [{ included: `${12 * free}/year` }, { included: `${free}/month` }]
      expect(await amountOf({ meter, price, ...annual }, ...used)).toBeLessThanOrEqual(
        (await amountOf({ meter, price, ...monthly }, ...used)) * (1 + 1e-12) + 1e-9,
      )
    }))
  it('never costs more with rollover', () =>
    holds<[number, number, number[]]>([quantity, fc.integer({ min: 1, max: 12 }), year], async (included, rollover, used) => {
      expect(await amountOf({ meter, price: 1, included, rollover }, ...used)).toBeLessThanOrEqual(
        (await amountOf({ meter, price: 1, included }, ...used)) + 1e-6,
      )
    }))
})

describe('any invoice', () => {
  it('adds up, for a month and for the whole plan', () =>
    fc.assert(
      fc.asyncProperty(anyContract, async (written) => {
        const { scenario } = await resolve(readScenario(written), reader)
        for (const { name } of scenario.offers) {
          const all = invoiceOf(scenario, name, {})
          const size = all.lines.reduce((sum, { amount }) => sum + Math.abs(amount), 0)
          close(
            all.total,
            all.lines.reduce((sum, { amount }) => sum + amount, 0),
            size,
          )
          const [first] = all.lines
          if (!first) continue
          const month = invoiceOf(scenario, name, { month: first.month })
          close(
            month.total,
            all.lines.filter((line) => line.month === first.month).reduce((sum, { amount }) => sum + amount, 0),
            size,
          )
          for (const { quantity: units, price, amount } of all.lines)
            if (units !== undefined && price !== undefined) close(units * price, amount, size)
        }
      }),
      effort(10, 1000, 25),
    ))
})
