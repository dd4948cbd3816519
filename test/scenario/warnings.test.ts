import { describe, expect, it } from 'vitest'
import { resolve } from '../../src/scenario/resolve/resolve.ts'
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
      'offers.a.charges[0], offers.a.charges[2]: 2028-01 to 2028-06 counts as 6 months of a year of 12',
    ])
    expect(await warnings(7, charges(commitment, { seats: 3, price: '$50/quarter', paid: 'upfront' }))).toEqual([
      'offers.a.charges.usage, offers.a.charges[1]: 2027-07 to 2027-07 counts as 1 months of a quarter of 3',
    ])
  })
  it('where a distribution has its period beside it', async () => {
    expect(await warnings(6, charges({ fee: 'uniform($1k, $2k)', per: 'year', paid: 'upfront' }))).toEqual([
      'offers.a.charges[0]: 2027-01 to 2027-06 counts as 6 months of a year of 12',
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
    expect(only).toMatch(/offers\.o5\.charges\[0\] and 3 more: 2027-01 to 2027-06 counts as 6 months/)
  })
  it('at both ends of a charge that begins and ends within', async () => {
    expect(await warnings(24, charges({ ...minimum, from: '2027-03', until: '2028-03' }))).toEqual([
      'offers.a.charges[0]: 2027-03 to 2027-12 counts as 10 months of a year of 12',
      'offers.a.charges[0]: 2028-01 to 2028-03 counts as 3 months of a year of 12',
    ])
  })
})

describe('a floor above the cap is told', () => {
  const bounded = (minimum: string, maximum: string) => charges({ meter: 'tickets', price: '$1', minimum, maximum })
  it('also by the month', async () => {
    for (const [minimum, maximum] of [
      ['$20k/month', '$10k/month'],
      ['$20k/month', '$200k/year'],
    ])
      expect(await warnings(12, bounded(minimum, maximum))).toEqual([
        'offers.a.charges[0]: its minimum comes to more than its maximum: the minimum is what is billed',
      ])
  })
  it('but not one below, or that is not stated as a number', async () => {
    expect(await warnings(12, bounded('$20k/month', '$240k/year'))).toEqual([])
    expect(await warnings(12, bounded('uniform($20k, $30k)', '$10k'))).toEqual([])
    expect(await warnings(12, bounded('20k/month', '$10k'))).toEqual([])
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
