import { describe, expect, it } from 'vitest'
import { planTrials } from '../../../src/numerics/random/plan.ts'
import { createSource } from '../../../src/numerics/random/source.ts'
import { arena, correlation, distanceFromUniform, drawn, out } from './reference.ts'

const dimensions = ['x', 'y', 'z'].map((name, coordinate) => ({ name, coordinate }))
const { ops } = arena.kernel

describe('a Latin hypercube', () => {
  it.each([1, 2, 4, 8, 64, 1024, 4096])('of %d points has one in each stratum of each dimension', (points) => {
    const plan = { ...planTrials(32 * points, 'latin'), points, log2: Math.log2(points) }
    const source = createSource(arena, plan, 'l', dimensions)
    dimensions.forEach((_, d) => {
      for (const replicate of [0, 3, 31]) {
        const column = Array.from({ length: Math.ceil(points / 1024) }, (_, block) => [
          ...drawn(source, d, replicate, block),
        ]).flat()
        expect(new Set(column.slice(0, points).map((u) => Math.floor(u * points))).size).toBe(points)
        expect(column.every((u) => u > 0 && u < 1)).toBe(true)
      }
    })
  })

  it('can have 2^32 points, all in distinct strata', () => {
    const seen = new Set<number>()
    for (const first of [0, 2 ** 31, 2 ** 32 - 1024]) {
      ops.fillLatin(out, 1024, first, 32, 1, 2, 3, 4, 0)
      for (const u of arena.view(out)) seen.add(Math.floor(u * 2 ** 32))
    }
    expect(seen.size).toBe(3 * 1024)
  })

  it('has no correlation between dimensions, or between replicates', () => {
    const source = createSource(arena, planTrials(32 * 1024, 'latin'), 'pairs', dimensions)
    const columns = [drawn(source, 0, 0), drawn(source, 1, 0), drawn(source, 2, 0), drawn(source, 0, 1), drawn(source, 0, 2)]
    for (let d = 0; d < 5; d++) for (let e = 0; e < d; e++) expect(Math.abs(correlation(columns[d], columns[e]))).toBeLessThan(4)
  })

  it.each([4, 8, 32, 256])('of %d points pairs its dimensions as independent permutations would', (points) => {
    const plan = { ...planTrials(32 * points, 'latin'), points, log2: Math.log2(points) }
    const source = createSource(arena, plan, 'many', dimensions)
    const squares = Array.from({ length: 4000 }, (_, replicate) => {
      const [x, y] = [drawn(source, 0, replicate).subarray(0, points), drawn(source, 1, replicate).subarray(0, points)]
      return correlation(x, y) ** 2
    })
    // n times the variance of Pearson's correlation over permutations is n/(n - 1) for strata that vary as 1 - 1/n^2 of the uniform distribution;
    // the jitter adds the rest, so that the expectation is 1 + O(1/n).
    const n = points
    const between = (1 - 1 / n ** 2) / 12
    const inside = 1 / (12 * n ** 2)
    const expected = 144 * ((n / (n - 1)) * between ** 2 + 2 * between * inside + inside ** 2)
    const mean = squares.reduce((s, x) => s + x, 0) / squares.length
    expect(Math.abs(mean / expected - 1)).toBeLessThan(5 * Math.sqrt(2 / squares.length))
  })

  it('spreads its points evenly inside the strata', () => {
    const source = createSource(arena, planTrials(32 * 1024, 'latin'), 'jitter', dimensions)
    const inside = Float64Array.from([0, 1, 2, 3, 4, 5, 6, 7].flatMap((r) => [...drawn(source, 0, r)].map((u) => (u * 1024) % 1)))
    expect(distanceFromUniform(inside)).toBeLessThan(2.225)
  })

  it('depends on the name of a dimension, not on its place', () => {
    const plan = planTrials(32 * 1024, 'latin')
    const [all, alone] = [
      createSource(arena, plan, 's', dimensions),
      createSource(arena, plan, 's', [{ name: 'z', coordinate: 0 }]),
    ]
    expect(drawn(alone, 0, 4)).toEqual(drawn(all, 2, 4))
  })
})
