import { describe, expect, it } from 'vitest'
import { planTrials } from '../../../src/numerics/random/plan.ts'
import { seedKey, streamKey } from '../../../src/numerics/random/seed.ts'
import { createSource } from '../../../src/numerics/random/source.ts'
import { arena, correlation, distanceFromUniform, drawn } from './reference.ts'

const plan = planTrials(1_000_000, 'random')
const dimensions = ['x', 'y', 'z'].map((name, coordinate) => ({ name, coordinate }))
const { ops } = arena.kernel
const N = 2 ** 20
const buffer = arena.column(N)

/** 2^20 words, `take` at a time from one stream after another: blocks of a thousand names in turn. */
function words(take: number): BigUint64Array {
  const names = Array.from({ length: take < N ? 1000 : 1 }, (_, i) => streamKey(seedKey('battery'), `d[${i}]`))
  for (let i = 0; i < N / take; i++) {
    const [k0, k1, k2, k3] = names[i % names.length]
    ops.randomWords(buffer + 8 * i * take, take, k0, k1, k2, k3, 0, Math.floor(i / names.length), 0)
  }
  return new BigUint64Array(arena.kernel.memory.buffer, buffer, N).slice()
}

const halves = (take: number) => new Uint32Array(words(take).buffer)

function ones(x: number): number {
  const pairs = x - ((x >>> 1) & 0x55555555)
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

describe.each([
  ['one stream', N],
  ['streams in turn, 4 words of each', 4],
  ['streams in turn, 1,024 words of each', 1024],
])('the words of %s', (_, take) => {
  const all = halves(take)
  it('have as many ones as zeros', () => {
    const sum = all.reduce((s, x) => s + ones(x), 0)
    expect(Math.abs(sum - 16 * all.length) / Math.sqrt(8 * all.length)).toBeLessThan(4)
  })
  it.each([0, 4, 28])('have serial pairs of four bits, from bit %d, equally often', (shift) => {
    const counts = new Float64Array(256)
    for (let i = 0; i + 2 < all.length; i += 2) counts[(((all[i] >>> shift) & 15) << 4) | ((all[i + 2] >>> shift) & 15)]++
    const expected = (all.length / 2 - 1) / 256
    const chiSquare = counts.reduce((s, c) => s + (c - expected) ** 2 / expected, 0)
    expect(Math.abs(chiSquare - 255) / Math.sqrt(2 * 255)).toBeLessThan(4.5)
  })
  it('have as many equal birthday spacings as chance predicts', () => {
    // 4,096 birthdays in a year of 2^32 days: Poisson with mean 4096^3 / 2^34 = 4 a round.
    let equal = 0
    const rounds = all.length / 4096
    for (let round = 0; round < rounds; round++) {
      const birthdays = all.slice(round * 4096, (round + 1) * 4096).sort()
      const spacings = birthdays.map((day, i) => day - (i === 0 ? 0 : birthdays[i - 1])).sort()
      for (let i = 1; i < 4096; i++) if (spacings[i] === spacings[i - 1]) equal++
    }
    expect(Math.abs(equal - 4 * rounds)).toBeLessThan(4 * Math.sqrt(4 * rounds))
  })
})

describe('random numbers', () => {
  const source = createSource(arena, plan, 'r', dimensions)
  it('differ between names and between blocks, even distant ones', () => {
    const blocks = [0, 1, 2 ** 22 - 1, 2 ** 22, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 41]
    const columns = [...blocks.map((block) => drawn(source, 0, 0, block)), drawn(source, 1, 0, 0)]
    for (let d = 0; d < columns.length; d++) {
      expect(distanceFromUniform(columns[d])).toBeLessThan(2.225)
      for (let e = 0; e < d; e++) expect(Math.abs(correlation(columns[d], columns[e]))).toBeLessThan(4)
    }
  })
  it('do not change when a dimension is added or moved', () => {
    const other = createSource(arena, plan, 'r', [{ name: 'new', coordinate: 0 }, ...[...dimensions].reverse()])
    expect(drawn(other, 1, 2, 3)).toEqual(drawn(source, 2, 2, 3))
  })
  it('are never 0 or 1, and are above one half as often as below', () => {
    const column = Float64Array.from(Array.from({ length: 64 }, (_, block) => [...drawn(source, 0, 0, block)]).flat())
    expect(column.every((u) => u > 0 && u < 1 && u + (1 - u) === 1)).toBe(true)
    expect(distanceFromUniform(column)).toBeLessThan(2.225)
  })
})
