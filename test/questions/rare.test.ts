// A price of $1 that is $1,001 with a probability of 1 in 100,000, which no trial meets. Classes of trials, cells of two inputs and the worst
// trials must still have an error: √(q / N) times the distance, divided by the share of the trials.
import { describe, expect, it } from 'vitest'
import { METHODS } from '../../src/numerics/random/plan.ts'
import { stressOf } from '../../src/questions/explain/stress.ts'
import { simulate } from '../simulate.ts'
import { reader } from './reader.ts'

const [q, trials, seed] = [1e-5, 8_192, 'rare']
const plan = {
  months: 1,
  conversations: { base: 1_000 },
  offers: {
    a: { charges: [{ meter: 'conversations', price: 'discrete($1: 99.999%, $1001: 0.001%)' }] },
    b: { charges: [{ meter: 'conversations', price: 'uniform($1.40, $1.60)' }] },
  },
}
const far = 1_000 * 1_000
const error = Math.sqrt(q / trials)
const [price, other] = ['offers.a.charges[0].price', 'offers.b.charges[0].price']

describe.each(METHODS)('a price that no trial met, by %s,', (method) => {
  const run = simulate(plan, { trials, method, seed })

  it('leaves an error in each class of an input', async () => {
    const { points } = (await run).acceptability(price)
    expect(points).toHaveLength(1)
    const { a, b } = points[0].offers
    expect(a.mean.value).toBeCloseTo(1_000, 9)
    expect(a.mean.se / (error * far)).toBeCloseTo(1, 9)
    // It loses what it costs more than b.
    expect(a.loss.value).toBe(0)
    expect(a.loss.se / (error * (far - 500))).toBeCloseTo(1, 3)
    expect(b.loss.se).toBeGreaterThan(0)
    expect(a.cheapest.se).toBeGreaterThanOrEqual(error)
    // Each of twenty classes has a twentieth of the trials, and on average of those with the rare price.
    const classes = (await run).acceptability(other).points
    const squares = classes.reduce((sum, { offers }) => sum + offers.a.mean.se ** 2, 0)
    expect(classes).toHaveLength(20)
    expect(Math.sqrt(squares / 20) / (Math.sqrt(20) * error * far)).toBeCloseTo(1, 2)
  })

  it('leaves an error in each cell of two inputs', async () => {
    const { cells } = (await run).winners(price, other, { classes: 2 })
    expect(cells.map((row) => row.length)).toEqual([1, 1])
    for (const { winner, cost, lead } of cells.flat()) {
      expect(winner).toBe('a')
      for (const found of [cost, lead]) {
        expect((found?.se ?? 0) / (Math.SQRT2 * error * far)).toBeGreaterThan(0.75)
        expect((found?.se ?? 0) / (Math.SQRT2 * error * far)).toBeLessThan(1.25)
      }
    }
  })

  it('leaves an error in the worst trials', async () => {
    const { cost, inputs, months } = await stressOf(plan, { offer: 'a', worst: 0.05, trials, method, seed }, reader)
    expect(cost.usual.se / (error * far)).toBeCloseTo(1, 9)
    // All trials cost the same, so that all are among the worst.
    expect(cost.worst.se / (error * far)).toBeCloseTo(1, 9)
    expect(inputs[price].worst.se / (error * 1_000)).toBeCloseTo(1, 9)
    expect(months[0].cost.worst.se / (error * far)).toBeCloseTo(1, 9)
    expect(months[0].conversations.worst).toEqual({ value: 1_000, se: 0 })
    const wide = { ...plan, conversations: { base: 'uniform(900, 1100)' } }
    const found = await stressOf(wide, { offer: 'a', worst: 0.05, trials, method, seed }, reader)
    expect(found.cost.worst.se / ((error * far) / 0.05)).toBeGreaterThan(0.9)
    expect(found.cost.worst.se / ((error * far) / 0.05)).toBeLessThan(1.1)
    expect(found.inputs['conversations.base'].worst.se).toBeLessThan(found.cost.worst.se / 100)
  })
})

describe('an offer that lost in no trial of a class', () => {
  it('has the error of the rule of three', async () => {
    const chosen = { a: plan.offers.b, b: { charges: [{ fee: '$1700' }] } }
    const { points } = (await simulate({ ...plan, offers: chosen }, { trials, seed })).acceptability('offers.a.charges[0].price')
    for (const { offers, trials: size } of points) {
      // A twentieth of the range of $200 has a standard deviation of 10 / √12.
      expect(offers.a.loss.value).toBe(0)
      expect(offers.a.loss.se / ((1.5 * 10) / Math.sqrt(12) / size)).toBeCloseTo(1, 1)
    }
  })
})
