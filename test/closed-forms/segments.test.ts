import { describe, expect, it } from 'vitest'
import type { Estimate } from '../../src/summary/summary.ts'
import { simulate } from '../simulate.ts'
import { closedForm } from './agreement.ts'
import { normalQuantile } from './mathematics.ts'

const perConversation = { charges: [{ meter: 'conversations', price: 1 }] }
const z80 = normalQuantile(0.8)

/** Within five standard errors of both. */
function near(estimate: Estimate | undefined, value: number, se: number): void {
  expect(Math.abs((estimate?.value ?? Number.NaN) - value)).toBeLessThanOrEqual(5 * Math.hypot(se, estimate?.se ?? 0))
}

describe('segments of one month', () => {
  closedForm(
    'that are independent have the sum of their means and variances',
    {
      months: 1,
      segments: {
        a: { conversations: { base: '40k', noise: { cv: '30%' } } },
        b: { conversations: { base: '10k', noise: { cv: '50%' } } },
      },
      offers: { one: perConversation },
    },
    ({ offers: { one }, drivers }, agrees) => {
      const sd = Math.hypot(12_000, 5_000)
      agrees(one.bill.mean, 50_000, sd)
      agrees(one.bill.sd, sd)
      agrees(drivers.segments?.a.conversations.mean, 40_000, 12_000)
      agrees(one.segments?.b.bill.mean, 10_000, 5_000)
    },
  )

  closedForm(
    'that move together have the sum of their percentiles, and each its own as its budget',
    {
      months: 1,
      segments: {
        a: { conversations: { base: '40k', noise: { cv: '30%' } } },
        b: { conversations: { base: '10k', noise: { cv: '30%' } } },
      },
      correlations: [{ between: ['segments.a.conversations.noise', 'segments.b.conversations.noise'], rho: 1 }],
      offers: { one: perConversation },
    },
    ({ offers: { one } }, agrees) => {
      const sigma = Math.sqrt(Math.log(1.09))
      const factor = Math.exp(sigma * z80 - (sigma * sigma) / 2)
      agrees(one.bill.mean, 50_000, 15_000)
      agrees(one.bill.percentiles.p80, 50_000 * factor)
      agrees(one.segments?.a.budget.p80, 40_000 * factor)
      agrees(one.segments?.b.budget.p80, 10_000 * factor)
    },
  )

  closedForm(
    'share a noise stated at the top beside their own',
    {
      months: 1,
      conversations: { noise: { cv: '30%' } },
      segments: { a: { conversations: { base: '40k' } }, b: { conversations: { base: '10k', noise: { cv: '50%' } } } },
      offers: { a: { ...perConversation, of: 'a' }, b: { ...perConversation, of: 'b' }, both: perConversation },
    },
    ({ offers }, agrees) => {
      // The factors of b have (1 + cv²)(1 + cv²) as their mean square, and a and b share 1 + cv².
      const second = 40_000 ** 2 * 1.09 + 10_000 ** 2 * 1.09 * 1.25 + 2 * 40_000 * 10_000 * 1.09
      agrees(offers.a.bill.sd, 12_000)
      agrees(offers.b.bill.sd, Math.sqrt(10_000 ** 2 * (1.09 * 1.25 - 1)))
      agrees(offers.both.bill.mean, 50_000, Math.sqrt(second - 50_000 ** 2))
      agrees(offers.both.bill.sd, Math.sqrt(second - 50_000 ** 2))
    },
  )
})

describe('a commitment of two segments', () => {
  // Each has 1,000 or 2,000 conversations. Only one in four months has 4,000, but one in two has 2,000 of one segment.
  const volume = { conversations: { base: 'discrete(1000: 1, 2000: 1)' } }
  const commitment = (of: string | undefined, committed: number) => ({
    meter: 'conversations',
    commitment: committed,
    price: 1,
    overage: 2,
    ...(of && { of }),
  })
  closedForm(
    'bills less overage if it is pooled',
    {
      months: 1,
      segments: { a: volume, b: volume },
      offers: {
        pooled: { charges: [commitment(undefined, 3_000)] },
        apart: { charges: [commitment('a', 1_500), commitment('b', 1_500)] },
      },
    },
    ({ offers: { pooled, apart } }, agrees) => {
      agrees(pooled.overage.quantity, 250)
      agrees(apart.overage.quantity, 500)
      agrees(pooled.bill.mean, 3_500)
      agrees(apart.bill.mean, 4_000)
      agrees(pooled.overage.unused, 250)
      agrees(apart.overage.unused, 500)
    },
  )
})

describe('channels', () => {
  it('agree with 400,000 plain trials of an independent simulation', async () => {
    const plan = {
      start: '2027-01',
      conversations: { growth: '0.5%/month', noise: { cv: '5%', autocorrelation: 0.4 } },
      resolution: { improvement: '1pt/month', ceiling: '80%' },
      human: { cost: '$5.50' },
      segments: {
        chat: { conversations: { base: '40k to 52k', noise: { cv: '6%' } }, resolution: { rate: '55% to 70%' } },
        email: { conversations: { base: '18k to 26k' }, resolution: { rate: '30% to 50%' }, human: { cost: '$8' } },
        voice: {
          conversations: { base: '6k to 9k', minutes: '3 to 6' },
          resolution: { rate: '20% to 40%' },
          human: { cost: '$12' },
        },
      },
      offers: {
        split: {
          charges: [
            { meter: 'resolutions', of: ['chat', 'email'], price: '$0.99' },
            { meter: 'minutes', of: 'voice', price: '$0.09' },
          ],
        },
        pooled: {
          of: ['chat', 'email'],
          charges: [{ meter: 'resolutions', period: 'year', commitment: '480k/year', price: '$0.90', overage: '$1.30' }],
        },
      },
    }
    const { offers, comparison } = (await simulate(plan, { trials: 4_096, seed: 'channels' })).summary
    const { split, pooled } = offers

    near(split.bill.mean, 537_289.49, 75)
    near(split.bill.sd, 47_519.098, 54)
    near(split.bill.percentiles.p80, 576_676.04, 120)
    near(split.total.mean, 3_412_728.7, 440)
    near(pooled.bill.mean, 477_143.32, 76)
    near(pooled.bill.percentiles.p80, 517_264.92, 140)
    near(pooled.overage.any, 0.7074425, 0.00072)
    near(pooled.total.mean, 3_735_238.4, 460)
    near(pooled.total.percentiles.p80, 3_977_669.8, 770)
    near(split.segments?.voice.bill.mean, 35_646.487, 14)
    near(pooled.segments?.chat.bill.mean, 362_296.05, 65)
    near(comparison.cheaper?.split.pooled, 0.0090875, 0.00015)
  })
})
