// Selection without sorting gives what sorting gives.
import fc from 'fast-check'
import seedrandom from 'seedrandom'
import { describe, expect, it } from 'vitest'
import { replicateError } from '../../../src/numerics/estimators/errors.ts'
import { levelsOf, orderFiguresOf, PERCENTILE_LEVELS } from '../../../src/numerics/estimators/levels.ts'
import { load, type Values } from '../../../src/numerics/estimators/desk.ts'
import { momentsOf } from '../../../src/numerics/estimators/moments.ts'
import { selectedSample } from '../../../src/numerics/estimators/selected.ts'
import { SampledColumn } from '../../../src/numerics/estimators/sorted.ts'
import { effort } from '../../effort.ts'

/** Hyndman and Fan's type 7, and the mean of exactly the worst share. */
function sortedOut(values: Float64Array) {
  const sorted = values.slice().sort()
  const n = sorted.length
  const percentile = (p: number) => {
    const h = (n - 1) * p
    const low = sorted[Math.floor(h)]
    return low + (h - Math.floor(h)) * ((sorted[Math.floor(h) + 1] ?? low) - low)
  }
  const shortfall = (p: number) => {
    const worst = (1 - p) * n
    let [sum, left] = [0, worst]
    for (let k = n - 1; left > 1e-9; k--) {
      sum += Math.min(1, left) * sorted[k]
      left -= 1
    }
    return sum / worst
  }
  return { percentiles: PERCENTILE_LEVELS.map((p) => percentile(p / 100)), shortfalls: [shortfall(0.9), shortfall(0.95)] }
}

type Extremes = { readonly min: number; readonly max: number }

const spreadOf = (values: Values, parts: number | undefined, ends: Extremes, tails: boolean) =>
  orderFiguresOf(selectedSample(values, parts, ends, levelsOf(tails)), tails)

const extremes = (values: Float64Array) => ({
  min: values.reduce((a, b) => Math.min(a, b), Infinity),
  max: values.reduce((a, b) => Math.max(a, b), -Infinity),
})

const value = fc.oneof(
  { weight: 5, arbitrary: fc.double({ min: -1e6, max: 1e7, noNaN: true }) },
  { weight: 2, arbitrary: fc.constantFrom(0, 30_000, 1e6) },
)
const columns = fc.integer({ min: 1, max: 32 }).chain((parts) =>
  fc.record({
    parts: fc.constant(parts),
    values: fc.array(value, { minLength: 40, maxLength: 300 }).map((few) => {
      const count = Math.ceil(few.length / parts) * parts
      return Float64Array.from({ length: count }, (_, i) => few[i % few.length])
    }),
  }),
)

describe('percentiles and expected shortfall of kept values', () => {
  it('equal those of the sorted values', () => {
    fc.assert(
      fc.property(columns, ({ values, parts }) => {
        const found = spreadOf(values, parts, extremes(values), true)
        const exact = sortedOut(values)
        const close = (a: number, b: number) => expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(b)))
        exact.percentiles.forEach((x, k) => close(found.percentiles[k], x))
        exact.shortfalls.forEach((x, k) => close(found.shortfalls[k], x))
        for (const se of [...found.percentileErrors, ...found.shortfallErrors]) expect(se).toBeGreaterThanOrEqual(0)
      }),
      effort(300, 5_000),
    )
  })

  it.each([
    ['a few huge values, so that nearly all lie in one bucket', (u: number) => (u < 0.001 ? 1e12 * (1 + u) : u)],
    ['many scales, so that a bucket of a bucket is crowded', (u: number) => 10 ** (30 * u)],
    ['many equal values', (u: number) => Math.floor(40 * u) ** 3],
    ['values that differ in their last bits', (u: number) => 1 + Math.floor(200 * u) * Number.EPSILON],
  ])('equal those of the sorted values for %s', (_, quantile) => {
    const random = seedrandom('skewed')
    const values = Float64Array.from({ length: 32 * 512 }, () => quantile(random()))
    const found = spreadOf(values, 32, extremes(values), true)
    expect(found.percentiles).toEqual(sortedOut(values).percentiles)
  })

  it('of a difference equal those of the subtracted values', () => {
    const of = Float64Array.from({ length: 40_000 }, (_, i) => (i * 7_919) % 40_009)
    const less = Float64Array.from({ length: 40_000 }, (_, i) => (i * 104_729) % 39_989)
    const values = of.map((x, i) => x - less[i])
    const ends = extremes(values)
    expect(spreadOf({ of, less }, 32, ends, true)).toEqual(spreadOf(values, 32, ends, true))
    expect(spreadOf(values, 32, ends, true).percentiles).toEqual(sortedOut(values).percentiles)
  })
})

