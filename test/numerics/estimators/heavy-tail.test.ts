// The fit of a heavy tail, against exact quantiles of generalized Pareto distributions.
import { describe, expect, it } from 'vitest'
import { heavyTailsOf, missedBy, paretoFit, valueBeyond } from '../../../src/numerics/estimators/heavy-tail.ts'
import { normalQuantile } from '../../../src/numerics/distributions/special/normal.ts'
import { SampledColumn } from '../../../src/numerics/estimators/sorted.ts'

const N = 65_536
/** A column of exact quantiles, as a stratified sample has them. */
const columnOf = (quantile: (p: number, q: number) => number) =>
  new SampledColumn(
    Float64Array.from({ length: N }, (_, i) => quantile((i + 0.5) / N, (N - i - 0.5) / N)),
    { starts: [0, N], random: true, jumps: [], certain: false },
  )
const tailsOf = (quantile: (p: number, q: number) => number) => heavyTailsOf(columnOf(quantile).sample)

describe('the fit of a generalized Pareto distribution', () => {
  it.each([-0.2, 0.1, 0.3, 0.5, 0.9])('finds shape %f and scale from exact quantiles', (shape) => {
    const n = 3000
    const beyond = Float64Array.from({ length: n }, (_, i) => (7 * ((1 - (i + 0.5) / n) ** -shape - 1)) / shape)
    const fit = paretoFit(beyond)
    // The prior adds ten observations with a shape of one half.
    expect(Math.abs(fit.shape - (n * shape + 5) / (n + 10))).toBeLessThan(0.01)
    expect(Math.abs(fit.scale / 7 - 1)).toBeLessThan(0.02)
  })
})

describe('heavy tails of a sample', () => {
  it.each([
    ['normal', (p: number, q: number) => normalQuantile(p, q)],
    ['uniform', (p: number) => p],
    ['exponential', (_: number, q: number) => -Math.log(q)],
    ['a cap that a tenth of the trials reach', (_: number, q: number) => Math.min(10, q ** -0.5)],
    ['a constant', () => 5],
    ['a rare value far from the others', (p: number, q: number) => (q < 0.003 ? 50 : 1) * (9_000 + 1_000 * p)],
    ['a rare value without a spread', (p: number, q: number) => (q < 0.003 ? 50_000 : 9_000 + 1_000 * p)],
  ])('leave out a light tail: %s', (_, quantile) => {
    expect(tailsOf(quantile)).toEqual([])
  })

  it('find the shape of a Pareto tail, at either end', () => {
    const [upper, ...rest] = tailsOf((_, q) => 1000 * q ** (-1 / 3))
    expect(rest).toEqual([])
    expect(Math.abs(upper.shape - 1 / 3)).toBeLessThan(0.01)
    const [lower] = tailsOf((p) => -1000 * p ** (-1 / 3))
    expect(lower.shape).toBeCloseTo(upper.shape, 10)
    expect(lower.scale).toBeCloseTo(-upper.scale, 6)
    // One value in ten million.
    expect(Math.abs(valueBeyond(upper, 1e-7) / (1000 * 1e7 ** (1 / 3)) - 1)).toBeLessThan(0.05)
    expect(Math.abs(valueBeyond(lower, 1e-7) / (-1000 * 1e7 ** (1 / 3)) - 1)).toBeLessThan(0.05)
  })

  it('do not show in fewer than 1,024 values', () => {
    const few = new SampledColumn(
      Float64Array.from({ length: 1023 }, (_, i) => (1 - (i + 0.5) / 1023) ** -0.5),
      { starts: [0, 1023], random: true, jumps: [], certain: false },
    )
    expect(few.heavy).toEqual([])
    expect(heavyTailsOf(few.sample)).toEqual([])
  })

  it('have the same figures by selection, by sorting and by histogram bins of small width', () => {
    const column = columnOf((_, q) => q ** -0.4)
    const bySelection = column.heavy
    const bySorting = heavyTailsOf(column.sample)
    expect(bySelection).toEqual(bySorting)
  })
})

describe('the error of trials that a sample misses', () => {
  it('is half of one trial that a run in twenty contains, beyond those of the replicates', () => {
    const tail = { from: 0, share: 1, shape: 0.5, scale: 1 }
    const at = (chance: number) => 2 * (chance ** -0.5 - 1)
    const expected = (at(0.05 / 1000) - at(16 / 1000)) / 1000 / 2
    expect(missedBy([tail], { size: 1000, replicates: 32 }, (x) => x)).toBeCloseTo(expected, 12)
    expect(missedBy([tail, tail], { size: 1000, replicates: 32 }, (x) => x)).toBeCloseTo(Math.SQRT2 * expected, 12)
    expect(missedBy([], { size: 1000, replicates: 32 }, (x) => x)).toBe(0)
  })
})
