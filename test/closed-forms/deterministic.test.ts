import { describe, expect, it } from 'vitest'
import type { OfferSummary } from '../../src/summary/summary.ts'
import { simulate } from '../simulate.ts'

const months = Array.from({ length: 12 }, (_, m) => m)
const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0)
const perConversation = { charges: [{ meter: 'conversations', price: 1 }] }
const perResolution = { charges: [{ meter: 'resolutions', price: 1 }] }

/** The one offer's monthly bills; without uncertainty every trial is the point estimate, with a standard error of 0. */
async function bills(scenario: Record<string, unknown>, offer: Record<string, unknown>): Promise<number[]> {
  const { bill } = await summaryOf(scenario, offer)
  return bill.monthly.map(({ mean, point }) => {
    expect(mean.value).toBeCloseTo(point, 8)
    expect(mean.se).toBe(0)
    return mean.value
  })
}

async function summaryOf(scenario: Record<string, unknown>, offer: Record<string, unknown>): Promise<OfferSummary> {
  const { summary } = await simulate({ conversations: { base: 1000 }, ...scenario, offers: { one: offer } }, { trials: 64 })
  expect(summary.offers.one.bill.mean.se).toBe(0)
  expect(summary.offers.one.bill.sd).toEqual({ value: 0, se: 0 })
  return summary.offers.one
}

function expectMonths(actual: readonly number[], expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length)
  for (const [m, value] of expected.entries())
    expect(Math.abs(actual[m] - value), `month ${m}: ${actual[m]}, exactly ${value}`).toBeLessThanOrEqual(
      1e-11 * Math.abs(value) + 1e-12,
    )
}

describe('conversations without uncertainty', () => {
  it('grow by a monthly rate', async () => {
    expectMonths(
      await bills({ conversations: { base: 1000, growth: '2%/month' } }, perConversation),
      months.map((m) => 1000 * 1.02 ** m),
    )
  })
  it('grow by the twelfth root of a yearly rate', async () => {
    expectMonths(
      await bills({ months: 25, conversations: { base: 1000, growth: '20%/year' } }, perConversation),
      Array.from({ length: 25 }, (_, m) => 1000 * 1.2 ** (m / 12)),
    )
  })
  it('shrink with negative growth', async () => {
    expectMonths(
      await bills({ conversations: { base: 1000, growth: '-3%/month' } }, perConversation),
      months.map((m) => 1000 * 0.97 ** m),
    )
  })
  it('follow seasons of the calendar, normalized to mean 1, whatever month the plan starts in', async () => {
    const seasonality = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]
    const expected = Array.from({ length: 14 }, (_, m) => (1000 * seasonality[(9 + m) % 12]) / 6.5)
    expectMonths(
      await bills({ start: '2026-10', months: 14, conversations: { base: 1000, seasonality } }, perConversation),
      expected,
    )
  })
  it('can be listed month by month', async () => {
    expectMonths(await bills({ months: 3, conversations: { monthly: [52_000, 49_000, 0] } }, perConversation), [52_000, 49_000, 0])
  })
  it('involve the AI in stages, each up to and including its month', async () => {
    const involvement = [{ until: '2027-03', value: '40%' }, { until: '2027-04', value: '60%' }, { value: '85%' }]
    const scenario = { start: '2027-01', months: 6, conversations: { base: 1000, involvement } }
    expectMonths(await bills(scenario, perConversation), [400, 400, 400, 600, 850, 850])
    expectMonths(await bills(scenario, { charges: [{ meter: 'tickets', price: 1 }] }), Array(6).fill(1000))
  })
  it('can take several actions each', async () => {
    expectMonths(
      await bills(
        { months: 1, conversations: { base: 1000, involvement: '50%', actions: 2.5 } },
        { charges: [{ meter: 'actions', price: '$0.10' }] },
      ),
      [125],
    )
  })
})

