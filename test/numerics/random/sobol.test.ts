import { describe, expect, it } from 'vitest'
import { COORDINATES } from '../../../src/numerics/random/directions.ts'
import { planTrials } from '../../../src/numerics/random/plan.ts'
import { createSource } from '../../../src/numerics/random/source.ts'
import { effort } from '../../effort.ts'
import { arena, correlation, distanceFromUniform, drawn } from './reference.ts'

const plan = planTrials(32 * 1024, 'sobol')
const named = (coordinates: readonly number[]) => coordinates.map((coordinate) => ({ name: `d${coordinate}`, coordinate }))
const sourceOf = (seed: string, coordinates: readonly number[]) => createSource(arena, plan, seed, named(coordinates))

describe("scrambled Sobol' points", () => {
  const coordinates = [0, 1, 2, 49, 700, 1023]
  it.each(['a', 'b', 'c', 'd', 'e'])('fill every interval of 2^-m once in every dimension, with seed %s', (seed) => {
    const source = sourceOf(seed, coordinates)
    coordinates.forEach((_, d) => {
      const column = drawn(source, d, 5)
      for (let m = 0; m <= 10; m++) {
        const intervals = new Set(column.subarray(0, 2 ** m).map((u) => Math.floor(u * 2 ** m)))
        expect(intervals.size).toBe(2 ** m)
      }
      expect(column.every((u) => u > 0 && u < 1)).toBe(true)
    })
  })

  it.each(['a', 'b', 'c', 'd', 'e'])('fill every elementary box of the first two dimensions once, with seed %s', (seed) => {
    const source = sourceOf(seed, [0, 1])
    const [x, y] = [drawn(source, 0, 7), drawn(source, 1, 7)]
    for (let a = 0; a <= 10; a++) {
      const boxes = new Set(x.map((u, i) => Math.floor(u * 2 ** a) * 1024 + Math.floor(y[i] * 2 ** (10 - a))))
      expect(boxes.size).toBe(1024)
    }
  })

  it('stay balanced over the blocks of a replicate', () => {
    const larger = planTrials(32 * 4096, 'sobol')
    const source = createSource(arena, larger, 'blocks', named([3]))
    const intervals = new Set([0, 1, 2, 3].flatMap((block) => [...drawn(source, 0, 1, block)].map((u) => Math.floor(u * 4096))))
    expect(intervals.size).toBe(4096)
  })

  const seeds = effort(2_000, 10_000, 10_000).numRuns
  it(`begin uniformly over ${seeds} seeds, without correlation between dimensions`, () => {
    const first = [0, 1, 2, 3].map(() => new Float64Array(seeds))
    for (let seed = 0; seed < seeds; seed++) {
      const source = sourceOf(String(seed), [0, 1, 2, 700])
      for (let d = 0; d < 4; d++) first[d][seed] = drawn(source, d)[0]
    }
    for (const column of first) expect(distanceFromUniform(column)).toBeLessThan(2.225)
    for (let d = 0; d < 4; d++) for (let e = 0; e < d; e++) expect(Math.abs(correlation(first[d], first[e]))).toBeLessThan(4)
  })

  it('begin uniformly over the replicates of one seed too', () => {
    const source = sourceOf('replicates', [0, 1])
    const first = [0, 1].map((d) => Float64Array.from({ length: 4000 }, (_, replicate) => drawn(source, d, replicate)[0]))
    for (const column of first) expect(distanceFromUniform(column)).toBeLessThan(2.225)
    expect(Math.abs(correlation(first[0], first[1]))).toBeLessThan(4)
  })

  it('integrate prod(1 + (x_i - 1/2)/i) without bias, and far better than random numbers', () => {
    const coordinates = Array.from({ length: 8 }, (_, i) => i)
    const seeds = 200
    const means = Array.from({ length: seeds }, (_, seed) => {
      const source = sourceOf(`integral ${seed}`, coordinates)
      const product = new Float64Array(1024).fill(1)
      for (const i of coordinates) {
        const column = drawn(source, i)
        for (let t = 0; t < 1024; t++) product[t] *= 1 + (column[t] - 0.5) / (i + 1)
      }
      return product.reduce((s, x) => s + x, 0) / 1024
    })
    const mean = means.reduce((s, x) => s + x, 0) / seeds
    const variance = means.reduce((s, x) => s + (x - mean) ** 2, 0) / (seeds - 1)
    expect(Math.abs(mean - 1)).toBeLessThan(4 * Math.sqrt(variance / seeds))
    // Variance of the function: prod(1 + 1/(12 i^2)) - 1, of which random numbers would leave a 1,024th.
    const plain = (coordinates.reduce((p, i) => p * (1 + 1 / (12 * (i + 1) ** 2)), 1) - 1) / 1024
    expect(variance).toBeLessThan(plain / 100)
  })

  it('do not change when other coordinates are added', () => {
    expect(drawn(sourceOf('s', [4, 9]), 1, 2)).toEqual(drawn(sourceOf('s', [9]), 0, 2))
  })

  it('differ between seeds, replicates and coordinates', () => {
    const source = sourceOf('s', [4, 9])
    const firsts = [drawn(source, 0, 0), drawn(source, 0, 1), drawn(source, 1, 0), drawn(sourceOf('t', [4]), 0, 0)].map(([u]) => u)
    expect(new Set(firsts).size).toBe(4)
  })
})

describe('dimensions past the direction numbers', () => {
  const [one, two] = [COORDINATES, COORDINATES + 1].map((coordinate) => ({ name: `late[${coordinate}]`, coordinate }))
  const source = createSource(arena, plan, 's', [one, two])
  it('are random numbers of their own named streams, different in every replicate', () => {
    const columns = [drawn(source, 0, 0), drawn(source, 0, 1), drawn(source, 1, 0), drawn(source, 1, 1)]
    for (const column of columns) expect(distanceFromUniform(column)).toBeLessThan(2.225)
    for (let d = 0; d < 4; d++) for (let e = 0; e < d; e++) expect(Math.abs(correlation(columns[d], columns[e]))).toBeLessThan(4)
  })
  it('depend on their name, not on their place', () => {
    const moved = createSource(arena, plan, 's', [{ ...one, coordinate: 5000 }])
    expect(drawn(moved, 0, 3)).toEqual(drawn(source, 0, 3))
  })
})
