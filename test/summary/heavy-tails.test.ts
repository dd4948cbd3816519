// Costs that a few huge trials decide: honest errors, warnings beside the figures, and no error where none exists.
import { describe, expect, it } from 'vitest'
import { revivedEstimate } from '../../src/numerics/estimators/estimate.ts'
import type { Estimate, Summary } from '../../src/summary/summary.ts'
import { withError } from '../../src/present/report/text.ts'
import { sensitivityOf } from '../../src/questions/explain/sensitivity.ts'
import { reader } from '../questions/reader.ts'
import { simulate } from '../simulate.ts'

const plan = (base: string, charge: object = {}) => ({
  months: 1,
  conversations: { base },
  offers: {
    a: { charges: [{ meter: 'conversations', price: 1, ...charge }] },
    b: { charges: [{ meter: 'conversations', price: 1.5 }] },
  },
})
const costOf = async (base: string, charge: object = {}, options: object = {}) => {
  const result = await simulate(plan(base, charge), { trials: 8192, seed: 'tail', ...options })
  return { result, summary: result.summary, cost: result.summary.offers.a.bill }
}
const without = (what: string, shape: string) =>
  `no standard error: its ${what} is infinite, since an input has a very heavy tail (Pareto shape ${shape})`

describe('a cost with a heavy tail', () => {
  it('has no error of a standard deviation whose fourth moment is infinite, and says so', async () => {
    const { result, summary, cost } = await costOf('pareto(3, 1000)')
    expect(cost.sd).toEqual({ value: cost.sd.value, se: Infinity, noError: without('fourth moment', '3') })
    expect(cost.skewness).toMatchObject({ se: Infinity, noError: without('sixth moment', '3') })
    expect(cost.monthly[0].sd).toMatchObject({ se: Infinity, noError: without('fourth moment', '3') })
    expect(summary.comparison.difference?.a.b.sd.noError).toBe(without('fourth moment', '3'))
    expect(summary.comparison.difference?.b.a.sd.noError).toBe(without('fourth moment', '3'))
    for (const finite of [cost.mean, cost.expectedShortfall.p95, cost.percentiles.p95, cost.monthly[0].mean])
      expect((finite as Estimate).se).toBeLessThan(Infinity)
    expect(cost.heavyTail?.shape).toBeGreaterThan(0.2)
    expect(cost.heavyTail?.warning).toContain('a few very large trials decide the mean')
    expect(result.warnings).toEqual([
      `a, b: ${summary.offers.a.bill.heavyTail?.warning}`,
      `a, b: the standard deviation has ${without('fourth moment', '3')}`,
      `a, b: the skewness has ${without('sixth moment', '3')}`,
    ])
  })

  it('has no error at all of a mean whose variance is infinite', async () => {
    const { summary } = await simulate(
      {
        ...plan('pareto(2.5, 1000)', { price: 'pareto(3, 0.1)' }),
        correlations: [{ between: ['conversations.base', 'offers.a.charges[0].price'], rho: 0.9 }],
      },
      { trials: 8192, seed: 'tail' },
    )
    const { bill, layers, costPerConversation } = summary.offers.a
    for (const one of [bill.mean, bill.expectedShortfall.p90, bill.expectedShortfall.p95, layers.usage, costPerConversation?.mean])
      expect(one).toMatchObject({ se: Infinity, noError: without('variance', '1.36') })
    expect(summary.comparison.regret.a).toMatchObject({ se: Infinity })
    expect(JSON.stringify(summary)).not.toContain('NaN')
  })

  it('leaves no error in figures on request either', async () => {
    const { result } = await costOf('pareto(3, 1000)')
    const sixth = without('sixth moment', '3')
    expect(result.difference('a', 'b').skewness).toMatchObject({ se: Infinity, noError: sixth })
    for (const point of result.convergence('skewness', 'a').points) expect(point).toMatchObject({ se: Infinity, noError: sixth })
    const { variance, ignorance } = await sensitivityOf(plan('pareto(3, 1000)'), { offer: 'a', trials: 8192, seed: 'tail' }, reader)
    for (const one of [variance, ignorance]) expect(one).toMatchObject({ se: Infinity, noError: without('fourth moment', '3') })
    const product = {
      ...plan('pareto(2.5, 1000)', { price: 'pareto(3, 0.1)' }),
      correlations: [{ between: ['conversations.base', 'offers.a.charges[0].price'], rho: 0.9 }],
    }
    const run = await simulate(product, { trials: 8192, seed: 'tail' })
    const found = run.difference('a', 'b').expectedShortfall(0.99)
    for (const one of [
      found.expectedShortfall,
      found.offers[0].amount,
      run.expectedShortfall('a', 0.97),
      run.shortfallParts('a', 0.9).layers[0].amount,
    ])
      expect(one).toMatchObject({ se: Infinity, noError: without('variance', '1.36') })
  })

  it('leaves an error in a difference in which it cancels', async () => {
    const offers = {
      a: { charges: [{ meter: 'conversations', price: '$1' }, { fee: '$500' }] },
      b: { charges: [{ meter: 'conversations', price: '$1' }] },
      c: { charges: [{ meter: 'conversations', price: '$1.10' }] },
    }
    const result = await simulate({ ...plan('pareto(3, 1000)'), offers }, { trials: 8192, seed: 'tail' })
    const { difference } = result.summary.comparison
    expect(difference?.a.b.mean.value).toBeCloseTo(500, 8)
    expect(difference?.a.b.sd.noError).toBeUndefined()
    expect(difference?.a.b.sd.se).toBeLessThan(1e-9)
    expect(difference?.c.b.sd.noError).toBe(without('fourth moment', '3'))
    expect(result.difference('a', 'b').above(499)).toEqual({ value: 1, se: 0 })
  })

  it('keeps its errors if the moments are finite: lognormal, or Pareto with a larger shape', async () => {
    for (const base of ['lognormal(1000, 2000)', 'pareto(5, 1000)']) {
      const { cost } = await costOf(base)
      expect(cost.sd.noError).toBeUndefined()
      expect(cost.sd.se).toBeGreaterThan(0)
      expect(cost.sd.se).toBeLessThan(cost.sd.value)
    }
  })

  it('is light again under a cap that trials reach', async () => {
    const { cost, result } = await costOf('pareto(3, 1000)', { maximum: '$2k/month' })
    expect(cost.sd.noError).toBeUndefined()
    expect(cost.heavyTail).toBeUndefined()
    expect(result.warnings[0]).toMatch(/^b: a few/)
  })

  it('does not warn of ordinary costs', async () => {
    for (const base of ['45k to 60k', 'normal(1000, 100)', 'gamma(2, 500)', 'lognormal(1000, 300)']) {
      const { result, cost } = await costOf(base)
      expect(cost.heavyTail).toBeUndefined()
      expect(result.warnings).toEqual([])
    }
  })

  it('has the same errors if trials are not kept, apart from the width of bins', async () => {
    const [kept, binned] = [await costOf('lognormal(1000, 2000)'), await costOf('lognormal(1000, 2000)', {}, { keepTrials: false })]
    expect(binned.cost.heavyTail?.shape).toBeCloseTo(kept.cost.heavyTail?.shape ?? 0, 2)
    expect(binned.cost.mean.se / kept.cost.mean.se).toBeCloseTo(1, 1)
    expect(binned.cost.sd.se / kept.cost.sd.se).toBeCloseTo(1, 1)
  })

  it('survives the way through a file: null there, Infinity in a program', async () => {
    const { summary } = await costOf('pareto(3, 1000)')
    const text = JSON.stringify(summary)
    expect(text).toContain('"se":null,"noError":"no standard error')
    expect((JSON.parse(text, revivedEstimate) as Summary).offers).toEqual(summary.offers)
  })

  it('says so beside the mean as text', async () => {
    const { summary } = await costOf('pareto(3, 1000)')
    expect(withError(summary.offers.a.bill.sd, 'USD')).toMatch(/^\$\d+ \(no standard error\)$/)
  })

  it('says so in tables, instead of an error', async () => {
    const { result } = await costOf('pareto(3, 1000)')
    const months = result.months()
    expect(months.getChild('sd_se')?.get(0)).toBe(Infinity)
    expect(months.getChild('no_error')?.get(0)).toBe(
      `sd: ${without('fourth moment', '3')}; skewness: ${without('sixth moment', '3')}`,
    )
  })
})

describe('two-error intervals of heavy-tailed costs', () => {
  const SEEDS = 12
  it.each([
    ['lognormal(1000, 2000)', 1000, 2000, 'sobol'],
    ['pareto(3, 1000)', 1500, undefined, 'sobol'],
    ['pareto(2.1, 1000)', (2.1 / 1.1) * 1000, undefined, 'random'],
  ] as const)('contain the exact mean and standard deviation: %s', async (base, mean, sd, method) => {
    let [inside, all] = [0, 0]
    for (let seed = 0; seed < SEEDS; seed++) {
      const { cost } = await costOf(base, {}, { seed: `cover ${seed}`, method })
      const figures: readonly (readonly [Estimate, number | undefined])[] = [
        [cost.mean, mean],
        [cost.sd, sd],
      ]
      for (const [{ value, se }, exact] of figures) {
        if (exact === undefined) continue
        all += 1
        if (Math.abs(value - exact) <= 2 * se) inside += 1
      }
    }
    // 19 in 20 are expected. Fewer than 10 of 12 have a probability of 2%.
    expect(inside / all).toBeGreaterThanOrEqual(10 / 12)
  })
})
