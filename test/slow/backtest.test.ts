// Whether intervals cover: on histories that the model describes, and on the real series with its calm years and its break.
import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Backtest, backtestOf as backtest } from '../../src/questions/backtest/backtest.ts'
import type { Scores } from '../../src/questions/backtest/cases.ts'
import { formatMonth } from '../../src/months.ts'
import { normals, SEASON, volumesOf } from '../forecasting/simulated.ts'
import { long, patience } from '../effort.ts'

const real = readFileSync('examples/data/cfpb-complaints-monthly.csv', 'utf8')

describe('on the real series', () => {
  let all: Backtest
  beforeAll(async () => {
    all = await backtest(real, { name: 'complaints', since: '2013-01', trials: 1_024 })
  }, 6 * patience)

  it('starts 24 months after the first one known, and ends where a year is left to compare', () => {
    expect([all.origins[0], all.origins[all.origins.length - 1]]).toEqual(['2015-01', '2022-01'])
    expect(all.origins).toHaveLength(85)
    expect(all.months.map(({ ahead }) => ahead)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
    expect(all.cases).toHaveLength(85 * 13)
  })

  it('the 80% intervals of a year cover 70% to 90% of the calm starts, and the fit beats both simple forecasts by 15%', () => {
    // A start knows nothing of what comes after it: those to 2019-01 are the same with or without the years behind.
    const calm = all.cases.filter(({ ahead, origin }) => ahead === 0 && origin <= '2019-01')
    expect(calm).toHaveLength(49)
    const covered = calm.filter(({ pit }) => Math.abs(pit - 0.5) <= 0.4).length / 49
    expect(covered).toBeGreaterThan(0.7)
    expect(covered).toBeLessThan(0.9)
    const sum = (of: keyof Scores) => calm.reduce((total, { crps }) => total + crps[of], 0)
    expect(sum('model')).toBeLessThan(0.85 * sum('growthNaive'))
    expect(sum('model')).toBeLessThan(0.85 * sum('flat'))
  })

  it('through 2022 the fit still beats the simple forecasts, and shows the break', () => {
    const { annual, years, shifts, words } = all
    expect(annual.crps.model).toBeLessThan(0.85 * annual.crps.growthNaive)
    expect(annual.crps.model).toBeLessThan(0.85 * annual.crps.flat)
    expect(annual.coverage['80']).toBeLessThan(0.8)
    expect(shifts.some(({ month }) => month.startsWith('2020'))).toBe(true)
    const of2020 = years.find(({ year }) => year === 2020)
    expect(of2020?.meanErrorShare).toBeLessThan(-0.05)
    expect(words[0]).toMatch(
      /^The 80% intervals for the annual total are not shown to be wrong: they covered the actual value in 6\d% ± \d+% of 85 past forecasts\.$/,
    )
    expect(
      words.some((sentence) => /^From 2020-0\d, volumes are \d\d% higher than the earlier level and trend/.test(sentence)),
    ).toBe(true)
  })

  it('the summary agrees with the cases', () => {
    const sums = all.cases.filter(({ ahead }) => ahead === 0)
    const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length
    expect(all.annual.meanError).toBeCloseTo(mean(sums.map(({ mean: own, actual }) => own - actual)), 6)
    expect(all.annual.crps.model).toBeCloseTo(mean(sums.map(({ crps }) => crps.model)), 6)
    expect(all.annual.pit.reduce((a, b) => a + b, 0)).toBe(85)
    for (const { percentiles, pit, actual } of sums.slice(0, 20)) {
      expect([...percentiles].sort((a, b) => a - b)).toEqual(percentiles)
      // Inside the middle 80 % by one is inside by the other.
      if (Math.abs(pit - 0.1) > 0.002 && Math.abs(pit - 0.9) > 0.002)
        expect(percentiles[1] < actual && actual < percentiles[5]).toBe(pit > 0.1 && pit < 0.9)
    }
    expect(sums[0].actual).toBe(168_273)
  })
})

it.runIf(long)(
  'on histories that the model describes, intervals cover what they say',
  async () => {
    const histories = 60
    const normal = normals(31)
    let [covered, of, months, ofMonths] = [0, 0, 0, 0]
    for (let k = 0; k < histories; k++) {
      const rows = volumesOf({ level: 20_000, growth: 0.12, season: SEASON, sd: 0.08, phi: 0.6 }, 84, normal).map((volume, m) => ({
        month: formatMonth(2018 * 12 + m),
        conversations: volume,
      }))
      // Starts a year apart share no months.
      const { cases } = await backtest(rows, { from: '2021-01', trials: 1_024 })
      for (const { origin, ahead, pit } of cases) {
        if (!origin.endsWith('-01')) continue
        const inside = Math.abs(pit - 0.5) <= 0.4 ? 1 : 0
        if (ahead === 0) [covered, of] = [covered + inside, of + 1]
        else [months, ofMonths] = [months + inside, ofMonths + 1]
      }
    }
    expect(of).toBe(4 * histories)
    const slack = 4 * Math.sqrt((0.8 * 0.2) / of)
    expect(Math.abs(covered / of - 0.8)).toBeLessThan(slack)
    // Months of one year go together: a twelfth of them is worth half.
    expect(Math.abs(months / ofMonths - 0.8)).toBeLessThan(slack)
  },
  patience,
)

describe('a backtest', () => {
  it('gives the same bits for the same history and seed', async () => {
    const once = () => backtest(real, { since: '2016-01', until: '2019-12', from: '2018-06', trials: 1_024, seed: 'a' })
    expect(await once()).toEqual(await once())
  })

  it.each([
    [
      { since: '2020-01', until: '2022-06' },
      'a backtest needs 24 months to learn from and 12 months to compare with: expected at least 36 months since 2020-01, got 30',
    ],
    [
      { since: '2013-01', from: '2014-06' },
      'from: expected 2015-01 or later, since a forecast needs the 24 months before it, got 2014-06',
    ],
    [{ from: '2014' }, 'from: expected a month such as 2019-01, got "2014"'],
    [{ horizon: 0 }, 'horizon: expected a whole number of months from 1 to 36, got 0'],
    [{ trials: 10 }, 'trials: expected a whole number from 1,024 to 1,048,576, got 10'],
    [{ columns: { conversations: 'x' } }, 'history: expected a column "x" for conversations in line 1'],
  ])('refuses %o', async (options, message) => {
    await expect(backtest(real, options)).rejects.toThrow(message)
  })

  it('stops on request', async () => {
    const controller = new AbortController()
    const running = backtest(real, { signal: controller.signal, onProgress: (done) => done === 2 && controller.abort() })
    await expect(running).rejects.toThrow()
  })
})
