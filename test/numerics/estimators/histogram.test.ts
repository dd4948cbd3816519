// Histograms in place of kept trials: the same figures within what their bins allow.
import seedrandom from 'seedrandom'
import { describe, expect, it } from 'vitest'
import { Arena } from '../../../src/numerics/kernel/arena.ts'
import type { Estimate } from '../../../src/summary/summary.ts'
import { BitCounts } from '../../../src/numerics/estimators/bit-counts.ts'
import { type BinTable, Histogram, ofCosts, ofDifferences } from '../../../src/numerics/estimators/histogram.ts'
import { histogramSample } from '../../../src/numerics/estimators/histogram-sample.ts'
import { simulate } from '../../simulate.ts'

const scenario = {
  conversations: { base: '40k to 60k', noise: { cv: '10%' } },
  resolution: { rate: '60% to 70%' },
  offers: {
    fixed: { charges: [{ fee: '$20k/month' }, { meter: 'resolutions', price: 0.6 }] },
    plain: { charges: [{ meter: 'conversations', price: 0.8 }] },
  },
}

describe.each(['sobol', 'latin', 'random'] as const)('a run without kept trials (%s)', (method) => {
  it('has percentiles and expected shortfalls within 0.05% of the cost above its fixed part', async () => {
    const options = { trials: 60_000, method, preintegration: false }
    const [kept, binned] = await Promise.all([true, false].map((keepTrials) => simulate(scenario, { ...options, keepTrials })))
    expect(() => binned.trials()).toThrow()
    for (const [name, fixed] of [
      ['fixed', 240_000],
      ['plain', 0],
    ] as const) {
      const [a, b] = [kept, binned].map(({ summary }) => summary.offers[name].bill)
      expect(b.mean).toEqual(a.mean)
      for (const [key, exact] of Object.entries(a.percentiles)) {
        const found = b.percentiles[key as 'p1']
        expect(Math.abs((found?.value ?? 0) - exact.value), `${name} ${key}`).toBeLessThan(5e-4 * (exact.value - fixed))
        expect(found?.se ?? 0, `${name} ${key}`).toBeGreaterThan(0.5 * exact.se)
        expect(found?.se ?? 0, `${name} ${key}`).toBeLessThan(2 * exact.se)
      }
      for (const [key, exact] of Object.entries(a.expectedShortfall))
        expect(Math.abs((b.expectedShortfall[key as 'p90']?.value ?? 0) - exact.value)).toBeLessThan(5e-4 * (exact.value - fixed))
    }
    const [a, b] = [kept, binned].map(({ summary }) => summary.comparison)
    expect(b.cheaper).toEqual(a.cheaper)
    const [x, y] = [a, b].map(({ difference }) => difference?.fixed.plain)
    const reach = x?.sd.value ?? 0
    for (const [key, exact] of Object.entries(x?.percentiles ?? {}))
      expect(Math.abs((y?.percentiles[key as 'p1']?.value ?? 0) - exact.value), key).toBeLessThan(0.01 * reach)
  })
})

describe('values that many trials share, without kept trials', () => {
  const spread = async (charge: object, trials = 200_000) => {
    const capped = {
      conversations: { base: '5k to 15k', noise: { cv: '10%' } },
      resolution: { rate: '60% to 70%' },
      offers: { one: { charges: [{ meter: 'resolutions', price: '$1', ...charge }] } },
    }
    const options = { trials, monthly: false, preintegration: false }
    const [kept, binned] = await Promise.all([true, false].map((keepTrials) => simulate(capped, { ...options, keepTrials })))
    return [kept, binned].map(({ summary }) => summary.offers.one.bill)
  }
  it('are exact at the ends, such as a minimum and a maximum', async () => {
    const [kept, binned] = await spread({ minimum: '$70k/year', maximum: '$90k/year' })
    const near = (found: Estimate | undefined, value: number) => {
      expect(found?.value).toBeCloseTo(value, 8)
      expect(found?.se).toBe(0)
    }
    for (const key of ['p1', 'p5'] as const) near(binned.percentiles[key], 70_000)
    for (const key of ['p90', 'p95', 'p99'] as const) near(binned.percentiles[key], 90_000)
    near(binned.expectedShortfall.p95, 90_000)
    expect(Math.abs((binned.percentiles.p50?.value ?? 0) - (kept.percentiles.p50?.value ?? 0))).toBeLessThan(45)
  })
  it('lie within the stated error between the ends, such as packages', async () => {
    const [kept, binned] = await spread({ package: 10_000, price: '$9999' })
    for (const [key, exact] of Object.entries(kept.percentiles)) {
      const found = binned.percentiles[key as 'p1'] ?? { value: 0, se: 0 }
      expect(Math.abs(found.value - exact.value), key).toBeLessThan(3 * found.se + 1e-9)
      expect(found.se).toBeLessThan(2 * exact.se + 5e-4 * exact.value)
    }
    for (const [key, exact] of Object.entries(kept.expectedShortfall)) {
      const found = binned.expectedShortfall[key as 'p90'] ?? { value: 0, se: 0 }
      expect(Math.abs(found.value - exact.value), key).toBeLessThan(3 * found.se + 1e-9)
    }
  })
})

