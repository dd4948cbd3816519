// A portfolio against closed forms: sums of independent, equal and correlated plans, exchange rates, and plans that begin at other times.
import { describe, expect, it } from 'vitest'
import { noFiles } from '../../../src/scenario/resolve/files.ts'
import { type Portfolio, portfolioOf } from '../../../src/questions/portfolio/portfolio.ts'
import type { Estimate } from '../../../src/summary/summary.ts'

const Z80 = 0.8416212335729143

const plan = (conversations: object, more: object = {}) => ({
  start: '2027-01',
  months: 1,
  conversations,
  offers: { x: { charges: [{ meter: 'conversations', price: 1 }] } },
  ...more,
})
const signed = (scenario: object) => ({ scenario, offer: 'x' })
const normal = (mean: number, sd: number, more: object = {}) => signed(plan({ base: `normal(${mean}, ${sd})` }, more))

const added = (plans: object, more: object = {}, options: object = {}): Promise<Portfolio> =>
  portfolioOf({ portfolio: 'Group', plans, ...more }, noFiles, { trials: 16_384, ...options })

/** Within four standard errors, which must be small enough to show a wrong formula. */
function near({ value, se }: Estimate, exact: number, most: number): void {
  expect(se).toBeLessThan(most)
  expect(Math.abs(value - exact)).toBeLessThan(Math.max(4 * se, 1e-9 * Math.abs(exact)))
}
const p80Of = ({ portfolio }: Portfolio): Estimate => portfolio.bill.percentiles.p80 ?? { value: 0, se: 0 }

describe('independent plans', () => {
  const sd = Math.hypot(100, 200)

  it('add up to a normal total, whose contingency is divided by variance', async () => {
    const found = await added({ a: normal(1000, 100), b: normal(2000, 200) })
    near(found.portfolio.bill.mean, 3000, 0.1)
    near(found.portfolio.bill.sd, sd, 0.5)
    near(p80Of(found), 3000 + Z80 * sd, 4)
    near(found.plans.a.budget.p80, 1000 + (100 / sd) * Z80 * 100, 4)
    near(found.plans.b.budget.p80, 2000 + (200 / sd) * Z80 * 200, 4)
    near(found.plans.a.risk, 0.2, 0.01)
    near(found.diversification.p80, Z80 * (300 - sd), 5)
    near(found.correlations.a.b, 0, 0.01)
  })

  it('have budgets that add up to the cent at every confidence', async () => {
    const found = await added({ a: normal(1000.17, 93), b: normal(2000.33, 211), c: normal(700, 50) }, {}, { trials: 4_096 })
    for (const level of ['p50', 'p80', 'p90', 'p95'] as const) {
      const sum = Object.values(found.plans).reduce((total, { budget }) => total + Math.round(100 * budget[level].amount), 0)
      expect(sum).toBe(Math.round(100 * (found.portfolio.bill.percentiles[level]?.value ?? 0)))
    }
  })

  it('have the same figures in any order of the file', async () => {
    const [a, b] = [normal(1000, 100), normal(2000, 200)]
    const [one, other] = [await added({ a, b }, {}, { trials: 1_024 }), await added({ b, a }, {}, { trials: 1_024 })]
    expect(Object.keys(other.plans)).toEqual(['b', 'a'])
    expect(other.portfolio).toEqual(one.portfolio)
    expect(other.plans.a).toEqual(one.plans.a)
  })

  it('have honest errors', async () => {
    const scores: number[][] = []
    for (let seed = 0; seed < 24; seed++) {
      const found = await added({ a: normal(1000, 100), b: normal(2000, 200) }, {}, { trials: 2_048, seed, method: 'random' })
      const score = ({ value, se }: Estimate, exact: number) => (value - exact) / se
      scores.push([
        score(found.portfolio.bill.mean, 3000),
        score(p80Of(found), 3000 + Z80 * sd),
        score(found.plans.a.budget.p80, 1000 + (100 / sd) * Z80 * 100),
        score(found.diversification.p80, Z80 * (300 - sd)),
        score(found.correlations.a.b, 0),
      ])
    }
    // The root mean square of 24 scores of a normal distribution lies between these bounds in 99.9% of cases.
    scores[0].forEach((_, k) => {
      const rms = Math.sqrt(scores.reduce((sum, row) => sum + row[k] ** 2, 0) / scores.length)
      expect(rms).toBeGreaterThan(0.55)
      expect(rms).toBeLessThan(1.47)
    })
  })
})

