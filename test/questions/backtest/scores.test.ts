// Scores of forecasts against their definitions.
import { describe, expect, it } from 'vitest'
import { flat, foretell, growthNaive, NEEDS } from '../../../src/questions/backtest/baselines.ts'
import { crpsOf, errorOfMean, lognormalCrps } from '../../../src/questions/backtest/scores.ts'
import { shareBelow } from '../../../src/numerics/estimators/sorted.ts'
import { normals } from '../../forecasting/simulated.ts'
import { normalQuantile } from '../../closed-forms/mathematics.ts'

describe('the continuous ranked probability score', () => {
  it('is the mean distance to what came, less half the mean distance of two futures', () => {
    const values = [3, 1, 4, 1.5, 9, 2.6]
    const sorted = Float64Array.from(values).sort()
    for (const actual of [0, 2, 3, 12]) {
      const pairs = values.flatMap((a) => values.map((b) => Math.abs(a - b)))
      const error = values.reduce((sum, value) => sum + Math.abs(value - actual), 0) / 6
      expect(crpsOf(sorted, actual)).toBeCloseTo(error - pairs.reduce((a, b) => a + b, 0) / 72, 12)
    }
  })

  it('of a normal law is its closed form', () => {
    // σ (z (2 Φ(z) − 1) + 2 φ(z) − 1/√π), Gneiting and Raftery 2007, at z = 0: σ (√(2/π) − 1/√π).
    const sorted = Float64Array.from({ length: 2_000 }, (_, k) => 100 + 10 * normalQuantile((k + 0.5) / 2_000))
    expect(crpsOf(sorted, 100)).toBeCloseTo(10 * (Math.sqrt(2 / Math.PI) - 1 / Math.sqrt(Math.PI)), 2)
  })

  it.each([80, 100, 150])('of a lognormal law is that of its quantiles, at %i', (actual) => {
    const sorted = Float64Array.from({ length: 4_000 }, (_, k) => 100 * Math.exp(0.3 * normalQuantile((k + 0.5) / 4_000)))
    expect(lognormalCrps(100, 0.3, actual)).toBeCloseTo(crpsOf(sorted, actual), 1)
    expect(lognormalCrps(100, 0, actual)).toBe(Math.abs(actual - 100))
  })

  it('counts ties by half in the share of futures below', () => {
    const sorted = Float64Array.from([1, 2, 2, 3])
    expect([0, 1, 2, 2.5, 3, 4].map((value) => shareBelow(sorted, value))).toEqual([0, 0.125, 0.5, 0.75, 0.875, 1])
  })
})

describe('the error of a mean of values that go together', () => {
  const values = [1, 4, 2, 8, 5, 7, 1, 2]

  it('is that of independent values where nothing goes together', () => {
    const mean = 30 / 8
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 8
    expect(errorOfMean(values, 0)).toBeCloseTo(Math.sqrt(variance / 8), 12)
    expect(errorOfMean([3, 3, 3], 2)).toBe(0)
    expect(errorOfMean([], 2)).toBe(0)
  })

  it("adds covariances by Bartlett's weights", () => {
    const rest = values.map((value) => value - 30 / 8)
    const covariance = (j: number) => rest.slice(j).reduce((sum, value, i) => sum + value * rest[i], 0) / 8
    const variance = covariance(0) + 2 * ((2 / 3) * covariance(1) + (1 / 3) * covariance(2))
    expect(errorOfMean(values, 2)).toBeCloseTo(Math.sqrt(variance / 8), 12)
  })

  it('of sums of twelve that overlap is that of the values they are made of', () => {
    // The mean of moving sums of n independent values has twelve times their error, but for the ends.
    const normal = normals(12)
    const found = Array.from({ length: 40 }, () => {
      const noise = Array.from({ length: 600 }, normal)
      const sums = noise.slice(11).map((_, k) => noise.slice(k, k + 12).reduce((a, b) => a + b, 0))
      return errorOfMean(sums, 24)
    })
    const mean = found.reduce((a, b) => a + b, 0) / found.length
    expect(mean / (12 / Math.sqrt(600))).toBeGreaterThan(0.75)
    expect(mean / (12 / Math.sqrt(600))).toBeLessThan(1.05)
  })
})

describe('what people use without a model', () => {
  const years = (...levels: readonly number[]) =>
    levels.flatMap((level) => Array.from({ length: 12 }, (_, k) => level * (1 + k / 12)))

  it("is last year's months times last year's growth, or the mean of the last twelve", () => {
    const before = years(100, 120)
    expect(growthNaive(before, 12)[3]).toBeCloseTo(120 * 1.25 * 1.2, 10)
    expect(growthNaive(before, 14)[12]).toBeCloseTo(120 * 1.2 * 1.2, 10)
    expect(flat(before, 2)).toEqual([before.slice(12).reduce((a, b) => a + b) / 12, before.slice(12).reduce((a, b) => a + b) / 12])
  })

  it('has the spread of its own past errors', () => {
    // Each year a fifth more: the growth forecast is never wrong, the flat one by a fifth in every sum of twelve.
    const { sum } = foretell(growthNaive, NEEDS, years(100, 120, 144, 172.8), 12)
    expect(sum.sd).toBeCloseTo(0, 10)
    expect(sum.median).toBeCloseTo(
      years(207.36).reduce((a, b) => a + b),
      6,
    )
    expect(foretell(flat, 12, years(100, 120), 12).sum.sd).toBeCloseTo(Math.log(1.2), 10)
    // Before it was ever tried, the spread of the flat mean stands in.
    expect(foretell(growthNaive, NEEDS, years(100, 120), 12).sum.sd).toBeCloseTo(Math.log(1.2), 10)
  })
})
