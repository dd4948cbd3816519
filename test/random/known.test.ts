import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { Arena } from '../../src/kernel/arena.ts'
import { directions } from '../../src/random/directions.ts'
import { planTrials } from '../../src/random/plan.ts'
import { seedKey, streamKey } from '../../src/random/seed.ts'
import { createSource } from '../../src/random/source.ts'

const read = (name: string) => JSON.parse(readFileSync(new URL(`../reference/${name}`, import.meta.url), 'utf8'))
const arena = new Arena()
const out = arena.column()

describe('xoshiro256++', () => {
  it('gives the published words from the published state', () => {
    const { state, outputs } = read('random.json')['xoshiro256++']
    const at = arena.bytes(32)
    new BigUint64Array(arena.kernel.memory.buffer, at, 4).set(state.map(BigInt))
    arena.kernel.ops.rawWords(at, out, outputs.length)
    expect([...new BigUint64Array(arena.kernel.memory.buffer, out, outputs.length)].map(String)).toEqual(outputs)
  })
})

describe("Sobol' points", () => {
  it('are the published ones before scrambling, in all dimensions listed', () => {
    const { dimensions, points } = read('sobol.json')
    dimensions.forEach((dimension: number, column: number) => {
      const table = arena.store(directions(dimension - 1))
      arena.kernel.ops.fillSobol(out, points.length, 0, table, 0, 0, 1)
      expect([...arena.view(out, points.length)]).toEqual(points.map((point: number[]) => point[column]))
      // A block in the middle begins where the sequence stands.
      arena.kernel.ops.fillSobol(out, 8, 40, table, 0, 0, 1)
      expect([...arena.view(out, 8)]).toEqual(points.slice(40, 48).map((point: number[]) => point[column]))
    })
  })
  const plan = planTrials(32 * 1024, 'sobol')
  const dimensions = [0, 1, 2, 700].map((coordinate) => ({ name: `d${coordinate}`, coordinate }))
  it.each(['a', 'b', 'c'])('stay balanced under scrambling with seed %s', (seed) => {
    const source = createSource(arena, plan, seed, dimensions)
    const columns = dimensions.map((_, d) => {
      source.fill(d, 5, 0, out)
      return arena.view(out).slice()
    })
    for (const column of columns) {
      expect(new Set([...column].map((u) => Math.floor(u * 1024))).size).toBe(1024)
      expect(column.every((u) => u > 0 && u < 1)).toBe(true)
    }
    // Every elementary box of the first two dimensions holds one point.
    for (let a = 0; a <= 10; a++) {
      const boxes = new Set(
        [...columns[0]].map((u, i) => Math.floor(u * 2 ** a) * 1024 + Math.floor(columns[1][i] * 2 ** (10 - a))),
      )
      expect(boxes.size).toBe(1024)
    }
  })
  it('begin uniformly and without correlation over seeds', () => {
    const first: number[][] = dimensions.map(() => [])
    for (let seed = 0; seed < 400; seed++) {
      const key = seedKey(`s${seed}`)
      dimensions.forEach(({ coordinate }, d) => {
        const table = arena.store(directions(coordinate))
        for (let r = 0; r < 5; r++) {
          const k = streamKey(key, `coordinate ${coordinate} / ${r}`)
          arena.kernel.ops.fillSobol(out, 2, 0, table, k[0], k[1], 0)
          first[d].push(arena.view(out, 1)[0])
        }
      })
    }
    const n = first[0].length
    for (const x of first) {
      const sorted = [...x].sort((a, b) => a - b)
      const distance = Math.max(...sorted.map((u, i) => Math.max((i + 1) / n - u, u - i / n)))
      expect(distance * Math.sqrt(n)).toBeLessThan(2.2) // Kolmogorov–Smirnov: p > 1e-4
    }
    const correlation = (x: number[], y: number[]) => (12 * x.reduce((s, u, i) => s + (u - 0.5) * (y[i] - 0.5), 0)) / n
    expect(Math.abs(correlation(first[0], first[1])) * Math.sqrt(n)).toBeLessThan(4)
    expect(Math.abs(correlation(first[1], first[3])) * Math.sqrt(n)).toBeLessThan(4)
  })
})

describe('Latin hypercube', () => {
  it('has one point in each stratum of each dimension, and no correlation between dimensions', () => {
    const plan = planTrials(32 * 4096, 'latin')
    const source = createSource(arena, plan, 'l', [
      { name: 'x', coordinate: 0 },
      { name: 'y', coordinate: 1 },
    ])
    const all = [0, 1].map((d) => {
      const column: number[] = []
      for (let block = 0; block < plan.blocksPerReplicate; block++) {
        source.fill(d, 3, block, out)
        column.push(...arena.view(out))
      }
      return column
    })
    for (const column of all) expect(new Set(column.map((u) => Math.floor(u * plan.points))).size).toBe(plan.points)
    const sum = all[0].reduce((s, u, i) => s + (u - 0.5) * (all[1][i] - 0.5), 0)
    expect(Math.abs((12 * sum) / Math.sqrt(plan.points))).toBeLessThan(4)
  })
})

describe('random streams', () => {
  const plan = planTrials(1e6, 'random')
  const source = createSource(arena, plan, 'r', [
    { name: 'x', coordinate: 0 },
    { name: 'y', coordinate: 1 },
  ])
  const words = (d: number, block: number) => {
    source.fill(d, 0, block, out)
    return [...arena.view(out)]
  }
  it('differ between blocks, also far ones, and between names', () => {
    const firsts = [0, 1, 2 ** 22 - 1, 2 ** 22, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 33].map((block) => words(0, block)[0])
    expect(new Set([...firsts, words(1, 0)[0]]).size).toBe(firsts.length + 1)
  })
  it('have the mean, variance and serial correlation of uniform numbers', () => {
    const x = Array.from({ length: 64 }, (_, block) => words(0, block)).flat()
    const n = x.length
    const mean = x.reduce((s, u) => s + u, 0) / n
    expect(Math.abs(mean - 0.5) * Math.sqrt(12 * n)).toBeLessThan(4)
    const serial = x.reduce((s, u, i) => s + (u - 0.5) * (x[(i + 1) % n] - 0.5), 0)
    expect(Math.abs((12 * serial) / Math.sqrt(n))).toBeLessThan(4)
    const ones = x.reduce((s, u) => s + (Math.floor(u * 2 ** 32) & 1), 0)
    expect(Math.abs(ones - n / 2) / Math.sqrt(n / 4)).toBeLessThan(4)
  })
  it('come from the seed’s text', () => {
    expect(seedKey(1)).toEqual(seedKey('1'))
    expect(seedKey('a')).not.toEqual(seedKey('b'))
  })
})

describe('the plan of trials', () => {
  it.each([
    [1_000_000, 62, 16_384],
    [65_536, 32, 2_048],
    [1_024, 32, 32],
    [100, 50, 2],
    [1, 32, 1],
    [64, 32, 2],
    [63, 63, 1],
  ])('%d trials are %d replicates of %d points', (trials, replicates, points) => {
    expect(planTrials(trials, 'sobol')).toMatchObject({ replicates, points, trials: replicates * points })
  })
  it('is exact for random, at least 32', () => {
    expect(planTrials(1_000_003, 'random').trials).toBe(1_000_003)
    expect(planTrials(5, 'random').trials).toBe(32)
  })
})
