import { describe, expect, it } from 'vitest'
import { seedKey, streamKey } from '../../../src/numerics/random/seed.ts'

/** How many of the 128 bits of two keys differ. */
function distance(a: readonly number[], b: readonly number[]): number {
  return a.reduce((bits, word, i) => bits + [...((word ^ b[i]) >>> 0).toString(2)].filter((bit) => bit === '1').length, 0)
}

describe('a seed', () => {
  it('is the same as a number and as its text', () => {
    expect(seedKey(1)).toEqual(seedKey('1'))
    expect(seedKey(-7)).toEqual(seedKey('-7'))
  })
  it('gives a key unrelated to those of its neighbors', () => {
    const keys = Array.from({ length: 400 }, (_, seed) => seedKey(seed))
    const total = keys.slice(1).reduce((sum, key, i) => sum + distance(key, keys[i]), 0)
    // Binomial(399 · 128, 1/2)
    expect(Math.abs(total - 399 * 64) / Math.sqrt(399 * 32)).toBeLessThan(4)
  })
  it.each([
    ['1', '11'],
    ['ab', 'abab'],
    ['a', 'š'],
    ['a', 'A'],
    ['', ' '],
    ['x'.repeat(256), 'x'.repeat(257)],
  ])('%j gives another key than %j', (a, b) => {
    expect(distance(seedKey(a), seedKey(b))).toBeGreaterThan(30)
  })
  it.each([1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 60])('cannot be the number %d', (seed) => {
    expect(() => seedKey(seed)).toThrow('seed: expected a text or a whole number below 2^53')
  })
})

describe('the key of a named stream', () => {
  const key = seedKey('billcast')
  it('is its own among 100,000 names', () => {
    const names = Array.from({ length: 100_000 }, (_, i) => `offers.a${i % 100}.charges[${Math.floor(i / 100)}].price`)
    // Half of a key alone differs between all of them.
    expect(new Set(names.map((name) => streamKey(key, name).slice(0, 2).join())).size).toBe(names.length)
    expect(new Set(names.map((name) => streamKey(key, name).slice(2).join())).size).toBe(names.length)
  })
  it('is unrelated to the keys of near names and near seeds', () => {
    const noise = (m: number) => `conversations.noise[${m}]`
    let total = 0
    for (let m = 0; m < 240; m++) total += distance(streamKey(key, noise(m)), streamKey(key, noise(m + 1)))
    for (let m = 0; m < 240; m++) total += distance(streamKey(seedKey(m), noise(0)), streamKey(seedKey(m + 1), noise(0)))
    expect(Math.abs(total - 480 * 64) / Math.sqrt(480 * 32)).toBeLessThan(4)
  })
})
