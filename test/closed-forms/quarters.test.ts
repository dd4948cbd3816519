// Quarters, and the largest month and quarter of a trial. Months are independent where the noise has no autocorrelation, so that the
// distribution function of the largest is the product of theirs.
import { describe, expect, it } from 'vitest'
import { simulate } from '../simulate.ts'
import { closedForm, ofPercentile } from './agreement.ts'
import { integral, lognormal, normalCdf, normalDensity, solve } from './mathematics.ts'

const perConversation = { charges: [{ meter: 'conversations', price: 1 }] }
const LEVELS = [
  ['p5', 0.05],
  ['p25', 0.25],
  ['p50', 0.5],
  ['p80', 0.8],
  ['p95', 0.95],
] as const

describe('independent months', () => {
  const month = lognormal(1000, 200)
  const plan = {
    start: '2027-01',
    conversations: { base: 1000, noise: { cv: '20%' } },
    offers: { conv: perConversation },
  }

  /** P(sum of three months ≤ x), over the scores of two of them. */
  const step = 0.1
  const scores = Array.from({ length: 161 }, (_, k) => -8 + k * step)
  const values = scores.map((z) => Math.exp(Math.log(1000) - month.sigma ** 2 / 2 + month.sigma * z))
  const weights = scores.map((z) => normalDensity(z) * step)
  const scoreOf = (x: number) => (Math.log(x / 1000) + month.sigma ** 2 / 2) / month.sigma
  /** P(X ≤ x) of a month at even steps of its logarithm, since the plain function is slow. */
  const fine = Array.from({ length: 3201 }, (_, k) => normalCdf(-8 + k / 200))
  const below = (x: number) => {
    const at = (scoreOf(x) + 8) * 200
    if (!(at > 0)) return 0
    const k = Math.min(3199, Math.floor(at))
    return at >= 3200 ? 1 : fine[k] + (at - k) * (fine[k + 1] - fine[k])
  }
  const quarterCdf = (x: number) => {
    let sum = 0
    for (let i = 0; i < values.length; i++)
      for (let j = 0; j < values.length && values[i] + values[j] < x; j++)
        sum += weights[i] * weights[j] * below(x - values[i] - values[j])
    return sum
  }
  const known = new Map<number, number>()
  const quarterAt = (p: number) => {
    const x = known.get(p) ?? solve(quarterCdf, p, 1500, 6000)
    known.set(p, x)
    return x
  }

  closedForm(
    'have the largest month of twelve at the twelfth root of a probability',
    { ...plan, months: 12 },
    ({ trials, monthlyTrials, offers: { conv } }, agrees) => {
      const fewer = Math.sqrt(trials / monthlyTrials)
      const worst = conv.bill.worstMonth
      for (const [key, p] of LEVELS) {
        const x = month.quantile(p ** (1 / 12))
        const density = 12 * month.cdf(x) ** 11 * month.density(x)
        agrees(worst?.percentiles[key], x, fewer * ofPercentile(p, density))
      }
      const mean = integral((x) => 1 - month.cdf(x) ** 12, 0, 5000)
      const second = integral((x) => 2 * x * (1 - month.cdf(x) ** 12), 0, 5000)
      agrees(worst?.mean, mean, fewer * Math.sqrt(second - mean * mean))
      agrees(worst?.sd, Math.sqrt(second - mean * mean))
      expect(worst?.point).toBe(1000)
    },
  )

  closedForm(
    'have quarters with the percentiles of a sum of three, and the largest of four at the fourth root',
    { ...plan, months: 12 },
    ({ monthlyTrials, trials, offers: { conv } }, agrees) => {
      const { quarterly, worstQuarter } = conv.bill
      const fewer = Math.sqrt(trials / monthlyTrials)
      expect(quarterly.map(({ quarter }) => quarter)).toEqual(['2027-Q1', '2027-Q2', '2027-Q3', '2027-Q4'])
      for (const { mean, sd, point } of quarterly) {
        agrees(mean, 3000, 200 * Math.sqrt(3))
        agrees(sd, 200 * Math.sqrt(3), fewer * 200 * Math.sqrt((3 * (month.kurtosis - 1)) / 4))
        expect(point).toBe(3000)
      }
      for (const [key, p] of LEVELS) {
        for (const { percentiles } of quarterly) agrees(percentiles?.[key], quarterAt(p))
        agrees(worstQuarter?.percentiles[key], quarterAt(p ** (1 / 4)))
      }
    },
  )
})

