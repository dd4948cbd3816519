import { describe, expect, it } from 'vitest'
import { directionNumbers } from '../../../src/numerics/random/direction-numbers.generated.ts'
import { directions } from '../../../src/numerics/random/directions.ts'
import { arena, out, reference } from './reference.ts'

const { ops } = arena.kernel
const WORDS = 2n ** 64n - 1n

/** splitmix64 as published by Vigna, in exact integers. */
function splitmix64(seed: bigint, count: number): bigint[] {
  return Array.from({ length: count }, (_, i) => {
    let z = (seed + BigInt(i + 1) * 0x9e3779b97f4a7c15n) & WORDS
    z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & WORDS
    z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & WORDS
    return z ^ (z >> 31n)
  })
}

/** The first words of four generators, one a lane, from their states. */
function lanes(states: readonly bigint[][], count: number): string[][] {
  const at = arena.bytes(128)
  const memory = () => arena.kernel.memory.buffer
  const target = new BigUint64Array(memory(), at, 16)
  for (let j = 0; j < 4; j++)
    target.set(
      states.map((state) => state[j]),
      4 * j,
    )
  const words = arena.column(4 * count)
  ops.rawWords(at, words, 4 * count)
  const all = new BigUint64Array(memory(), words, 4 * count)
  return states.map((_, lane) => Array.from({ length: count }, (_, i) => String(all[4 * i + lane])))
}

describe('splitmix64', () => {
  it('gives the published words', () => {
    const { seed, outputs } = reference('random.json').splitmix64
    expect(splitmix64(BigInt(seed), outputs.length).map(String)).toEqual(outputs)
    for (const [start, words] of Object.entries<string[]>(reference('vectors.json').splitmix64))
      expect(splitmix64(BigInt(start), words.length).map(String)).toEqual(words)
  })
})

describe('xoshiro256++', () => {
  const known = reference('vectors.json')['xoshiro256++']
  it('gives the published words from the published state, in every lane', () => {
    const { state, outputs } = reference('random.json')['xoshiro256++']
    expect(known.outputs).toEqual(outputs)
    const states = [0, 1, 2, 3].map(() => state.map(BigInt))
    expect(lanes(states, outputs.length)).toEqual([outputs, outputs, outputs, outputs])
  })
  it('keeps its lanes apart', () => {
    const seeds = ['0', '1', '42']
    const states = [...seeds.map((seed) => splitmix64(BigInt(seed), 4)), known.state.map(BigInt)]
    const expected = [...seeds.map((seed) => known.seededBySplitmix64[seed]), known.outputs.slice(0, 5)]
    expect(lanes(states, 5)).toEqual(expected)
  })
  it('gives numbers whose leading 52 bits are those of its words', () => {
    ops.randomWords(out, 64, 1, 2, 3, 4, 0, 5, 0)
    const words = new BigUint64Array(arena.kernel.memory.buffer, out, 64).slice()
    ops.fillRandom(out, 64, 1, 2, 3, 4, 0, 5, 0)
    expect([...arena.view(out, 64)]).toEqual([...words].map((word) => Number(2n * (word >> 12n) + 1n) / 2 ** 53))
  })
})

describe("Sobol' points before scrambling", () => {
  const { dimensions, points } = reference('sobol.json')
  const integers = (table: number, count: number, first: number) => {
    ops.sobolIntegers(out, count, first, table)
    return [...new Uint32Array(arena.kernel.memory.buffer, out, count)]
  }
  it.each<number>(dimensions)('equal the published ones in dimension %d', (dimension) => {
    const table = arena.store(directions(dimension - 1))
    const expected = points.map((point: number[]) => point[dimensions.indexOf(dimension)] * 2 ** 32)
    expect(integers(table, 64, 0)).toEqual(expected)
    // A block in the middle begins where the sequence stands.
    expect(integers(table, 8, 40)).toEqual(expected.slice(40, 48))
  })
  it('come with the notice of their authors', () => {
    expect(directionNumbers).toContain('Copyright (c) 2008 Frances Y. Kuo and Stephen Joe')
  })
  it('continue to the last of 2^32', () => {
    // Of the first coordinate, the last point is the last Gray code, 2^31, bit-reversed; its neighbour differs in the lowest bit of the code.
    const last = integers(arena.store(directions(0)), 4, 2 ** 32 - 4)
    expect(last.slice(2)).toEqual([2 ** 31 + 1, 1])
  })
  it('have 32 direction integers in each of 1,024 dimensions, the k-th with exactly k leading bits', () => {
    for (let coordinate = 0; coordinate < 1024; coordinate++) {
      // Bit-reversed: the lowest k bits of the k-th integer may stand, and bit k - 1 does.
      const fits = directions(coordinate).every((v, k) => Math.floor(v / 2 ** k) === 1)
      expect(fits).toBe(true)
    }
  })
})
