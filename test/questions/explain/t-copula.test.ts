// Prices that a t copula joins, in explain, pilots and reforecasts. Both have Student's t distributions with the four degrees of freedom of
// the copula, so that they are a bivariate t distribution: E[Y | X = x] is ρ x on their scales, and every linear form is a t value too.
import { describe, expect, it } from 'vitest'
import { informationOf } from '../../../src/questions/explain/information.ts'
import { pilotOf } from '../../../src/questions/explain/pilot.ts'
import { sensitivityOf } from '../../../src/questions/explain/sensitivity.ts'
import { reforecastOf } from '../../../src/questions/replan/reforecast.ts'
import type { Estimate } from '../../../src/summary/summary.ts'
import { reader } from '../reader.ts'

const r = 0.6
const near = ({ value, se }: Estimate, exact: number, errors = 4) =>
  expect(Math.abs(value - exact), `${value} ± ${se} for ${exact}`).toBeLessThanOrEqual(errors * se)

const charge = (price: string) => ({ meter: 'conversations', price })
const [first, second] = ['offers.both.charges[0].price', 'offers.both.charges[1].price']
const plan = {
  months: 1,
  conversations: { base: 1 },
  copula: { t: 4 },
  offers: {
    both: { charges: [charge('studentT(4, 100, 1)'), charge('studentT(4, 100.5, 1.3)')] },
    other: { charges: [charge('200')] },
  },
  correlations: [{ between: [first, second], rho: r }],
}
/** E[(−d − T)⁺] = ½ (1 + d²/4)^(−3/2) − d P(T > d) for T with four degrees of freedom. */
function below(d: number): number {
  const beyond = 0.5 - (0.375 * d * (1 - (d * d) / (12 + 3 * d * d))) / Math.sqrt(1 + (d * d) / 4)
  return 0.5 * (1 + (d * d) / 4) ** -1.5 - d * beyond
}
const options = { trials: 16_384, seed: 't copula' }

describe('inputs that a t copula joins', () => {
  it('are worth the closed form of what they save, together and one by one', async () => {
    const { evpi, evppi } = await informationOf(plan, { ...options, inputs: [first, [first, second]] }, reader)
    const scale = Math.sqrt(1 + 1.69 + 2 * 1.3 * r)
    const one = 1 + 1.3 * r
    near(evpi, scale * below(0.5 / scale))
    expect(evppi[`${first} + ${second}`]).toEqual(evpi)
    near(evppi[first], one * below(0.5 / one))
    for (const { se } of [evpi, evppi[first]]) expect(se).toBeLessThan(0.02)
  })

  it('have a pilot that is worth as much as the input once it measures it exactly', async () => {
    const { sizes } = await pilotOf(plan, { ...options, input: first, sd: 1e-3, sizes: [1] }, reader)
    const one = 1 + 1.3 * r
    near(sizes[0].evsi, one * below(0.5 / one))
    expect(sizes[0].evsi.se).toBeLessThan(0.02)
  })

  it('have equal Shapley effects if they are alike, and no standard error, since their fourth moment is infinite', async () => {
    const alike = { ...plan, offers: { both: { charges: [charge('studentT(4, 100, 1)'), charge('studentT(4, 100, 1)')] } } }
    const { inputs, variance, ignorance } = await sensitivityOf(alike, { ...options, offer: 'both' }, reader)
    const noError = 'no standard error: its fourth moment is infinite, since an input has a very heavy tail (Pareto shape 4)'
    expect(variance).toMatchObject({ se: Infinity, noError })
    expect(ignorance).toEqual({ value: 1, se: Infinity, noError })
    for (const name of [first, second]) {
      expect(inputs[name].shapley).toMatchObject({ se: Infinity, noError })
      expect(Math.abs((inputs[name].shapley?.value ?? 0) - 0.5)).toBeLessThan(0.05)
    }
  })

  it('follow each other in a reforecast', async () => {
    const scenario = {
      start: '2027-01',
      months: 2,
      conversations: { base: 'studentT(4, 1000, 5)', noise: { cv: '0.2%' } },
      copula: { t: 4 },
      offers: { a: { charges: [{ meter: 'conversations', price: 'studentT(4, 1, 0.01)' }] } },
      correlations: [{ between: ['conversations.base', 'offers.a.price'], rho: r }],
      actuals: 'closed.csv',
    }
    const files = { read: () => Promise.resolve(new TextEncoder().encode('month,conversations\n2027-01,1012\n')) }
    const { inputs } = await reforecastOf(scenario, { trials: 32_768, seed: 't copula' }, files)
    const [base, price] = [inputs['conversations.base'].after, inputs['offers.a.charges[0].price'].after]
    // Noise has a standard deviation of 2, so most of the distance of 12 is the base's.
    expect(base.value).toBeGreaterThan(1_008)
    expect(base.value).toBeLessThan(1_012)
    near(price, 1 + (0.01 * r * (base.value - 1_000)) / 5)
    expect(price.se).toBeLessThan(0.001)
    near(inputs['offers.a.charges[0].price'].before, 1)
  })
})
