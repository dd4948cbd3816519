// A price of $1 that is $1,001 with a probability of 1 in 100,000, and a spike of 1,000 times the volume as rare. No trial meets them, and every
// figure that they move must still have an error. All errors have closed forms: √(q / N) times the distance, for N trials.
import { describe, expect, it } from 'vitest'
import { METHODS } from '../../src/numerics/random/plan.ts'
import { informationOf } from '../../src/questions/explain/information.ts'
import { sensitivityOf } from '../../src/questions/explain/sensitivity.ts'
import { reader } from '../questions/reader.ts'
import type { Estimate } from '../../src/summary/summary.ts'
import { normalCdf } from '../closed-forms/mathematics.ts'
import { simulate } from '../simulate.ts'

const [q, trials, seed] = [1e-5, 8_192, 'rare']
const plan = {
  months: 2,
  conversations: { base: 500 },
  fiscalYearStart: 2,
  offers: {
    // 1,000 conversations: $1,000, or $1,001,000.
    a: { charges: [{ meter: 'conversations', price: 'discrete($1: 99.999%, $1001: 0.001%)', included: '100/month' }] },
    b: { charges: [{ meter: 'conversations', price: '$1.50' }] },
  },
}
/** 800 billed conversations. */
const far = 800 * 1_000
const error = (distance: number) => Math.sqrt(q / trials) * distance

describe.each(METHODS)('a price that no trial met leaves an error, by %s,', (method) => {
  const run = simulate(plan, { trials, method, seed })
  const expectUnmet = ({ value, se }: Estimate | undefined = { value: Number.NaN, se: 0 }, unmet: number, distance: number) => {
    expect(value).toBeCloseTo(unmet, 6)
    expect(se / error(distance)).toBeCloseTo(1, 8)
  }

  it('in costs, months, quarters, fiscal years and layers', async () => {
    const { bill, layers, costPerConversation, overage } = (await run).summary.offers.a
    expectUnmet(bill.mean, 800, far)
    expectUnmet(bill.monthly[0].mean, 400, far / 2)
    expectUnmet(bill.fiscalYears?.[1].mean, 400, far / 2)
    expectUnmet(bill.quarterly[0].mean, 400, far / 2)
    expectUnmet(bill.quarterly[0].expectedShortfall?.p95, 400, far / 2 / 0.05)
    expectUnmet(bill.worstMonth?.mean, 400, far / 2)
    expectUnmet(bill.worstQuarter?.expectedShortfall.p90, 400, far / 2 / 0.1)
    expectUnmet(layers.usage, 800, far)
    expectUnmet(costPerConversation?.mean, 0.8, far / 1_000)
    expectUnmet(bill.expectedShortfall.p95, 800, far / 0.05)
    expectUnmet(bill.monthly[1].expectedShortfall?.p90, 400, far / 2 / 0.1)
    expect(overage.quantity.se).toBe(0)
    // The error of the variance is √(q / N) · far², and the standard deviation of the trials is 0.
    expect(bill.sd.value).toBe(0)
    expect(bill.sd.se).toBeCloseTo(Math.sqrt(error(far * far)), 6)
    expect(bill.sd.se).toBeGreaterThan(Math.sqrt(q * (1 - q)) * far)
  })

  it('in the difference, regret and the odds of two offers', async () => {
    const { comparison } = (await run).summary
    expectUnmet(comparison.difference?.a.b.mean, -700, far)
    expectUnmet(comparison.difference?.b.a.mean, 700, far)
    expectUnmet(comparison.regret.a, 0, far - 700)
    expectUnmet(comparison.regret.b, 700, 700)
    expect(comparison.difference?.a.b.sd.se).toBeCloseTo(Math.sqrt(error(far * far)), 6)
    for (const { se } of [comparison.cheapest.a, comparison.cheaper?.a.b ?? { se: 0 }]) expect(se).toBeGreaterThanOrEqual(error(1))
  })

  it('in the figures that a run gives on request', async () => {
    const result = await run
    const difference = result.difference('a', 'b')
    expectUnmet(difference.expectedShortfall(0.99).expectedShortfall, -700, far / 0.01)
    expectUnmet(difference.expectedShortfall(0.99).offers[0].amount, 800, far / 0.01)
    expect(difference.expectedShortfall(0.99).offers[1].amount.se).toBe(0)
    expectUnmet(result.expectedShortfall('a', 0.99), 800, far / 0.01)
    expectUnmet(result.shortfallParts('a', 0.9).layers[0].amount, 800, far / 0.1)
    expectUnmet(result.regret('a').expectedShortfall.p95, 0, (far - 700) / 0.05)
    const points = result.convergence('mean', 'a').points
    expect(points[0].se).toBeCloseTo(Math.sqrt(q / points[0].trials) * far, 6)
    // A column that is the same in every trial is not certain: the price of another offer is.
    for (const { se } of [difference.above(0), result.overrun('a', 2_000).probability]) expect(se).toBeGreaterThanOrEqual(error(1))
    expect(result.overrun('b', 2_000).probability).toEqual({ value: 0, se: 0 })
  })

  it('in the value of information and the sensitivity', async () => {
    const { evpi, evppi, words } = await informationOf(plan, { trials, method, seed }, reader)
    // The price is in a cell of a known probability, whose gain is missing.
    expect(evpi).toEqual({ value: 0, se: expect.closeTo(q * (far - 700), 6) as number })
    expect(evppi['offers.a.charges[0].price']).toEqual(evpi)
    expect(words).toBe('Sign a: no other offer costs less in any simulated year.')
    const { mean, variance } = await sensitivityOf(plan, { offer: 'a', against: 'b', trials, method, seed }, reader)
    expectUnmet(mean, -700, far)
    expectUnmet(variance, 0, far * far)
  })
})