describe('plans that share an input', () => {
  it('rise and fall together, so one budget saves nothing', async () => {
    const found = await added({ a: normal(1000, 100), b: normal(1000, 100) }, { shared: ['conversations.base'] })
    near(found.correlations.a.b, 1, 1e-9)
    near(found.portfolio.bill.sd, 200, 0.5)
    expect(Math.abs(found.diversification.p80.value)).toBeLessThan(1e-6)
  })

  it('may be correlated instead', async () => {
    const correlations = [{ between: ['a.conversations.base', 'b.conversations.base'], rho: 0.5 }]
    const found = await added({ a: normal(1000, 100), b: normal(2000, 200) }, { correlations })
    near(found.correlations.a.b, 0.5, 0.01)
    near(found.portfolio.bill.sd, Math.sqrt(100 ** 2 + 200 ** 2 + 2 * 0.5 * 100 * 200), 1)
  })
})

describe('monthly noise', () => {
  const noise = { cv: '20%', autocorrelation: 0.5 }
  const noisy = (start: string, months: number) => signed(plan({ base: 1000, noise }, { start, months }))
  const sigma2 = Math.log(1 + 0.2 ** 2)
  /** Of the volumes of two months, whose noises have this correlation of their logarithms. */
  const covariance = (rho: number) => 1e6 * Math.expm1(rho * sigma2)
  const variance = (weights: readonly number[]) =>
    weights.reduce((sum, w, i) => sum + weights.reduce((own, v, j) => own + w * v * covariance(0.5 ** Math.abs(i - j)), 0), 0)
  const plans = { a: noisy('2027-01', 8), b: noisy('2027-05', 6) }

  it('that is shared is one path by calendar month, also for a plan that begins later', async () => {
    const found = await added(plans, { shared: ['conversations.noise'] })
    expect(found.months).toHaveLength(10)
    near(found.portfolio.bill.mean, 14_000, 5)
    near(found.portfolio.bill.sd, Math.sqrt(variance([1, 1, 1, 1, 2, 2, 2, 2, 1, 1])), 20)
    expect(found.plans.b.bill.monthly[3].mean).toEqual({ value: 0, se: 0 })
    expect(found.plans.b.bill.monthly[4].mean.value).toBeCloseTo(1000, 0)
  })

  it('of two plans is correlated in every common month', async () => {
    const correlations = [{ between: ['a.conversations.noise', 'b.conversations.noise'], rho: 0.6 }]
    const found = await added(plans, { correlations })
    const [first, second] = [Array.from({ length: 8 }, (_, m) => m), Array.from({ length: 6 }, (_, m) => m + 4)]
    const cross = first.reduce((sum, i) => sum + second.reduce((own, j) => own + covariance(0.6 * 0.5 ** Math.abs(i - j)), 0), 0)
    const own = variance(new Array(8).fill(1)) + variance(new Array(6).fill(1))
    near(found.portfolio.bill.sd, Math.sqrt(own + 2 * cross), 20)
  })

  it('that is not shared is independent', async () => {
    const found = await added(plans)
    near(found.correlations.a.b, 0, 0.02)
    near(found.portfolio.bill.sd, Math.sqrt(variance(new Array(8).fill(1)) + variance(new Array(6).fill(1))), 20)
  })
})

