import { describe, expect, it } from 'vitest'
import { logitNormalByMoments } from '../../src/numerics/distributions/special/logit-normal.ts'
import { simulate } from '../simulate.ts'
import { closedForm, ofEvent, ofPercentile } from './agreement.ts'
import { betaCdf, lognormal, normalCdf, normalDensity, normalMean, normalQuantile } from './mathematics.ts'
import { rateNoise } from './rate-noise.ts'

const months = Array.from({ length: 12 }, (_, m) => m)
const perResolution = { charges: [{ meter: 'resolutions', price: 0.99 }] }
const perConversation = { charges: [{ meter: 'conversations', price: 0.8 }] }
const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0)
const logistic = (x: number) => 1 / (1 + Math.exp(-x))
const logit = (p: number) => Math.log(p / (1 - p))

describe('an uncertain resolution rate', () => {
  const breakEven = 0.8 / 0.99
  const cases = [
    { rate: 'beta(16, 4)', a: 16, b: 4 },
    { rate: { distribution: 'beta', alpha: 8, beta: 2 }, a: 8, b: 2 },
    { rate: 'betaMean(80%, 10%)', a: 0.8 * 15, b: 0.2 * 15 },
  ]
  for (const { rate, a, b } of cases) {
    const cheaper = betaCdf(breakEven, a, b)
    const [mean, variance] = [a / (a + b), (a * b) / ((a + b) ** 2 * (a + b + 1))]
    closedForm(
      `${JSON.stringify(rate)} makes $0.99 a resolution cheaper than $0.80 a conversation where the rate is under 0.80/0.99`,
      { months: 2, conversations: { base: '50k' }, resolution: { rate }, offers: { res: perResolution, conv: perConversation } },
      ({ comparison, offers: { res, conv }, drivers }, agrees) => {
        agrees(comparison.cheapest.res, cheaper, ofEvent(cheaper))
        agrees(comparison.cheapest.conv, 1 - cheaper, ofEvent(cheaper))
        agrees(comparison.cheaper?.res.conv, cheaper, ofEvent(cheaper))
        agrees(comparison.cheaper?.conv.res, 1 - cheaper, ofEvent(cheaper))
        agrees(drivers.rate?.mean, mean, Math.sqrt(variance))
        agrees(res.bill.mean, 99_000 * mean, 99_000 * Math.sqrt(variance))
        agrees(res.bill.sd, 99_000 * Math.sqrt(variance))
        agrees(res.resolutions?.mean, 100_000 * mean, 100_000 * Math.sqrt(variance))
        agrees(res.costPerResolution?.mean, 0.99)
        agrees(conv.costPerResolution?.mean, 0.8 / mean)
        agrees(res.costPerConversation?.mean, 0.99 * mean, 0.99 * Math.sqrt(variance))
      },
    )
  }

  const scale = (logit(0.7) - logit(0.6)) / (2 * normalQuantile(0.95))
  const center = (logit(0.7) + logit(0.6)) / 2
  const density = (r: number) => normalDensity((logit(r) - center) / scale) / (scale * r * (1 - r))
  closedForm(
    'stated as an interval is logit-normal with its ends at 5% and 95%',
    {
      months: 1,
      conversations: { base: 1000 },
      resolution: { rate: '60% to 70%' },
      offers: { res: { charges: [{ meter: 'resolutions', price: 1 }] } },
    },
    ({ offers: { res } }, agrees) => {
      agrees(res.bill.percentiles.p5, 600, 1000 * ofPercentile(0.05, density(0.6)))
      agrees(res.bill.percentiles.p95, 700, 1000 * ofPercentile(0.95, density(0.7)))
      agrees(res.bill.mean, 1000 * normalMean((z) => logistic(center + scale * z)))
    },
  )
})

