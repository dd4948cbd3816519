// Properties of offers in time, and cases with figures of an independent simulation.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Estimate, Summary } from '../../src/summary/summary.ts'
import { compile, sharedNothing } from '../../src/compile/compile.ts'
import type { Program } from '../../src/compile/program.ts'
import { readScenario } from '../../src/scenario/read.ts'
import { resolve } from '../../src/scenario/resolve/resolve.ts'
import { effort, long, patience, slow, thorough } from '../effort.ts'
import { anyContract } from '../oracle/contracts.ts'
import type { Written } from '../oracle/scenarios.ts'
import { modelOf } from '../../src/simulation/model.ts'
import { simulate } from '../simulate.ts'

const run = async (plan: object, trials = 64): Promise<Summary> => (await simulate(plan, { trials, seed: 'time' })).summary

const reader = { read: () => Promise.reject(new Error('these plans read no files')) }

/** All that a run computes, before it draws. */
async function compiled(plan: Written): Promise<Program> {
  const { scenario } = await resolve(readScenario(plan), reader)
  return compile(scenario, { measure: 'bill', pairs: 'auto' }, sharedNothing(false))
}

/** A plan with each offer changed. */
const withOffers = (plan: Written, change: (offer: object) => object): Written => ({
  ...plan,
  offers: Object.fromEntries(Object.entries(plan.offers).map(([name, offer]) => [name, change(offer as object)])),
})

/** Within five standard errors of both. */
function near(estimate: Estimate | undefined, value: number, se: number): void {
  const { value: found, se: own } = estimate ?? { value: Number.NaN, se: Number.NaN }
  expect(Math.abs(found - value)).toBeLessThanOrEqual(5 * Math.hypot(se, own))
}

const market = {
  conversations: { base: '45k to 60k', noise: { cv: '8%', autocorrelation: 0.5 } },
  resolution: { rate: '60% to 70%', noise: { sd: '2pt' } },
  human: { cost: '$6.00' },
}

