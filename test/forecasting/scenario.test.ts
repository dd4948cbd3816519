// A plan with `conversations: { history }` equals the plan that calibrate writes from the same history.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { calibrationOf as calibrate } from '../../src/questions/backtest/calibration.ts'
import { readHistory } from '../../src/forecasting/history/history.ts'
import { historyTable } from '../../src/forecasting/history/rows.ts'
import { fitHistory } from '../../src/forecasting/fit/per-day.ts'
import { inlineExecutor } from '../../src/run/executor.ts'
import { givenFiles } from '../../src/api/given.ts'
import { runScenario } from '../../src/api/run.ts'
import { formatMonth } from '../../src/months.ts'
import { normals, SEASON, volumesOf } from './simulated.ts'
import { thorough } from '../effort.ts'

const real = readFileSync('examples/data/cfpb-complaints-monthly.csv', 'utf8')
const offers = {
  a: { charges: [{ meter: 'tickets', price: 1 }] },
  b: { charges: [{ meter: 'tickets', price: 0.9 }, { fee: 1500 }] },
}
const run = async (scenario: object, options: object = { trials: 4096 }, text = real) =>
  runScenario({ offers, ...scenario }, options, { executor: () => inlineExecutor, reader: givenFiles({ 'h.csv': text }) })
const history = { file: 'h.csv', since: '2013-01', until: '2019-12' }
const rows = volumesOf({ level: 20_000, growth: 0.2, season: SEASON, sd: 0.07, phi: 0.5 }, 48, normals(21))
const simulated = `month,conversations,resolved\n${rows
  .map((volume, k) => `${formatMonth(2022 * 12 + k)},${Math.round(volume)},${Math.round(volume * (0.5 + 0.004 * k))}`)
  .join('\n')}\n`

describe('a scenario that names its history', () => {
  it.runIf(thorough).each([
    ['futures', { plain: false }, 'h.csv', /^fitted to 48 months of h.csv, 2022-01 to 2025-12: growth of /],
    ['plain fields', { plain: true }, '{ file: h.csv, plain: true }', /^fitted to 48 months of h.csv, 2022-01 to 2025-12$/],
  ])('gives the same bits as the plan that calibrate writes, with %s', async (_, options, named, source) => {
    const { scenario } = await calibrate(simulated, { name: 'h.csv', ...options })
    const written = scenario.replace(/^offers:[\s\S]*/m, `offers:\n  fin: { catalog: fin }\n`).replace(/^name: .*/m, 'name: plan')
    const platform = { executor: () => inlineExecutor, reader: givenFiles({ 'h.csv': simulated }) }
    const short = `name: plan\nstart: 2026-01\nconversations: { history: ${named} }\noffers:\n  fin: { catalog: fin }\n`
    const [one, other] = [
      await runScenario(written, { trials: 4096 }, platform),
      await runScenario(short, { trials: 4096 }, platform),
    ]
    expect(one.summary).toEqual(other.summary)
    expect(other.scenario.sources?.map(({ path }) => path)).toEqual(['conversations', 'resolution'])
    expect(other.scenario.sources?.[0].source).toMatch(source)
  })

  it('starts in the month after the last row, unless the level is stated', async () => {
    await expect(run({ start: '2027-01', conversations: { history } })).rejects.toThrow(
      'start: expected 2020-01, the month after the history in "h.csv", got 2027-01. To start in another month, state `base`, the expected volume of that month',
    )
    const { summary } = await run({ start: '2027-01', conversations: { history, base: '50k' } })
    expect(summary.drivers.conversations.mean.value).toBeGreaterThan(600_000)
  })

  it('with a stated level uses the growth and seasons of the history at that level', async () => {
    const { scenario } = await run({ start: '2027-03', conversations: { history, base: 10_000 } })
    const { base, growth, seasonality, last, noise } = scenario.conversations
    expect(base).toBe(10_000)
    expect(growth).toMatchObject({ per: 'year', value: { distribution: 'normal' } })
    expect(seasonality).toHaveLength(12)
    expect(noise?.cv).toBeGreaterThan(0.08)
    // The last month says nothing about a stated level, and nothing is correlated with it.
    expect(last).toBeUndefined()
    expect(scenario.correlations).toEqual([])
  })

  it('prefers stated keys to fitted ones', async () => {
    const beside = { growth: '0%/year', noise: { cv: '5%' }, seasonality: SEASON, spikes: { probability: '1%', size: 2 } }
    const { scenario } = await run({ start: '2020-01', conversations: { history, ...beside } })
    expect(scenario.conversations).toMatchObject({ growth: { value: 0, per: 'year' }, seasonality: SEASON, noise: { cv: 0.05 } })
    expect(scenario.conversations.last).toBeUndefined()
    expect(scenario.correlations).toEqual([])
  })

  it('has spikes of the past sizes with their past frequency', async () => {
    const spiked = rows.map((volume, k) => (k === 15 ? 1.6 * volume : k === 30 ? 0.5 * volume : volume))
    const text = `month,conversations\n${spiked.map((volume, k) => `${formatMonth(2022 * 12 + k)},${volume}`).join('\n')}\n`
    const { scenario } = await run({ start: '2026-01', conversations: { history: 'h.csv' } }, { trials: 1024 }, text)
    const { spikes } = scenario.conversations
    expect(spikes?.probability).toBeCloseTo(2 / (48 + 12), 8)
    const { values, weights } = (spikes ?? { size: {} }).size as unknown as { values: number[]; weights: number[] }
    expect(values[0]).toBeCloseTo(0.5, 1)
    expect(values[1]).toBeCloseTo(1.6, 0)
    expect(weights).toEqual([1, 1])
  })

  it('warns about rows that are left out', async () => {
    const { warnings } = await run({ start: '2020-01', conversations: { history } })
    expect(warnings).toContain('h.csv: rows before `since` or after `until` are left out: 48')
  })

  it.each([
    [{ history, monthly: [1] }, 'conversations.monthly: remove `monthly` or `history`: both give the expected volumes'],
    [
      { history: { file: 'h.csv', from: '2013-01' } },
      'conversations.history.from: unknown key. The keys here are file, columns, segment, sumRows, days, workingDays, since, until, partial, plain',
    ],
    [{ history: { file: 'h.csv', since: '2013' } }, 'conversations.history.since: expected a month such as 2019-01, got "2013"'],
    [{ history: 'none.csv' }, 'conversations.history: expected a readable CSV file, got "none.csv"'],
    [
      { history: { ...history, columns: { volume: 'complaints' } } },
      'conversations.history.columns.volume: unknown key. The keys here are month, conversations, resolutions, invoice',
    ],
    [
      { history: 7 },
      'conversations.history: expected the name of a CSV file, or an object such as { file: history.csv, since: 2019-01 }, got 7',
    ],
    [
      { base: 100, bootstrap: { block: 3 } },
      'conversations.bootstrap.ratios: expected past deviations such as [0.97, 1.05, …], or `history` to fit them from, got nothing',
    ],
    [
      { base: 100, noise: { cv: '5%' }, bootstrap: { block: 3, ratios: [1, 2] } },
      'conversations.noise: remove `noise` or `bootstrap`: both describe how months deviate',
    ],
    [{ base: 100, last: 90 }, 'conversations.last: remove this key, or add `noise`: it is only used to continue the noise'],
    [
      { monthly: new Array(12).fill(5), noise: { cv: '5%' }, last: 90 },
      'conversations.last: remove `last` or `monthly`: with `monthly`, the expected volume of the month before is not known',
    ],
  ])('refuses %o', async (conversations, message) => {
    await expect(run({ start: '2020-01', conversations })).rejects.toThrow(message)
  })
})