describe('noise on the log-odds of the rate', () => {
  const { shift, tau } = rateNoise(0.65, 0.04)
  const rateAt = (mu: number) => normalMean((z) => logistic(logit(mu) + shift + tau * z))
  const squareAt = (mu: number) => normalMean((z) => logistic(logit(mu) + shift + tau * z) ** 2)
  closedForm(
    'keeps its scale if the trend rises, and in an offer with an offset',
    {
      conversations: { base: 1000 },
      resolution: { rate: '65%', improvement: '1pt/month', ceiling: '72%', noise: { sd: '4pt', autocorrelation: 0.8 } },
      offers: {
        res: { charges: [{ meter: 'resolutions', price: 1 }] },
        less: { charges: [{ meter: 'resolutions', price: 1 }], resolution: { offset: '-10pt' } },
        own: { charges: [{ meter: 'resolutions', price: 1 }], resolution: { rate: '30%' } },
        loud: { charges: [{ meter: 'resolutions', price: 1 }], resolution: { rate: '30%', noise: { sd: '6pt' } } },
      },
    },
    ({ offers: { res, less, own, loud }, drivers }, agrees) => {
      const trend = (m: number, start = 0.65) => Math.min(0.72, start + 0.01 * m)
      const sdAt = (mu: number) => 1000 * Math.sqrt(squareAt(mu) - rateAt(mu) ** 2)
      const noise = rateNoise(0.3, 0.06)
      for (const m of [0, 4, 11]) {
        agrees(drivers.rate?.monthly[m].mean, rateAt(trend(m)))
        agrees(res.bill.monthly[m].mean, 1000 * rateAt(trend(m)), sdAt(trend(m)))
        agrees(less.bill.monthly[m].mean, 1000 * rateAt(trend(m) - 0.1), sdAt(trend(m) - 0.1))
        agrees(own.bill.monthly[m].mean, 1000 * rateAt(trend(m, 0.3)), sdAt(trend(m, 0.3)))
        agrees(loud.bill.monthly[m].mean, 1000 * normalMean((z) => logistic(logit(trend(m, 0.3)) + noise.shift + noise.tau * z)))
      }
      agrees(drivers.rate?.mean, sum(months.map((m) => rateAt(trend(m)))) / 12)
    },
  )

  // E V R over two correlated normals; independent months add their variances.
  const [sigma, rho] = [Math.sqrt(Math.log(1.04)), -0.5]
  const at = (z: number, w: number) => {
    const y = rho * z + Math.sqrt(1 - rho * rho) * w
    return 50_000 * Math.exp(sigma * z - sigma ** 2 / 2) * logistic(logit(0.65) + shift + tau * y)
  }
  const moment = (k: number) => normalMean((z) => normalMean((w) => at(z, w) ** k, 0.1), 0.1)
  const [mean, square] = [moment(1), moment(2)]
  const sd = Math.sqrt(square - mean ** 2)
  closedForm(
    'is correlated with the noise of the volume as stated',
    {
      months: 6,
      conversations: { base: '50k', noise: { cv: '20%' } },
      resolution: { rate: '65%', noise: { sd: '4pt' } },
      correlations: [{ between: ['conversations.noise', 'resolution.noise'], rho }],
      offers: { res: { charges: [{ meter: 'resolutions', price: 1 }] } },
    },
    ({ offers: { res }, drivers }, agrees) => {
      agrees(res.bill.mean, 6 * mean, Math.sqrt(6) * sd)
      agrees(res.bill.sd, Math.sqrt(6) * sd)
      agrees(res.bill.monthly[0].mean, mean, sd)
      agrees(res.bill.monthly[5].sd, sd)
      agrees(drivers.rate?.mean, mean / 50_000)
      agrees(res.costPerConversation?.mean, mean / 50_000)
      agrees(res.costPerResolution?.mean, 1)
    },
  )
})

describe('noise of a rate near its ends', () => {
  it.each([
    [0.65, 0.02, 0.0011609, 0.0880516],
    [0.97, 0.03, 0.3750504, 0.9057997],
  ])('of %d with a standard deviation of %d shifts and scales the log-odds as stated', (mean, sd, shift, tau) => {
    const { location, scale } = logitNormalByMoments(mean, sd)
    expect(location - logit(mean)).toBeCloseTo(shift, 7)
    expect(scale).toBeCloseTo(tau, 7)
    const independent = rateNoise(mean, sd)
    expect(Math.abs(location - logit(mean) - independent.shift)).toBeLessThan(1e-10)
    expect(Math.abs(scale - independent.tau)).toBeLessThan(1e-10)
  })

  // The fourth central moment of a month's rate gives the error of its standard deviation.
  const { shift, tau } = rateNoise(0.97, 0.03)
  const central = (k: number) => normalMean((z) => (1000 * (logistic(logit(0.97) + shift + tau * z) - 0.97)) ** k)
  closedForm(
    'keeps the stated mean and standard deviation at 97% with 3 points',
    {
      months: 2,
      conversations: { base: 1000 },
      resolution: { rate: '97%', noise: { sd: '3pt', autocorrelation: 0.6 } },
      offers: { res: { charges: [{ meter: 'resolutions', price: 1 }] } },
    },
    ({ offers: { res }, drivers, monthlyTrials, trials }, agrees) => {
      agrees(drivers.rate?.mean, 0.97)
      for (const m of [0, 1]) {
        agrees(res.bill.monthly[m].mean, 970, 30)
        const kurtosis = central(4) / central(2) ** 2
        agrees(res.bill.monthly[m].sd, 30, Math.sqrt(trials / monthlyTrials) * 30 * Math.sqrt((kurtosis - 1) / 4))
      }
    },
  )
})

