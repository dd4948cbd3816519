// Is the error of a regret honest if the offer lost in no trial, or in hardly any?
import { describe, expect, it } from 'vitest'
import { unseenRegret } from '../../src/numerics/estimators/regret.ts'
import { METHODS } from '../../src/numerics/random/plan.ts'
import { normalCdf, normalDensity } from '../closed-forms/mathematics.ts'
import { simulate } from '../simulate.ts'
import { thorough } from '../effort.ts'

const SEEDS = thorough ? 24 : 12

describe('the regret of an offer that hardly ever loses', () => {
  // The flat price loses where the rate is below 54%, at 3.67 standard deviations: once in 8,000 trials.
  const scenario = {
    months: 1,
    conversations: { base: 'uniform(8k, 12k)' },
    resolution: { rate: 'normal(0.65, 0.03)' },
    offers: {
      flat: { charges: [{ meter: 'conversations', price: '$0.54' }] },
      solved: { charges: [{ meter: 'resolutions', price: '$1' }] },
    },
  }
  const far = (0.54 - 0.65) / 0.03
  const exact = 10_000 * 0.03 * (far * normalCdf(far) + normalDensity(far))

  it.each(METHODS)('has an error of three losses at most, by %s', async (method) => {
    let [held, never] = [0, 0]
    for (let seed = 0; seed < SEEDS; seed++) {
      const run = await simulate(scenario, { trials: 2_048, method, seed: `regret ${seed}` })
      const { value, se } = run.summary.comparison.regret.flat
      if (Math.abs(value - exact) <= 2 * se) held += 1
      if (value > 0) continue
      never += 1
      expect(se).toBeGreaterThan(exact / 2)
      // 3/2 of 2,048 trials, of one standard deviation of the lead: about $370.
      expect(se).toBeLessThan(0.35)
      const { mean, percentiles, expectedShortfall } = run.regret('flat')
      expect(mean).toEqual({ value, se })
      expect(percentiles.p95).toEqual({ value: 0, se: 0 })
      expect(expectedShortfall.p90.se).toBeCloseTo(10 * se, 10)
    }
    expect(held / SEEDS).toBeGreaterThanOrEqual(0.9)
    expect(never).toBeGreaterThan(SEEDS / 2)
  })

  it('is certain if the lead never varies, or if offers tie', async () => {
    const fixed = {
      ...scenario,
      offers: {
        ...scenario.offers,
        same: scenario.offers.flat,
        more: { charges: [...scenario.offers.flat.charges, { fee: '$100' }] },
      },
    }
    const plan = { ...fixed, offers: { flat: fixed.offers.flat, same: fixed.offers.same, more: fixed.offers.more } }
    const { comparison } = (await simulate(plan, { trials: 2_048 })).summary
    expect(comparison.regret.flat).toEqual({ value: 0, se: 0 })
    expect(comparison.regret.same).toEqual({ value: 0, se: 0 })
    expect(comparison.regret.more.value).toBeCloseTo(100, 8)
  })

  it('goes by the closest rival', () => {
    const leads = [
      { mean: 1_000, sd: 50 },
      { mean: 300, sd: 100 },
      { mean: 200, sd: 0 },
    ]
    expect(unseenRegret(leads, 1_500)).toBeCloseTo(0.1, 12)
    expect(unseenRegret([], 1_500)).toBe(0)
  })
})
