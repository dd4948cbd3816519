// Figures agree with hand calculations: values, moves of replicates, and values under other weights.
import { describe, expect, it } from 'vitest'
import { difference, estimateOf } from '../../src/numerics/estimators/figure.ts'
import { cheapestOf, columnMean, percentileFigure, shortfallFigure } from '../../src/numerics/estimators/figures.ts'
import { type Design, SampledColumn } from '../../src/numerics/estimators/sorted.ts'
import { resamplings, spreadAbout } from '../../src/questions/resample.ts'

// Four replicates of 256 trials. Replicate r is higher by r.
const starts = [0, 256, 512, 768, 1024]
const costs = Float64Array.from({ length: 1024 }, (_, i) => 100 + Math.floor(i / 256) + ((i * 37) % 256) / 8)
const design = { starts, random: false, jumps: [], certain: false }
const column = (values: Float64Array, own: Partial<Design> = {}) => new SampledColumn(values, { ...design, ...own })
const { sorted } = column(costs)
const ones = Float64Array.of(1, 1, 1, 1)
const last = Float64Array.of(0, 0, 0, 4)

describe('figures', () => {
  const mean = columnMean(column(costs))
  it('include a mean with the error of its replicates, and its value under weights', () => {
    expect(mean.value).toBeCloseTo(100 + 1.5 + 255 / 16, 10)
    expect([...mean.moves]).toEqual([-1.5, -0.5, 0.5, 1.5].map((x) => expect.closeTo(x, 10)))
    expect(estimateOf(mean).se).toBeCloseTo(Math.sqrt(5 / 4 / 3), 10)
    expect(mean.under(ones)).toBeCloseTo(mean.value, 10)
    expect(mean.under(last)).toBeCloseTo(mean.value + 1.5, 10)
  })
  it('include percentiles and the expected shortfall', () => {
    const p80 = percentileFigure(column(costs), 0.8)
    expect(p80.value).toBe(sorted[818] + 0.4 * (sorted[819] - sorted[818]))
    expect(p80.under(ones)).toBeCloseTo(p80.value, 0)
    expect(p80.under(last)).toBeGreaterThan(p80.value + 0.5)
    const worst = sorted.slice(-102)
    const exact = (worst.reduce((sum, x) => sum + x, 0) + 0.4 * sorted[1024 - 103]) / 102.4
    expect(shortfallFigure(column(costs), 0.9).value).toBeCloseTo(exact, 10)
  })
  it('count an atom at a percentile under any weights', () => {
    const capped = costs.map((cost) => Math.min(cost, 110))
    const p80 = percentileFigure(column(capped), 0.8)
    expect([p80.value, estimateOf(p80).se, p80.under(last), p80.under(Float64Array.of(4, 0, 0, 0))]).toEqual([110, 0, 110, 110])
  })
  it('share ties between the cheapest offers', () => {
    const other = costs.map((cost, i) => (i % 2 === 0 ? cost : cost + 1))
    const both = [column(costs), column(other)]
    expect(cheapestOf(both, 0, design).value).toBe(0.75)
    expect(cheapestOf(both, 1, design).value).toBe(0.25)
  })
  it('state the error of a difference on the same trials', () => {
    const unseen = { usual: Float64Array.of(100), rare: Float64Array.of(500), weights: Float64Array.of(0.25) }
    const twice = columnMean(
      new SampledColumn(
        costs.map((cost) => 2 * cost),
        design,
        { heaviness: 0, constant: false, unseen },
      ),
    )
    expect(twice.least).toBe(200)
    expect(estimateOf(twice).se).toBe(200)
    expect(estimateOf(difference(twice, mean)).se).toBeCloseTo(estimateOf(mean).se, 10)
    expect(difference(twice, mean).least).toBe(0)
  })
})

describe('resamplings', () => {
  it('count every replicate once on average, and vary like a mean of as many values', () => {
    const all = resamplings(64)
    expect(all.every((weights) => weights.reduce((a, b) => a + b, 0) === 64)).toBe(true)
    const moves = Float64Array.from({ length: 64 }, (_, r) => (r % 2 === 0 ? 1 : -1))
    const means = all.map((weights) => weights.reduce((sum, weight, r) => sum + weight * moves[r], 0) / 64)
    expect(spreadAbout(means, 0)).toBeGreaterThan(0.8 / 8)
    expect(spreadAbout(means, 0)).toBeLessThan(1.2 / 8)
  })
})
