import { describe } from 'vitest'
import { closedForm, ofEvent, ofPercentile } from './agreement.ts'
import { lognormal, normalCdf, normalDensity, normalQuantile } from './mathematics.ts'

const months = Array.from({ length: 12 }, (_, m) => m)
const perConversation = { charges: [{ meter: 'conversations', price: 1 }] }
const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0)

/** Var Σ μ_m exp(x_m − σ²/2) for a stationary lognormal AR(1): Cov = μ_i μ_j (exp(σ² φ^|i−j|) − 1). */
function varianceOfSum(expected: readonly number[], cv: number, phi: number): number {
  const variance = Math.log(1 + cv * cv)
  return sum(expected.flatMap((a, i) => expected.map((b, j) => a * b * (Math.exp(variance * phi ** Math.abs(i - j)) - 1))))
}

describe('volume noise', () => {
  for (const phi of [0, 0.5, -0.4]) {
    const cv = 0.2
    const season = [0.9, 0.9, 1, 1, 1, 1, 1, 1, 1, 1, 1.2, 1.4]
    const mean = sum(season) / 12
    const expected = months.map((m) => (50_000 * 1.01 ** m * season[m]) / mean)
    const sd = Math.sqrt(varianceOfSum(expected, cv, phi))
    const month = expected.map((volume) => lognormal(volume, volume * cv))
    closedForm(
      `with autocorrelation ${phi}, growth and seasons, gives the year the mean and sd of a sum of lognormals`,
      {
        start: '2027-01',
        conversations: { base: 50_000, growth: '1%/month', seasonality: season, noise: { cv: '20%', autocorrelation: phi } },
        offers: { conv: perConversation },
      },
      ({ offers: { conv }, drivers }, agrees) => {
        agrees(conv.bill.mean, sum(expected), sd)
        agrees(drivers.conversations.mean, sum(expected), sd)
        // √((κ − 1)/4) sd for a sum; a single month's kurtosis bounds that of the sum
        agrees(conv.bill.sd, sd, sd * Math.sqrt((month[0].kurtosis - 1) / 4))
        agrees(conv.costPerConversation?.mean, 1)
        for (const m of [0, 5, 11]) {
          agrees(drivers.conversations.monthly[m].mean, expected[m], month[m].sd)
          agrees(conv.bill.monthly[m].mean, expected[m], month[m].sd)
        }
      },
    )
  }

  const { mean, sd, kurtosis, quantile, density, sigma, above } = lognormal(50_000, 10_000)
  closedForm(
    'makes every month lognormal, with its percentiles, sd and expected shortfall',
    {
      conversations: { base: '50k', noise: { cv: '20%', autocorrelation: 0.7 } },
      offers: { conv: perConversation },
    },
    ({ monthlyTrials, trials, offers: { conv } }, agrees) => {
      const fewer = Math.sqrt(trials / monthlyTrials)
      for (const m of [0, 1, 11]) {
        const month = conv.bill.monthly[m]
        for (const [key, p] of [
          ['p1', 0.01],
          ['p10', 0.1],
          ['p50', 0.5],
          ['p80', 0.8],
          ['p90', 0.9],
          ['p99', 0.99],
        ] as const) {
          agrees(month.percentiles?.[key], quantile(p), fewer * ofPercentile(p, density(quantile(p))))
        }
        agrees(month.sd, sd, fewer * sd * Math.sqrt((kurtosis - 1) / 4))
        agrees(month.expectedShortfall?.p90, (mean * normalCdf(sigma - normalQuantile(0.9))) / 0.1)
        agrees(month.expectedShortfall?.p95, (mean * normalCdf(sigma - normalQuantile(0.95))) / 0.05)
      }
    },
  )

  closedForm(
    'of a one-month horizon gives the percentiles, sd and expected shortfall with their errors',
    { months: 1, conversations: { base: '50k', noise: { cv: '20%' } }, offers: { conv: perConversation } },
    ({ offers: { conv } }, agrees) => {
      for (const [key, p] of [
        ['p1', 0.01],
        ['p5', 0.05],
        ['p25', 0.25],
        ['p50', 0.5],
        ['p75', 0.75],
        ['p90', 0.9],
        ['p95', 0.95],
        ['p99', 0.99],
      ] as const) {
        agrees(conv.bill.percentiles[key], quantile(p), ofPercentile(p, density(quantile(p))))
      }
      agrees(conv.bill.sd, sd, sd * Math.sqrt((kurtosis - 1) / 4))
      for (const [key, p] of [
        ['p90', 0.9],
        ['p95', 0.95],
      ] as const) {
        const q = quantile(p)
        const tail = { mean: above(q, 1) / (1 - p), square: above(q, 2) / (1 - p) }
        // Var of the estimate of a tail's mean: (Var(X | tail) + p (mean − q)²) / (N (1 − p))
        const spread = tail.square - tail.mean ** 2 + p * (tail.mean - q) ** 2
        agrees(conv.bill.expectedShortfall[key], tail.mean, Math.sqrt(spread / (1 - p)))
      }
    },
  )
})

