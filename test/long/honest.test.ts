// Whether standard errors are honest: every statistic of every scenario, over seeds, against a run of its own of a million trials.
import { beforeAll, describe, expect, it } from 'vitest'
import { type Scenario, simulate } from '../../dist/api/index.js'

const fin = { charges: [{ meter: 'resolutions', price: '$0.99' }] }
const zendesk = { charges: [{ meter: 'resolutions', commitment: '5k/month', price: '$1.50', overage: '$2.00' }] }
const committed = { fin, zendesk }
const year = { months: 12, conversations: { base: '9k to 11k' }, resolution: { rate: '60% to 70%' } }
const noisy = { ...year, conversations: { base: '9k to 11k', noise: { cv: '10%', autocorrelation: 0.5 } } }
const beside = (offer: object) => ({ offer, fin })

/** Distributions and contracts that jump, step, cap or happen rarely: where an error is easily too small. */
const scenarios: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'a volume of two kinds': { ...year, conversations: { base: 'discrete(9k: 0.87, 14k: 0.13)' }, offers: committed },
  'a rate that may fail': {
    ...year,
    resolution: { rate: 'discrete(60%: 0.97, 40%: 0.03)', improvement: '1pt/month' },
    offers: committed,
  },
  'growth that may come': {
    ...year,
    conversations: { base: '9k to 11k', growth: 'discrete(0%: 0.99, 5%: 0.01)/month' },
    offers: committed,
  },
  'a mixture': {
    ...year,
    conversations: { base: 'mixture(normal(9000, 300): 0.96, normal(16000, 500): 0.04)' },
    offers: committed,
  },
  'six values': { ...year, conversations: { base: 'discrete(8k: 1, 9k: 1, 9500: 1, 10k: 1, 12k: 1, 20k: 1)' }, offers: committed },
  'a heavy tail': { ...year, conversations: { base: 'pareto(8000, 3)' }, offers: committed },
  spikes: {
    ...year,
    conversations: {
      base: '9k to 11k',
      noise: { cv: '5%' },
      spikes: { probability: '1%', size: 'discrete(1.5: 1, 3: 1)', months: 2 },
    },
    offers: committed,
  },
  setbacks: {
    ...year,
    resolution: {
      ...year.resolution,
      noise: { sd: '2pt', autocorrelation: 0.6 },
      setbacks: { probability: '2%', size: '10pt', months: 3 },
    },
    offers: committed,
  },
  'packages of one month': {
    ...year,
    months: 1,
    conversations: { base: 'uniform(9k, 11k)' },
    offers: beside({ charges: [{ meter: 'conversations', package: 5_000, price: '$1000' }] }),
  },
  'packages of a year': { ...noisy, offers: beside({ charges: [{ meter: 'conversations', package: 5_000, price: '$1000' }] }) },
  'volume tiers': {
    ...year,
    conversations: { base: 'uniform(9k, 11k)' },
    offers: beside({ charges: [{ meter: 'resolutions', volume: [{ to: 6_400, price: '$1.2' }, { price: '$0.9' }] }] }),
  },
  bundles: {
    ...noisy,
    offers: beside({
      counted: { resolved: 1, unresolved: 0.1, reopened: 0.05 },
      charges: [{ meter: 'resolutions', bundles: [{ to: 5_000, fee: '$4500' }, { to: 8_000, fee: '$6500' }, { fee: '$9000' }] }],
    }),
  },
  'a refund': {
    ...year,
    resolution: { rate: 'uniform(0.6, 0.7)', noise: { sd: '1pt' } },
    offers: beside({
      charges: [{ meter: 'resolutions', price: '$1.1' }],
      refund: { months: 3, below: '61%', share: '100%' },
    }),
  },
  'a renewal that may be dear': {
    ...year,
    months: 24,
    offers: beside({
      charges: [{ meter: 'resolutions', price: '$0.9' }],
      renewal: { month: 12, change: 'discrete(0%: 0.98, 60%: 0.02)' },
    }),
  },
  'a floor and a cap': {
    ...noisy,
    offers: beside({ charges: [{ meter: 'resolutions', price: '$1', minimum: '$70k/year', maximum: '$80k/year' }] }),
  },
  'a limit, and people': {
    ...noisy,
    human: { cost: '$4 to $6' },
    offers: beside({ charges: [{ meter: 'resolutions', price: '$1', limit: '7k/month' }] }),
  },
  'seats by need': {
    ...year,
    human: { cost: '$4 to $6' },
    offers: beside({
      charges: [
        { seats: { perAgent: 600 }, price: '$115/month' },
        { meter: 'resolutions', price: '$0.6' },
      ],
    }),
  },
  'a price that goes with the volume': {
    ...year,
    correlations: [{ between: ['conversations.base', 'offers.one.charges[0].price'], rho: 0.6 }],
    offers: beside({ charges: [{ meter: 'conversations', price: 'discrete($0.5: 0.97, $2: 0.03)' }] }),
  },
  'a rare fee': {
    ...year,
    offers: beside({
      charges: [{ meter: 'resolutions', price: '$0.9' }, { fee: 'discrete($0: 0.995, $50k: 0.005)/once' }],
    }),
  },
  'sampled counts': {
    ...year,
    counting: 'sampled',
    conversations: { base: '300 to 400' },
    offers: beside({ charges: [{ meter: 'resolutions', package: 100, price: '$95' }] }),
  },
  'rare overage': {
    ...noisy,
    resolution: { rate: '55% to 60%' },
    offers: beside({ charges: [{ meter: 'resolutions', commitment: '7500/month', price: '$1.50', overage: '$2.00' }] }),
  },
}

