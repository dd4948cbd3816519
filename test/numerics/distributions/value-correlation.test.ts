import { describe, expect, it } from 'vitest'
import { distributionOf, type DistributionSpec } from '../../../src/numerics/distributions/index.ts'
import { expansionOf, scoreCurve, valueCorrelation } from '../../../src/numerics/distributions/special/hermite.ts'

const everywhere = [-Infinity, Infinity] as const
const expansion = (spec: DistributionSpec) => expansionOf(scoreCurve(distributionOf(spec), everywhere))
const between = (one: DistributionSpec, other: DistributionSpec) => valueCorrelation(expansion(one), expansion(other))

const normal = { distribution: 'normal', mean: 3, sd: 2 }
const uniform = { distribution: 'uniform', min: 1, max: 5 }
const lognormal = (cv: number) => ({ distribution: 'lognormal', mean: 10, sd: 10 * cv })
const coin = { distribution: 'discrete', values: [1, 4], weights: [1, 1] }
const sigma = (cv: number) => Math.sqrt(Math.log1p(cv * cv))
const correlations = [-1, -0.999, -0.9, -0.4, 0, 0.2, 0.7, 0.95, 0.998, 1]

describe('the correlation of values with correlated normal scores', () => {
  it('of normal values is that of the scores', () => {
    const at = between(normal, normal)
    for (const r of correlations) expect(at(r)).toBeCloseTo(r, 10)
  })

  it('of uniform values is 6/π asin(r/2)', () => {
    const at = between(uniform, { ...uniform, max: 9 })
    for (const r of correlations) expect(at(r)).toBeCloseTo((6 / Math.PI) * Math.asin(r / 2), 9)
  })

  it('of lognormal values has its closed form', () => {
    const at = between(lognormal(0.5), lognormal(2))
    for (const r of correlations) expect(at(r)).toBeCloseTo(Math.expm1(r * sigma(0.5) * sigma(2)) / (0.5 * 2), 7)
  })

  it('of two coins is 2/π asin r, also next to 1', () => {
    const at = between(coin, { ...coin, values: [0, 10] })
    for (const r of correlations) expect(Math.abs(at(r) - (2 / Math.PI) * Math.asin(r))).toBeLessThan(2e-6)
  })

  it('of a coin and a normal value is √(2/π) r', () => {
    const at = between(coin, normal)
    for (const r of correlations) expect(at(r)).toBeCloseTo(Math.sqrt(2 / Math.PI) * r, 9)
  })

  it('of many rows follows from their atoms', () => {
    // Rows at the middles of 200 equal shares are nearly a uniform distribution.
    const rows = { distribution: 'empirical', values: Array.from({ length: 200 }, (_, k) => k) }
    const at = between(rows, uniform)
    for (const r of correlations) expect(Math.abs(at(r) - (6 / Math.PI) * Math.asin(r / 2))).toBeLessThan(2e-5)
  })
})