describe('currencies', () => {
  const exchange = { EUR: 'normal(1.1, 0.1)', GBP: 'normal(1.3, 0.05)' }
  const priced = (price: string, more: object = {}) =>
    signed(plan({ base: 1000 }, { currency: 'EUR', offers: { x: { charges: [{ meter: 'conversations', price }] } }, ...more }))

  it('a plan in another one is worth its cost times the drawn rate', async () => {
    const found = await added({ a: normal(500, 50, { currency: 'EUR' }) }, { exchange })
    near(found.portfolio.bill.mean, 550, 0.05)
    near(found.portfolio.bill.sd, Math.sqrt(500 ** 2 * 0.1 ** 2 + 50 ** 2 * (1.1 ** 2 + 0.1 ** 2)), 0.2)
    expect(found.portfolio.bill.point).toBeCloseTo(550, 9)
  })

  it("an amount in the portfolio's own currency keeps its value through a plan in another one", async () => {
    const found = await added({ a: priced('$2.00', { exchange: { USD: '€0.95' } }) }, { exchange })
    expect(found.portfolio.bill.min).toBeCloseTo(2000, 6)
    expect(found.portfolio.bill.max).toBeCloseTo(2000, 6)
    expect(found.portfolio.bill.point).toBeCloseTo(2000, 9)
  })

  it('a third currency has the quotient of two rates, which replaces the rate of the plan', async () => {
    const found = await added({ a: priced('£1.00', { exchange: { GBP: '€3.00' } }) }, { exchange })
    near(found.portfolio.bill.mean, 1300, 0.1)
    near(found.portfolio.bill.sd, 50, 0.2)
  })

  it('one rate serves all plans', async () => {
    const found = await added({ a: priced('€1.00'), b: priced('€1.00') }, { exchange })
    near(found.correlations.a.b, 1, 1e-9)
  })
})

describe('quarters of a portfolio', () => {
  const spread = { start: '2027-02', months: 4 }

  it('have the percentiles of their sums, and so do the largest month and quarter', async () => {
    const growing = (mean: number, sd: number) => normal(mean, sd, spread)
    const found = await added({ a: growing(1000, 100), b: growing(2000, 200) })
    const sd = Math.hypot(100, 200)
    const { quarterly, worstMonth, worstQuarter } = found.portfolio.bill
    expect(quarterly.map(({ quarter, months, point }) => [quarter, months.length, point])).toEqual([
      ['2027-Q1', 2, 6000],
      ['2027-Q2', 2, 6000],
    ])
    for (const { mean, percentiles } of quarterly) {
      near(mean, 6000, 0.3)
      near(percentiles?.p80 ?? mean, 6000 + 2 * Z80 * sd, 8)
    }
    expect(worstMonth?.point).toBe(3000)
    near(worstMonth?.percentiles.p80 ?? { value: 0, se: 0 }, 3000 + Z80 * sd, 4)
    near(worstQuarter?.percentiles.p80 ?? { value: 0, se: 0 }, 6000 + 2 * Z80 * sd, 8)
    expect(found.plans.a.bill.quarterly.map(({ point, percentiles }) => [point, percentiles])).toEqual([
      [2000, undefined],
      [2000, undefined],
    ])
    near(found.plans.a.bill.quarterly[1].mean, 2000, 0.2)
  })

  it('are those of the fiscal year that all plans have, and of the calendar year otherwise', async () => {
    const [fiscal, other] = [
      { ...spread, fiscalYearStart: 3 },
      { ...spread, fiscalYearStart: 4 },
    ]
    const names = async (more: object) =>
      (await added({ a: normal(1, 0.1, fiscal), b: normal(1, 0.1, more) }, {}, { trials: 1_024 })).portfolio.bill.quarterly.map(
        ({ quarter }) => quarter,
      )
    expect(await names(fiscal)).toEqual(['FY2027-Q4', 'FY2028-Q1'])
    expect(await names(other)).toEqual(['2027-Q1', '2027-Q2'])
  })
})

