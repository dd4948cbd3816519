// Fits of simulated resolution rates: improvement, ceiling and noise. test/slow/coverage.test.ts checks the coverage of their intervals.
import { describe, expect, it } from 'vitest'
import { givenFiles } from '../../src/api/given.ts'
import { fittedDrivers } from '../../src/forecasting/fit/drivers.ts'
import { fitRate } from '../../src/forecasting/fit/rate.ts'
import { fitVolume } from '../../src/forecasting/fit/volume.ts'
import { readScenario } from '../../src/scenario/read.ts'
import { resolve } from '../../src/scenario/resolve/resolve.ts'
import { normals, SEASON, volumesOf } from './simulated.ts'
import { resolved } from './simulated-rates.ts'

describe('a history of resolutions', () => {
  it('gets a ceiling only if it bends', () => {
    const bent = { months: 36, count: 30_000, trend: (m: number) => 0.8 - 0.4 * Math.exp(-0.1 * m), sd: 0.01, phi: 0.3 }
    const fit = fitRate(0, ...resolved(bent, normals(1)), 36)
    expect(fit?.ceiling).toBeDefined()
    expect(Math.abs((fit?.ceiling?.value ?? 0) - 0.8)).toBeLessThan(3 * (fit?.ceiling?.se ?? 0))
    expect(Math.abs((fit?.rate.value ?? 0) - bent.trend(36))).toBeLessThan(3 * (fit?.rate.se ?? 0))
    const straight = { ...bent, trend: (m: number) => 0.5 + 0.005 * m }
    for (const seed of [1, 2, 3, 4, 5]) expect(fitRate(0, ...resolved(straight, normals(seed)), 36)?.ceiling).toBeUndefined()
  })

  it('below six months gets no fit', () => {
    expect(fitRate(0, [100, 100, 100, 100, 100], [50, 50, 50, 50, 50], 5)).toBeUndefined()
  })

  it('that never changes gets almost no noise and no improvement', () => {
    const counts = new Array<number>(12).fill(1e6)
    const fit = fitRate(
      0,
      counts,
      counts.map((n) => 0.6 * n),
      12,
    )
    expect(fit?.rate.value).toBeCloseTo(0.6, 6)
    expect(fit?.improvement.value).toBeCloseTo(0, 8)
    expect(fit?.noise.sd).toBeLessThan(0.001)
  })

  it('that varies more than a rate near 100% can gets a plan with less noise, which can be read', async () => {
    const volume = fitVolume(
      2024 * 12,
      volumesOf({ level: 20_000, growth: 0, season: SEASON, sd: 0.07, phi: 0.5 }, 36, normals(3)),
      2027 * 12,
    )
    const rate = { value: 0.99, se: 0.001 }
    const fit = { months: 36, rate, improvement: { value: 0, se: 0 }, correlation: 0, noise: { sd: 0.3, autocorrelation: 0.2 } }
    const { conversations, resolution } = fittedDrivers(volume, fit)
    // A rate with a mean of 99% has a standard deviation below 9.95 points.
    expect(resolution?.noise).toEqual({ sd: expect.stringMatching(/^8\.95\d*pt$/), autocorrelation: 0.2 })
    const plan = { start: '2027-01', conversations, resolution, offers: { a: { charges: [{ meter: 'resolutions', price: 1 }] } } }
    await expect(resolve(readScenario(plan), givenFiles())).resolves.toBeDefined()
  })
})