describe('the days of a month', () => {
  const volumesOver = async (conversations: object, start: string, months: number, text = real) => {
    const { summary } = await run({ start, months, conversations }, { trials: 64 }, text)
    return summary.drivers.conversations.monthly.map(({ mean }) => mean.value)
  }
  const DAYS = [31, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 31, 28]

  it('multiply the volume of a month, also in leap years', async () => {
    const season = [2, 0.5, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0.5]
    const found = await volumesOver({ base: 365.2425, seasonality: season, days: true }, '2027-12', 15)
    found.forEach((value, k) => expect(value).toBeCloseTo(12 * DAYS[k] * season[(11 + k) % 12], 9))
  })

  it('that a plan takes from its history give 1,000 conversations every day', async () => {
    const text = readFileSync('test/forecasting/tables/leap.csv', 'utf8')
    const { scenario } = await run({ start: '2027-01', months: 15, conversations: { history: 'h.csv' } }, { trials: 64 }, text)
    const found = scenario.conversations.monthly ?? []
    expect(found).toHaveLength(15)
    const days = [...DAYS.slice(1), 31].map((_, k) => new Date(Date.UTC(2027, k + 1, 0)).getUTCDate())
    found.forEach((value, k) => expect(Math.abs(value / 1_000 / days[k] - 1)).toBeLessThan(0.001))
  })

  it('are not in a plan whose seasons are stated, or with `days: false`', async () => {
    const stated = await run({ start: '2020-01', conversations: { history, seasonality: SEASON } })
    const plain = await run({ start: '2020-01', conversations: { history: { ...history, plain: true, days: false } } })
    const fitted = await run({ start: '2020-01', conversations: { history: { ...history, plain: true } } })
    expect([stated, plain, fitted].map(({ scenario }) => scenario.conversations.days)).toEqual([undefined, undefined, true])
  })

  it('contradict the volumes of `monthly`', async () => {
    await expect(run({ months: 2, conversations: { monthly: [1, 2], days: true } })).rejects.toThrow(
      'conversations.days: remove `days` or `monthly`: `monthly` already states the expected volumes',
    )
  })
})