describe('lines through the noise of a rate', () => {
  it.each([
    [0.97, 0.03, 0.98],
    [0.03, 0.05, 0.02],
    [0.65, 0.3, 0.9],
  ])('of %d with a standard deviation of %d find percentiles and odds exactly', async (mean, sd, rival) => {
    const { shift, tau } = rateNoise(mean, sd)
    const rateAt = (p: number) => logistic(logit(mean) + shift + tau * normalQuantile(p))
    const { summary } = await simulate(
      {
        months: 1,
        conversations: { base: 1000 },
        resolution: { rate: mean, noise: { sd: `${100 * sd}pt` } },
        offers: {
          res: { charges: [{ meter: 'resolutions', price: 1 }] },
          conv: { charges: [{ meter: 'conversations', price: rival }] },
        },
      },
      { trials: 4_096, seed: 'lines' },
    )
    const { percentiles } = summary.offers.res.bill
    for (const [key, p] of [
      ['p50', 0.5],
      ['p90', 0.9],
    ] as const) {
      expect(percentiles[key]?.by).toBe('preintegration')
      expect((percentiles[key]?.value ?? 0) / (1000 * rateAt(p))).toBeCloseTo(1, 7)
    }
    const cheaper = normalCdf((logit(rival) - logit(mean) - shift) / tau)
    expect(summary.comparison.cheaper?.res.conv.by).toBe('preintegration')
    expect(summary.comparison.cheaper?.res.conv.value).toBeCloseTo(cheaper, 7)
  })
})

describe('correlated inputs', () => {
  const [rho, priceSd, baseSd] = [0.6, 0.3, 0.2]
  const price = lognormal(2, 2 * priceSd)
  const base = lognormal(1000, 1000 * baseSd)
  // The product of two correlated lognormals is lognormal.
  const sigma = Math.sqrt(price.sigma ** 2 + base.sigma ** 2 + 2 * rho * price.sigma * base.sigma)
  const median = Math.log(2000) - price.sigma ** 2 / 2 - base.sigma ** 2 / 2
  const mean = Math.exp(median + sigma ** 2 / 2)
  const at = (p: number) => Math.exp(median + sigma * normalQuantile(p))
  closedForm(
    'follow a Gaussian copula, such as price and volume of a lognormal bill',
    {
      months: 1,
      conversations: { base: 'lognormal(1000, 200)' },
      correlations: [{ between: ['conversations.base', 'offers.ada.charges[0].price'], rho }],
      offers: { ada: { charges: [{ meter: 'conversations', price: 'lognormal($2.00, $0.60)' }] } },
    },
    ({ offers: { ada } }, agrees) => {
      agrees(ada.bill.mean, mean, mean * Math.sqrt(Math.expm1(sigma ** 2)))
      agrees(ada.bill.sd, mean * Math.sqrt(Math.expm1(sigma ** 2)))
      for (const [key, p] of [
        ['p10', 0.1],
        ['p50', 0.5],
        ['p90', 0.9],
      ] as const) {
        agrees(ada.bill.percentiles[key], at(p), ofPercentile(p, normalDensity(normalQuantile(p)) / (sigma * at(p))))
      }
    },
  )

  // Two uniforms under a Gaussian copula: P(U < 1/2, V < 1/2) = 1/4 + asin(ρ)/2π, so P(the same side) is twice that.
  const uniformRho = 0.5
  const correlation = (6 / Math.PI) * Math.asin(uniformRho / 2)
  closedForm(
    'give the difference of two quoted prices the variance of correlated uniforms',
    {
      months: 1,
      conversations: { base: 1000 },
      correlations: [{ between: ['offers.a.price', 'offers.b.price'], rho: uniformRho }],
      offers: {
        a: { charges: [{ meter: 'conversations', price: 'uniform(1, 2)' }] },
        b: { charges: [{ meter: 'conversations', price: 'uniform(1, 2)' }] },
      },
    },
    ({ comparison }, agrees) => {
      agrees(comparison.difference?.a.b.mean, 0)
      agrees(comparison.difference?.a.b.sd, 1000 * Math.sqrt((2 / 12) * (1 - correlation)))
      agrees(comparison.cheaper?.a.b, 0.5, 0.5)
      agrees(comparison.cheapest.b, 0.5, 0.5)
    },
  )
})

