// Stochastic dominance: pairs whose order is known are found in every seed, equal ones in none, and the violation has its exact value.
import { describe, expect, it } from 'vitest'
import type { Method } from '../../src/numerics/random/plan.ts'
import { phi, rootOf } from './reader.ts'
import { slow } from '../effort.ts'
import { simulate } from '../simulate.ts'

const SEEDS = slow ? ['a', 'b', 'c', 'd'] : ['a', 'b']
const priced = (price: number | string) => ({ charges: [{ meter: 'conversations', price }] })
const plan = (offers: object) => ({ months: 1, conversations: { base: 1000 }, offers })
const found = async (offers: object, seed: string, method: Method = 'sobol', trials = 8192) =>
  (await simulate(plan(offers), { trials, seed, method })).dominance()

describe('dominance', () => {
  it.each(['sobol', 'latin', 'random'] satisfies Method[])(
    'of a true first-order pair shows in every seed, although the trials cross (%s)',
    async (method) => {
      for (const seed of SEEDS) {
        // Independent costs: $1,000 and $1,020 ± $100.
        const pair = { low: priced('normal(1.00, 0.10)'), high: priced('normal(1.02, 0.10)') }
        const list = await found(pair, seed, method, 16_384)
        expect(list).toMatchObject([{ offer: 'low', over: 'high', order: 1 }])
        expect(list[0].confidence).toBeGreaterThan(0.97)
        expect(list[0].violation.value).toBeLessThan(0.005)
      }
    },
  )

  it.each(['sobol', 'latin', 'random'] satisfies Method[])(
    'never holds for an offer with the higher mean, however steady it is (%s)',
    async (method) => {
      // Beyond its worst trials the steady one is dearer in 0.24% of the area between the curves.
      const pair = { steady: priced('normal(1.005, 0.01)'), wild: priced('normal(1, 0.1)') }
      for (const seed of SEEDS) expect(await found(pair, seed, method, 32_768)).toEqual([])
    },
  )

  it.each(['sobol', 'latin', 'random'] satisfies Method[])(
    'never holds for an offer whose rare price no trial met (%s)',
    async (method) => {
      // $1,001 a conversation instead of $1 with a probability of 1 in 100,000 is 2% of the area between the curves.
      const pair = { rare: priced('discrete($1: 99.999%, $1001: 0.001%)'), sure: priced(1.5) }
      for (const seed of SEEDS) expect(await found(pair, seed, method)).toEqual([])
      expect(await found({ low: priced(1), sure: priced(1.5) }, 'a', method)).toMatchObject([
        { offer: 'low', violation: { se: 0 } },
      ])
    },
  )

  it.each(['sobol', 'latin', 'random'] satisfies Method[])(
    'never holds between offers with the same distribution (%s)',
    async (method) => {
      for (const seed of SEEDS) {
        const twins = {
          one: priced('normal(1, 0.1)'),
          other: priced('normal(1, 0.1)'),
          third: priced('lognormal(1, 0.2)'),
          fourth: priced('lognormal(1, 0.2)'),
        }
        for (const { offer, over } of await found(twins, seed, method)) {
          expect(['one', 'other']).toContain(offer)
          expect(['third', 'fourth']).toContain(over)
        }
        const same = { one: priced(1), other: priced(1) }
        expect(await found(same, seed, method)).toEqual([])
      }
    },
  )

  it('at the second order is found in every seed: the same mean with less spread', async () => {
    for (const seed of SEEDS) {
      const pair = { narrow: priced('normal(1, 0.05)'), wide: priced('normal(1, 0.10)') }
      expect(await found(pair, seed)).toMatchObject([{ offer: 'narrow', over: 'wide', order: 2 }])
    }
  })

  it('states the share of violation of its closed form within its errors', async () => {
    // Q_a − Q_b = −m − s z, above 0 for z < −m / s: its parts are normal integrals.
    const [m, s] = [20, 11]
    const t = m / s
    const density = Math.exp((-t * t) / 2) / Math.sqrt(2 * Math.PI)
    const above = s * density - m * phi(-t)
    const exact = above / (2 * above + m)
    let squares = 0
    for (const seed of SEEDS) {
      const pair = { a: priced('normal(1.000, 0.100)'), b: priced('normal(1.020, 0.111)') }
      const [one] = await found(pair, seed, 'sobol', 65_536)
      expect(one).toMatchObject({ offer: 'a', over: 'b', order: 1 })
      const { value, se } = one.violation
      expect(se).toBeLessThan(exact)
      squares += ((value - exact) / se) ** 2 / SEEDS.length
    }
    expect(Math.sqrt(squares)).toBeLessThan(2)
    expect(Math.sqrt(squares)).toBeGreaterThan(0.3)
  })

  it('does not hold if the curves cross: more expensive in bad years', async () => {
    const z = rootOf((x) => phi(x) - 0.9, -8, 8)
    expect(0.98 + 0.15 * z).toBeGreaterThan(1 + 0.05 * z)
    const pair = { risky: priced('normal(0.98, 0.15)'), steady: priced('normal(1, 0.05)') }
    expect((await found(pair, 'a')).filter(({ order }) => order === 1)).toEqual([])
  })

  it('of certain costs is certain', async () => {
    expect(await found({ low: priced(1), high: priced(1.1) }, 'a')).toEqual([
      { offer: 'low', over: 'high', order: 1, violation: { value: 0, se: 0 }, confidence: 1 },
    ])
  })
})
