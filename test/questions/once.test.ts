// Budgets, choices and savings from one run agree with closed forms.
import { describe, expect, it } from 'vitest'
import { normalCdf, normalQuantile } from '../../src/numerics/distributions/special/normal.ts'
import { exp, log, log1p, pow } from '../../src/numerics/kernel/math.ts'
import type { Estimate } from '../../src/summary/summary.ts'
import { simulate } from '../simulate.ts'

const priced = (price: number | string, more: object = {}) => ({ charges: [{ meter: 'conversations', price, ...more }] })
const near = (found: Estimate | undefined, exact: number, errors = 4.5, slack = 1e-9) => {
  if (!found) throw new Error('an estimate is missing')
  expect(Math.abs(found.value - exact), `${found.value} ± ${found.se} for ${exact}`).toBeLessThanOrEqual(
    errors * found.se + slack * Math.abs(exact),
  )
}

const cv = 0.3
const sigma = Math.sqrt(log1p(cv * cv))
/** One month of 1,000 conversations with lognormal noise of mean one, at $1. */
const month = {
  months: 1,
  conversations: { base: 1000, noise: { cv } },
  offers: { one: priced(1), flat: { charges: [{ fee: 1300 }] } },
}
const amount = (p: number) => 1000 * exp(sigma * normalQuantile(p) - (sigma * sigma) / 2)
const below = (cost: number) => normalCdf((log(cost / 1000) + (sigma * sigma) / 2) / sigma)

describe.each(['sobol', 'random'] as const)('the budget of one lognormal month (%s)', (method) => {
  const run = simulate(month, { trials: 65_536, method, seed: 'budget' })

  it('is the percentile at any probability', async () => {
    const result = await run
    for (const p of [0.5, 0.8, 0.83, 0.977]) near(result.budget('one', p), amount(p), 4.5, 1e-6)
    expect(() => result.budget('one', 1.5)).toThrow('p: expected a probability between 0 and 1')
    expect(() => result.budget('none', 0.8)).toThrow('there is no offer "none": the offers are one, flat')
  })

  it('has a curve whose points are percentiles', async () => {
    const curve = (await run).curve('one')
    expect(curve).toHaveLength(99)
    for (const { probability, amount: value, se } of curve) near({ value, se }, amount(probability), 5)
    expect(() => curve.reduce((a, b) => (b.amount >= a.amount ? b : expect.fail('a curve that falls')))).not.toThrow()
  })

  it('shows how often the single-number plan is enough', async () => {
    const found = (await run).contingency('one', 0.8)
    expect(found.point).toBe(1000)
    // P(cost ≤ mean) = Φ(σ/2).
    near(found.pointSuffices, normalCdf(sigma / 2))
    near(found.overPoint, amount(0.8) - 1000, 4.5, 1e-6)
    near(found.overMean, amount(0.8) - 1000, 4.5, 1e-6)
    expect(found.overMean.se).toBeGreaterThan(0)
  })

  it('shows the mean excess over an amount', async () => {
    const result = await run
    const found = result.overrun('one', 1200)
    const over = 1 - below(1200)
    near(found.probability, over)
    // Partial expectation of the lognormal distribution.
    const z = (log(1.2) - (sigma * sigma) / 2) / sigma
    near(found.expected, (1000 * normalCdf(-z) - 1200 * over) / over)
    expect(result.overrun('one', 1e9)).toMatchObject({ amount: 1e9, probability: { value: 0 } })
    expect(result.overrun('one', 1e9).expected).toBeUndefined()
    expect(() => result.overrun('one', Number.NaN)).toThrow('amount: expected an amount of 0 or more')
  })
})

describe('a phased budget', () => {
  const levels = [1000, 3000, 2000]
  const scenario = {
    months: 3,
    conversations: { monthly: levels, noise: { cv: 0.2 } },
    offers: {
      one: { charges: [{ meter: 'conversations', price: 0.333 }, { fee: '$100/month' }] },
      flat: { charges: [{ fee: 99.99 }] },
    },
  }
  const cents = (values: readonly number[]) => values.reduce((sum, value) => sum + Math.round(100 * value), 0)

  it('adds up to the budget of the horizon to the cent, by months and by layers', async () => {
    const result = await simulate(scenario, { trials: 65_536 })
    for (const offer of ['one', 'flat']) {
      for (const p of [0.5, 0.8, 0.95]) {
        const { total, budget, months, layers } = result.phased(offer, p)
        expect(Math.round(100 * total)).toBe(Math.round(100 * budget.value))
        expect(cents(months.map((part) => part.amount))).toBe(Math.round(100 * total))
        expect(cents(layers.map((part) => part.amount))).toBe(Math.round(100 * total))
        expect(months.reduce((sum, { share }) => sum + share.value, 0)).toBeCloseTo(1, 9)
      }
    }
  })

  it('gives each month its share of the variance', async () => {
    const result = await simulate(scenario, { trials: 65_536 })
    const { months, layers, budget } = result.phased('one', 0.8)
    // Months are independent, so that shares are proportional to variances, and these to the squares of the levels.
    const squares = levels.map((level) => level * level)
    const all = squares.reduce((a, b) => a + b, 0)
    const mean = 0.333 * 6000 + 300
    months.forEach((part, m) => {
      near(part.share, squares[m] / all)
      near(part.mean, 0.333 * levels[m] + 100)
      near(part.exact, 0.333 * levels[m] + 100 + (squares[m] / all) * (budget.value - mean))
    })
    expect(layers.map(({ layer }) => layer)).toEqual(['usage', 'platform'])
    near(layers[0].share, 1)
    near(layers[1].share, 0)
    near(layers[1].exact, 300)
  })
})

