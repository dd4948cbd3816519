// The errors of quarters and of the largest month and quarter hold the truth as often as they claim, over 40 seeds. Months are independent, so
// that the distribution functions of the largest month and quarter are powers of those of one.
import { describe, expect, it } from 'vitest'
import type { Estimate } from '../../src/summary/summary.ts'
import { lognormal } from '../closed-forms/mathematics.ts'
import { simulate } from '../simulate.ts'

const SEEDS = 40
/**
 * Of 40 intervals that cover with probability 95%, fewer than 32 hold the truth with probability 0.01%, and there are 18 figures. The mean square of
 * 40 deviations in standard errors exceeds 2 with a similar probability. It does in half of the cases if errors are 30% too small.
 */
const LEAST = 32
const MOST_SQUARE = 2
/** Errors that are twice too large have mean squares of a quarter. */
const LEAST_SQUARE = 0.35

const month = lognormal(1000, 200)
const plan = {
  start: '2027-01',
  months: 12,
  conversations: { base: 1000, noise: { cv: '20%' } },
  offers: { conv: { charges: [{ meter: 'conversations', price: 1 }] } },
}
const LEVELS = [
  ['p5', 0.05],
  ['p50', 0.5],
  ['p80', 0.8],
  ['p95', 0.95],
] as const

/** A year in which all months of a quarter have the same volume has quarters of three times a month. */
const quarters = { ...plan, conversations: { base: 1000, noise: { cv: '20%', autocorrelation: 0.999999 } } }

describe.each(['sobol', 'random'] as const)('intervals of 95 of 100 (%s)', (method) => {
  it('hold the percentiles of the largest month and quarter, and the spread of a quarter', async () => {
    const within = new Map<string, number>()
    const squares = new Map<string, number>()
    const count = (name: string, found: Estimate | undefined, exact: number) => {
      if (!found) throw new Error(`${name} is missing`)
      const z = (found.value - exact) / found.se
      within.set(name, (within.get(name) ?? 0) + Number(Math.abs(z) < 1.96))
      squares.set(name, (squares.get(name) ?? 0) + (z * z) / SEEDS)
    }
    for (let k = 0; k < SEEDS; k++) {
      const options = { trials: 2_048, method, seed: `worst ${k}`, preintegration: false } as const
      const { bill } = (await simulate(plan, options)).summary.offers.conv
      const still = (await simulate({ ...quarters, months: 3 }, options)).summary.offers.conv.bill
      for (const [key, p] of LEVELS) {
        count(`worst month ${key}`, bill.worstMonth?.percentiles[key], month.quantile(p ** (1 / 12)))
        count(`worst quarter ${key}`, still.worstQuarter?.percentiles[key], 3 * month.quantile(p))
      }
      count('quarter sd', bill.quarterly[1].sd, 200 * Math.sqrt(3))
    }
    for (const [name, found] of within) expect(found, `${name}: ${found} of ${SEEDS}`).toBeGreaterThanOrEqual(LEAST)
    for (const [name, square] of squares) {
      expect(square, name).toBeGreaterThan(LEAST_SQUARE)
      expect(square, name).toBeLessThan(MOST_SQUARE)
    }
  })
})
