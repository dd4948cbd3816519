// Parts of expected shortfalls, the difference of two offers, and convergence, against closed forms of normal costs.
import { describe, expect, it } from 'vitest'
import type { Method } from '../../src/numerics/random/plan.ts'
import type { Estimate } from '../../src/summary/summary.ts'
import { phi, rootOf } from './reader.ts'
import { simulate } from '../simulate.ts'

const METHODS = ['sobol', 'latin', 'random'] satisfies Method[]
const priced = (price: string, more: object = {}) => ({ meter: 'conversations', price, ...more })
const plan = (offers: object) => ({ months: 1, conversations: { base: 1000 }, offers })
const quantile = (p: number) => rootOf((x) => phi(x) - p, -8, 8)
/** The mean of the worst 1 − p of a standard normal variable. */
const worst = (p: number) => Math.exp(-(quantile(p) ** 2) / 2) / Math.sqrt(2 * Math.PI) / (1 - p)
const gap = ({ value, se }: Estimate, exact: number) => (value - exact) / se
const rms = (gaps: readonly number[]) => Math.sqrt(gaps.reduce((sum, one) => sum + one * one, 0) / gaps.length)

describe('the parts of an expected shortfall', () => {
  // Two independent layers, $1,000 ± $100 and $1,500 ± $200.
  const offers = {
    a: { charges: [priced('normal(1, 0.1)'), priced('normal(1.5, 0.2)', { layer: 'platform' })] },
    b: { charges: [priced('2')] },
  }
  const sigma = Math.hypot(100, 200)

  it.each(METHODS)('add up to it, and are those of the closed form within their errors (%s)', async (method) => {
    const gaps: number[] = []
    for (const seed of ['a', 'b', 'c', 'd']) {
      const result = await simulate(plan(offers), { trials: 16_384, seed, method })
      const { expectedShortfall, layers } = result.shortfallParts('a', 0.9)
      expect(expectedShortfall).toEqual(result.expectedShortfall('a', 0.9))
      const total = layers.reduce((sum, { amount }) => sum + amount.value, 0)
      expect(total / expectedShortfall.value).toBeCloseTo(1, 12)
      expect(layers.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12)
      const exact: Readonly<Record<string, number>> = {
        usage: 1000 + (100 * 100 * worst(0.9)) / sigma,
        platform: 1500 + (200 * 200 * worst(0.9)) / sigma,
      }
      for (const { layer, amount } of layers) gaps.push(gap(amount, exact[layer]))
    }
    expect(Math.max(...gaps.map(Math.abs))).toBeLessThan(4)
    // Eight squares of mean 1: below 0.35 or above 1.7 with a probability of 1%.
    expect(rms(gaps)).toBeGreaterThan(0.35)
    expect(rms(gaps)).toBeLessThan(1.7)
  })

  it('of a certain cost are its layers', async () => {
    const { layers } = (await simulate(plan(offers), { trials: 1024 })).shortfallParts('b', 0.95)
    expect(layers).toEqual([{ layer: 'usage', amount: { value: 2000, se: 0 }, share: 1 }])
  })
})

