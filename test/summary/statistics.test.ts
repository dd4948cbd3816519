// The statistics of the list against closed forms: within 4 standard errors at a fixed seed, and errors that are honest over many seeds.
import { afterAll, describe, expect, it } from 'vitest'
import type { Method } from '../../src/numerics/random/plan.ts'
import { optimumOf as optimize } from '../../src/questions/negotiate/optimize.ts'
import { STATISTICS } from '../../src/summary/list.ts'
import { statistics } from '../../src/summary/statistics.generated.ts'
import type { Estimate } from '../../src/summary/summary.ts'
import { effort, patience } from '../effort.ts'
import { phi, reader, rootOf } from '../questions/reader.ts'
import { simulate } from '../simulate.ts'

type Result = Awaited<ReturnType<typeof simulate>>

/** A bill of one month that is lognormal with log-sd 0.3, and beside it one whose price is quoted as uniform. */
const sigma = 0.3
const median = 50_000
const cv = Math.sqrt(Math.expm1(sigma * sigma))
const lognormal = {
  months: 1,
  conversations: { base: median * Math.exp((sigma * sigma) / 2), noise: { cv } },
  offers: { a: { charges: [{ meter: 'conversations', price: 1 }] } },
  budget: { offer: 'a', amount: 60_000, confidence: 0.8 },
}
const quoted = {
  months: 1,
  conversations: { base: 100_000 },
  offers: {
    quote: { charges: [{ meter: 'conversations', price: 'uniform(0.60, 1.00)' }] },
    flat: { charges: [{ meter: 'conversations', price: 0.8 }] },
  },
}

const z = (p: number) => rootOf((x) => phi(x) - p, -8, 8)
const mean = median * Math.exp((sigma * sigma) / 2)
const shortfall = (p: number) => (mean * phi(sigma - z(p))) / (1 - p)
const within = (share: number) => phi(Math.log((share * 60_000) / median) / sigma)
const defined = (estimate: Estimate | undefined): Estimate => estimate ?? { value: Number.NaN, se: Number.NaN }

interface Known {
  readonly scenario: object
  readonly read: (result: Result) => Estimate
  readonly exact: number
  /** A standard error above this would let a wrong formula pass. */
  readonly most: number
}

const known: Readonly<Record<string, Known>> = {
  'skewness of a lognormal cost': {
    scenario: lognormal,
    read: ({ summary }) => defined(summary.offers.a.bill.skewness),
    exact: (Math.exp(sigma * sigma) + 2) * cv,
    most: 0.03,
  },
  'skewness of a month': {
    scenario: lognormal,
    read: ({ summary }) => defined(summary.offers.a.bill.monthly[0].skewness),
    exact: (Math.exp(sigma * sigma) + 2) * cv,
    most: 0.03,
  },
  'skewness of a uniform cost': {
    scenario: quoted,
    read: ({ summary }) => defined(summary.offers.quote.bill.skewness),
    exact: 0,
    most: 0.01,
  },
  'expected shortfall at 97.5%': {
    scenario: lognormal,
    read: (result) => result.expectedShortfall('a', 0.975),
    exact: shortfall(0.975),
    most: 250,
  },
  'expected shortfall at 60%': {
    scenario: lognormal,
    read: (result) => result.expectedShortfall('a', 0.6),
    exact: shortfall(0.6),
    most: 100,
  },
  'the odds of staying within 110% of the budget': {
    scenario: lognormal,
    read: ({ summary }) => defined(summary.budget?.within['110%']),
    exact: within(1.1),
    most: 0.003,
  },
  'the odds of staying within 75% of the budget': {
    scenario: lognormal,
    read: (result) => result.withinBudget('a', 0.75),
    exact: within(0.75),
    most: 0.004,
  },
  'P90 of regret': {
    scenario: quoted,
    read: (result) => result.regret('quote').percentiles.p90,
    exact: 100_000 * (0.6 + 0.4 * 0.9 - 0.8),
    most: 300,
  },
  'the mean of the worst tenth of regrets': {
    scenario: quoted,
    read: (result) => result.regret('quote').expectedShortfall.p90,
    exact: 100_000 * (0.6 + 0.4 * 0.95 - 0.8),
    most: 300,
  },
  'the odds of no regret': {
    scenario: quoted,
    read: (result) => result.regret('flat').none,
    exact: 0.5,
    most: 0.006,
  },
  'mean regret': {
    scenario: quoted,
    read: (result) => result.regret('quote').mean,
    exact: 5_000,
    most: 60,
  },
}

