// A budget has a measure of its own, whatever offers are compared by. One month has a lognormal number of conversations of which half are
// resolved: the bill is $1 each, and people cost $3 for each of the rest, so that the total is 2.5 times the bill.
import { describe, expect, it } from 'vitest'
import { optimumOf } from '../../../src/questions/negotiate/optimize.ts'
import { reforecastOf } from '../../../src/questions/replan/reforecast.ts'
import type { Estimate } from '../../../src/summary/summary.ts'
import { summaryTable } from '../../../src/present/report/text.ts'
import { lognormal } from '../../closed-forms/mathematics.ts'
import { simulate } from '../../simulate.ts'
import { reader } from '../reader.ts'

const volume = lognormal(1000, 200)
const plan = (budget: object, measure: 'bill' | 'total') => ({
  start: '2027-01',
  months: 1,
  conversations: { base: 'lognormal(1000, 200)' },
  resolution: { rate: '50%' },
  human: { cost: '$3' },
  offers: { fin: { charges: [{ meter: 'conversations', price: '$1' }] } },
  budget: { offer: 'fin', amount: 1200, ...budget },
  run: { measure },
})
const near = (found: Estimate | undefined, exact: number) => {
  if (!found) throw new Error('an estimate is missing')
  expect(Math.abs(found.value - exact), `${found.value} ± ${found.se} for ${exact}`).toBeLessThanOrEqual(5 * found.se)
  expect(found.se).toBeLessThan(0.02 * exact)
}
const trials = 16_384

describe.each(['bill', 'total'] as const)('if offers are compared by the %s, a budget', (measure) => {
  it('pays for the bill', async () => {
    const result = await simulate(plan({}, measure), { trials })
    const { budget } = result.summary
    expect(budget?.measure).toBe('bill')
    near(budget?.holds, volume.cdf(1200))
    near(budget?.needed, volume.quantile(0.8))
    near(budget?.within['110%'], volume.cdf(1320))
    near(result.withinBudget('fin', 0.9), volume.cdf(1080))
    near(result.convergence('P(within 110% of budget)', 'fin').points.at(-1), volume.cdf(1320))
  })

  it('pays for the total if it says so', async () => {
    const result = await simulate(plan({ measure: 'total', amount: '$3k' }, measure), { trials })
    const { budget } = result.summary
    expect(budget?.measure).toBe('total')
    near(budget?.holds, volume.cdf(1200))
    near(budget?.needed, 2.5 * volume.quantile(0.8))
    near(result.withinBudget('fin', 0.9), volume.cdf(1080))
  })

  it('is a condition of an optimum by its own measure', async () => {
    // The bill is a price times the volume. The lowest price is best, and the budget holds at all of them.
    const vary = { 'offers.fin.charges[0].price': [0.8, 1] as const }
    const asked = { offer: 'fin', vary, trials: 4_096, require: ['P(within 100% of budget) >= 79%'] }
    const found = await optimumOf(plan({}, measure), asked, reader)
    expect(found.best['offers.fin.charges[0].price'].value).toBeCloseTo(0.8, 6)
    near(found.require[0].figure, volume.cdf(1500))
  })
})

it('a sentence names the measure of a budget if it is not that of the comparison', async () => {
  const [own, other] = [await simulate(plan({}, 'bill'), { trials: 1_024 }), await simulate(plan({}, 'total'), { trials: 1_024 })]
  expect(summaryTable(own.summary)).toContain('fin: $1,200 holds in')
  expect(summaryTable(other.summary)).toContain("fin: $1,200 for the vendor's bill holds in")
})

describe('a reforecast', () => {
  const scenario = {
    ...plan({ amount: 2500 }, 'total'),
    months: 2,
    conversations: { base: 1000, noise: { cv: '20%' } },
    actuals: { file: 'closed.csv', offer: 'fin' },
  }
  const files = (text: string) => ({ read: () => Promise.resolve(new TextEncoder().encode(text)) })
  const found = (text: string, budget: object = {}) =>
    reforecastOf({ ...scenario, budget: { ...scenario.budget, ...budget } }, { trials }, files(text))

  it('holds the budget against the bill while it forecasts the total', async () => {
    const { budget, offers, measure } = await found('month,conversations\n2027-01,1100\n')
    expect([measure, budget?.measure]).toEqual(['total', 'bill'])
    expect(offers.fin.closed.value).toBeCloseTo(2.5 * 1100, 6)
    expect(budget?.left.value).toBeCloseTo(1400, 6)
    near(budget?.needed, 1100 + volume.quantile(0.8))
    near(budget?.holds, volume.cdf(1400))
  })

  it('adds the people of closed months to their invoices in a total', async () => {
    const { budget, offers } = await found('month,conversations,invoice\n2027-01,1100,1150\n', { measure: 'total', amount: 6000 })
    expect(offers.fin.closed.value).toBeCloseTo(1150 + 1.5 * 1100, 6)
    expect(budget?.left.value).toBeCloseTo(6000 - 1150 - 1.5 * 1100, 6)
    near(budget?.needed, 1150 + 1.5 * 1100 + 2.5 * volume.quantile(0.8))
  })

  it('takes the invoices alone for a bill', async () => {
    const { budget } = await found('month,conversations,invoice\n2027-01,1100,1150\n')
    expect(budget?.left).toEqual({ value: 1350, se: 0 })
    near(budget?.needed, 1150 + volume.quantile(0.8))
  })
})
