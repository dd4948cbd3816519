// A backtest compares resolutions and bills too. The bills are those of the catalog contract closest to the invoices.
import { beforeAll, describe, expect, it } from 'vitest'
import { futuresOf } from '../../../src/forecasting/ensemble/futures.ts'
import { formatMonth } from '../../../src/months.ts'
import { type Backtest, backtestOf } from '../../../src/questions/backtest/backtest.ts'
import { type Case, scoredQuantity } from '../../../src/questions/backtest/cases.ts'
import { scoredRates } from '../../../src/questions/backtest/rates.ts'
import { casesFrom } from './rate-cases.ts'
import { normals } from '../../forecasting/simulated.ts'

const FIRST = 2022 * 12
const rows = (() => {
  const normal = normals(5)
  return Array.from({ length: 37 }, (_, k) => {
    const conversations = Math.round(20_000 * Math.exp(0.05 * normal()))
    const resolutions = Math.round(conversations * (0.6 + 0.02 * normal()))
    // Fin bills $0.99 a resolution.
    return { month: formatMonth(FIRST + k), conversations, resolutions, invoice: (0.99 * resolutions).toFixed(2) }
  })
})()

describe('a backtest of a history with resolutions and invoices', () => {
  let found: Backtest
  beforeAll(async () => {
    found = await backtestOf(rows as never, { trials: 1024 })
  })
  const casesOf = (of: Case['of']) => found.cases.filter((one) => one.of === of)

  it('bills the contract that the invoices before the first start look like', () => {
    expect(found.bill?.contract.offer).toBe('fin')
    expect(found.bill?.contract.error).toBeLessThan(1e-4)
    expect(found.words.some((words) => words.startsWith('The 80% intervals for the bill of fin of 12 months are not shown'))).toBe(
      true,
    )
  })

  it('bills the contract that the user names', async () => {
    const one = { trials: 1024, from: '2025-01', horizon: 1 }
    const named = (offer: string, own: readonly object[] = rows) => backtestOf(own as never, { ...one, offer })
    const { bill } = await named('agentforce-conversations')
    expect(bill?.contract.offer).toBe('agentforce-conversations')
    // $2 a conversation is more than the invoices, so the rest is a rebate of every month.
    const rests = rows.slice(0, 36).map(({ conversations, invoice }) => Number(invoice) - 2 * conversations)
    const [low, high] = [Math.min(...rests), Math.max(...rests)]
    expect(bill?.contract.beyond).toBeGreaterThan(low)
    expect(bill?.contract.beyond).toBeLessThan(high)
    await expect(named('finn')).rejects.toThrow(
      'offer: expected the name of an offer in the catalog, got "finn", did you mean `fin`?',
    )
    const without = (key: string) => rows.map((row) => Object.fromEntries(Object.entries(row).filter(([own]) => own !== key)))
    await expect(named('fin', without('invoice'))).rejects.toThrow('offer: expected at least 6 months with an invoice in USD')
    await expect(named('fin', without('resolutions'))).rejects.toThrow(
      'offer: expected a history with resolutions, which fin bills',
    )
  })

  it('compares bills that are $0.99 for each resolution of the same trials', () => {
    const [resolutions, bills] = [casesOf('resolutions'), casesOf('bill')]
    expect(bills).toHaveLength(2 * 13)
    bills.forEach(({ percentiles, mean, actual, pit }, k) => {
      const other = resolutions[k]
      expect(actual / other.actual).toBeCloseTo(0.99, 5)
      expect(mean / other.mean).toBeCloseTo(0.99, 4)
      percentiles.forEach((value, p) => expect(value / other.percentiles[p]).toBeCloseTo(0.99, 4))
      expect(pit).toBeCloseTo(other.pit, 2)
    })
  })

  it('forecasts the futures that a plan with the history draws', () => {
    const volumes = rows.slice(0, 24).map(({ conversations }) => conversations)
    const { means } = futuresOf({ first: FIRST, volumes, days: true }, FIRST + 24, 12).driver
    const first = casesOf('conversations').filter(({ origin }) => origin === '2024-01')
    for (const { ahead, mean } of first.slice(0, 12)) expect(mean / means[ahead - 1]).toBeCloseTo(1, 2)
  })

  it('has no resolutions and no bill if the history has none', async () => {
    const { resolutions, bill, rate } = await backtestOf(
      rows.map(({ month, conversations }) => ({ month, conversations })),
      { trials: 1024, from: '2025-01', horizon: 1 },
    )
    expect([resolutions, bill, rate]).toEqual([null, null, null])
  })
})

describe('the gain over a simpler forecast', () => {
  const caseOf = (model: number, flat: number): Case => ({
    ...{ of: 'bill', origin: '2024-01', ahead: 0, month: '2024-01', actual: 1, mean: 1, percentiles: [], pit: 0.5 },
    crps: { model, growthNaive: 2 * model, flat },
  })

  it('is exact if the ratio of the errors is always the same', () => {
    const { gains } = scoredQuantity([caseOf(1, 4), caseOf(3, 5)], 1).annual
    expect(gains.growthNaive.value).toBeCloseTo(0.5, 12)
    expect(gains.growthNaive.se).toBeCloseTo(0, 12)
  })

  it('has the error of a ratio of two means', () => {
    // The ratio is 4 / 9. The rests 1 − 16 / 9 and 3 − 20 / 9 are ∓7 / 9, whose mean has the error 7 / 9 / √2, in units of 4.5.
    const { flat } = scoredQuantity([caseOf(1, 4), caseOf(3, 5)], 1).annual.gains
    expect(flat.value).toBeCloseTo(5 / 9, 12)
    expect(flat.se).toBeCloseTo(7 / 9 / Math.SQRT2 / 4.5, 12)
  })
})

describe("last year's rates times last year's growth", () => {
  const counts = (rates: readonly number[]) => ({
    ...{ start: FIRST, next: FIRST + rates.length, read: '', notes: [] },
    conversations: rates.map(() => 1e6),
    resolutions: rates.map((rate) => Math.round(1e6 * rate)),
  })
  const error = (rates: readonly number[]) =>
    scoredRates(casesFrom(counts(rates), FIRST + 24), 12)?.errors.growthNaive ?? Number.NaN

  it('have no error where a rate grows by a tenth each year', () => {
    expect(error(Array.from({ length: 36 }, (_, k) => 0.3 * 1.1 ** Math.floor(k / 12)))).toBeLessThan(1e-6)
  })

  it('are at most 100%', () => {
    // 60%, then 90%: 135% would be forecast.
    expect(error(Array.from({ length: 36 }, (_, k) => [0.6, 0.9, 0.95][Math.floor(k / 12)]))).toBeCloseTo(0.05, 6)
  })
})