/** Runs by what was asked: each serves every statistic that is read from it. */
const runs = new Map<string, Promise<Result>>()
function run(scenario: object, method: Method, trials: number, seed?: number): Promise<Result> {
  const key = JSON.stringify([scenario, method, trials, seed])
  const known = runs.get(key) ?? simulate(scenario, { trials, method, preintegration: false, ...(seed !== undefined && { seed }) })
  runs.set(key, known)
  return known
}
afterAll(() => runs.clear())

const SEEDS = effort(24, 200).numRuns
const METHODS: readonly Method[] = ['sobol', 'latin', 'random']

describe.each(Object.entries(known))('%s', (_, { scenario, read, exact, most }) => {
  it.each(METHODS)('agrees with the closed form, by %s', async (method) => {
    const { value, se } = read(await run(scenario, method, 32_768))
    expect(Math.abs(value - exact)).toBeLessThan(4 * se)
    expect(se).toBeLessThan(method === 'random' ? 3 * most : most)
  })

  it.each(METHODS)(
    'misses the closed form by about its standard error, by %s',
    async (method) => {
      const scores: number[] = []
      for (let seed = 1; seed <= SEEDS; seed++) {
        const { value, se } = read(await run(scenario, method, 2_048, seed))
        scores.push((value - exact) / se)
      }
      const rms = Math.sqrt(scores.reduce((sum, score) => sum + score * score, 0) / scores.length)
      // Of 24 seeds, a root mean square is itself off by a seventh: 1.25 and a seventh of that.
      expect(rms).toBeLessThan(1.43)
      // Stratified points may know a share much better than half a trial, which is the least error that is stated.
      if (method === 'random') expect(rms).toBeGreaterThan(0.55)
    },
    patience,
  )
})

describe('the list of statistics', () => {
  it('names each record by its key', () => {
    expect(Object.entries(statistics).every(([name, { key }]) => name === key)).toBe(true)
    expect(new Set(STATISTICS.map(({ order }) => order)).size).toBe(STATISTICS.length)
  })

  it('leaves out the skewness of a cost that does not vary', async () => {
    const { summary } = await simulate(quoted, { trials: 1_024 })
    expect(summary.offers.flat.bill).not.toHaveProperty('skewness')
  })

  it('gives optimize the names that it accepts', async () => {
    const options = { offer: 'a', vary: { 'offers.a.charges[0].price': [1, 1.5] }, trials: 1_024 } as const
    for (const minimize of ['expectedShortfall97.5', 'p97.5', 'regretp90']) {
      const { curve } = await optimize(
        { ...lognormal, offers: { ...lognormal.offers, b: { charges: [{ fee: '60k/month' }] } } },
        { ...options, minimize, require: ['P(within 150% of budget) at least 80%', 'skewness at most 2'] },
        reader,
      )
      expect(curve[0].cost.value).toBeGreaterThan(0)
      expect(curve[0].feasible).toBe(true)
    }
    await expect(optimize(lognormal, { ...options, minimize: 'skewness' }, reader)).rejects.toThrow(
      'minimize: expected mean, a percentile such as p90, expectedShortfall95, or regret',
    )
    const { budget: _, ...without } = lognormal
    await expect(optimize(without, { ...options, require: 'P(within 110% of budget) at least 80%' }, reader)).rejects.toThrow(
      'needs a budget',
    )
  })
})
