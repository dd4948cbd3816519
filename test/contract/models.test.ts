// The models of charges, with figures worked out by hand.
import { describe, expect, it } from 'vitest'
import { billed, months, one } from './billed.ts'

const meter = 'conversations'
const figures = (charge: object, cases: readonly (readonly [number, number])[]) =>
  it.each(cases)('%d cost $%d', async (quantity, amount) =>
    expect((await billed(one({ meter, ...charge }), [quantity])).total).toBeCloseTo(amount, 9),
  )

describe('a unit price of $0.99', () =>
  figures({ price: '$0.99' }, [
    [0, 0],
    [32_500, 32_175],
  ]))

describe('graduated prices of $0.95 to 50, $0.90 to 100, then $0.85', () => {
  const graduated = [{ to: 50, price: '$0.95' }, { to: 100, price: '$0.90' }, { price: '$0.85' }]
  figures({ graduated }, [
    [0, 0],
    [50, 47.5],
    [51, 48.4],
    [100, 92.5],
    [253, 222.55],
  ])
})

describe('graduated prices with fees due when a tier is entered', () => {
  const graduated = [
    { to: 50, price: 1, fee: 10 },
    { to: 100, price: 0.5, fee: 20 },
  ]
  figures({ graduated }, [
    [0, 0],
    [1, 11],
    [50, 60],
    [51, 80.5],
    [200, 155],
  ])
})

describe('volume prices of $1.00 to 1,000, then $0.80', () => {
  figures({ volume: [{ to: 1000, price: '$1.00' }, { price: '$0.80' }] }, [
    [0, 0],
    [1000, 1000],
    [1001, 800.8],
    [5000, 4000],
  ])
})

describe('packages of 100 at $49', () =>
  figures({ package: 100, price: '$49' }, [
    [0, 0],
    [1, 49],
    [200, 98],
    [201, 147],
  ]))

describe('a commitment of 30,000 at $1.50, overage at $2.00', () =>
  figures({ commitment: '30k/month', price: '$1.50', overage: '$2.00' }, [
    [0, 45_000],
    [20_000, 45_000],
    [30_000, 45_000],
    [32_500, 50_000],
  ]))

describe('bundles of 1,000 for $500 and 3,000 for $1,200', () => {
  const bundles = [
    { to: 1000, fee: '$500' },
    { to: 3000, fee: '$1200' },
  ]
  figures({ bundles }, [
    [0, 500],
    [1000, 500],
    [1001, 1200],
    [9000, 1200],
  ])
  it('fall back in the next month unless a ratchet holds them', async () => {
    expect((await billed(one({ meter, bundles }), [500, 1500, 500])).months).toEqual([500, 1200, 500])
    expect((await billed(one({ meter, bundles, ratchet: true }), [500, 1500, 500])).months).toEqual([500, 1200, 1200])
  })
})

describe('fees', () => {
  it('are monthly unless they state another period', async () =>
    expect((await billed(one({ fee: 49 }), months(3, 0))).months).toEqual([49, 49, 49]))
  it('per year are paid in twelfths, or upfront', async () => {
    expect((await billed(one({ fee: '$12k/year' }), months(14, 0))).months).toEqual(months(14, 1000))
    expect((await billed(one({ fee: '$12k/year', paid: 'upfront' }), months(14, 0))).months).toEqual([
      12_000,
      ...months(11, 0),
      2000,
      0,
    ])
  })
  it('that are due once fall in the first month in which they apply', async () =>
    expect((await billed(one({ fee: '$20k/once', from: '2027-03' }), months(4, 0))).months).toEqual([0, 0, 20_000, 0]))
})

describe('seats', () => {
  it('cost the stated price each', async () =>
    expect((await billed(one({ seats: 40, price: '$115/month' }), [0])).total).toBe(4600))
  it('with `perAgent: 600` number one for every 600 conversations that people handle, rounded up', async () => {
    const charge = { seats: { perAgent: 600 }, price: '$115/month' }
    expect((await billed(one(charge), [6000, 6001], { resolution: { rate: '50%' } })).months).toEqual([5 * 115, 6 * 115])
    expect((await billed(one({ ...charge, minimum: 10 }), [6000], { resolution: { rate: '50%' } })).total).toBe(1150)
  })
})

describe('credits', () => {
  const credits = { credits: { conversations: 50, actions: 20 }, package: 1000, price: '$10', included: '3k/month' }
  it.each([
    [10, 0],
    [33, 0],
    [34, 10],
    [100, 60],
  ])('%d conversations of two actions each cost $%d', async (quantity, amount) => {
    expect((await billed(one(credits), [quantity], { conversations: { monthly: [quantity], actions: 2 } })).total).toBe(amount)
  })
})