describe('the resolution rate without uncertainty', () => {
  const trends: readonly [string, Record<string, unknown>, (m: number) => number][] = [
    ['rises by points a month to its ceiling', { improvement: '1pt/month', ceiling: '70%' }, (m) => Math.min(0.7, 0.65 + 0.01 * m)],
    ['rises by points a year', { improvement: '6pt/year' }, (m) => 0.65 + (0.06 / 12) * m],
    ['rises by a percentage, compounding', { improvement: '1%/month', ceiling: '72%' }, (m) => Math.min(0.72, 0.65 * 1.01 ** m)],
    ['rises by a percentage a year', { improvement: '10%/year' }, (m) => 0.65 * 1.1 ** (m / 12)],
    ['falls with a negative improvement', { improvement: '-2pt/month' }, (m) => 0.65 - 0.02 * m],
    ['is never above 1', { improvement: '10pt/month' }, (m) => Math.min(1, 0.65 + 0.1 * m)],
    ['is never below 0', { improvement: '-10pt/month' }, (m) => Math.max(0, 0.65 - 0.1 * m)],
    [
      'saturates with the same initial slope in points',
      { improvement: '2pt/month', ceiling: '85%', approach: 'saturating' },
      (m) => 0.85 - 0.2 * Math.exp((-0.02 * m) / 0.2),
    ],
    [
      'saturates with the same initial slope as a percentage',
      { improvement: '3%/month', ceiling: '85%', approach: 'saturating' },
      (m) => 0.85 - 0.2 * Math.exp((-0.03 * 0.65 * m) / 0.2),
    ],
    ['is the ceiling if it starts above it', { ceiling: '60%' }, () => 0.6],
    ['stays at its ceiling when it saturates', { ceiling: '65%', improvement: '1pt/month', approach: 'saturating' }, () => 0.65],
  ]
  it.each(trends)('%s', async (_, resolution, rate) => {
    expectMonths(
      await bills({ resolution: { rate: '65%', ...resolution } }, perResolution),
      months.map((m) => 1000 * rate(m)),
    )
  })

  it('is shifted by an offset after the ceiling, and clamped', async () => {
    const resolution = { rate: '65%', improvement: '2pt/month', ceiling: '75%' }
    const trend = (m: number) => Math.min(0.75, 0.65 + 0.02 * m)
    expectMonths(
      await bills({ resolution }, { ...perResolution, resolution: { offset: '-5pt' } }),
      months.map((m) => 1000 * (trend(m) - 0.05)),
    )
    expectMonths(
      await bills({ resolution }, { ...perResolution, resolution: { offset: '30pt' } }),
      months.map((m) => 1000 * Math.min(1, trend(m) + 0.3)),
    )
  })
  it("can be an offer's own in some parameters and shared in the others", async () => {
    const resolution = { rate: '65%', improvement: '2pt/month', ceiling: '75%' }
    expectMonths(
      await bills({ resolution }, { ...perResolution, resolution: { rate: '50%' } }),
      months.map((m) => 1000 * Math.min(0.75, 0.5 + 0.02 * m)),
    )
    expectMonths(
      await bills({ resolution }, { ...perResolution, resolution: { improvement: '1%/month' } }),
      months.map((m) => 1000 * Math.min(0.75, 0.65 * 1.01 ** m)),
    )
    expectMonths(
      await bills({ resolution }, { ...perResolution, resolution: { ceiling: '70%' } }),
      months.map((m) => 1000 * Math.min(0.7, 0.65 + 0.02 * m)),
    )
  })
})