describe('noise that continues from the last month', () => {
  const drivers = { base: 1000, growth: '0%/year', noise: { cv: '20%', autocorrelation: 0.7 } }
  const at = (last: number) => ({ months: 12, conversations: { ...drivers, last } })
  const sigma2 = Math.log(1 + 0.2 ** 2)

  it.each([1300, 1000, 600])('has the conditional means and spreads of the autoregression after %i', async (last) => {
    const { summary } = await run(at(last), { trials: 65_536 })
    const state = Math.log(last / 1000) + sigma2 / 2
    for (const m of [0, 1, 5, 11]) {
      const pull = 0.7 ** (m + 1)
      const variance = sigma2 * (1 - pull * pull)
      const mean = 1000 * Math.exp(pull * state + variance / 2 - sigma2 / 2)
      const { mean: found } = summary.drivers.conversations.monthly[m]
      expect(Math.abs(found.value - mean)).toBeLessThan(4 * found.se + 1e-9)
      const { sd } = summary.offers.a.bill.monthly[m]
      expect(Math.abs((sd?.value ?? 0) - mean * Math.sqrt(Math.exp(variance) - 1))).toBeLessThan(5 * (sd?.se ?? 0))
    }
  })

  it('gives integrated percentiles that agree with the plain sample', async () => {
    const uncertain = {
      ...at(1300),
      conversations: { ...drivers, base: 'lognormal(1000, 100)', growth: 'normal(10%, 5%)/year', last: 1300 },
    }
    const [sharp, plain] = [await run(uncertain, { trials: 65_536 }), await run(uncertain, { trials: 65_536, method: 'random' })]
    for (const p of ['p50', 'p80', 'p90', 'p95'] as const) {
      const [a, b] = [sharp, plain].map(({ summary }) => summary.offers.a.bill.percentiles[p])
      expect(a?.by).toBe('preintegration')
      expect(Math.abs((a?.value ?? 0) - (b?.value ?? 1))).toBeLessThan(4 * Math.hypot(a?.se ?? 0, b?.se ?? 0))
    }
  })
})

describe('past deviations in blocks', () => {
  it('have mean 1 and keep their order within a block', async () => {
    const ratios = [0.8, 0.9, 1, 1.1, 1.2, 1.6]
    const { summary, trials } = await run(
      { months: 4, conversations: { base: 600, bootstrap: { block: 2, ratios } } },
      { trials: 32_768, keepTrials: true },
    )
    expect(trials.outcome.program.offers).toHaveLength(2)
    for (const { mean } of summary.drivers.conversations.monthly)
      expect(Math.abs(mean.value - 600)).toBeLessThan(4 * mean.se + 1e-6)
    // In a month, each ratio divided by their mean of 1.1 is equally likely, so the sd is that of the ratios.
    const sd = 600 * Math.sqrt(ratios.reduce((sum, ratio) => sum + (ratio / 1.1 - 1) ** 2, 0) / 6)
    for (const { sd: found } of summary.offers.a.bill.monthly)
      expect(Math.abs((found?.value ?? 0) - sd)).toBeLessThan(5 * (found?.se ?? 0) + 1e-6)
    // Two months of a block sum to neighbors, and blocks are independent.
    const sums = ratios.map((ratio, k) => (600 * (ratio + ratios[(k + 1) % 6])) / 1.1)
    const variance = 2 * (sums.reduce((sum, value) => sum + (value - 1200) ** 2, 0) / 6)
    const { sd: year } = summary.offers.a.bill
    expect(Math.abs(year.value - Math.sqrt(variance))).toBeLessThan(5 * year.se)
  })

  it('are fitted to the history and have the spread of its residuals', async () => {
    const { scenario } = await run({ start: '2020-01', conversations: { history, bootstrap: { block: 3 } } })
    const { bootstrap, noise, last } = scenario.conversations
    expect([noise, last]).toEqual([undefined, undefined])
    expect(bootstrap?.block).toBe(3)
    expect(bootstrap?.ratios).toHaveLength(84)
    const table = await historyTable(real, 'h.csv')
    const { conversations, start } = readHistory(table, 'h.csv', { since: 2013 * 12, until: 2019 * 12 + 11 })
    const fit = fitHistory({ first: start, volumes: conversations, days: true }, start + 84)
    bootstrap?.ratios.forEach((ratio, k) => expect(ratio).toBeCloseTo(fit.ratios[k], 8))
    const logs = fit.ratios.map((ratio) => Math.log(ratio))
    expect(Math.sqrt(logs.reduce((sum, value) => sum + value * value, 0) / 84)).toBeCloseTo(0.09, 1)
  })
})
