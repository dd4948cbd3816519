import { describe, expect, it } from 'vitest'
import { billedPlan } from '../../src/invoice/billed-plan.ts'
import { termNotes } from '../../src/invoice/term-notes.ts'
import { readScenario } from '../../src/scenario/read.ts'
import { resolve } from '../../src/scenario/resolve/resolve.ts'

const reader = { read: () => Promise.reject(new Error('no file')) }
const yearly = { meter: 'resolutions', period: 'year', commitment: '400k/year', price: 1, overage: 1.5 }

/** The notes on an offer of a plan with 50,000 conversations a month, of which 60% are resolved. */
async function notes(offer: object): Promise<readonly string[]> {
  const plan = { conversations: { base: '50k' }, resolution: { rate: '60%' }, offers: { a: offer } }
  const { scenario } = await resolve(readScenario(plan), reader)
  return termNotes(scenario, () => billedPlan(scenario))
}

describe('notes on a term', () => {
  it('say what the usage before the plan is taken as, unless it is stated', async () => {
    expect(await notes({ charges: [yearly], term: { start: '2026-10' } })).toEqual([
      "offers.a.charges[0]: its running period began in 2026-10, and has billed 90,000 before the plan if each month was like the plan's first. `term: { toDate }` states the real usage",
    ])
    expect(await notes({ charges: [yearly], term: { start: '2026-10', toDate: { resolutions: '80k' } } })).toEqual([])
    expect(await notes({ charges: [yearly], term: { start: '2027-01', toDate: { resolutions: '80k' } } })).toEqual([
      'offers.a.charges[0]: `toDate` has no effect, since no period is running when the plan starts',
    ])
  })
  it('say what the money before the plan is taken as, and what a minimum is short of after it', async () => {
    const charge = { meter: 'resolutions', price: '$1', minimum: '$600k/year' }
    expect(await notes({ charges: [charge], term: { start: '2026-10' } })).toEqual([
      "offers.a.charges[0]: it has cost $90,000.00 from 2026-10 to the plan, by the contract's price for that usage. `term: { toDate: { spend } }` states the real amount",
      "offers.a.charges[0]: 2027-10 to 2028-09 ends after the plan, so its true-up is not in the bill. At the plan's pace it will be $240,000.00",
    ])
  })
  it('print the prices of the first month after past anniversaries, and what begins empty', async () => {
    const charge = { meter: 'resolutions', price: '$1', escalator: '10%/year', included: '1k/month', rollover: 2 }
    expect(await notes({ charges: [charge], term: { start: '2024-11' } })).toEqual([
      'offers.a.charges[0]: no included units are left over from before the plan',
      "offers.a.charges[0]: the anniversaries before the plan count, so the first month's prices are $1.21",
    ])
    const bundles = { meter: 'tickets', bundles: [{ to: '20k', fee: '$5' }, { fee: '$9' }], ratchet: true }
    expect(await notes({ charges: [bundles], term: { start: '2026-10' } })).toEqual([
      'offers.a.charges[0]: no bundle was reached before the plan',
    ])
  })
  it('are absent without a term', async () => {
    expect(await notes({ charges: [yearly], from: '2027-04' })).toEqual([])
  })
})