it('a plan with people counts them in the total, and in the measure that the portfolio chooses', async () => {
  const people = { resolution: { rate: '0%' }, human: { cost: '$2.00' }, run: { measure: 'bill' } }
  const found = await added({ a: normal(1000, 100, people), b: normal(2000, 200) }, { run: { measure: 'total' } })
  expect(found.measure).toBe('total')
  near(found.portfolio.bill.mean, 3000, 0.1)
  near(found.portfolio.total.mean, 5000, 0.2)
  near(found.plans.a.budget.p80, 3000 + (300 / Math.hypot(300, 200)) * Z80 * 300, 8)
})

it('a plan whose cost is certain has no correlation and no part of the contingency', async () => {
  const found = await added({ a: normal(1000, 100), b: signed(plan({ base: 500 })) })
  expect(found.correlations).toEqual({ a: {}, b: {} })
  expect(found.plans.b.budget.p95.amount).toBe(500)
})

describe('what no trial draws', () => {
  const rare = (price: string) => signed(plan({ base: 1000 }, { offers: { x: { charges: [{ meter: 'conversations', price }] } } }))

  it('a rare price widens the errors of the total', async () => {
    const found = await added({ a: rare('discrete($1: 99.999%, $1001: 0.001%)'), b: normal(2000, 200) }, {}, { trials: 4_096 })
    // The exact mean is 3,010, and the price adds a variance of 1e6² · 1e-5.
    expect(found.portfolio.bill.mean.se).toBeGreaterThan(10)
    expect(Math.abs(found.portfolio.bill.mean.value - 3010)).toBeLessThan(4 * found.portfolio.bill.mean.se)
    expect(found.plans.a.bill.sd.se).toBeGreaterThan(1000)
    expect(found.plans.a.bill.monthly[0].mean.se).toBeGreaterThan(10)
    expect(found.portfolio.bill.monthly[0].mean.se).toBeGreaterThan(10)
    expect(found.portfolio.bill.quarterly[0].mean.se).toBeGreaterThan(10)
    expect(found.portfolio.bill.worstMonth?.mean.se).toBeGreaterThan(10)
  })

  it('a total without a fourth moment has no standard error of its standard deviation', async () => {
    const found = await added({ a: normal(1000, 100), b: signed(plan({ base: 'pareto(2.1, 1000)' })) }, {}, { trials: 4_096 })
    expect(found.portfolio.bill.sd.noError).toMatch(/fourth moment is infinite/)
    expect(found.plans.a.bill.sd.noError).toBeUndefined()
  })
})

it('a plan may have segments, whose inputs are named with their plan', async () => {
  const channels = {
    ...plan({ involvement: 1 }),
    segments: {
      chat: { conversations: { base: 'normal(1000, 100)' } },
      email: { conversations: { base: 'normal(500, 50)' } },
    },
  }
  const correlations = [{ between: ['a.segments.chat.conversations.base', 'b.conversations.base'], rho: 0.5 }]
  const found = await added({ a: signed(channels), b: normal(2000, 200) }, { correlations })
  near(found.portfolio.bill.mean, 3500, 0.2)
  near(found.portfolio.bill.sd, Math.sqrt(100 ** 2 + 50 ** 2 + 200 ** 2 + 2 * 0.5 * 100 * 200), 1)
})

describe('the notes of a plan', () => {
  it('name it, and say what its terms and parts assume', async () => {
    const charges = [{ meter: 'conversations', period: 'year', commitment: '60k/year', price: 1, overage: 2 }]
    const parts = { left: { charges, until: '2027-02' }, right: { charges, from: '2027-04' } }
    const { warnings } = await added(
      {
        termed: signed(plan({ base: 5000 }, { months: 12, offers: { x: { term: { start: '2026-10' }, charges } } })),
        parted: signed(plan({ base: 5000 }, { months: 12, offers: { x: { parts } } })),
      },
      {},
      { trials: 1_024 },
    )
    expect(warnings).toContain(
      'plans.parted: offers.x.traffic: no part takes all of the conversations in 2027-03, so people handle the rest',
    )
    expect(
      warnings.filter((words) => words.startsWith('plans.termed: offers.x.charges[0]: its running period began in 2026-10')),
    ).toHaveLength(1)
  })
})
