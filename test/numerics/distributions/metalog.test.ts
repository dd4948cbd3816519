// The metalog against the closed forms of its quantile and moments (Keelin 2016), and refused percentiles.
import { describe, expect, it } from 'vitest'
import { distributionOf } from '../../../src/numerics/distributions/index.ts'
import { metalog } from '../../../src/numerics/distributions/metalog.ts'
import { ParameterError } from '../../../src/errors.ts'
import { parseUncertain } from '../../../src/notation/uncertain.ts'
import { simulate } from '../../simulate.ts'

const TENTHS = [0.1, 0.5, 0.9]
const logit = (y: number) => Math.log(y / (1 - y))

/** Coefficients of three terms through P10, P50 and P90 (Keelin 2016, equation 11). */
function three(x10: number, x50: number, x90: number) {
  const spread = x90 - x10
  const r = (x50 - x10) / spread
  return { a1: x50, a2: spread / (2 * Math.log(9)), a3: ((1 - 2 * r) * spread) / (0.8 * Math.log(9)) }
}

describe('a metalog through three percentiles', () => {
  const [x10, x50, x90] = [40, 50, 70]
  const { a1, a2, a3 } = three(x10, x50, x90)
  const distribution = metalog('plain', TENTHS, [x10, x50, x90])
  it('has the quantile of the closed form everywhere', () => {
    for (const y of [1e-9, 0.001, 0.05, 0.1, 0.3, 0.5, 0.77, 0.9, 0.999, 1 - 1e-9]) {
      const exact = a1 + a2 * logit(y) + a3 * (y - 0.5) * logit(y)
      expect(distribution.quantile(y, 1 - y)).toBeCloseTo(exact, 8)
    }
  })
  it('has the mean and variance of the closed form', () => {
    expect(distribution.mean).toBeCloseTo(a1 + a3 / 2, 9)
    const variance = ((Math.PI * Math.PI) / 3) * a2 * a2 + a3 * a3 * (1 / 12 + (Math.PI * Math.PI) / 36)
    expect(distribution.sd * distribution.sd).toBeCloseTo(variance, 7)
  })
})

describe('a metalog through four percentiles', () => {
  it('has the moments of the closed form', () => {
    // a1 … a4 by themselves, and the percentiles that follow.
    const [a1, a2, a3, a4] = [10, 1, 0.4, 1.5]
    const at = (y: number) => a1 + a2 * logit(y) + a3 * (y - 0.5) * logit(y) + a4 * (y - 0.5)
    const places = [0.05, 0.3, 0.6, 0.95]
    const distribution = metalog('plain', places, places.map(at))
    expect(distribution.mean).toBeCloseTo(a1 + a3 / 2, 9)
    const pi2 = Math.PI * Math.PI
    const variance = (pi2 / 3) * a2 * a2 + a2 * a4 + (a4 * a4) / 12 + a3 * a3 * (1 / 12 + pi2 / 36)
    expect(distribution.sd * distribution.sd).toBeCloseTo(variance, 8)
  })
})

describe.each([
  ['amounts', 'amount', { p5: '30k', p25: '42k', p50: '50k', p75: '60k', p95: '85k' }],
  ['shares', 'rate', { p10: '55%', p50: '65%', p90: '72%' }],
  [
    'shares by nine',
    'rate',
    { p1: '40%', p5: '48%', p10: '52%', p25: '58%', p50: '65%', p75: '71%', p90: '76%', p95: '79%', p99: '84%' },
  ],
  ['changes', 'change', { p10: '-5%', p50: '2%', p90: '12%' }],
] as const)('metalogs of %s', (_, kind, percentiles) => {
  const distribution = distributionOf(parseUncertain(percentiles, kind))
  const number = (text: string) => (text.endsWith('%') ? Number(text.slice(0, -1)) / 100 : 1000 * Number(text.slice(0, -1)))
  it('go through each stated percentile', () => {
    for (const [name, value] of Object.entries(percentiles)) {
      const p = Number(name.slice(1)) / 100
      expect(distribution.quantile(p, 1 - p)).toBeCloseTo(number(value), kind === 'amount' ? 5 : 10)
      expect(distribution.cdf(number(value))).toBeCloseTo(p, 10)
      expect(distribution.survival(number(value))).toBeCloseTo(1 - p, 10)
    }
  })
  it('rise, stay in their range, and have the mean and standard deviation of their quantiles', () => {
    const count = 200_000
    const values = Array.from({ length: count }, (_, k) => distribution.quantile((k + 0.5) / count, 1 - (k + 0.5) / count))
    expect(values.every((x, k) => k === 0 || x > values[k - 1])).toBe(true)
    const mean = values.reduce((sum, x) => sum + x, 0) / count
    const sd = Math.sqrt(values.reduce((sum, x) => sum + (x - mean) * (x - mean), 0) / count)
    expect(Math.abs(mean - distribution.mean)).toBeLessThan(2e-4 * sd)
    expect(Math.abs(sd - distribution.sd)).toBeLessThan(5e-3 * sd)
    expect(distribution.quantile(1e-15, 1)).toBeGreaterThanOrEqual(distribution.support[0])
    expect(distribution.quantile(1, 1e-15)).toBeLessThanOrEqual(distribution.support[1])
  })
})

