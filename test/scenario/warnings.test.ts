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

describe('an offer with months of its own', () => {
  const fin = { charges: [{ meter: 'resolutions', price: 1 }] }
  const refund = { months: 6, below: '60%' }
  it('gets a warning if it has none in the plan', async () => {
    expect(await warnings(12, { fin: { ...fin, from: '2028-02' } })).toEqual(['offers.fin: has no month from 2027-01 to 2027-12'])
  })
  it('gets a warning if its first months are not settled', async () => {
    expect(await warnings(12, { fin: { ...fin, from: '2027-09', refund } })).toEqual([
      'offers.fin.refund: settles after 6 months, which is beyond the 4 months of the offer in the plan, so it has no effect',
    ])
    expect(await warnings(12, { fin: { ...fin, from: '2026-09', refund } })).toEqual([
      'offers.fin.refund: its 6 months begin in 2026-09, before the plan, so it has no effect',
    ])
    expect(await warnings(12, { fin: { ...fin, from: '2027-06', refund } })).toEqual([])
  })
})

describe('what comes back', () => {
  const fin = { charges: [{ meter: 'resolutions', price: 1 }] }
  const reopened = { ...fin, counted: { reopened: { share: '50%', lag: 1 } } }
  const human = { human: { cost: '$6' } }
  const free =
    ": those who come back cost nobody anything in this plan, since the share is the vendor's credit and no work. `resolution.returns` says how many come back and who handles them"
  it('gets a warning if the vendor credits it and nobody handles it', async () => {
    expect(await warnings(12, { fin: reopened, ada: reopened, sure: fin }, human)).toEqual([
      `offers.fin.counted.reopened, offers.ada.counted.reopened${free}`,
    ])
  })
  it('gets none if people cost nothing, or if the plan says who handles it', async () => {
    expect(await warnings(12, { fin: reopened })).toEqual([])
    expect(await warnings(12, { fin: { ...reopened, resolution: { returns: { share: '50%' } } } }, human)).toEqual([])
  })
  it('gets a warning if credits have no returns to go by', async () => {
    expect(await warnings(12, { fin: { ...fin, counted: { returned: 'credited' } } })).toEqual([
      'offers.fin.counted.returned: has no effect, since no `resolution.returns` says how many come back',
    ])
  })
})

describe('parts that leave conversations to people', () => {
  it('get a note with the months', async () => {
    const contract = { charges: [{ meter: 'resolutions', price: 1 }] }
    const parts = { old: { ...contract, until: '2027-03' }, new: { ...contract, from: '2027-05' } }
    expect(await warnings(12, { both: { parts } })).toEqual([
      'offers.both.traffic: no part takes all of the conversations in 2027-04, so people handle the rest',
    ])
    expect(await warnings(12, { both: { parts: { a: contract, b: contract }, traffic: { a: '50%', b: '30%' } } })).toEqual([
      'offers.both.traffic: no part takes all of the conversations in 2027-01 and 11 other months, so people handle the rest',
    ])
  })
})

describe('a period that is cut off', () => {
  it('gets one warning that lists all charges with that period', async () => {
    expect(await warnings(18, charges(minimum, commitment, { fee: '$12k/year', paid: 'upfront' }))).toEqual([
      'offers.a.charges[0], offers.a.charges[2]: 2028-01 to 2028-06 is an incomplete year, which counts as 6 of 12 months',
    ])
    expect(await warnings(7, charges(commitment, { seats: 3, price: '$50/quarter', paid: 'upfront' }))).toEqual([
      'offers.a.charges.usage, offers.a.charges[1]: 2027-07 to 2027-07 is an incomplete quarter, which counts as 1 of 3 months',
    ])
  })
  it('gets a warning if the period stands beside a distribution', async () => {
    expect(await warnings(6, charges({ fee: 'uniform($1k, $2k)', per: 'year', paid: 'upfront' }))).toEqual([
      'offers.a.charges[0]: 2027-01 to 2027-06 is an incomplete year, which counts as 6 of 12 months',
    ])
  })
  it('is the only reason for such a warning: whole periods, months, one-time fees and running costs get none', async () => {
    expect(await warnings(24, charges(minimum, commitment))).toEqual([])
    expect(
      await warnings(5, {
        a: { running: '$6k/year', charges: [{ fee: '$20k/once' }, { fee: '$5' }, { meter: 'tickets', price: 1 }] },
      }),
    ).toEqual([])
  })
  it('gets a warning that names at most six charges', async () => {
    const offers = Object.fromEntries(Array.from({ length: 9 }, (_, k) => [`o${k}`, { charges: [minimum] }]))
    const [only, ...none] = await warnings(6, offers)
    expect(none).toEqual([])
    expect(only).toMatch(
      /offers\.o5\.charges\[0\] and 3 more: 2027-01 to 2027-06 is an incomplete year, which counts as 6 of 12 months/,
    )
  })
  it('gets a warning at both ends of a charge that starts and ends within the plan', async () => {
    expect(await warnings(24, charges({ ...minimum, from: '2027-03', until: '2028-03' }))).toEqual([
      'offers.a.charges[0]: 2027-03 to 2027-12 is an incomplete year, which counts as 10 of 12 months',
      'offers.a.charges[0]: 2028-01 to 2028-03 is an incomplete year, which counts as 3 of 12 months',
    ])
  })
})

describe('a minimum above the maximum', () => {
  const bounded = (minimum: string, maximum: string) => charges({ meter: 'tickets', price: '$1', minimum, maximum })
  it('gets a warning, whatever their periods', async () => {
    for (const [minimum, maximum] of [
      ['$20k/month', '$10k/month'],
      ['$20k/month', '$200k/year'],
    ])
      expect(await warnings(12, bounded(minimum, maximum))).toEqual([
        'offers.a.charges[0]: the minimum exceeds the maximum, so the minimum is billed',
      ])
  })
  it('gets no warning if it is below, or not a plain amount', async () => {
    expect(await warnings(12, bounded('$20k/month', '$240k/year'))).toEqual([])
    expect(await warnings(12, bounded('uniform($20k, $30k)', '$10k'))).toEqual([])
    expect(await warnings(12, bounded('20k/month', '$10k'))).toEqual([])
  })
})

describe('a plan without uncertainty', () => {
  const certain = { conversations: { base: '50k', noise: { cv: 0 }, spikes: { probability: 0, size: 2 } } }
  it('gets exactly one warning', async () => {
    expect(await warnings(12, charges({ fee: 1 }), certain)).toEqual([
      'nothing in this plan is uncertain, so all trials are the same and all standard errors are 0',
    ])
  })
  it.each([
    [{ conversations: { base: '50k', noise: { cv: '1%' } } }, { fee: 1 }],
    [{ conversations: { base: '50k', spikes: { probability: '1%', size: 2 } } }, { fee: 1 }],
    [{ ...certain, resolution: { rate: '65%', setbacks: { probability: '1%', size: '1pt' } } }, { fee: 1 }],
    [certain, { fee: 'uniform(1, 2)' }],
  ])('gets no such warning with %j, %j', async (more, charge) => {
    expect(await warnings(12, charges(charge), more)).toEqual([])
  })
})