describe('present values and fiscal years', () => {
  it('are exact for certain costs', async () => {
    const scenario = {
      start: '2027-04',
      months: 15,
      discountRate: '8%/year',
      fiscalYearStart: 7,
      conversations: { base: 1000 },
      offers: { one: priced(1) },
    }
    const { bill } = (await simulate(scenario, { trials: 2_048 })).summary.offers.one
    const exact = Array.from({ length: 15 }, (_, m) => 1000 * pow(1.08, -(m + 0.5) / 12)).reduce((a, b) => a + b, 0)
    expect(bill.presentValue?.point).toBeCloseTo(exact, 6)
    expect(bill.presentValue?.mean.value).toBeCloseTo(exact, 6)
    expect(bill.presentValue?.percentiles?.p90?.value).toBeCloseTo(exact, 6)
    expect(bill.fiscalYears?.map(({ year, point, mean }) => [year, point, mean.value])).toEqual([
      [2027, 3000, 3000],
      [2028, 12_000, 12_000],
    ])
  })

  it('have the percentiles of their sums for uncertain costs', async () => {
    const scenario = { ...month, discountRate: '10%/year', fiscalYearStart: 1 }
    const { bill } = (await simulate(scenario, { trials: 65_536, preintegration: false })).summary.offers.one
    const factor = pow(1.1, -0.5 / 12)
    near(bill.presentValue?.mean, 1000 * factor)
    near(bill.presentValue?.percentiles?.p90, amount(0.9) * factor)
    expect(bill.fiscalYears).toHaveLength(1)
    near(bill.fiscalYears?.[0].percentiles?.p90, amount(0.9))
    expect(bill.fiscalYears?.[0].year).toBe(2027)
  })

  it('name fiscal years by the calendar year in which they end', async () => {
    const scenario = { start: '2026-12', months: 2, fiscalYearStart: 1, conversations: { base: 10 }, offers: { one: priced(1) } }
    const { bill } = (await simulate(scenario, { trials: 64 })).summary.offers.one
    expect(bill.fiscalYears?.map(({ year }) => year)).toEqual([2026, 2027])
  })
})

describe('a stated budget', () => {
  it('is checked by every run', async () => {
    const scenario = { ...month, budget: { offer: 'one', amount: '$1.2k', confidence: '80%' } }
    const { budget } = (await simulate(scenario, { trials: 65_536 })).summary
    expect(budget).toMatchObject({ offer: 'one', amount: 1200, confidence: 0.8, measure: 'bill', met: amount(0.8) <= 1200 })
    near(budget?.holds, below(1200))
    near(budget?.needed, amount(0.8), 4.5, 1e-6)
  })
  it('needs an existing offer and a plain amount', async () => {
    await expect(simulate({ ...month, budget: { offer: 'two', amount: 1 } }, {})).rejects.toThrow(
      /budget\.offer: expected one of the offers \(one, flat\), got "two"/,
    )
    await expect(simulate({ ...month, budget: { offer: 'one', amount: '1k to 2k' } }, {})).rejects.toThrow(
      /budget\.amount: expected a plain amount/,
    )
    await expect(simulate({ ...month, budget: { offer: 'one', amount: 1, confidence: '100%' } }, {})).rejects.toThrow(
      /budget\.confidence: expected a share above 0% and below 100%/,
    )
  })
})

