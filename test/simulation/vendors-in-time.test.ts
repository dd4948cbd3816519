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
