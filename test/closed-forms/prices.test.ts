import { describe } from 'vitest'
import { closedForm, ofEvent, ofPercentile } from './agreement.ts'
import { betaCdf, lognormal, normalCdf, normalDensity, normalQuantile } from './mathematics.ts'

const perConversation = (price: unknown) => ({ charges: [{ meter: 'conversations', price }] })
const fee = (amount: unknown) => ({ charges: [{ fee: amount }] })

describe('quoted prices', () => {
  const uniform = (2 - 1) / (3.5 - 1)
  const triangular = 1 - (3.5 - 2) ** 2 / ((3.5 - 1) * (3.5 - 1.5))
  // pert(min, mode, max): a = 1 + 4 (mode − min)/(max − min), b = 1 + 4 (max − mode)/(max − min)
  const [a, b] = [1 + (4 * 0.5) / 2.5, 1 + (4 * 2) / 2.5]
  const pert = betaCdf((2 - 1) / 2.5, a, b)
  const pertMean = (1 + 4 * 1.5 + 3.5) / 6
  const pertSd = Math.sqrt((a * b) / ((a + b) ** 2 * (a + b + 1))) * 2.5
  closedForm(
    'are cheaper than a flat $2.00 as often as their distribution implies',
    {
      months: 1,
      conversations: { base: '50k' },
      offers: {
        flat: perConversation('$2.00'),
        uni: perConversation('uniform($1.00, $3.50)'),
        tri: perConversation('triangular(1, 1.5, 3.5)'),
        pert: perConversation('pert(1, 1.5, 3.5)'),
      },
    },
    ({ offers, comparison: { cheaper, difference } }, agrees) => {
      agrees(cheaper?.uni.flat, uniform, ofEvent(uniform))
      agrees(cheaper?.flat.uni, 1 - uniform, ofEvent(uniform))
      agrees(cheaper?.tri.flat, triangular, ofEvent(triangular))
      agrees(cheaper?.pert.flat, pert, ofEvent(pert))
      agrees(offers.uni.bill.mean, 50_000 * 2.25, (50_000 * 2.5) / Math.sqrt(12))
      agrees(offers.uni.bill.percentiles.p80, 50_000 * 3, ofPercentile(0.8, 1 / (50_000 * 2.5)))
      agrees(offers.tri.bill.mean, 50_000 * 2)
      agrees(offers.pert.bill.mean, 50_000 * pertMean, 50_000 * pertSd)
      agrees(offers.pert.bill.sd, 50_000 * pertSd)
      agrees(difference?.uni.flat.mean, 50_000 * 0.25)
      agrees(difference?.uni.flat.sd, (50_000 * 2.5) / Math.sqrt(12))
      agrees(difference?.flat.uni.percentiles.p10, 50_000 * (2 - 3.25), ofPercentile(0.1, 1 / (50_000 * 2.5)))
    },
  )

  // Two independent uniforms a on [1, 2], b on [1, 3]: P(a < b) = 1 − 1/4; the least of three equal distributions is one in three.
  closedForm(
    'are independent of each other',
    {
      months: 2,
      conversations: { base: 1000 },
      offers: {
        a: perConversation('uniform(1, 2)'),
        b: perConversation('uniform(1, 3)'),
        c: perConversation('uniform(1, 2)'),
        d: perConversation('uniform(1, 2)'),
      },
    },
    ({ comparison: { cheaper, cheapest, difference } }, agrees) => {
      agrees(cheaper?.a.b, 0.75, ofEvent(0.75))
      agrees(cheaper?.a.c, 0.5, 0.5)
      // b is the least: ∫ ½ (1 − x)³ on its first half = 1/8; the others share the rest.
      agrees(cheapest.b, 1 / 8, ofEvent(1 / 8))
      agrees(cheapest.c, 7 / 24, ofEvent(7 / 24))
      agrees(difference?.a.c.sd, 2000 * Math.sqrt(1 / 6))
    },
  )

  closedForm(
    'with atoms tie, and neither offer is then cheaper',
    {
      months: 1,
      conversations: { base: 1000 },
      offers: { quoted: perConversation('discrete(1: 30%, 2: 50%, 3: 20%)'), flat: perConversation(2) },
    },
    ({ offers: { quoted, flat }, comparison: { cheapest, cheaper, regret } }, agrees) => {
      agrees(cheapest.quoted, 0.3 + 0.5 / 2, Math.sqrt(0.3 + 0.25 * 0.5 - 0.55 ** 2))
      agrees(cheapest.flat, 0.2 + 0.5 / 2)
      agrees(cheaper?.quoted.flat, 0.3, ofEvent(0.3))
      agrees(cheaper?.flat.quoted, 0.2, ofEvent(0.2))
      agrees(quoted.bill.mean, 1900, 1000 * Math.sqrt(0.49))
      agrees(quoted.bill.percentiles.p10, 1000)
      agrees(quoted.bill.percentiles.p50, 2000)
      agrees(quoted.bill.percentiles.p75, 2000)
      agrees(quoted.bill.percentiles.p90, 3000)
      // The worst 10 % all cost 3,000.
      agrees(quoted.bill.expectedShortfall.p90, 3000)
      agrees(flat.bill.mean, 2000)
      agrees(regret.flat, 300, 1000 * ofEvent(0.3))
      agrees(regret.quoted, 200, 1000 * ofEvent(0.2))
    },
  )

  closedForm(
    'of fees, overage and minimums are drawn as well',
    {
      months: 12,
      conversations: { base: 1000 },
      resolution: { rate: '50%' },
      offers: {
        fee: { charges: [{ fee: 'uniform($100, $300)', per: 'month' }] },
        over: { charges: [{ meter: 'conversations', commitment: '800/month', price: 'uniform(1, 2)', overage: 'uniform(2, 4)' }] },
        floor: { charges: [{ meter: 'conversations', price: 'uniform(1, 2)', minimum: '$18k/year' }] },
      },
    },
    ({ offers, comparison }, agrees) => {
      agrees(offers.fee.bill.mean, 2400, 2400 / Math.sqrt(12))
      agrees(offers.over.bill.mean, 12 * (800 * 1.5 + 200 * 3), 12 * Math.sqrt((800 ** 2 + 400 ** 2) / 12))
      // 12,000 p, at least 18,000: E max = 18,000 + 12,000 (½)²/2
      agrees(offers.floor.bill.mean, 18_000 + 1500)
      agrees(offers.floor.bill.percentiles.p50, 18_000)
      agrees(comparison.cheapest.fee, 1)
    },
  )
})