it.each([
  ['a single part', 1, 40_001],
  ['parts of odd sizes', 5, 1_001],
  ['parts of several chunks', 3, 20_003],
  ['more values than are copied at once', 5, 30_001],
])('selection gives the shares and tails of sorting for %s', (_, parts, size) => {
  const random = seedrandom('parts')
  const values = Float64Array.from({ length: parts * size }, () => Math.floor(300 * random()) + (random() < 0.5 ? random() : 0))
  const starts = Array.from({ length: parts + 1 }, (_, part) => part * size)
  const sorted = new SampledColumn(values, { starts, random: false, jumps: [], certain: false }).sample
  const selected = selectedSample(values, parts, extremes(values), levelsOf(true))
  for (const p of [0.01, 0.2, 0.5, 0.95]) {
    expect(selected.quantile(p)).toBe(sorted.quantile(p))
    expect(selected.shares(selected.quantile(p))).toEqual(sorted.shares(sorted.quantile(p)))
    expect(selected.around(p, 0.001)).toEqual(sorted.around(p, 0.001))
  }
  for (const p of [0.9, 0.95]) {
    const [found, exact] = [selected.tail(p), sorted.tail(p)]
    expect(found.boundary).toBe(exact.boundary)
    expect(found.square / exact.square).toBeCloseTo(1, 9)
    found.means.forEach((mean, part) => expect(mean / exact.means[part]).toBeCloseTo(1, 9))
  }
})

it.each([
  [1, 40_001],
  [5, 1_001],
  [3, 20_000],
])('the moments of %i parts of %i values are those of sums in their order, also once the values are loaded', (parts, size) => {
  const random = seedrandom('moments')
  const values = Float64Array.from({ length: parts * size }, () => 100 + random() ** 3)
  const n = values.length
  const found = momentsOf(values, parts)
  const mean = values.reduce((sum, x) => sum + x, 0) / n
  const central = (power: number) => values.reduce((sum, x) => sum + (x - mean) ** power, 0) / n
  expect(found.mean).toBeCloseTo(mean, 10)
  expect(found.sd).toBeCloseTo(Math.sqrt((central(2) * n) / (n - 1)), 10)
  expect(found.skewness?.value).toBeCloseTo(central(3) / central(2) ** 1.5, 6)
  expect({ min: found.min, max: found.max }).toEqual(extremes(values))
  expect(momentsOf(load(values), parts)).toEqual(found)
})

it('values that were loaded cannot be read once others are', () => {
  const first = load(Float64Array.of(1, 2, 3, 4))
  load(Float64Array.of(5, 6))
  expect(() => momentsOf(first, 2)).toThrow('other values were loaded since')
})

/** Root of the mean square. */
const rms = (values: readonly number[]) => Math.sqrt(values.reduce((sum, x) => sum + x * x, 0) / values.length)

it('the spread of replicates is finite for any numbers', () => {
  expect(replicateError([1, 3])).toBe(1)
  expect(replicateError([1e308, 0.5e308]) / 1e308).toBeCloseTo(0.25)
  expect(replicateError([5])).toBe(0)
})

describe('the standard error of a percentile matches its real error', () => {
  const COLUMNS = 120
  const SIZE = 4_096
  /** Quantile functions, a percentile, and the values that a percentile may have. */
  const cases: readonly (readonly [string, (u: number) => number, number, number, number])[] = [
    ['on a smooth slope', (u) => -Math.log(1 - u), 90, -Math.log(0.1), -Math.log(0.1)],
    ['at a step of ten', (u) => Math.ceil(10 * u), 90, 9, 10],
    ['beside a step of ten', (u) => Math.ceil(10 * u + 0.03), 90, 10, 10],
    ['at a step of two', (u) => (u < 0.25 ? 100 : 200), 25, 100, 200],
    ['in a gap', (u) => (u < 0.5 ? u : 10 + u), 50, 0.5, 10.5],
    ['at the end of a gap', (u) => (u < 0.502 ? u : 10 + u), 50, 0.5, 0.5],
    ['at the end of an atom', (u) => (u < 0.9 ? 1 : 1 + 20 * (u - 0.9)), 90, 1, 1],
  ]
  it.each(cases)('%s', (_, quantile, percent, low, high) => {
    const random = seedrandom('percentiles')
    const k = PERCENTILE_LEVELS.findIndex((p) => p === percent)
    const found = Array.from({ length: COLUMNS }, () => {
      const values = Float64Array.from({ length: SIZE }, () => quantile(random()))
      const { percentiles, percentileErrors } = spreadOf(values, undefined, extremes(values), false)
      return { off: Math.max(0, low - percentiles[k], percentiles[k] - high), value: percentiles[k], se: percentileErrors[k] }
    })
    const mean = found.reduce((sum, { value }) => sum + value, 0) / COLUMNS
    const [varies, stated] = [rms(found.map(({ value }) => value - mean)), rms(found.map(({ se }) => se))]
    expect(stated / varies, `states ${stated}, varies by ${varies}`).toBeGreaterThan(0.8)
    expect(stated / varies, `states ${stated}, varies by ${varies}`).toBeLessThan(1.6)
    expect(found.filter(({ off, se }) => off > 4.2 * se + 1e-9).length).toBeLessThan(0.03 * COLUMNS)
  })
})