closedForm(
  'Quarters and largest months of a volume without noise are its multiples',
  {
    start: '2027-02',
    months: 6,
    fiscalYearStart: 2,
    conversations: { base: 'lognormal(1000, 200)', growth: '10%/month' },
    offers: { conv: perConversation },
  },
  ({ monthlyTrials, trials, offers: { conv } }, agrees) => {
    const { quarterly, worstMonth, worstQuarter } = conv.bill
    const month = lognormal(1000, 200)
    const fewer = Math.sqrt(trials / monthlyTrials)
    const [first, second] = [1 + 1.1 + 1.21, 1.331 + 1.4641 + 1.61051]
    expect(quarterly.map(({ quarter, months }) => [quarter, months])).toEqual([
      ['FY2028-Q1', ['2027-02', '2027-03', '2027-04']],
      ['FY2028-Q2', ['2027-05', '2027-06', '2027-07']],
    ])
    for (const [key, p] of LEVELS) {
      const x = month.quantile(p)
      const error = (times: number) => fewer * times * ofPercentile(p, month.density(x))
      agrees(quarterly[0].percentiles?.[key], first * x, error(first))
      agrees(worstMonth?.percentiles[key], 1.61051 * x, error(1.61051))
      agrees(worstQuarter?.percentiles[key], second * x, error(second))
    }
    agrees(worstQuarter?.skewness, (Math.exp(month.sigma ** 2) + 2) * Math.sqrt(Math.exp(month.sigma ** 2) - 1))
    agrees(worstQuarter?.mean, 1000 * second, fewer * 200 * second)
    agrees(quarterly[1].mean, 1000 * second, 200 * second)
  },
)

describe('a certain plan', () => {
  const certain = {
    start: '2027-02',
    months: 7,
    conversations: { monthly: [10, 20, 30, 40, 50, 60, 70] },
    resolution: { rate: '50%' },
    human: { cost: '$4' },
    offers: { conv: perConversation },
  }

  it('has exact quarters, and those that the plan cuts hold their months', async () => {
    const { bill, total } = (await simulate(certain, { trials: 2_048 })).summary.offers.conv
    const read = ({ quarterly }: typeof bill) =>
      quarterly.map(({ quarter, months, point, mean, percentiles }) => [quarter, months.length, point, mean, percentiles?.p80])
    const exact = (value: number) => [value, { value, se: 0 }, { value, se: 0 }]
    expect(read(bill)).toEqual([
      ['2027-Q1', 2, ...exact(30)],
      ['2027-Q2', 3, ...exact(120)],
      ['2027-Q3', 2, ...exact(130)],
    ])
    expect(read(total)).toEqual([
      ['2027-Q1', 2, ...exact(90)],
      ['2027-Q2', 3, ...exact(360)],
      ['2027-Q3', 2, ...exact(390)],
    ])
    expect([bill.worstMonth?.point, bill.worstMonth?.percentiles.p95]).toEqual([70, { value: 70, se: 0 }])
    expect([total.worstQuarter?.point, total.worstQuarter?.mean]).toEqual([390, { value: 390, se: 0 }])
  })

  it('has points and means alone if months have no percentiles', async () => {
    const { bill } = (await simulate(certain, { trials: 2_048, monthly: false })).summary.offers.conv
    expect(bill.quarterly[0]).toEqual({ quarter: '2027-Q1', months: ['2027-02', '2027-03'], point: 30, mean: { value: 30, se: 0 } })
    expect(bill.worstMonth).toBeUndefined()
    expect(bill.worstQuarter).toBeUndefined()
  })
})