describe('a choice', () => {
  it('by ranking shows a risky offer that leads on average, but not in bad years', async () => {
    const scenario = { ...month, offers: { risky: priced(1), safe: { charges: [{ fee: 1050 }] } } }
    const ranking = (await simulate(scenario, { trials: 16_384 })).ranking()
    expect(ranking.mean.map(({ offer }) => offer)).toEqual(['risky', 'safe'])
    expect(ranking.expectedShortfall95.map(({ offer }) => offer)).toEqual(['safe', 'risky'])
    expect(ranking.agree).toBe(false)
    expect(ranking.words).toContain('safe costs least at 80% confidence (P80)')
  })

  it('by dominance shows offers that are cheaper in every trial, or certain at the same mean', async () => {
    const offers = { one: priced(1), dearer: priced(1.1), certain: { charges: [{ fee: 990 }] }, twin: priced(1) }
    const found = (await simulate({ ...month, offers }, { trials: 16_384 })).dominance()
    const order = (offer: string, over: string) => found.find((one) => one.offer === offer && one.over === over)?.order
    expect(order('one', 'dearer')).toBe(1)
    expect(order('certain', 'one')).toBe(2)
    expect(order('one', 'certain')).toBeUndefined()
    expect(order('one', 'twin')).toBeUndefined()
    expect(order('dearer', 'one')).toBeUndefined()
  })

  it('by one input shows the best offer at each of its values', async () => {
    const scenario = { months: 1, conversations: { base: 1000 }, offers: { quoted: priced('uniform(1, 3)'), fixed: priced(1.5) } }
    const result = await simulate(scenario, { trials: 65_536 })
    const { points, words } = result.acceptability('offers.quoted.price')
    expect(points).toHaveLength(20)
    for (const { from, to, at, offers, frontier, likely } of points) {
      expect(at).toBeCloseTo((from + to) / 2, 2)
      const cheaper = Math.min(1, Math.max(0, (1.5 - from) / (to - from)))
      near(offers.quoted.cheapest, cheaper, 4.5, 1e-3)
      near(offers.quoted.mean, 1000 * at, 4.5, 1e-6)
      expect(frontier).toBe(at < 1.5 ? 'quoted' : 'fixed')
      expect(likely).toEqual(offers[frontier].cheapest)
    }
    expect(points.reduce((sum, { trials }) => sum + trials, 0)).toBe(65_536)
    expect(words).toMatch(/quoted from 1 to 1\.5.*fixed from 1\.5 to 3/)
    expect(() => result.acceptability('offers.fixed.price')).toThrow(
      /there is no uncertain input .*offers\.quoted\.charges\[0\]\.price, conversations/,
    )
  })

  it('by two inputs shows the best offer in each cell', async () => {
    const scenario = {
      months: 1,
      conversations: { base: 1000 },
      offers: { a: priced('uniform(1, 2)'), b: priced('uniform(1, 2)') },
    }
    const map = (await simulate(scenario, { trials: 65_536 })).winners('offers.a.price', 'offers.b.price', { classes: 4 })
    expect(map.cells.map((row) => row.length)).toEqual([4, 4, 4, 4])
    map.cells.forEach((row, j) => row.forEach((cell, k) => k !== j && expect(cell.winner, `${j} ${k}`).toBe(k < j ? 'a' : 'b')))
    expect(map.cells.flat().reduce((sum, { trials }) => sum + trials, 0)).toBe(65_536)
    near(map.cells[0][3].cost, 1125, 4.5, 1e-4)
    near(map.cells[0][3].lead, 750, 4.5, 1e-4)
  })
})

describe('savings against people alone', () => {
  it('are exact if everything is certain', async () => {
    const scenario = {
      months: 12,
      conversations: { base: 1000 },
      resolution: { rate: '50%' },
      human: { cost: 6, minutes: 8, cashable: '40%' },
      offers: { ai: { charges: [{ meter: 'resolutions', price: 1 }, { fee: '$5k/once' }], running: '$100/month' } },
    }
    const found = (await simulate(scenario, { trials: 64 })).savings('ai')
    // Freed work is 12 · 500 · 6, of which 40% leaves the budget. The bill is 12 · 500 + 5,000, and running costs are 1,200.
    expect(found.savings.mean.value).toBeCloseTo(0.4 * 36_000 - 11_000 - 1_200, 6)
    expect(found.return?.mean.value).toBeCloseTo((0.4 * 36_000 - 12_200) / 12_200, 9)
    expect(found.costPerConversation?.mean.value).toBeCloseTo(11_000 / 12_000, 9)
    expect(found.costPerResolution?.mean.value).toBeCloseTo(11_000 / 6_000, 9)
    expect(found.hoursFreed?.mean.value).toBeCloseTo((6_000 * 8) / 60, 6)
    // Each month saves 1,200 − 500 − 100 after 5,000 in the first, so that the ninth month pays back.
    expect(found.payback.percentiles.p50).toBe(9)
    expect(found.payback.never).toEqual({ value: 0, se: 0 })
  })

  it('may never come, and have the percentiles of each trial', async () => {
    const scenario = {
      months: 1,
      conversations: { base: 1000, noise: { cv } },
      resolution: { rate: '50%' },
      human: { cost: 6 },
      offers: { ai: { charges: [{ fee: 3000 }] } },
    }
    const found = (await simulate(scenario, { trials: 65_536 })).savings('ai')
    // 3 V − 3,000 ≥ 0 if V ≥ 1,000.
    near(found.payback.never, below(1000))
    near(found.savings.percentiles.p90, 3 * amount(0.9) - 3000)
    near(found.return?.percentiles.p90, amount(0.9) / 1000 - 1)
    near(found.savings.mean, 0, 4.5, 0)
  })

  it('need people to compare with', async () => {
    const result = await simulate(month, { trials: 64 })
    expect(() => result.savings('one')).toThrow(/savings need the cost of people to compare with/)
  })
})