describe.each(METHODS)('a spike that no trial met leaves an error over the horizon, by %s,', (method) => {
  it('of a spike in any of its months', async () => {
    const spikes = { probability: 0.00001, size: 1_000, months: 1 }
    const spiky = {
      months: 12,
      conversations: { base: 1_000, spikes },
      offers: {
        a: { charges: [{ meter: 'conversations', price: '$1' }] },
        b: { charges: [{ meter: 'conversations', commitment: '2k/month', price: '$0.80', overage: '$0.80' }] },
      },
    }
    const few = 1_024
    const { summary } = await simulate(spiky, { trials: few, method, seed: 'spike' })
    const { bill } = summary.offers.a
    const wide = Math.sqrt((12 * 0.00001) / few) * 999_000
    expect(bill.mean.value).toBe(12_000)
    expect(bill.mean.se).toBeCloseTo(wide, 4)
    expect(Math.abs(12_119.88 - bill.mean.value)).toBeLessThan(2 * bill.mean.se)
    expect(summary.drivers.conversations.mean.se).toBeCloseTo(wide, 4)
    expect(bill.sd.se).toBeGreaterThan(Math.sqrt(12 * 0.00001) * 999_000)
    const { overage } = summary.offers.b
    expect(overage.quantity.se).toBeCloseTo(Math.sqrt((12 * 0.00001) / few) * 998_000, 4)
    expect(overage.amount.se).toBeCloseTo(Math.sqrt((12 * 0.00001) / few) * 998_000 * 0.8, 4)
    expect(overage.unused.se).toBeCloseTo(Math.sqrt((12 * 0.00001) / few) * 1_000, 4)
  })
})