describe('parts', () => {
  it('that are one contract have every figure of that contract, to the last bit', async () => {
    const contract = {
      charges: [
        { meter: 'resolutions', period: 'year', commitment: '350k/year', price: 1, overage: 1.5 },
        { seats: { perAgent: 600 }, price: '$90/month' },
      ],
      from: '2027-03',
      refund: { months: 4, below: '62%' },
      running: '$2k/month',
    }
    const { running: _, ...part } = contract
    const [one, other] = [
      await run({ ...market, offers: { a: contract } }, 1024),
      await run({ ...market, offers: { a: { parts: { only: part }, running: contract.running, from: contract.from } } }, 1024),
    ]
    expect(other).toEqual(one)
  })

  it(
    'that are one contract of any kind are the same computation, if nothing in the contract is uncertain',
    async () => {
      const drawn = /"(uniform|lognormal|discrete)\([^"]*"/g
      const certain = (offer: unknown): object =>
        JSON.parse(JSON.stringify(offer).replaceAll(drawn, '"2"').replaceAll('"-10% to 25%"', '"3%"')) as object
      const property = fc.asyncProperty(anyContract, fc.integer({ min: 1, max: 6 }), async (plan, months) => {
        const contracts = Object.entries(plan.offers).map(([name, offer]) => [name, certain(offer)] as const)
        const both = contracts.flatMap(([name, offer]) => [
          [name, offer],
          [`${name}-parted`, { parts: { only: offer } }],
        ])
        const { offers, program } = modelOf(await compiled({ ...plan, months, offers: Object.fromEntries(both) }))
        for (let k = 0; k < offers.length; k += 2) {
          const [one, other] = [offers[k], offers[k + 1]]
          expect([other.bill, other.total, other.genuine, other.billable]).toEqual([one.bill, one.total, one.genuine, one.billable])
          for (let m = 0; m < program.months; m++) expect(other.billMonth(m)).toBe(one.billMonth(m))
        }
      })
      await fc.assert(property, effort(3, 500, 15))
    },
    patience,
  )

  it('with the same linear contract cost what one costs that gets all conversations', async () => {
    const contract = {
      charges: [
        { meter: 'resolutions', price: '$0.99' },
        { meter: 'conversations', price: '$0.10' },
      ],
    }
    const both = { parts: { a: contract, b: contract, c: contract }, traffic: { a: '20% to 40%', b: '30%' } }
    const { one, several } = (await run({ ...market, offers: { one: contract, several: both } }, 256)).offers
    for (const measure of ['bill', 'total'] as const)
      for (const key of ['min', 'max'] as const)
        expect(Math.abs(several[measure][key] / one[measure][key] - 1)).toBeLessThanOrEqual(1e-12)
  })

  it('in the shadow of others are billed, and resolve nothing', async () => {
    const flat = { conversations: { base: 1000 }, resolution: { rate: '50%' }, human: { cost: '$10' }, months: 2 }
    const parts = {
      old: { charges: [{ meter: 'resolutions', price: 1 }] },
      new: { charges: [{ meter: 'resolutions', price: 2 }], resolution: { rate: '80%' } },
    }
    const offer = { parts, traffic: { new: '25%' }, shadow: { new: '2027-01' } }
    const { a } = (await run({ ...flat, offers: { a: offer } })).offers
    // January: 500 at $1 and 250 · 80% at $2 in the shadow; February: 375 at $1 and 200 at $2.
    expect(a.bill.monthly?.map(({ mean }) => mean.value)).toEqual([900, 775])
    expect(a.total.monthly?.map(({ mean }) => mean.value)).toEqual([900 + 5000, 775 + 4250])
    expect(a.resolutions?.mean.value).toBe(500 + 575)
  })

  it.runIf(thorough || long || slow)('that switch the vendor in June cost what an independent simulation says', async () => {
    const old = { resolution: { rate: '40% to 50%' }, charges: [{ meter: 'conversations', price: '$0.70' }] }
    const { offers } = await run(
      {
        conversations: { base: '45k to 60k', noise: { cv: '8%', autocorrelation: 0.5 } },
        human: { cost: '$6.00' },
        offers: {
          switch: {
            parts: {
              old: { ...old, until: '2027-06' },
              new: {
                from: '2027-06',
                resolution: { rate: '58% to 72%', improvement: '1pt/month', ceiling: '80%' },
                charges: [{ meter: 'resolutions', price: '$0.99' }, { fee: '$30k/once' }],
              },
            },
            traffic: { new: [{ until: '2027-06', value: '20%' }, { value: '100%' }] },
          },
          stay: old,
        },
      },
      65_536,
    )
    near(offers.switch.bill.mean, 461_362.31, 69)
    near(offers.switch.bill.percentiles.p80, 497_110.12, 100)
    near(offers.switch.total.mean, 2_069_541.6, 340)
    near(offers.switch.total.sd, 214_383.39, 250)
    near(offers.switch.total.percentiles.p80, 2_245_287, 510)
    near(offers.switch.bill.monthly?.[5].mean, 65_942.378, 6.8)
    near(offers.stay.total.mean, 2_504_962.1, 420)
    near(offers.stay.bill.percentiles.p80, 472_575.44, 110)
  })
})

describe('a term', () => {
  it(
    'that starts with the plan changes no bit, if the horizon is whole periods',
    async () => {
      const property = fc.asyncProperty(anyContract, fc.constantFrom(12, 24), async (plan, months) => {
        const whole = { ...plan, months }
        const term = { start: '2027-01', months }
        expect(await compiled(withOffers(whole, (offer) => ({ ...offer, term })))).toEqual(await compiled(whole))
      })
      await fc.assert(property, effort(30, 5000, 300))
    },
    patience,
  )

  it.runIf(thorough || long || slow)('of a contract year from April has the overage of a whole year', async () => {
    const commitment = { meter: 'resolutions', period: 'year', commitment: '400k/year', price: '$1.00', overage: '$1.50' }
    const { offers } = await run(
      {
        conversations: { base: '45k to 60k', noise: { cv: '8%', autocorrelation: 0.5 } },
        resolution: { rate: '60% to 70%' },
        offers: {
          term: { from: '2027-04', term: { start: '2027-04', months: 12 }, charges: [commitment] },
          cut: { from: '2027-04', charges: [commitment] },
        },
      },
      65_536,
    )
    near(offers.term.bill.mean, 300_108.45, 3.3)
    expect(offers.term.bill.percentiles.p80?.value).toBe(300_000)
    near(offers.term.overage?.any, 0.0051475, 0.00011)
    near(offers.cut.bill.mean, 324_056.29, 53)
    near(offers.cut.overage?.any, 0.5484075, 0.00079)
  })
})
