// Are errors honest if hardly any trial hires? The heads of a month then are the same in nearly all trials, whose spread shows little.
import { describe, expect, it } from 'vitest'
import { normalCdf } from '../../src/numerics/distributions/special/normal.ts'
import { rareTurns } from '../../src/numerics/estimators/regret.ts'
import { METHODS } from '../../src/numerics/random/plan.ts'
import { someOf } from '../effort.ts'
import { simulate } from '../simulate.ts'

const TRIALS = 8_192
const [mean, sd] = [1_000, Math.sqrt(2) * 30]

/** An hour of work for each contact and an hour a head, so that the need is normal. Heads begin z standard deviations above its mean. */
const plan = (z: number, lag: number) => ({
  months: 2,
  segments: Object.fromEntries(
    ['chat', 'email'].map((name) => [name, { conversations: { base: 'normal(500, 30)' }, resolution: { rate: 0 } }]),
  ),
  human: {
    staff: {
      pay: '$100/month',
      minutes: 60,
      hours: '1/month',
      start: mean + z * sd,
      attrition: '0%/month',
      hire: { lag, ramp: 0 },
      shortfall: '$3',
    },
  },
  offers: { none: { charges: [{ fee: 0 }] } },
})

/** E[max(0, Z − z)] of a standard normal Z. */
const excess = (z: number) => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI) - z * normalCdf(-z)

describe('heads of a month in which few trials hire, or none', () => {
  // Hires are expected in 0.88, 0.27 and 4 of the trials.
  it.each(someOf([3.7, 3.99, 3.3], 3))('have honest errors with a start %f deviations above the need', async (z) => {
    const exact = { heads: mean + z * sd + sd * excess(z), hires: sd * excess(z) }
    for (const lag of [0, 1]) {
      for (const method of METHODS) {
        const errors: { off: number; se: number }[] = []
        for (let seed = 0; seed < 12; seed++) {
          const { summary } = await simulate(plan(z, lag), { trials: TRIALS, method, seed: `turns ${seed}`, preintegration: false })
          const { people } = summary.offers.none
          if (!people) throw new Error('the plan has nobody on the payroll')
          const heads = people.heads.monthly[1].mean
          errors.push({ off: Math.abs(heads.value - exact.heads), se: heads.se })
          expect(Math.abs(people.hires.mean.value - exact.hires)).toBeLessThan(3.5 * people.hires.mean.se)
        }
        const rms = (of: (one: { off: number; se: number }) => number) =>
          Math.sqrt(errors.reduce((sum, one) => sum + of(one) ** 2, 0) / errors.length)
        const [actual, stated] = [rms(({ off }) => off), rms(({ se }) => se)]
        expect(actual, `${method}: off by ${actual}, stated ${stated}`).toBeLessThan(1.25 * stated)
        for (const { off, se } of errors) expect(off, `${method}: stated ${se}`).toBeLessThan(3.5 * se)
      }
    }
  })

  it('state 3/2 turns of one deviation without any, and nothing more than the trials show if there are many', () => {
    // P(Z > 3.4316) is 3/10,000.
    expect(rareTurns(34.316144, 0, 10_000)).toBeCloseTo((1.5 * 10) / 10_000, 9)
    expect(rareTurns(34.316144, 40, 10_000)).toBeCloseTo((10 * Math.sqrt(4 + 9 / 4)) / 10_000, 9)
    expect(rareTurns(34.316144, 130, 10_000)).toBe(0)
    expect(rareTurns(0, 0, 10_000)).toBe(0)
  })
})
