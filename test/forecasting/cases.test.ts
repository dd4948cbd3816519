// Histories with a known right answer: launches, changes of level, small counts, a season seen once.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { givenFiles } from '../../src/api/given.ts'
import { runScenario } from '../../src/api/run.ts'
import { backtestOf } from '../../src/questions/backtest/backtest.ts'
import { calibrationOf } from '../../src/questions/backtest/calibration.ts'
import { inlineExecutor } from '../../src/run/executor.ts'

const textOf = (name: string) => readFileSync(`test/forecasting/cases/${name}.csv`, 'utf8')
const fitOf = (name: string) => calibrationOf(textOf(name), { name: `${name}.csv` })

/** The conversations of the 12 months after the history. */
async function yearAfter(name: string, start: string) {
  const { summary } = await runScenario(
    { start, conversations: { history: 'h.csv' }, offers: { a: { charges: [{ meter: 'tickets', price: 1 }] } } },
    { trials: 4096 },
    { executor: () => inlineExecutor, reader: givenFiles({ 'h.csv': textOf(name) }) },
  )
  const { mean, percentiles } = summary.offers.a.bill
  const at = (p: 5 | 10 | 90 | 95) => percentiles[`p${p}`]?.value ?? Number.NaN
  return { mean: mean.value, at }
}

describe('the year after', () => {
  it.each([
    ['ramp36', 120_000, 0.2],
    ['shift_up12', 168_000, 0.1],
    ['shift_down4', 72_000, 0.15],
    ['constant', 60_000, 0.01],
  ])('%s has a mean near %i', async (name, truth, share) => {
    const { mean } = await yearAfter(name, '2024-01')
    expect(Math.abs(mean / truth - 1)).toBeLessThan(share)
  })

  it('a straight line holds its continuation in the 95% interval', async () => {
    const { mean, at } = await yearAfter('linear', '2024-01')
    expect(at(5)).toBeLessThan(36_900)
    expect(at(95) + (at(95) - mean) / 4).toBeGreaterThan(36_900)
  })

  it('small counts is 5 to 14, and months without any are counts', async () => {
    const { mean } = await yearAfter('poisson08', '2024-01')
    expect(mean).toBeGreaterThan(5)
    expect(mean).toBeLessThan(14)
    const { months, notes, warnings } = await fitOf('poisson08')
    expect(months).toBe(36)
    expect(notes.join()).not.toContain('unknown')
    expect(warnings.join()).toContain('the fit counts whole conversations')
  })

  it('a December that was seen once says that it may be a season, and holds both in its 80% interval', async () => {
    const { at } = await yearAfter('december23', '2022-12')
    expect(at(10)).toBeLessThan(145_000)
    expect(at(90)).toBeGreaterThan(145_000)
    expect((await fitOf('december23')).warnings.join()).toContain('It may be a season or a spike')
  })

  it('a constant has an interval of some width, and no warning about it', async () => {
    const { at } = await yearAfter('constant', '2024-01')
    expect(at(90) / at(10)).toBeGreaterThan(1.001)
    expect((await fitOf('constant')).warnings).toEqual([])
  })

  it('a crash after a launch runs, and can be backtested', async () => {
    const { mean } = await yearAfter('crash', '2003-01')
    expect(mean).toBeGreaterThan(60)
    expect(mean).toBeLessThan(300)
    const { annual } = await backtestOf(textOf('crash48'), { trials: 1024, from: '2002-06' })
    expect(annual.crps.model).toBeLessThan(100)
  })
})

describe('a change of level', () => {
  it.each([
    ['shift_up12', '2023-01', 1.5],
    ['shift_down4', '2023-09', 0.6],
    ['lev_2_24', '2024-01', 2],
    ['lev_1.5_12', '2023-01', 1.5],
    ['levn_48_2_24', '2024-01', 2],
  ])('in %s is reported with its month %s and with --since', async (name, month, ratio) => {
    const { shifts, warnings, outliers } = await fitOf(name)
    expect(shifts.map((shift) => shift.month)).toEqual([month])
    expect(Math.abs(shifts[0].ratio / ratio - 1)).toBeLessThan(0.08)
    expect(warnings.join()).toContain(`--since ${month}`)
    expect(outliers).toEqual([])
  })

  it('is not reported where the history only grows', async () => {
    for (const name of ['ramp36', 'linear', 'constant']) expect((await fitOf(name)).shifts).toEqual([])
  })
})

describe('the resolution rate', () => {
  const rateOf = async (name: string) => {
    const { resolution, warnings } = await fitOf(name)
    if (!resolution) throw new Error('no rate')
    return { ...resolution, warnings }
  }

  it.each([
    ['rate0', 0, 0.003],
    ['rate_low', 0.0055, 0.0065],
    ['rate_before_live', 0.58, 0.62],
    ['ratewalk', 0.51, 0.55],
  ])('after %s is from %d to %d', async (name, low, high) => {
    const { rate } = await rateOf(name)
    expect(rate.value).toBeGreaterThanOrEqual(low)
    expect(rate.value).toBeLessThanOrEqual(high)
  })

  it('of 0.6% has a standard error, which one month of noise does not exceed', async () => {
    const { rate, noise } = await rateOf('rate_low')
    // 4,201 resolutions in 24 months: counting alone gives 1.5% of 0.58%.
    expect(rate.se).toBeGreaterThan(0.00005)
    expect(rate.se).toBeLessThan(0.0004)
    expect(noise.sd).toBeLessThan(0.0004)
  })

  it('leaves out the months before the AI went live, and says so', async () => {
    const { rate, warnings } = await rateOf('rate_before_live')
    expect(rate.se).toBeLessThan(0.02)
    expect(warnings).toContain(
      'the 12 months before 2024-01 had no resolutions, so the AI was not live yet and the rate is that of the months since',
    )
  })

  it('that is always 0 is an observation', async () => {
    const { rate, warnings } = await rateOf('rate0')
    expect(rate.se).toBeLessThan(0.001)
    expect(warnings.join()).not.toContain('live')
  })

  it.each(['rate0', 'rate_low', 'rate_before_live', 'ratewalk'])('after %s runs as part of a plan', async (name) => {
    const { mean } = await yearAfter(name, name === 'rate0' || name === 'ratewalk' ? '2023-01' : '2025-01')
    expect(mean).toBeGreaterThan(0)
  })

  it('alone is no volume', async () => {
    await expect(fitOf('rateonly')).rejects.toThrow(
      'expected a column of conversations in line 1 of "rateonly.csv", got only a rate ("resolution_rate")',
    )
  })
})
