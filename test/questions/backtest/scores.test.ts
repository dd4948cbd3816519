// Scores of forecasts agree with their definitions.
import { describe, expect, it } from 'vitest'
import { flat, forecastBy, growthNaive, NEEDS } from '../../../src/questions/backtest/baselines.ts'
import { crpsOf, errorOfMean, lognormalCrps } from '../../../src/questions/backtest/scores.ts'
import { shareBelow } from '../../../src/numerics/estimators/sorted.ts'
import { normals } from '../../forecasting/simulated.ts'
import { normalQuantile } from '../../closed-forms/mathematics.ts'

describe('the continuous ranked probability score', () => {
  it('is the mean distance to the actual value, minus half the mean distance between two trials', () => {
    const values = [3, 1, 4, 1.5, 9, 2.6]
    const sorted = Float64Array.from(values).sort()
    for (const actual of [0, 2, 3, 12]) {
      const pairs = values.flatMap((a) => values.map((b) => Math.abs(a - b)))
      const error = values.reduce((sum, value) => sum + Math.abs(value - actual), 0) / 6
      expect(crpsOf(sorted, actual)).toBeCloseTo(error - pairs.reduce((a, b) => a + b, 0) / 72, 12)
    }
  })

  it('of a normal distribution agrees with its closed form', () => {
    // σ (z (2 Φ(z) − 1) + 2 φ(z) − 1/√π), Gneiting and Raftery 2007, at z = 0: σ (√(2/π) − 1/√π).
    const sorted = Float64Array.from({ length: 2_000 }, (_, k) => 100 + 10 * normalQuantile((k + 0.5) / 2_000))
    expect(crpsOf(sorted, 100)).toBeCloseTo(10 * (Math.sqrt(2 / Math.PI) - 1 / Math.sqrt(Math.PI)), 2)
  })

  it.each([80, 100, 150])('of a lognormal distribution agrees with the score of its quantiles at %i', (actual) => {
    const sorted = Float64Array.from({ length: 4_000 }, (_, k) => 100 * Math.exp(0.3 * normalQuantile((k + 0.5) / 4_000)))
    expect(lognormalCrps(100, 0.3, actual)).toBeCloseTo(crpsOf(sorted, actual), 1)
    expect(lognormalCrps(100, 0, actual)).toBe(Math.abs(actual - 100))
  })

  it('counts half of the ties in the share of trials below', () => {
    const sorted = Float64Array.from([1, 2, 2, 3])
    expect([0, 1, 2, 2.5, 3, 4].map((value) => shareBelow(sorted, value))).toEqual([0, 0.125, 0.5, 0.75, 0.875, 1])
  })
})

describe('the error of a mean of correlated values', () => {
  const values = [1, 4, 2, 8, 5, 7, 1, 2]

  it('is the error of independent values at lag 0', () => {
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

  it('of overlapping sums is the error of the values that they add up', () => {
    // Apart from the ends, the mean of moving sums of twelve independent values has twelve times their error.
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

describe('a simple forecast', () => {
  const years = (...levels: readonly number[]) =>
    levels.flatMap((level) => Array.from({ length: 12 }, (_, k) => level * (1 + k / 12)))

  it("repeats last year's months times last year's growth, or the mean of the last twelve", () => {
    const before = years(100, 120)
    expect(growthNaive(before, 12)[3]).toBeCloseTo(120 * 1.25 * 1.2, 10)
    expect(growthNaive(before, 14)[12]).toBeCloseTo(120 * 1.2 * 1.2, 10)
    expect(flat(before, 2)).toEqual([before.slice(12).reduce((a, b) => a + b) / 12, before.slice(12).reduce((a, b) => a + b) / 12])
  })

  it('is as uncertain as its own past errors', () => {
    // Volume grows by a fifth each year. The growth forecast is always right. The flat one misses each annual sum by a fifth.
    const { sum } = forecastBy(growthNaive, NEEDS, years(100, 120, 144, 172.8), 12)
    expect(sum.sd).toBeCloseTo(0, 10)
    expect(sum.median).toBeCloseTo(
      years(207.36).reduce((a, b) => a + b),
      6,
    )
    expect(forecastBy(flat, 12, years(100, 120), 12).sum.sd).toBeCloseTo(Math.log(1.2), 10)
    // Without earlier forecasts, the growth forecast borrows the spread of the flat mean.
    expect(forecastBy(growthNaive, NEEDS, years(100, 120), 12).sum.sd).toBeCloseTo(Math.log(1.2), 10)
  })
})
