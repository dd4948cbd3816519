// Fits of resolution rates. test/slow/rates.test.ts checks how often their intervals hold the truth.
import { describe, expect, it } from 'vitest'
import { givenFiles } from '../../src/api/given.ts'
import { fittedDrivers } from '../../src/forecasting/fit/drivers.ts'
import { fitRate } from '../../src/forecasting/fit/rate.ts'
import { fitVolume } from '../../src/forecasting/fit/volume.ts'
import { rateMoments } from '../../src/forecasting/ensemble/rate-moments.ts'
import { fitRates, knownRates, ratedMonths } from '../../src/forecasting/ensemble/rates.ts'
import { readScenario } from '../../src/scenario/read.ts'
import { resolve } from '../../src/scenario/resolve/resolve.ts'
import { normals, SEASON, volumesOf } from './simulated.ts'
import { resolved } from './simulated-rates.ts'

const FIRST = 2021 * 12
const counted = (conversations: readonly number[], resolutions: readonly number[]) => ({ first: FIRST, conversations, resolutions })
const alike = (months: number, count: number, share: number) =>
  counted(
    Array.from({ length: months }, () => count),
    Array.from({ length: months }, () => count * share),
  )

describe('a history of resolutions', () => {
  it('below six months gets no fit', () => {
    expect(fitRate(alike(5, 100, 0.5), FIRST + 5)).toBeUndefined()
  })

  it('that never changes gets almost no noise and no improvement', () => {
    const fit = fitRate(alike(12, 1e6, 0.6), FIRST + 12)
    expect(fit?.rate.value).toBeCloseTo(0.6, 5)
    expect(Math.abs(fit?.improvement.value ?? 1)).toBeLessThan(1e-6)
    expect(fit?.noise.sd).toBeLessThan(0.001)
  })

  it('states the next month and the mean of the year that the ensemble expects', () => {
    const counts = counted(...resolved({ months: 30, count: 3000, trend: (m) => 0.3 + 0.01 * m, sd: 0.02, phi: 0.3 }, normals(4)))
    const { mean } = rateMoments(fitRates(counts, 12))
    const fit = fitRate(counts, FIRST + 30)
    expect(fit?.rate.value).toBeCloseTo(mean[0], 12)
    expect((fit?.rate.value ?? 0) + 5.5 * (fit?.improvement.value ?? 0)).toBeCloseTo(mean.reduce((a, b) => a + b) / 12, 12)
  })

  it('that varies more than a rate near 100% can gets a plan with less noise, which can be read', async () => {
    const volume = fitVolume(
      2024 * 12,
      volumesOf({ level: 20_000, growth: 0, season: SEASON, sd: 0.07, phi: 0.5 }, 36, normals(3)),
      2027 * 12,
    )
    const rate = { value: 0.99, se: 0.001 }
    const noise = { sd: 0.3, autocorrelation: 0.2 }
    const fit = { months: 36, rate, improvement: { value: 0, se: 0 }, correlation: 0, noise, innovations: [], warnings: [] }
    const { conversations, resolution } = fittedDrivers(volume, fit)
    // A rate with a mean of 99% has a standard deviation below 9.95 points.
    expect(resolution?.noise).toEqual({ sd: expect.stringMatching(/^8\.95\d*pt$/), autocorrelation: 0.2 })
    const plan = { start: '2027-01', conversations, resolution, offers: { a: { charges: [{ meter: 'resolutions', price: 1 }] } } }
    await expect(resolve(readScenario(plan), givenFiles())).resolves.toBeDefined()
  })

  it('near 100% gets a rate between 0% and 100% with the fitted mean', () => {
    const volume = fitVolume(FIRST, new Array<number>(24).fill(40), FIRST + 24)
    const fit = fitRate(alike(24, 40, 0.975), FIRST + 24)
    expect(fittedDrivers(volume, fit).resolution?.rate).toMatch(/^betaMean\(9[67]\.\d+%, \d\.\d+%\)$/)
  })
})

describe('a month of a rate', () => {
  it('with many conversations is its log-odds with the variance of counting', () => {
    const { z, middle, counting } = knownRates(alike(3, 1e6, 0.8), [0, 1, 2])
    expect(z[1] + middle).toBeCloseTo(Math.log(4), 4)
    expect(counting[1] * 1e6 * 0.8 * 0.2).toBeCloseTo(1, 4)
  })

  it('that resolves all of few conversations is finite', () => {
    const { z, counting } = knownRates(counted([5, 5, 5], [5, 5, 5]), [0, 1, 2])
    for (const value of [...z, ...counting]) expect(Number.isFinite(value)).toBe(true)
  })

  it('without resolutions counts if it can be chance', () => {
    const rare = counted([100, 100, 100, 100, 100, 100, 100], [0, 1, 0, 1, 0, 1, 1])
    expect(ratedMonths(rare)).toEqual({ places: [0, 1, 2, 3, 4, 5, 6], early: 0 })
    expect(ratedMonths(counted([900, 900, 900, 900], [0, 0, 500, 520]))).toEqual({ places: [2, 3], early: 2 })
  })

  it('that the others do not explain is left out, and the fit says so', () => {
    const [conversations, resolutions] = resolved({ months: 36, count: 5000, trend: () => 0.6, sd: 0.01, phi: 0 }, normals(2))
    resolutions[20] = 1000
    const fit = fitRate(counted(conversations, resolutions), FIRST + 36)
    expect(fit?.warnings).toEqual([
      'the resolution rate of 2022-09, 20.0%, does not fit the other months, and the fit of the rate leaves it out',
    ])
    expect(Math.abs((fit?.rate.value ?? 0) - 0.6)).toBeLessThan(0.01)
  })
})
