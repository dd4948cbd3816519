// Two-error intervals of costs with heavy tails, over 64 seeds, against exact means, standard deviations and expected shortfalls.
import { describe, expect, it } from 'vitest'
import { normalCdf, normalQuantile } from '../../src/numerics/distributions/special/normal.ts'
import type { Method } from '../../src/numerics/random/plan.ts'
import type { Estimate } from '../../src/summary/summary.ts'
import { long } from '../effort.ts'
import { simulate } from '../simulate.ts'

const SEEDS = 64
/** Of 64 intervals that cover with 95%, fewer than 56 contain the truth with a probability of 1%. */
const LEAST = 56

interface Truth {
  readonly mean: number
  /** Absent if its error does not exist. */
  readonly sd?: number
  readonly shortfall95: number
}

const lognormal = (cv: number): Truth => {
  const sigma = Math.sqrt(Math.log1p(cv * cv))
  return { mean: 1000, sd: 1000 * cv, shortfall95: (1000 * normalCdf(sigma - normalQuantile(0.95, 0.05))) / 0.05 }
}
const pareto = (shape: number): Truth => ({
  mean: (1000 * shape) / (shape - 1),
  ...(shape > 4 && { sd: (1000 / (shape - 1)) * Math.sqrt(shape / (shape - 2)) }),
  shortfall95: ((1000 * shape) / (shape - 1)) * 0.05 ** (-1 / shape),
})

const CASES: readonly (readonly [base: string, truth: Truth])[] = [
  ['lognormal(1000, 1000)', lognormal(1)],
  ['lognormal(1000, 2000)', lognormal(2)],
  ['lognormal(1000, 4000)', lognormal(4)],
  ['pareto(2.1, 1000)', pareto(2.1)],
  ['pareto(3, 1000)', pareto(3)],
  ['pareto(5, 1000)', pareto(5)],
]

const TESTED: readonly Method[] = long ? ['sobol', 'latin', 'random'] : ['sobol', 'random']

describe.each(TESTED)('two-error intervals by %s contain the truth', (method) => {
  it.each(CASES)('of %s', async (base, truth) => {
    const plan = { months: 1, conversations: { base }, offers: { a: { charges: [{ meter: 'conversations', price: 1 }] } } }
    const inside = { mean: 0, sd: 0, shortfall95: 0 }
    for (let seed = 0; seed < SEEDS; seed++) {
      const { summary } = await simulate(plan, { trials: 32_768, seed: `tail ${seed}`, method })
      const { mean, sd, expectedShortfall } = summary.offers.a.bill
      const holds = (estimate: Estimate | undefined, exact: number) =>
        Number(estimate !== undefined && Math.abs(estimate.value - exact) <= 2 * estimate.se)
      inside.mean += holds(mean, truth.mean)
      inside.shortfall95 += holds(expectedShortfall.p95, truth.shortfall95)
      if (truth.sd === undefined) expect(sd.se).toBe(Infinity)
      inside.sd += truth.sd === undefined ? SEEDS : holds(sd, truth.sd)
    }
    for (const count of Object.values(inside)) expect(count, JSON.stringify(inside)).toBeGreaterThanOrEqual(LEAST)
  })
})
