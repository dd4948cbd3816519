// Are errors honest if an input has a value that hardly any trial draws? No spread of replicates shows a value that none of them drew.
import { describe, expect, it } from 'vitest'
import { METHODS } from '../../src/numerics/random/plan.ts'
import type { Estimate, Summary } from '../../src/summary/summary.ts'
import { someOf } from '../effort.ts'
import { simulate } from '../simulate.ts'

const SEEDS = 16
/** 1,999 usual volumes, and one month of the history with 20 times as many. */
const rows = [...Array.from({ length: 1_999 }, (_, k) => 9_000 + k), 200_000]
const usual = rows.slice(0, -1)
const mean = rows.reduce((a, b) => a + b) / rows.length
const square = rows.reduce((sum, v) => sum + (v - mean) ** 2, 0) / rows.length
const sorted = rows.slice().sort((a, b) => b - a)
const worst = sorted.slice(0, 100).reduce((a, b) => a + b) / 100

const plan = (base: object) => ({
  months: 1,
  conversations: { base },
  offers: {
    unit: { charges: [{ meter: 'conversations', price: '$2' }] },
    flat: { charges: [{ fee: '$20k' }] },
  },
})

describe('an input with a rare value among many', () => {
  it.each(someOf(METHODS, 3))('leaves honest errors by %s', async (method) => {
    const figures: Readonly<Record<string, readonly [(summary: Summary) => Estimate | undefined, number]>> = {
      mean: [({ offers }) => offers.unit.bill.mean, 2 * mean],
      month: [({ offers }) => offers.unit.bill.monthly[0].mean, 2 * mean],
      conversations: [({ drivers }) => drivers.conversations.mean, mean],
      square: [({ offers }) => squared(offers.unit.bill.sd), 4 * square],
      shortfall: [({ offers }) => offers.unit.bill.expectedShortfall.p95, 2 * worst],
    }
    const found = new Map(Object.keys(figures).map((key) => [key, [] as Estimate[]]))
    for (let seed = 0; seed < SEEDS; seed++) {
      const { summary } = await simulate(plan({ distribution: 'empirical', values: rows }), {
        trials: 1_024,
        method,
        seed: `rare ${seed}`,
      })
      for (const [key, [of]] of Object.entries(figures)) found.get(key)?.push(of(summary) ?? { value: Number.NaN, se: 0 })
      expect(summary.offers.flat.bill.mean).toEqual({ value: 20_000, se: 0 })
    }
    for (const [key, [, exact]] of Object.entries(figures)) {
      const all = found.get(key) ?? []
      const rms = (of: (one: Estimate) => number) => Math.sqrt(all.reduce((sum, one) => sum + of(one) ** 2, 0) / all.length)
      const [actual, stated] = [rms(({ value }) => value - exact), rms(({ se }) => se)]
      expect(actual, `${key}: off by ${actual}, stated ${stated}`).toBeLessThan(1.25 * stated)
      // Half of the runs draw no rare value. They must not look certain.
      for (const { value, se } of all) expect(Math.abs(value - exact), key).toBeLessThan(3.5 * se)
    }
  })

  it('costs no precision if no value is rare', async () => {
    const { summary } = await simulate(plan({ distribution: 'empirical', values: usual }), { trials: 16_384 })
    const { value, se } = summary.offers.unit.bill.mean
    const exact = (2 * usual.reduce((a, b) => a + b)) / usual.length
    expect(Math.abs(value - exact)).toBeLessThan(3 * se)
    expect(se).toBeLessThan(1)
  })
})

describe('a spike of one in 10,000 months', () => {
  it.each(someOf(METHODS, 3))('leaves honest errors in the figures of months by %s', async (method) => {
    const [chance, size, months] = [0.0001, 4, 12]
    const scenario = {
      months,
      conversations: { base: 'uniform(9k, 11k)', spikes: { probability: '0.01%', size, months: 1 } },
      offers: { unit: { charges: [{ meter: 'conversations', price: '$1' }] } },
    }
    const raised = (to: number) => 1 + chance * (to - 1)
    const second = (10_000 ** 2 + 2_000 ** 2 / 12) * raised(size * size)
    const exact = { mean: 10_000 * raised(size), square: second - (10_000 * raised(size)) ** 2 }
    const all = { mean: [] as Estimate[], square: [] as Estimate[] }
    for (let seed = 0; seed < 12; seed++) {
      const { summary } = await simulate(scenario, { trials: 8_192, method, preintegration: false, seed: `spike ${seed}` })
      for (const { mean: own, sd = { value: 0, se: 0 } } of summary.offers.unit.bill.monthly) {
        all.mean.push(own)
        all.square.push(squared(sd))
        expect(Math.abs(own.value - exact.mean)).toBeLessThan(4.5 * own.se)
      }
    }
    for (const key of ['mean', 'square'] as const) {
      const rms = (of: (one: Estimate) => number) =>
        Math.sqrt(all[key].reduce((sum, one) => sum + of(one) ** 2, 0) / all[key].length)
      const [actual, stated] = [rms(({ value }) => value - exact[key]), rms(({ se }) => se)]
      expect(actual, `${key}: off by ${actual}, stated ${stated}`).toBeLessThan(1.25 * stated)
      expect(stated, `${key}: off by ${actual}, stated ${stated}`).toBeLessThan(3 * actual)
    }
  })
})

/** The square of a standard deviation, whose error does not depend on how far off it is. */
const squared = ({ value, se }: Estimate): Estimate => ({ value: value * value, se: 2 * value * se + se * se })