describe('the difference of two offers', () => {
  // Independent costs of $1,000 ± $100 and $1,050 ± $200.
  const offers = { a: { charges: [priced('normal(1, 0.1)')] }, b: { charges: [priced('normal(1.05, 0.2)')] } }
  const sigma = Math.hypot(100, 200)

  it.each(METHODS)('has every figure of its closed form within four errors (%s)', async (method) => {
    const result = await simulate(plan(offers), { trials: 16_384, seed: 'difference', method })
    const found = result.difference('a', 'b')
    const { expectedShortfall, offers: parts } = found.expectedShortfall(0.95)
    const figures: readonly (readonly [Estimate | undefined, number])[] = [
      [found.mean, -50],
      [found.sd, sigma],
      [found.skewness, 0],
      [found.percentiles.p80, -50 + sigma * quantile(0.8)],
      [found.percentile(0.975), -50 + sigma * quantile(0.975)],
      [found.above(100), phi(-150 / sigma)],
      [found.above(-200), phi(150 / sigma)],
      [expectedShortfall, -50 + sigma * worst(0.95)],
      [parts[0].amount, 1000 + (100 * 100 * worst(0.95)) / sigma],
      [parts[1].amount, -1050 + (200 * 200 * worst(0.95)) / sigma],
    ]
    for (const [estimate, exact] of figures) {
      expect(estimate?.se).toBeGreaterThan(0)
      expect(Math.abs(gap(estimate as Estimate, exact))).toBeLessThan(4)
      expect(estimate?.se).toBeLessThan(0.1 * Math.max(sigma, Math.abs(exact)))
    }
    expect(parts[0].amount.value + parts[1].amount.value).toBeCloseTo(expectedShortfall.value, 8)
    expect(found.mean).toEqual(result.summary.comparison.difference?.a.b.mean)
    expect(found.percentile(0.8)).toEqual(found.percentiles.p80)
    expect(found.trials).toHaveLength(result.summary.trials)
  })

  it('is the same without pairs in the summary', async () => {
    const options = { trials: 16_384, seed: 'difference' }
    const [known, computed] = [
      await simulate(plan(offers), options),
      await simulate(plan(offers), { ...options, pairs: 'none' }),
    ].map((result) => result.difference('a', 'b'))
    for (const key of ['mean', 'sd'] as const) {
      expect(computed[key].value).toBeCloseTo(known[key].value, 8)
      expect(computed[key].se / known[key].se).toBeCloseTo(1, 6)
    }
    expect(computed.percentiles).toEqual(known.percentiles)
  })

  it('refuses the same offer, an unknown one, and an amount that is no number', async () => {
    const result = await simulate(plan(offers), { trials: 1024 })
    expect(() => result.difference('a', 'a')).toThrow('difference: expected two different offers, got "a" twice')
    expect(() => result.difference('a', 'c')).toThrow('there is no offer "c"')
    expect(() => result.difference('a', 'b').above(Number.NaN)).toThrow('amount: expected a number such as 10000 or -5000, got NaN')
    expect(() => result.difference('a', 'b').percentile(2)).toThrow('p: expected a probability between 0 and 1')
  })
})

describe('convergence', () => {
  const offers = { a: { charges: [priced('normal(1, 0.1)')] }, b: { charges: [priced('normal(1.05, 0.2)')] } }

  it.each(METHODS)('shows a figure from prefixes of the replicates, within four errors of the truth (%s)', async (method) => {
    const result = await simulate(plan(offers), { trials: 16_384, seed: 'more', method, preintegration: false })
    for (const [figure, exact] of [
      ['mean', 1000],
      ['p80', 1000 + 100 * quantile(0.8)],
      ['P(cheapest)', phi(50 / Math.hypot(100, 200))],
    ] as const) {
      const { points, offer } = result.convergence(figure, 'a')
      expect(offer).toBe('a')
      expect(points.length).toBeGreaterThanOrEqual(4)
      points.forEach((point, k) => {
        if (k > 0) expect(point.trials / points[k - 1].trials).toBeCloseTo(2, 1)
        expect(Math.abs(gap(point, exact))).toBeLessThan(4)
      })
      const [first, last] = [points[0], points[points.length - 1]]
      expect(last.trials).toBe(result.summary.trials)
      expect(last.se).toBeLessThan(0.6 * first.se)
    }
    const { points } = result.convergence('p80', 'a')
    const { value, se } = points[points.length - 1]
    expect({ value, se }).toEqual(result.summary.offers.a.bill.percentiles.p80)
  })

  it('has a chart, and refuses unknown figures and short runs', async () => {
    const result = await simulate(plan(offers), { trials: 8192 })
    const chart = result.chart('convergence', 'p80', 'a')
    expect(chart.title).toMatch(/^P80 of a settles at \$1,08\d$/)
    expect(JSON.stringify(chart)).not.toMatch(/NaN|Infinity|undefined/)
    expect(() => result.convergence('median')).toThrow('figure: expected mean, ')
    const short = await simulate(plan(offers), { trials: 1024 })
    expect(() => short.convergence('p80')).toThrow('convergence: expected a run of 2048 trials or more')
  })
})