describe('what no trial met, though the plan allows it,', () => {
  // The guarantee pays if the rate falls below 50%: at 5 standard deviations, with a probability of 2.9e-7.
  // Noise that hardly moves it keeps the place along the rate from being known.
  const noise = { sd: '0.001pt' }
  const guaranteed = (above: number, own: object = { noise }) => ({
    months: 1,
    conversations: { base: 1_000 },
    resolution: { rate: 'normal(0.65, 0.03)', ...own },
    offers: {
      sure: {
        charges: [{ meter: 'conversations', price: '$1' }],
        guarantee: { months: 1, notAbove: above, payment: '$5k' },
      },
      other: { charges: [{ meter: 'conversations', price: '$1' }] },
    },
  })

  it.each(METHODS)('leaves the error of the rule of three in means and regret, by %s', async (method) => {
    const run = await simulate(guaranteed(0.5), { trials: 4_096, method, seed: 'guarantee' })
    const { offers, comparison } = run.summary
    const exact = 5_000 * normalCdf(-5)
    const three = (1.5 * 5_000) / 4_096
    for (const figure of [offers.sure.layers.credits, comparison.regret.other]) {
      expect(figure).toEqual({ value: 0, se: expect.closeTo(three, 9) as number })
      expect(exact).toBeLessThan(2 * figure.se)
    }
    expect(comparison.regret.sure).toEqual({ value: 0, se: 0 })
    expect(offers.sure.bill.mean).toEqual({ value: 1_000, se: expect.closeTo(three, 9) as number })
    expect(offers.sure.bill.sd.se).toBeCloseTo(5_000 * Math.sqrt(3 / 4_096 / 4), 9)
    expect(comparison.difference?.sure.other.mean.se).toBeCloseTo(three, 9)
    expect(offers.other.bill.mean).toEqual({ value: 1_000, se: 0 })
    expect(run.regret('other').expectedShortfall.p95.se).toBeCloseTo(three / 0.05, 6)
  })

  it.each(METHODS)('leaves the error of its chance if one draw decides it, by %s', async (method) => {
    const { summary } = await simulate(guaranteed(0.5, {}), { trials: 4_096, method, seed: 'guarantee' })
    const own = 5_000 * Math.sqrt(normalCdf(-5) / 4_096)
    expect(summary.offers.sure.layers.credits).toEqual({ value: 0, se: expect.closeTo(own, 4) as number })
    expect(summary.offers.sure.bill.expectedShortfall.p95).toEqual({ value: 1_000, se: 0 })
    expect(summary.offers.other.bill.mean).toEqual({ value: 1_000, se: 0 })
  })

  it.each(METHODS)('leaves an error in an expected shortfall whose trials are all equal, by %s', async (method) => {
    // Two packages of 1,500 conversations in nearly every trial. A third one, above 3,000, has a probability of about one in a million.
    const packages = {
      months: 1,
      conversations: { base: 'normal(2200, 100)', noise: { cv: '6%' } },
      offers: {
        packages: { charges: [{ meter: 'conversations', package: 1_500, price: '$1k' }] },
        capped: { charges: [{ meter: 'conversations', package: 1_500, price: '$1k', maximum: '$2k/month' }] },
      },
    }
    const result = await simulate(packages, { trials: 4_096, method, seed: 'packages' })
    const { packages: open, capped } = result.summary.offers
    const all = [
      [open.bill.expectedShortfall.p95, 0.05],
      [open.bill.monthly[0].expectedShortfall?.p90, 0.1],
      [result.expectedShortfall('packages', 0.975), 0.025],
    ] as const
    for (const [found, share] of all) {
      expect(found?.value).toBe(2_000)
      // The rule of three, for one package more at the least.
      expect(found?.se).toBeGreaterThan((0.999 * 1.5 * 1_000) / 4_096 / share)
      expect(found?.se).toBeLessThan((1.5 * 10_000) / 4_096 / share)
    }
    expect(capped.bill.expectedShortfall.p95).toEqual({ value: 2_000, se: 0 })
    expect(result.expectedShortfall('capped', 0.975)).toEqual({ value: 2_000, se: 0 })
  })

  it('is certain if only a chance of less than one in a billion reaches it', async () => {
    const { summary } = await simulate(guaranteed(0.3), { trials: 4_096, seed: 'guarantee' })
    expect(summary.offers.sure.layers.credits).toEqual({ value: 0, se: 0 })
    expect(summary.offers.sure.bill.mean).toEqual({ value: 1_000, se: 0 })
  })
})
