// A distribution as a value: closed forms, and the families of the list.
import { distribution, distributions } from 'billcast'
import { describe, expect, it } from 'vitest'
import { distributions as records } from '../../src/numerics/distributions/index.ts'

const { lognormal, normal, uniform, exponential } = distributions

describe('a distribution as a value', () => {
  it('has the figures of its closed form', () => {
    const even = uniform(1, 3)
    expect([even.mean, even.quantile(0.9), even.cdf(1.5), even.density(2)]).toEqual([2, 2.8, 0.25, expect.closeTo(0.5, 14)])
    expect(even.sd).toBeCloseTo(Math.sqrt(4 / 12), 14)
    const z = normal(50, 10)
    expect([z.mean, z.sd, z.quantile(0.5)]).toEqual([50, 10, 50])
    expect(z.quantile(0.975)).toBeCloseTo(50 + 10 * 1.959963984540054, 9)
    expect(exponential(2).quantile(0.5)).toBeCloseTo(2 * Math.log(2), 12)
  })

  it('follows from a range as in a plan: its ends are P5 and P95', () => {
    const volume = lognormal('45k to 60k')
    expect(volume.quantile(0.05)).toBeCloseTo(45_000, 6)
    expect(volume.quantile(0.95)).toBeCloseTo(60_000, 6)
    // ln X is normal with the middle and the width of the ends' logarithms.
    const [mu, sigma] = [(Math.log(45e3) + Math.log(60e3)) / 2, Math.log(60 / 45) / (2 * 1.6448536269514722)]
    expect(volume.quantile(0.9)).toBeCloseTo(Math.exp(mu + sigma * 1.2815515655446004), 6)
    expect(volume.mean).toBeCloseTo(Math.exp(mu + (sigma * sigma) / 2), 6)
    expect(distribution('45k to 60k').notation).toBe(volume.notation)
    expect(distribution('60% to 70%').quantile(0.05)).toBeCloseTo(0.6, 12)
  })

  it('draws the same numbers for a seed, with the mean of the distribution', () => {
    const volume = distribution({ p10: '40k', p50: '50k', p90: '65k' })
    const drawn = volume.sample(10_000, 7)
    expect(volume.sample(10_000, 7)).toEqual(drawn)
    expect(volume.sample(3, 8)).not.toEqual(drawn.slice(0, 3))
    const mean = drawn.reduce((sum, value) => sum + value, 0) / drawn.length
    expect(Math.abs(mean - volume.mean)).toBeLessThan((4 * volume.sd) / 100)
  })

  it('writes itself as a plan reads it', () => {
    const { notation } = distribution('pert(1, 2, 4)')
    expect(distribution(notation).quantile(0.3)).toBe(distribution('pert(1, 2, 4)').quantile(0.3))
    expect(JSON.stringify({ base: uniform(1, 3) })).toBe('{"base":"uniform(1, 3)"}')
  })

  it('exists for each name of the list', () => {
    expect(Object.keys(distributions)).toEqual([...records.keys()])
  })

  it('refuses what it cannot read', () => {
    expect(() => uniform(3, 1)).toThrow('max: expected a number above min (3), got 1')
    expect(() => uniform('1 to 3')).toThrow(
      'uniform: expected its parameters, since only normal, lognormal, logitNormal follow from a range',
    )
    expect(() => uniform(1, 3).quantile(1.5)).toThrow('p: expected a number from 0 to 1, got 1.5')
    expect(() => uniform(1, 3).sample(-1)).toThrow('sample: expected a whole number from 0 to 100,000,000, got -1')
  })
})