describe('setbacks', () => {
  const [p, length] = [0.15, 4]
  const [mean, square] = [0.05, (0.02 ** 2 + 0.02 * 0.08 + 0.08 ** 2) / 3]
  const weight = (k: number) => Math.max(0, 1 - k / length)
  const lost = (m: number) => p * mean * sum(months.filter((k) => k <= m).map(weight))
  const perStart = (start: number) => sum(months.filter((m) => m >= start).map((m) => weight(m - start)))
  const variance = (p * square - (p * mean) ** 2) * sum(months.map((start) => perStart(start) ** 2))
  closedForm(
    'lower the rate by their size, fade over their months, and add up if they overlap',
    {
      conversations: { base: 1000 },
      resolution: { rate: '65%', setbacks: { probability: '15%', size: 'uniform(2pt, 8pt)', months: length } },
      offers: { res: { charges: [{ meter: 'resolutions', price: 1 }] } },
    },
    ({ offers: { res }, drivers }, agrees) => {
      for (const m of [0, 1, 3, 11]) agrees(drivers.rate?.monthly[m].mean, 0.65 - lost(m))
      agrees(res.bill.mean, 1000 * sum(months.map((m) => 0.65 - lost(m))), 1000 * Math.sqrt(variance))
      agrees(res.bill.sd, 1000 * Math.sqrt(variance))
    },
  )

  closedForm(
    'of a fixed size start in a month with their probability',
    {
      months: 6,
      conversations: { base: 1000 },
      resolution: { rate: '65%', setbacks: { probability: '20%', size: '10pt', months: 1 } },
      offers: { commitment: { charges: [{ meter: 'escalations', commitment: '400/month', price: 1, overage: 3 }] } },
    },
    ({ offers: { commitment } }, agrees) => {
      for (const m of [0, 5]) agrees(commitment.overage.months[m], 0.2, ofEvent(0.2))
      agrees(commitment.overage.any, 1 - 0.8 ** 6, ofEvent(0.8 ** 6))
      agrees(commitment.overage.quantity, 6 * 0.2 * 50, 50 * Math.sqrt(6 * 0.2 * 0.8))
      agrees(commitment.overage.unused, 6 * 0.8 * 50, 50 * Math.sqrt(6 * 0.2 * 0.8))
    },
  )
})

describe('people', () => {
  const { sd } = lognormal(50_000, 10_000)
  closedForm(
    'handle the remaining conversations, at a cost that rises with the share that the AI resolves',
    {
      months: 1,
      conversations: { base: '50k', noise: { cv: '20%' }, involvement: '80%' },
      resolution: { rate: '50%' },
      human: { cost: 'uniform($4, $8)', uplift: '25%' },
      offers: { res: { charges: [{ meter: 'resolutions', price: 1 }], running: '$4k/month' } },
    },
    ({ offers: { res } }, agrees) => {
      // 40 % are resolved: the other 60 % cost 6 × (1 + 0.25 × 0.4) on average.
      agrees(res.beyondBill.people, 50_000 * 0.6 * 6.6)
      agrees(res.beyondBill.running, 4000)
      agrees(res.total.mean, 50_000 * (0.4 + 0.6 * 6.6) + 4000)
      agrees(res.bill.mean, 20_000, 0.4 * sd)
      agrees(res.bill.percentiles.p90, 0.4 * lognormal(50_000, 10_000).quantile(0.9))
    },
  )
})
