// Are the standard errors honest? Of many seeds, 95 % intervals must hold the exact value about 95 times in 100, and the mean square of
// the stated errors must be that of the actual ones. Little of it here, two hundred seeds in the long tests.
import { describe, expect, it } from 'vitest'
import { normalCdf, normalQuantile } from '../../src/numerics/distributions/special/normal.ts'
import { exp, log1p } from '../../src/numerics/kernel/math.ts'
import { METHODS, type Method } from '../../src/numerics/random/plan.ts'
import type { Estimate, Summary } from '../../src/summary/summary.ts'
import { long, patience } from '../effort.ts'
import { simulate } from '../simulate.ts'

const SEEDS = long ? 200 : 40
/** Share of intervals that hold, and the ratio of stated to actual variance: five sds of 40 seeds, or the bounds that are promised. */
const [LEAST, MOST] = long ? [0.91, 0.985] : [0.8, 1]
const [LOW, HIGH] = long ? [0.7, 1.4] : [0.4, 2.3]
/** Student's t, 97.5 %, of 31 degrees of freedom, the fewest replicates; nearly right for the 63 batches of random. */
const T = 2.04

interface Known {
  readonly of: (summary: Summary) => Estimate | undefined
  readonly exact: number
}

async function check(
  scenario: object,
  method: Method,
  trials: number,
  preintegration: boolean,
  known: Readonly<Record<string, Known>>,
) {
  const found: Record<string, Estimate[]> = {}
  for (let seed = 0; seed < SEEDS; seed++) {
    const { summary } = await simulate(scenario, { trials, method, preintegration, seed: `honest ${seed}` })
    for (const [name, { of }] of Object.entries(known)) {
      const estimate = of(summary)
      if (!estimate) throw new Error(`${name} is missing`)
      found[name] = [...(found[name] ?? []), estimate]
    }
  }
  for (const [name, { exact }] of Object.entries(known)) {
    const estimates = found[name]
    const held = estimates.filter(({ value, se }) => Math.abs(value - exact) <= T * se + 1e-9 * Math.abs(exact)).length / SEEDS
    const stated = estimates.reduce((sum, { se }) => sum + se * se, 0) / SEEDS
    const actual = estimates.reduce((sum, { value }) => sum + (value - exact) * (value - exact), 0) / SEEDS
    const message = `${name}, ${method}: ${held} of intervals hold, stated over actual variance ${stated / actual}`
    expect(held, message).toBeGreaterThanOrEqual(LEAST)
    expect(held, message).toBeLessThanOrEqual(MOST)
    expect(stated / actual, message).toBeGreaterThan(LOW)
    expect(stated / actual, message).toBeLessThan(HIGH)
  }
}

