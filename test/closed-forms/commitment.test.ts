import { describe } from 'vitest'
import { closedForm, ofEvent } from './agreement.ts'
import { lognormal } from './mathematics.ts'

const months = Array.from({ length: 12 }, (_, m) => m)
const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0)

describe('a monthly commitment', () => {
  const [committed, price, overage] = [30_000, 1.5, 2]
  const quantity = lognormal(32_500, 0.2 * 32_500)
  const over = quantity.excess(committed)
  const overSd = Math.sqrt(quantity.excessSquared(committed) - over ** 2)
  const unused = over - (32_500 - committed)
  const probability = 1 - quantity.cdf(committed)
  closedForm(
    'on independent lognormal months costs the commitment and the partial expectation above it',
    {
      conversations: { base: '50k', noise: { cv: '20%' } },
      resolution: { rate: '65%' },
      offers: { z: { charges: [{ meter: 'resolutions', commitment: '30k/month', price: '$1.50', overage: '$2.00' }] } },
    },
    ({ offers: { z } }, agrees) => {
      const sd = Math.sqrt(12) * overSd
      agrees(z.bill.mean, 12 * (committed * price + overage * over), overage * sd)
      agrees(z.bill.sd, overage * sd)
      agrees(z.overage.quantity, 12 * over, sd)
      agrees(z.overage.amount, 12 * overage * over, overage * sd)
      agrees(z.overage.unused, 12 * unused)
      for (const m of [0, 6, 11]) {
        agrees(z.overage.months[m], probability, ofEvent(probability))
        agrees(z.bill.monthly[m].mean, committed * price + overage * over, overage * overSd)
      }
      agrees(z.overage.monthsMean, 12 * probability, Math.sqrt(12) * ofEvent(probability))
      agrees(z.overage.any, 1 - (1 - probability) ** 12)
      agrees(z.layers.commitment, 12 * committed * price)
      agrees(z.layers.overage, 12 * overage * over, overage * sd)
    },
  )

  closedForm(
    'has the same means when the months are correlated',
    {
      conversations: { base: '50k', noise: { cv: '20%', autocorrelation: 0.9 } },
      resolution: { rate: '65%' },
      offers: { z: { charges: [{ meter: 'resolutions', commitment: '30k/month', price: '$1.50', overage: '$2.00' }] } },
    },
    ({ offers: { z } }, agrees) => {
      agrees(z.bill.mean, 12 * (committed * price + overage * over))
      agrees(z.overage.monthsMean, 12 * probability)
      agrees(z.overage.unused, 12 * unused)
    },
  )
})

describe('a commitment for longer than a month', () => {
  const base = lognormal(2000, 800)
  const conversations = { base: 'lognormal(2000, 800)' }
  const flagged = (m: number, committed: number) => 1 - base.cdf(committed / (m + 1))

  const year = 26_000
  const over = (count: number) => (count === 0 ? 0 : count * base.excess(year / count))
  closedForm(
    'of a year is paid in twelfths, and bills overage once the running quantity exceeds it',
    { conversations, offers: { z: { charges: [{ meter: 'conversations', commitment: '26k/year', price: 1, overage: 3 }] } } },
    ({ offers: { z } }, agrees) => {
      agrees(z.bill.mean, year + 3 * over(12), 3 * 12 * Math.sqrt(base.excessSquared(year / 12) - base.excess(year / 12) ** 2))
      agrees(z.overage.quantity, over(12))
      agrees(z.overage.unused, over(12) - (24_000 - year))
      agrees(z.overage.any, flagged(11, year), ofEvent(flagged(11, year)))
      for (const m of [6, 8, 10, 11]) {
        agrees(z.overage.months[m], flagged(m, year), ofEvent(flagged(m, year)))
        agrees(z.bill.monthly[m].mean, year / 12 + 3 * (over(m + 1) - over(m)))
      }
      agrees(z.overage.monthsMean, sum(months.map((m) => flagged(m, year))))
    },
  )

  const quarter = 6500
  const inQuarter = (count: number) => (count === 0 ? 0 : count * base.excess(quarter / count))
  closedForm(
    'of a quarter starts again every third month, and is pro rata if the horizon cuts it off',
    {
      months: 8,
      conversations,
      offers: { z: { charges: [{ meter: 'conversations', commitment: '6500/quarter', price: 1, overage: 3 }] } },
    },
    ({ offers: { z } }, agrees) => {
      const last = (quarter * 2) / 3 // two of three months
      const inLast = (count: number) => count * base.excess(last / count)
      agrees(z.bill.mean, 2 * quarter + last + 3 * (2 * inQuarter(3) + inLast(2)))
      agrees(z.overage.quantity, 2 * inQuarter(3) + inLast(2))
      for (const m of [0, 1, 2]) {
        agrees(z.overage.months[m], flagged(m, quarter), ofEvent(flagged(m, quarter)))
        agrees(z.overage.months[m + 3], flagged(m, quarter))
        agrees(z.bill.monthly[m + 3].mean, quarter / 3 + 3 * (inQuarter(m + 1) - inQuarter(m)))
      }
      agrees(z.overage.months[6], flagged(0, last))
      agrees(z.overage.months[7], flagged(1, last))
      agrees(z.overage.unused, 2 * (inQuarter(3) + quarter - 6000) + inLast(2) + last - 4000)
    },
  )
})

describe('a minimum', () => {
  const base = lognormal(2000, 1000)
  const conversations = { base: 'lognormal(2000, 1000)' }
  const larger = (floor: number, count: number) => floor + count * base.excess(floor / count)
  closedForm(
    'of a year bills E max(minimum, usage), trued up in the last month',
    { conversations, offers: { ada: { charges: [{ meter: 'conversations', price: '$1.00', minimum: '$30k/year' }] } } },
    ({ offers: { ada } }, agrees) => {
      agrees(ada.bill.mean, larger(30_000, 12))
      agrees(ada.bill.monthly[10].mean, 2000, 1000)
      agrees(ada.bill.monthly[11].mean, 2000 + larger(30_000, 12) - 24_000)
      // The minimum is an atom of 74 %: percentiles below it are exact, those above are those of the usage.
      agrees(ada.bill.percentiles.p10, 30_000)
      agrees(ada.bill.percentiles.p50, 30_000)
      agrees(ada.bill.percentiles.p90, 12 * base.quantile(0.9))
    },
  )

  closedForm(
    'is pro rata if the horizon cuts it off, in money or in units',
    {
      months: 14,
      conversations,
      offers: {
        money: { charges: [{ meter: 'conversations', price: '$2.00', minimum: '$60k/year' }] },
        units: { charges: [{ meter: 'conversations', price: '$2.00', minimum: '30k/year' }] },
        quarterly: { charges: [{ meter: 'conversations', price: '$2.00', minimum: '6000/quarter' }] },
      },
    },
    ({ offers: { money, units, quarterly }, comparison }, agrees) => {
      agrees(money.bill.mean, 2 * (larger(30_000, 12) + larger(5000, 2)))
      agrees(units.bill.mean, 2 * (larger(30_000, 12) + larger(5000, 2)))
      agrees(comparison.cheapest.money, comparison.cheapest.units.value)
      agrees(comparison.cheaper?.money.units, 0)
      agrees(quarterly.bill.mean, 2 * (4 * larger(6000, 3) + larger(4000, 2)))
      agrees(quarterly.bill.monthly[2].mean, 2 * (larger(6000, 3) - 4000))
      agrees(quarterly.bill.monthly[13].mean, 2 * (larger(4000, 2) - 2000))
    },
  )
})