describe('a bill', () => {
  const scenario = { months: 4, conversations: { base: 1000, growth: '10%/month' }, resolution: { rate: '60%' } }
  const volume = (m: number) => 1000 * 1.1 ** m
  const four = [0, 1, 2, 3]
  it('counts shares of resolved and unresolved conversations, less the reopened ones', async () => {
    const counted = { resolved: '90%', unresolved: '10%', reopened: '5%' }
    const offer = await summaryOf(scenario, { ...perResolution, counted })
    const billable = four.map((m) => volume(m) * (0.6 * 0.9 + 0.4 * 0.1) * 0.95)
    expectMonths(
      offer.bill.monthly.map(({ mean }) => mean.value),
      billable,
    )
    expect(offer.billable?.mean.value).toBeCloseTo(sum(billable), 8)
    expect(offer.resolutions?.mean.value).toBeCloseTo(sum(four.map((m) => volume(m) * 0.6)), 8)
    expect(offer.costPerResolution?.mean.value).toBeCloseTo((0.58 * 0.95) / 0.6, 12)
  })
  it('credits reopened conversations on a later bill, but not beyond the horizon', async () => {
    const offer = { ...perResolution, counted: { reopened: { share: '20%', lag: 2 } } }
    expectMonths(
      await bills(scenario, offer),
      four.map((m) => 0.6 * (volume(m) - (m < 2 ? 0 : 0.2 * volume(m - 2)))),
    )
  })
  it('is not negative if the credit exceeds the month', async () => {
    const falling = { ...scenario, conversations: { monthly: [1000, 100, 0, 100] } }
    expectMonths(await bills(falling, { ...perResolution, counted: { reopened: { share: '50%', lag: 1 } } }), [600, 0, 0, 60])
  })
  it('counts escalations among the conversations of the AI, and tickets among all', async () => {
    const half = { ...scenario, conversations: { base: 1000, involvement: '50%' } }
    expectMonths(await bills(half, { charges: [{ meter: 'escalations', price: 1 }] }), Array(4).fill(200))
    expectMonths(await bills(half, { charges: [{ meter: 'tickets', price: 1 }] }), Array(4).fill(1000))
  })
})