describe('an uncertain base', () => {
  const [z5, z95] = [normalQuantile(0.05), normalQuantile(0.95)]
  const centre = (Math.log(40_000) + Math.log(60_000)) / 2
  const spread = (Math.log(60_000) - Math.log(40_000)) / (z95 - z5)
  const at = (p: number) => Math.exp(centre + spread * normalQuantile(p))
  const density = (x: number) => normalDensity((Math.log(x) - centre) / spread) / (spread * x)
  closedForm(
    'stated as an interval is lognormal with its ends at 5% and 95%',
    { months: 3, conversations: { base: '40k to 60k' }, offers: { conv: perConversation } },
    ({ offers: { conv } }, agrees) => {
      agrees(conv.bill.percentiles.p5, 3 * 40_000, 3 * ofPercentile(0.05, density(40_000)))
      agrees(conv.bill.percentiles.p95, 3 * 60_000, 3 * ofPercentile(0.95, density(60_000)))
      agrees(conv.bill.percentiles.p50, 3 * at(0.5), 3 * ofPercentile(0.5, density(at(0.5))))
      agrees(conv.bill.mean, 3 * Math.exp(centre + spread ** 2 / 2))
    },
  )

  closedForm(
    'multiplies with an uncertain growth: E (1 + g)^m of a uniform g',
    { conversations: { base: 'uniform(40000, 60000)', growth: 'uniform(0%, 4%)/month' }, offers: { conv: perConversation } },
    ({ drivers }, agrees) => {
      for (const m of months) agrees(drivers.conversations.monthly[m].mean, (50_000 * (1.04 ** (m + 1) - 1)) / (0.04 * (m + 1)))
    },
  )
})

describe('spikes', () => {
  const [p, low, high] = [0.1, 1.2, 1.8]
  const first = (low + high) / 2
  const second = (low * low + low * high + high * high) / 3
  const one = 1 - p + p * first
  const square = 1 - p + p * second
  for (const length of [1, 3]) {
    const running = (m: number) => Math.min(m + 1, length)
    // Starts from max(0, later − length + 1) to the earlier of the two months run in both.
    const shared = (i: number, j: number) => Math.max(0, Math.min(i, j) - Math.max(0, Math.max(i, j) - length + 1) + 1)
    // E S_i S_j: starts that both months feel count with E s², those that one feels with E s
    const product = (i: number, j: number) => {
      const both = shared(i, j)
      return square ** both * one ** (running(i) + running(j) - 2 * both)
    }
    const mean = sum(months.map((m) => one ** running(m)))
    const variance = sum(months.flatMap((i) => months.map((j) => product(i, j)))) - mean ** 2
    const raised = (m: number) => 1 - (1 - p) ** running(m)
    closedForm(
      `of ${length} month${length > 1 ? 's' : ''} multiply the volume with the moments of a product over the running starts`,
      {
        conversations: { base: 1000, spikes: { probability: '10%', size: 'uniform(1.2, 1.8)', months: length } },
        offers: {
          conv: perConversation,
          committed: { charges: [{ meter: 'conversations', commitment: '1100/month', price: 1, overage: 2 }] },
        },
      },
      ({ offers: { conv, committed }, drivers }, agrees) => {
        agrees(conv.bill.mean, 1000 * mean, 1000 * Math.sqrt(variance))
        agrees(conv.bill.sd, 1000 * Math.sqrt(variance))
        for (const m of [0, 1, 2, 11]) {
          agrees(drivers.conversations.monthly[m].mean, 1000 * one ** running(m))
          agrees(committed.overage.months[m], raised(m), ofEvent(raised(m)))
        }
        agrees(committed.overage.any, 1 - (1 - p) ** 12, ofEvent((1 - p) ** 12))
        agrees(committed.overage.monthsMean, sum(months.map(raised)))
      },
    )
  }
})