describe('a histogram', () => {
  it('merges to the same counts whatever the parts, and keeps signs and zeros', () => {
    const values = Float64Array.from({ length: 900 }, (_, i) => (i - 300) * (i % 7))
    const arena = new Arena()
    const column = arena.column()
    const counted = (from: number, to: number) => {
      const counts = new BitCounts(arena, ofCosts(0))
      arena.view(column, to - from).set(values.subarray(from, to))
      counts.add(column, to - from)
      return counts.take()
    }
    const whole = new Histogram(ofCosts(0))
    whole.add(counted(0, 900))
    const merged = new Histogram(ofCosts(0))
    merged.add(counted(500, 900))
    const rest = new Histogram(ofCosts(0))
    rest.add(counted(0, 200))
    rest.add(counted(200, 500))
    merged.merge(rest)
    const binsOf = (histogram: Histogram) => {
      const { low, high, counts } = histogram.table()
      return Array.from({ length: counts.length }, (_, k) => ({ low: low[k], high: high[k], count: counts[k] }))
    }
    expect(binsOf(merged)).toEqual(binsOf(whole))
    const bins = binsOf(whole)
    expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(900)
    for (const [k, { low }] of bins.slice(1).entries()) expect(low).toBeGreaterThanOrEqual(bins[k].high)
  })
  it('holds counts beyond 32 bits', () => {
    const many = { ...ofCosts(0), zeros: 0, bins: Uint32Array.of((1027 << 10) | 5, 4_000_000_000) }
    const histogram = new Histogram(ofCosts(0))
    for (let k = 0; k < 3; k++) histogram.add(many)
    const twice = histogram.alike()
    twice.merge(histogram)
    twice.merge(histogram)
    const { low, high, counts } = twice.table()
    expect([counts.length, low[0], high[0], counts[0]]).toEqual([1, 16 * (1 + 5 / 1024), 16 * (1 + 6 / 1024), 24_000_000_000])
  })
})

it('a sample from histograms gives each part the share below a value that its own bins have, also around 0', () => {
  const random = seedrandom('bins')
  const kind = ofDifferences(0)
  const arena = new Arena()
  const column = arena.column(600)
  const parts = Array.from({ length: 3 }, () => {
    const values = Float64Array.from({ length: 600 }, () => (random() < 0.3 ? 0 : (random() - 0.4) ** 3 * 10 ** (3 * random() + 2)))
    arena.view(column, 600).set(values)
    const counts = new BitCounts(arena, kind)
    counts.add(column, 600)
    const histogram = new Histogram(kind)
    histogram.add(counts.take())
    return histogram
  })
  const all = parts[0].alike()
  for (const part of parts) all.merge(part)
  const pooled = all.table()
  const [min, max] = [pooled.low[0], pooled.high[pooled.high.length - 1]]
  const sample = histogramSample(parts, all, { min, max }, false, [])
  const shareIn = ({ low, high, counts }: BinTable, value: number) =>
    counts.reduce((sum, count, k) => sum + count * Math.min(1, Math.max(0, (value - low[k]) / (high[k] - low[k]))), 0) / 600
  const beside = [0.01, 0.1, 0.7, 0.8, 0.99].map((p) => sample.quantile(p))
  for (const value of [...beside, -0.0101, 0.0101])
    sample.shares(value).upTo.forEach((share, k) => expect(share).toBeCloseTo(shareIn(parts[k].table(), value), 12))
  // Values within a cent are one value, which the median equals.
  const { upTo, below = [] } = sample.shares(sample.quantile(0.4))
  const zeros = parts.map((part) => part.data().zeros / 600)
  zeros.forEach((share, k) => expect(upTo[k] - below[k]).toBeCloseTo(share, 12))
})

it('counts beyond 2^32 stay exact when large statistics are merged', () => {
  const kind = ofCosts(0)
  const part = (count: number) => {
    const histogram = new Histogram(kind)
    histogram.add({ ...kind, zeros: 0, bins: Float64Array.of(1_047_552, count, 1_047_600, 1) })
    return histogram
  }
  const all = part(4_294_967_295)
  for (let k = 0; k < 3; k++) all.merge(part(4_294_967_295))
  expect([...all.data().bins]).toEqual([1_047_552, 17_179_869_180, 1_047_600, 4])
})