describe('a metalog is refused', () => {
  it.each([
    [
      { p10: 40, p50: 69, p90: 70 },
      'amount',
      /^p\d+: expected percentiles that one smooth distribution can have: .* negative at P\d/,
    ],
    [{ p10: 40, p50: 41, p90: 70, p95: 71 }, 'amount', /^p\d+: expected percentiles that one smooth distribution/],
    [{ p10: 40, p50: 30, p90: 70 }, 'amount', /^p50: expected more than p10 \(40\), got 30/],
    [{ p10: '50%', p50: '60%', p90: '100%' }, 'rate', /^p90: expected a share strictly between 0% and 100%, got 1/],
    [{ p10: 1, p50: 100, p90: 1e7 }, 'amount', /^p90: expected a smaller value: the tail/],
    [{ p10: 'many', p50: 2, p90: 3 }, 'amount', /^p10: expected a number such as/],
    [{ p0: 1, p50: 2, p90: 3 }, 'amount', /2 to 9 percentiles from p1 to p99/],
    [Object.fromEntries(Array.from({ length: 10 }, (_, k) => [`p${10 + k}`, k + 1])), 'amount', /2 to 9 percentiles/],
  ] as const)('with the percentiles %j', (raw, kind, message) => {
    const read = () => parseUncertain(raw, kind)
    expect(read).toThrow(ParameterError)
    expect(read).toThrow(message)
  })
})

describe('experts', () => {
  const experts = [
    { name: 'lead', p10: '40k', p50: '48k', p90: '60k', weight: 2, source: 'support lead' },
    { name: 'finance', p10: '45k', p90: '70k' },
  ]
  it('are a mixture of their opinions', () => {
    const pool = distributionOf(parseUncertain({ experts: experts.map(({ source: _, ...own }) => own) }, 'amount'))
    const lead = distributionOf(parseUncertain({ p10: '40k', p50: '48k', p90: '60k' }, 'amount'))
    const finance = distributionOf(parseUncertain({ p10: '45k', p90: '70k' }, 'amount'))
    for (const x of [35_000, 47_000, 60_000, 90_000]) expect(pool.cdf(x)).toBeCloseTo((2 * lead.cdf(x) + finance.cdf(x)) / 3, 12)
    expect(pool.mean).toBeCloseTo((2 * lead.mean + finance.mean) / 3, 6)
  })
  it('reach the bill, whose mean is that of their pool', async () => {
    const pool = distributionOf(parseUncertain({ experts: experts.map(({ source: _, ...own }) => own) }, 'amount'))
    const result = await simulate(
      { months: 1, conversations: { base: { experts } }, offers: { a: { charges: [{ meter: 'conversations', price: 2 }] } } },
      { trials: 65_536 },
    )
    const { mean, percentiles } = result.summary.offers.a.bill
    expect(Math.abs(mean.value - 2 * pool.mean)).toBeLessThan(5 * mean.se)
    const p80 = percentiles.p80
    expect(Math.abs((p80?.value ?? 0) - 2 * pool.quantile(0.8, 0.2))).toBeLessThan(5 * (p80?.se ?? 0) + 1)
  })
  it.each([
    [{ experts: [] }, /^experts: expected a list of 1 to 50/],
    [{ experts: [{ p10: 1, p90: 2, weight: 0 }] }, /^experts\[0\]\.weight: expected a number above 0/],
    [
      {
        experts: [
          { p10: 1, p90: 2 },
          { p10: 3, p90: 2 },
        ],
      },
      /^experts\[1\]: expected a range whose first end is below/,
    ],
    [{ experts: [{ p10: 1, p50: 5, p90: 2 }] }, /^experts\[0\]\.p90: expected more than p50/],
    [{ experts: [7] }, /^experts\[0\]: expected percentiles such as/],
    [{ experts: [{ p10: 1, p90: 2 }], weight: 3 }, /^weight: expected no other parameters/],
  ] as const)('%j is refused', (raw, message) => {
    expect(() => parseUncertain(raw, 'amount')).toThrow(message)
  })
})