describe('regret', () => {
  const { excess, mean, sd, cdf } = lognormal(50_000, 10_000)
  const [over, under] = [excess(52_000), excess(52_000) - (mean - 52_000)]
  closedForm(
    'against a fixed fee is the partial expectation of a lognormal',
    {
      months: 1,
      conversations: { base: '50k', noise: { cv: '20%' } },
      offers: { use: perConversation(1), fix: fee('$52k/month') },
    },
    ({ comparison: { regret, cheapest, difference } }, agrees) => {
      agrees(regret.use, over)
      agrees(regret.fix, under)
      agrees(cheapest.use, cdf(52_000), ofEvent(cdf(52_000)))
      agrees(difference?.use.fix.mean, -2000, sd)
      agrees(difference?.fix.use.mean, 2000, sd)
      agrees(difference?.use.fix.sd, sd)
    },
  )

  const [z, price] = [(2.2 - 2) / 0.25, { mean: 2, sd: 0.25 }]
  closedForm(
    'of a normal price against a fixed fee is its partial expectation',
    {
      months: 1,
      conversations: { base: 1000 },
      offers: { quoted: perConversation(`normal($${price.mean}, $${price.sd})`), fix: fee('$2200/month') },
    },
    ({ offers: { quoted }, comparison: { regret, cheaper } }, agrees) => {
      agrees(regret.quoted, 250 * (normalDensity(z) - z * normalCdf(-z)))
      agrees(regret.fix, 250 * (normalDensity(z) + z * normalCdf(z)))
      agrees(cheaper?.quoted.fix, normalCdf(z), ofEvent(normalCdf(z)))
      const at = (p: number) => 2000 + 250 * normalQuantile(p)
      agrees(quoted.bill.percentiles.p95, at(0.95), ofPercentile(0.95, normalDensity(normalQuantile(0.95)) / 250))
      agrees(quoted.bill.expectedShortfall.p90, 2000 + (250 * normalDensity(normalQuantile(0.9))) / 0.1)
      agrees(quoted.bill.expectedShortfall.p95, 2000 + (250 * normalDensity(normalQuantile(0.95))) / 0.05)
    },
  )

  // Margrabe: E (X − Y)⁺ of independent lognormals
  const [x, y] = [lognormal(1, 0.3), lognormal(1.1, 0.2)]
  const s = Math.hypot(x.sigma, y.sigma)
  const d = (Math.log(1 / 1.1) + s ** 2 / 2) / s
  const below = normalCdf((Math.log(1 / 1.1) + (y.sigma ** 2 - x.sigma ** 2) / 2) / s) // P(Y < X)
  const exchange = normalCdf(d) - 1.1 * normalCdf(d - s)
  closedForm(
    'of two lognormal quotes is the price of an option to exchange them',
    {
      months: 1,
      conversations: { base: 1000 },
      offers: { x: perConversation('lognormal(1, 0.3)'), y: perConversation('lognormal(1.1, 0.2)') },
    },
    ({ comparison: { regret, cheapest } }, agrees) => {
      agrees(regret.x, 1000 * exchange)
      agrees(regret.y, 1000 * (exchange + 0.1))
      agrees(cheapest.y, below, ofEvent(below))
    },
  )
})

describe('distributions of a price', () => {
  const distributions: readonly [string, number, number][] = [
    ['gamma(4, 0.5)', 2, 1],
    ['exponential(2)', 2, 2],
    ['truncatedNormal(2, 1, 1, 3)', 2, Math.sqrt(1 - (2 * normalDensity(1)) / (2 * normalCdf(1) - 1))],
    ['betaMean(0.6, 0.1)', 0.6, 0.1],
    ['pareto(3, 1)', 1.5, Math.sqrt(0.75)],
    ['weibull(1, 2)', 2, 2],
    [
      'mixture(uniform(1, 2): 1, uniform(2, 4): 3)',
      0.25 * 1.5 + 0.75 * 3,
      Math.sqrt(0.25 * (7 / 3) + 0.75 * (28 / 3) - 2.625 ** 2),
    ],
  ]
  closedForm(
    'give the bill their mean and standard deviation',
    {
      months: 1,
      conversations: { base: 1000 },
      offers: Object.fromEntries(distributions.map(([distribution], k) => [`offer-${k}`, perConversation(distribution)])),
    },
    ({ offers }, agrees) => {
      for (const [k, [distribution, mean, sd]] of distributions.entries()) {
        agrees(offers[`offer-${k}`].bill.mean, 1000 * mean, distribution.startsWith('pareto') ? undefined : 1000 * sd)
      }
    },
  )
})
