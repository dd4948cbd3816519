// Fits of simulated resolution rates: improvement, ceiling and noise. test/slow/coverage.test.ts checks the coverage of their intervals.
import { describe, expect, it } from 'vitest'
import { fitRate } from '../../src/forecasting/fit/rate.ts'
import { normals } from './simulated.ts'
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
})
