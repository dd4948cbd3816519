// Which segment drives the risk: shares of the variance and of the expected shortfall, against closed forms of normal costs.
import { describe, expect, it } from 'vitest'
import type { Method } from '../../src/numerics/random/plan.ts'
import type { Estimate, SegmentCostSummary } from '../../src/summary/summary.ts'
import { effort, long, slow } from '../effort.ts'
import { simulate } from '../simulate.ts'
import { phi, rootOf } from './reader.ts'

const METHODS = ['sobol', 'latin', 'random'] satisfies Method[]
const quantile = (p: number) => rootOf((x) => phi(x) - p, -8, 8)
/** The mean of the worst 1 − p of a standard normal variable. */
const worst = (p: number) => Math.exp(-(quantile(p) ** 2) / 2) / Math.sqrt(2 * Math.PI) / (1 - p)

const each = { charges: [{ meter: 'conversations', price: 1 }] }
/** Bills of $1,000 ± $100, $1,500 ± $200 and $500 ± $40. */
const SEGMENTS = { chat: [1_000, 100], mail: [1_500, 200], voice: [500, 40] } as const
const NAMES = Object.keys(SEGMENTS) as (keyof typeof SEGMENTS)[]
const planOf = (more: object = {}) => ({
  months: 1,
  segments: Object.fromEntries(NAMES.map((s) => [s, { conversations: { base: `normal(${SEGMENTS[s].join(', ')})` } }])),
  offers: { one: each },
  ...more,
})
const base = (s: string) => `segments.${s}.conversations.base`
const together = {
  correlations: NAMES.slice(1)
    .map((s) => ({ between: [base(NAMES[0]), base(s)], rho: 1 }))
    .concat({ between: [base('mail'), base('voice')], rho: 1 }),
}

type Risk = SegmentCostSummary['risk']
const riskOf = async (plan: object, seed: string, method: Method, trials: number): Promise<Readonly<Record<string, Risk>>> => {
  const { segments = {} } = (await simulate(plan, { trials, seed, method })).summary.offers.one
  return Object.fromEntries(Object.entries(segments).map(([name, { risk }]) => [name, risk]))
}

/** The shares of a closed form, by the covariance of a segment with the bill. */
const exactly = (covariance: (s: keyof typeof SEGMENTS) => number) => {
  const variance = NAMES.reduce((sum, s) => sum + covariance(s), 0)
  const mean = NAMES.reduce((sum, s) => sum + SEGMENTS[s][0], 0)
  const shortfall = (s: keyof typeof SEGMENTS, p: number) =>
    (SEGMENTS[s][0] + (covariance(s) / Math.sqrt(variance)) * worst(p)) / (mean + Math.sqrt(variance) * worst(p))
  return (s: keyof typeof SEGMENTS) => ({ variance: covariance(s) / variance, p90: shortfall(s, 0.9), p95: shortfall(s, 0.95) })
}

const total = NAMES.reduce((sum, s) => sum + SEGMENTS[s][1], 0)
const CASES = {
  independent: { plan: planOf(), exact: exactly((s) => SEGMENTS[s][1] ** 2) },
  comonotone: { plan: planOf(together), exact: exactly((s) => SEGMENTS[s][1] * total) },
}

const gap = (estimate: Estimate | undefined, exact: number) => ((estimate?.value ?? Number.NaN) - exact) / (estimate?.se ?? 0)
const rms = (gaps: readonly number[]) => Math.sqrt(gaps.reduce((sum, one) => sum + one * one, 0) / gaps.length)

describe('the risk of independent segments', () => {
  const { plan, exact } = CASES.independent

  it.each(METHODS)('is that of the closed form, with honest errors over seeds (%s)', async (method) => {
    const { numRuns: seeds } = effort(6, 64, 24)
    const gaps: Readonly<Record<'variance' | 'p90' | 'p95', number[]>> = { variance: [], p90: [], p95: [] }
    for (let seed = 0; seed < seeds; seed++) {
      const found = await riskOf(plan, `risk ${seed}`, method, 8_192)
      for (const s of NAMES) {
        const { variance, p90, p95 } = exact(s)
        gaps.variance.push(gap(found[s].variance, variance))
        gaps.p90.push(gap(found[s].expectedShortfall?.p90, p90))
        gaps.p95.push(gap(found[s].expectedShortfall?.p95, p95))
      }
    }
    for (const own of Object.values(gaps)) {
      expect(Math.max(...own.map(Math.abs))).toBeLessThan(5)
      // The shares of a run depend on each other: about one square of mean 1 per seed is free.
      const [least, most] = long ? [0.75, 1.3] : slow ? [0.65, 1.4] : [0.35, 1.7]
      expect(rms(own)).toBeGreaterThan(least)
      expect(rms(own)).toBeLessThan(most)
    }
  })
})