interface Estimate {
  readonly value: number
  readonly se: number
}

const isEstimate = (node: object): node is Estimate => 'value' in node && 'se' in node

function estimatesIn(node: unknown, path: string, found: Map<string, Estimate>): Map<string, Estimate> {
  if (typeof node !== 'object' || node === null) return found
  if (isEstimate(node)) return found.set(path, node)
  for (const [key, own] of Object.entries(node)) estimatesIn(own, path === '' ? key : `${path}.${key}`, found)
  return found
}

const rms = (values: readonly number[]) => Math.sqrt(values.reduce((sum, x) => sum + x * x, 0) / values.length)

const SEEDS = 12
const TRIALS = 16_384

describe.each(Object.entries(scenarios) as [string, Scenario][])('standard errors of %s', (_, scenario) => {
  let known = new Map<string, Estimate>()
  beforeAll(async () => {
    const { summary } = await simulate(scenario, { trials: 1_000_000, seed: 'reference' })
    known = estimatesIn(summary, '', new Map())
  }, 300_000)

  it.each(['sobol', 'latin', 'random'] as const)(
    'are honest, by %s',
    async (method) => {
      const gaps = new Map<string, number[]>()
      for (let seed = 0; seed < SEEDS; seed++) {
        const { summary } = await simulate(scenario, { trials: TRIALS, method, seed: `honest ${seed}` })
        for (const [path, { value, se }] of estimatesIn(summary, '', new Map())) {
          const exact = known.get(path)
          // What no trial has met has no error but that of its probability.
          if (!exact || (value === 0 && se === 0)) continue
          const rounding = 1e-9 * Math.abs(exact.value) + 1e-12
          const off = Math.max(0, Math.abs(value - exact.value) - rounding)
          const own = gaps.get(path) ?? []
          own.push(off === 0 ? 0 : off / Math.sqrt(se * se + exact.se * exact.se))
          gaps.set(path, own)
        }
      }
      const each = [...gaps].map(([path, own]) => ({ path, rms: rms(own) }))
      const overall = rms(each.map((one) => one.rms))
      expect(overall).toBeGreaterThan(0.5)
      expect(overall).toBeLessThan(1.3)
      expect(each.filter((one) => !(one.rms < 3))).toEqual([])
    },
    300_000,
  )
})