describe('fees, seats and commitments', () => {
  const charge = (terms: Record<string, unknown>) => ({ charges: [terms] })
  const first = (amount: number, length = 12) => months.slice(0, length).map((m) => (m === 0 ? amount : 0))
  it.each<[string, Record<string, unknown>, readonly number[]]>([
    ['a monthly fee', { fee: '$49/month' }, Array(12).fill(49)],
    ['a bare fee is monthly', { fee: 49 }, Array(12).fill(49)],
    ['a yearly fee in twelfths', { fee: '$12k/year' }, Array(12).fill(1000)],
    ['a yearly fee upfront', { fee: '$12k/year', paid: 'upfront' }, first(12_000)],
    ['a fee once', { fee: '$20k/once' }, first(20_000)],
    ['seats', { seats: 40, price: '$115/month' }, Array(12).fill(4600)],
    ['seats by the year', { seats: 40, price: '$1200/year' }, Array(12).fill(4000)],
    [
      'a yearly commitment in twelfths, with overage once the running quantity exceeds it',
      { meter: 'tickets', commitment: '9500/year', price: 1, overage: 2 },
      months.map((m) => 9500 / 12 + (m < 9 ? 0 : m === 9 ? 1000 : 2000)),
    ],
    [
      'a yearly commitment upfront',
      { meter: 'tickets', commitment: '24k/year', price: 1, overage: 2, paid: 'upfront' },
      first(24_000),
    ],
    [
      'a quarterly commitment',
      { meter: 'tickets', commitment: '2500/quarter', price: 3, overage: 4 },
      months.map((m) => 2500 + (m % 3 === 2 ? 2000 : 0)),
    ],
    ['a minimum by the year', { meter: 'tickets', price: 1, minimum: '$15k/year' }, months.map((m) => (m === 11 ? 4000 : 1000))],
    [
      'a minimum by the quarter',
      { meter: 'tickets', price: 2, minimum: '$9k/quarter' },
      months.map((m) => (m % 3 === 2 ? 5000 : 2000)),
    ],
    ['a minimum by the month, in units', { meter: 'tickets', price: 2, minimum: '1500/month' }, Array(12).fill(3000)],
    ['a minimum that is met', { meter: 'tickets', price: 2, minimum: '900/month' }, Array(12).fill(2000)],
  ])('bill by the month: %s', async (_, terms, expected) => {
    expectMonths(await bills({}, charge(terms)), expected)
  })

  it('are pro rata in a year that the horizon cuts off', async () => {
    const cut = { months: 15 }
    expectMonths(
      await bills(cut, charge({ fee: '$12k/year', paid: 'upfront' })),
      Array.from({ length: 15 }, (_, m) => (m === 0 ? 12_000 : m === 12 ? 3000 : 0)),
    )
    expectMonths(
      await bills(cut, charge({ meter: 'tickets', price: 1, minimum: '$16k/year' })),
      Array.from({ length: 15 }, (_, m) => (m === 11 ? 5000 : m === 14 ? 2000 : 1000)),
    )
    expectMonths(
      await bills(cut, charge({ meter: 'tickets', commitment: '8k/year', price: 1, overage: 3 })),
      Array.from({ length: 15 }, (_, m) => 8000 / 12 + (m < 8 ? 0 : m < 12 ? 3000 : m < 14 ? 0 : 3000)),
    )
  })

  it('count seats from people, rounded up but not by a rounding error', async () => {
    const scenario = { months: 1, conversations: { base: 3000 }, resolution: { rate: '45%' } }
    // 3,000 × 55 % = 1650.0000000000002 are 33 agents of 50, not 34.
    expectMonths(await bills(scenario, charge({ seats: { perAgent: 50 }, price: '$100/month' })), [3300])
    expectMonths(await bills(scenario, charge({ seats: { perAgent: 49 }, price: '$100/month' })), [3400])
  })

  it('do not bill a rounding error as overage', async () => {
    const scenario = { months: 2, conversations: { base: 3000 }, resolution: { rate: '55%' } }
    const { overage } = await summaryOf(scenario, charge({ meter: 'resolutions', commitment: '1650/month', price: 1, overage: 2 }))
    expect(overage.any).toEqual({ value: 0, se: 0 })
    expect(overage.monthsMean.value).toBe(0)
    expect(overage.unused.value).toBeCloseTo(0, 9)
  })

  it('are divided into layers that add up to the bill', async () => {
    const offer = await summaryOf(
      { resolution: { rate: '60%' }, human: { cost: 6 } },
      {
        running: '$1k/month',
        charges: [
          { meter: 'resolutions', commitment: '500/month', price: 1, overage: 2 },
          { seats: 10, price: '$100/month' },
          { fee: '$5k/once' },
          { fee: '$200/month', layer: 'add-on' },
          { meter: 'tickets', price: '$0.10' },
        ],
      },
    )
    const layers = Object.fromEntries(
      Object.entries(offer.layers).map(([layer, { value }]) => [layer, Math.round(value * 1e6) / 1e6]),
    )
    expect(layers).toEqual({ commitment: 6000, overage: 2400, platform: 12_000, 'set-up': 5000, 'add-on': 2400, usage: 1200 })
    expect(sum(Object.values(layers))).toBeCloseTo(offer.bill.mean.value, 6)
    expect(offer.beyondBill.people?.value).toBeCloseTo(12 * 400 * 6, 6)
    expect(offer.beyondBill.running?.value).toBeCloseTo(12_000, 6)
    expect(offer.total.mean.value).toBeCloseTo(29_000 + 28_800 + 12_000, 6)
    expect(offer.overage.any.value).toBe(1)
    expect(offer.overage.monthsMean.value).toBe(12)
    expect(offer.overage.quantity.value).toBeCloseTo(1200, 8)
    expect(offer.overage.amount.value).toBeCloseTo(2400, 8)
  })
})

describe('the point estimate', () => {
  it('has every driver at its mean, without noise, spikes or setbacks', async () => {
    const { summary } = await simulate(
      {
        months: 2,
        conversations: { base: 'uniform(900, 1100)', noise: { cv: '20%' }, spikes: { probability: '10%', size: 2 } },
        resolution: { rate: 'uniform(60%, 70%)', noise: { sd: '5pt' }, setbacks: { probability: '10%', size: '10pt', months: 2 } },
        human: { cost: 'uniform(5, 7)' },
        offers: { a: { charges: [{ meter: 'resolutions', price: 'uniform(1, 3)' }] } },
      },
      { trials: 64 },
    )
    expect(summary.offers.a.bill.point).toBeCloseTo(2 * 650 * 2, 8)
    expect(summary.offers.a.bill.monthly[1].point).toBeCloseTo(650 * 2, 8)
    expect(summary.offers.a.total.point).toBeCloseTo(2 * 650 * 2 + 2 * 350 * 6, 8)
  })
})
