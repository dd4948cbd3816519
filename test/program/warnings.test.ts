import { describe, expect, it } from 'vitest'
import { resolve } from '../../src/program/resolve.ts'
import { warningsOf } from '../../src/program/warnings.ts'
import { readScenario } from '../../src/scenario/read.ts'

const reader = { read: () => Promise.reject(new Error('no file')) }
const of = (months: number, offers: object, more: object = {}) =>
  resolve(readScenario({ months, conversations: { base: '45k to 60k' }, resolution: { rate: '65%' }, offers, ...more }), reader)
const warnings = async (...input: Parameters<typeof of>) => (await of(...input)).warnings
const charges = (...list: object[]) => ({ a: { charges: list } })

const minimum = { meter: 'tickets', price: '$1', minimum: '$30k/year' }
const commitment = { id: 'usage', meter: 'tickets', commitment: '90k/quarter', price: 1, overage: 2 }

describe('a period that is cut off is told', () => {
  it('with its months, the terms that it holds together', async () => {
    expect(await warnings(18, charges(minimum, commitment, { fee: '$12k/year', paid: 'upfront' }))).toEqual([
      'offers.a.charges[0].minimum, offers.a.charges[2].fee: the year from 2028-01 has 6 of its 12 months, and counts pro rata',
    ])
    expect(await warnings(7, charges(commitment, { seats: 3, price: '$50/quarter' }))).toEqual([
      'offers.a.charges.usage.commitment, offers.a.charges[1].price: the quarter from 2027-07 has 1 of its 3 months, and counts pro rata',
    ])
  })
  it('where a distribution has its period beside it', async () => {
    expect(await warnings(6, charges({ fee: 'uniform($1k, $2k)', per: 'year' }))).toEqual([
      'offers.a.charges[0].fee: the year from 2027-01 has 6 of its 12 months, and counts pro rata',
    ])
  })
  it('but not where all are whole, or for months, once and the running cost', async () => {
    expect(await warnings(24, charges(minimum, commitment))).toEqual([])
    expect(
      await warnings(5, {
        a: { running: '$6k/year', charges: [{ fee: '$20k/once' }, { fee: '$5' }, { meter: 'tickets', price: 1 }] },
      }),
    ).toEqual([])
  })
  it('with a few names where there are many', async () => {
    const offers = Object.fromEntries(Array.from({ length: 9 }, (_, k) => [`o${k}`, { charges: [minimum] }]))
    const [only, ...none] = await warnings(6, offers)
    expect(none).toEqual([])
    expect(only).toMatch(/offers\.o5\.charges\[0\]\.minimum and 3 more: the year from 2027-01/)
  })
  it('at both ends of a charge that begins and ends within', async () => {
    const { scenario } = await of(24, charges(minimum))
    const within = { ...scenario.offers[0].charges[0], from: scenario.start + 2, until: scenario.start + 14 }
    expect(warningsOf({ ...scenario, offers: [{ ...scenario.offers[0], charges: [within] }] })).toEqual([
      'offers.a.charges[0].minimum: the year from 2027-03 has 10 of its 12 months, and counts pro rata',
      'offers.a.charges[0].minimum: the year from 2028-01 has 3 of its 12 months, and counts pro rata',
    ])
  })
})

describe('a scenario without uncertainty is told', () => {
  const certain = { conversations: { base: '50k', noise: { cv: 0 }, spikes: { probability: 0, size: 2 } } }
  it('and only that', async () => {
    expect(await warnings(12, charges({ fee: 1 }), certain)).toEqual([
      'nothing in this scenario is uncertain: all its futures are the same, and the standard errors are 0',
    ])
  })
  it.each([
    [{ conversations: { base: '50k', noise: { cv: '1%' } } }, { fee: 1 }],
    [{ conversations: { base: '50k', spikes: { probability: '1%', size: 2 } } }, { fee: 1 }],
    [{ ...certain, resolution: { rate: '65%', setbacks: { probability: '1%', size: '1pt' } } }, { fee: 1 }],
    [certain, { fee: 'uniform(1, 2)' }],
  ])('but not with %j, %j', async (more, charge) => {
    expect(await warnings(12, charges(charge), more)).toEqual([])
  })
})