describe('the risk of segments that move together', () => {
  it('is in proportion to their standard deviations', async () => {
    const { plan, exact } = CASES.comonotone
    const found = await riskOf(plan, 'together', 'sobol', 8_192)
    for (const s of NAMES) {
      const { variance, p90, p95 } = exact(s)
      expect(found[s].variance?.value).toBeCloseTo(variance, 6)
      expect(found[s].expectedShortfall?.p90?.value).toBeCloseTo(p90, 3)
      expect(found[s].expectedShortfall?.p95?.value).toBeCloseTo(p95, 3)
      expect(Math.abs(gap(found[s].expectedShortfall?.p95, p95))).toBeLessThan(4)
    }
  })
})

describe('shares of the risk', () => {
  it('add up to 1, in the summary and on request', async () => {
    const result = await simulate(CASES.independent.plan, { trials: 2_048, seed: 'sums' })
    const sum = (shares: readonly (Estimate | undefined)[]) => shares.reduce((all, one) => all + (one?.value ?? Number.NaN), 0)
    const risks = Object.values(result.summary.offers.one.segments ?? {}).map(({ risk }) => risk)
    expect(sum(risks.map(({ variance }) => variance))).toBeCloseTo(1, 12)
    for (const p of ['p90', 'p95'] as const) expect(sum(risks.map((risk) => risk.expectedShortfall?.[p]))).toBeCloseTo(1, 12)
    expect(sum(Object.values(result.segmentRisk('one', 0.975)).map((own) => own.expectedShortfall))).toBeCloseTo(1, 12)
    const { expectedShortfall, variance } = result.segmentRisk('one', 0.95).mail
    expect(expectedShortfall).toEqual(risks[1].expectedShortfall?.p95)
    expect(variance).toEqual(risks[1].variance)
  })

  it('of a bill that does not vary are those of its mean, without an error, and the variance has none', async () => {
    const certain = Object.fromEntries(NAMES.map((s) => [s, { conversations: { base: SEGMENTS[s][0] } }]))
    const found = await riskOf(planOf({ segments: certain }), 'still', 'sobol', 1_024)
    expect(found.chat).toEqual({ expectedShortfall: { p90: { value: 1 / 3, se: 0 }, p95: { value: 1 / 3, se: 0 } } })
  })

  it('of a bill at its cap are those of all trials at the cap, which rounding does not order', async () => {
    // A third of the bills are at the cap in all three months, whose sums round differently.
    const segments = {
      a: { conversations: { base: 'uniform(17000, 23000)', noise: { cv: '10%' } } },
      b: { conversations: { base: 'uniform(12000, 18000)' } },
    }
    const capped = { one: { charges: [{ meter: 'conversations', price: 1.157, maximum: '$35350/month' }] } }
    const plan = { months: 3, segments, offers: capped }
    const [own, other] = [await riskOf(plan, 'cap', 'sobol', 8_192), await riskOf(plan, 'cap', 'random', 32_768)]
    const { p90, p95 } = own.a.expectedShortfall ?? {}
    // Both tails lie within the cap.
    expect(p95?.value).toBeCloseTo(p90?.value ?? Number.NaN, 12)
    expect(Math.abs(gap(other.a.expectedShortfall?.p95, p95?.value ?? Number.NaN))).toBeLessThan(4)
  })

  it('of a bill of 0 are absent', async () => {
    const free = { charges: [{ meter: 'conversations', price: 0 }] }
    expect((await riskOf(planOf({ offers: { one: free } }), 'free', 'sobol', 1_024)).chat).toEqual({})
  })

  it('have the error of a rare segment that no trial may draw', async () => {
    // One trial in 100,000 has a dear call. 1,024 trials seldom see it.
    const segments = {
      chat: { conversations: { base: 'normal(1000, 100)' } },
      calls: { conversations: { base: 'discrete(0: 99999, 100000: 1)' } },
    }
    const found = await riskOf(planOf({ segments }), 'rare', 'sobol', 1_024)
    expect(found.calls.expectedShortfall?.p95?.se).toBeGreaterThan(0.001)
    expect(found.calls.variance?.se).toBeGreaterThan(0.1)
  })

  it('need a plan with segments', async () => {
    const result = await simulate({ months: 1, conversations: { base: 10 }, offers: { one: each } }, { trials: 64 })
    expect(() => result.segmentRisk('one')).toThrow('this plan has no segments')
    expect(() => result.segmentRisk('two')).toThrow('one')
  })

  it('of an expected shortfall need no kept trials', async () => {
    const { plan } = CASES.independent
    const shares = async (keepTrials: boolean) => {
      const { segments = {} } = (await simulate(plan, { trials: 2_048, seed: 'kept', keepTrials })).summary.offers.one
      return Object.values(segments).map(({ risk }) => risk.expectedShortfall)
    }
    expect(await shares(false)).toEqual(await shares(true))
  })
})