describe('standard errors are honest', () => {
  const cv = 0.3
  const sigma = Math.sqrt(log1p(cv * cv))
  const spread = normalQuantile(0.9)
  // One month of lognormal volume at a uniform rate: products whose distributions are known.
  const scenario = {
    months: 1,
    conversations: { base: 10_000, noise: { cv } },
    resolution: { rate: 'uniform(0.6, 0.9)' },
    offers: {
      resolution: { charges: [{ meter: 'resolutions', price: 0.99 }] },
      conversation: { charges: [{ meter: 'conversations', price: 0.8 }] },
    },
  }
  const conversation = (p: number) => 8_000 * exp(sigma * normalQuantile(p) - (sigma * sigma) / 2)
  const mean = { of: (s: Summary) => s.offers.resolution.bill.mean, exact: 7_425 }
  const p90 = { of: (s: Summary) => s.offers.conversation.bill.percentiles.p90, exact: conversation(0.9) }
  const shortfall = {
    of: (s: Summary) => s.offers.conversation.bill.expectedShortfall.p90,
    exact: (8_000 * normalCdf(sigma - spread)) / 0.1,
  }
  const chance = { of: (s: Summary) => s.comparison.cheaper?.resolution.conversation, exact: (0.8 / 0.99 - 0.6) / 0.3 }
  it.each(METHODS)(
    'of the sample, by %s',
    async (method) => {
      // Under stratification in one dimension what depends on one score alone has an error that only a floor states: plain sampling has all four.
      await check(scenario, method, 4_096, false, method === 'random' ? { mean, p90, shortfall, chance } : { mean })
    },
    patience,
  )

  it(
    'of the sample where many scores matter, and of what is integrated',
    async () => {
      const year = {
        ...scenario,
        months: 6,
        conversations: { base: 10_000, noise: { cv, autocorrelation: 0.4 } },
        resolution: { rate: '60% to 80%', noise: { sd: '4pt', autocorrelation: 0.6 } },
      }
      // What 16,777,216 trials gave: their errors, 0.40, 0.51 and 2e-6, are far below those that are tested.
      const figures = {
        p90: { of: (s: Summary) => s.offers.resolution.bill.percentiles.p90, exact: 52_745.99 },
        shortfall: { of: (s: Summary) => s.offers.conversation.bill.expectedShortfall.p90, exact: 63_860.09 },
        chance: { of: (s: Summary) => s.comparison.cheaper?.resolution.conversation, exact: 0.950781 },
      }
      if (long) {
        const { summary } = await simulate(year, { trials: 8_388_608, keepTrials: false, seed: 'reference' })
        for (const { of, exact } of Object.values(figures)) {
          const { value = 0, se = 0 } = of(summary) ?? {}
          expect(Math.abs(value - exact)).toBeLessThan(7 * se)
        }
      }
      await check(year, 'sobol', 4_096, true, figures)
      for (const method of long ? METHODS : (['sobol'] as const)) await check(year, method, 4_096, false, figures)
    },
    patience,
  )

  it('for a cost with steps', async () => {
    const packages = {
      months: 1,
      conversations: { base: 'uniform(0, 50k)' },
      offers: { p: { charges: [{ meter: 'conversations', package: 1_000, price: 'normal($1000, $50)' }] } },
    }
    // The number of packages k is uniform on 1 … 50, so that F(q) = Σ Φ((q/k − 1000) / 50) / 50.
    const exactly = { p50: 25_435.93, p80: 40_398.26, p95: 48_136.51 }
    for (const [key, exact] of Object.entries(exactly)) {
      const share = Array.from({ length: 50 }, (_, k) => normalCdf((exact / (k + 1) - 1_000) / 50)).reduce((a, b) => a + b) / 50
      expect(share).toBeCloseTo(Number(key.slice(1)) / 100, 6)
      for (let seed = 0; seed < (long ? 50 : 5); seed++) {
        const { summary } = await simulate(packages, { trials: 16_384, monthly: false, seed: `steps ${seed}` })
        const { value, se } = summary.offers.p.bill.percentiles[key as 'p50'] ?? { value: 0, se: 0 }
        expect(Math.abs(value - exact)).toBeLessThan(5 * se)
        expect(se).toBeLessThan(0.005 * exact)
      }
    }
  })

  it('for a percentile that the end of a step decides', async () => {
    // P(package 2) = 1/2, so that half of the seeds return $1,000 and half $2,000. The percentile is the least cost whose share is p: $1,000.
    const step = {
      months: 1,
      conversations: { base: 1 },
      offers: { p: { charges: [{ fee: 'discrete($1000: 50%, $2000: 50%)' }] } },
    }
    const found = []
    for (let seed = 0; seed < 64; seed++) {
      const { summary } = await simulate(step, { trials: 8_192, method: 'random', monthly: false, seed: `end ${seed}` })
      const { value, se } = summary.offers.p.bill.percentiles.p50 ?? { value: 0, se: 0 }
      found.push({ error: value - 1_000, se })
    }
    const rms = (values: readonly number[]) => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length)
    const ratio = rms(found.map(({ error }) => error)) / rms(found.map(({ se }) => se))
    expect(ratio).toBeGreaterThan(0.75)
    expect(ratio).toBeLessThan(1.25)
    expect(found.filter(({ error, se }) => error > 2 * se).length).toBeLessThanOrEqual(6)
  })

  it('for a probability that most lines miss', async () => {
    const discount = {
      months: 1,
      conversations: { base: 'uniform(9k, 10k)' },
      resolution: { rate: '60% to 70%' },
      offers: {
        listed: { charges: [{ meter: 'resolutions', price: '$1' }] },
        quoted: { charges: [{ meter: 'resolutions', price: 'discrete($2: 0.9996, $0.5: 0.0004)' }] },
      },
    }
    for (let seed = 0; seed < (long ? 100 : 10); seed++) {
      const { comparison } = (await simulate(discount, { trials: 16_384, monthly: false, seed: `rare ${seed}` })).summary
      for (const { value, se } of [comparison.cheapest.quoted, comparison.cheaper?.quoted.listed ?? { value: 0, se: 0 }]) {
        expect(Math.abs(value - 0.0004)).toBeLessThan(5 * se)
        expect(se).toBeLessThan(0.0004)
      }
    }
  })

  it.each([0.0004, 0.003, 0.01, 0.1])('for a price that changes with probability %f', async (p) => {
    const quote = {
      months: 1,
      conversations: { base: 'uniform(9k, 10k)' },
      offers: { quoted: { charges: [{ meter: 'conversations', price: `discrete($1: ${1 - p}, $5: ${p})` }] } },
    }
    // Beyond a share u of the volumes at one price lies what is dearer than all but 5 %.
    const dear = p >= 0.05
    const u = dear ? 1 - 0.05 / p : 0.95 / (1 - p)
    const mean = 9_500 * (1 + 4 * p)
    const exactly = {
      mean,
      sd: Math.sqrt((1 + 24 * p) * (9_500 * 9_500 + 1e6 / 12) - mean * mean),
      p95: (dear ? 5 : 1) * (9_000 + 1_000 * u),
      shortfall: dear ? 5 * (9_000 + 500 * (1 + u)) : (p * 47_500 + (1 - p) * (9_000 * (1 - u) + 500 * (1 - u * u))) / 0.05,
    }
    const seeds = long ? 60 : 6
    // A net of 4,096 points has 40 or 41 of which the price is the rarer one: most often all nets have as many.
    for (const trials of [16_384, 131_072]) {
      const errors: number[] = []
      for (let seed = 0; seed < seeds; seed++) {
        const { bill } = (await simulate(quote, { trials, monthly: false, seed: `quote ${seed}` })).summary.offers.quoted
        const figures = { mean: bill.mean, sd: bill.sd, p95: bill.percentiles.p95, shortfall: bill.expectedShortfall.p95 }
        for (const [key, { value, se } = { value: 0, se: 0 }] of Object.entries(figures)) {
          const z = Math.abs(value - exactly[key as keyof typeof exactly]) / se
          expect(z, `${key} of seed ${seed}: ${value} ± ${se}`).toBeLessThan(5)
          errors.push(z)
        }
      }
      const rms = Math.sqrt(errors.reduce((sum, z) => sum + z * z, 0) / errors.length)
      expect(rms).toBeGreaterThan(0.4)
      expect(rms).toBeLessThan(1 + 2.5 / Math.sqrt(seeds))
    }
  })
})
