// The noise of a history as words and drawn past deviations state it.
import { describe, expect, it } from 'vitest'
import { fitHistory } from '../../src/forecasting/fit/per-day.ts'
import { normals, SEASON, volumesOf } from './simulated.ts'

const FIRST = 2024 * 12
const steady = volumesOf({ level: 10_000, growth: 0, season: SEASON, sd: 0.03, phi: 0.3 }, 36, normals(3))
const stepped = steady.map((volume, k) => (k < 17 ? volume : 1.6 * volume))

describe('the noise of a history with a step', () => {
  const [fit, without] = [stepped, steady].map((volumes) => fitHistory({ first: FIRST, volumes, days: false }, FIRST + 36))

  it('is that of the same months without the step', () => {
    expect(fit.shifts).toHaveLength(1)
    expect(without.shifts).toEqual([])
    for (const end of [0, 1]) expect(fit.cv.range[end] / without.cv.range[end]).toBeCloseTo(1, 0)
    // The true noise is 3%, and the step of 60% would be noise of 20% and more.
    expect(fit.cv.range[0]).toBeLessThan(0.03)
    expect(fit.cv.range[1]).toBeLessThan(0.1)
  })

  it('deviates without the step too, when past deviations are drawn', () => {
    for (const ratio of fit.ratios) expect(Math.abs(ratio - 1)).toBeLessThan(0.12)
  })

  it('has an interval that contains it', () => {
    for (const { cv, autocorrelation } of [fit, without])
      for (const { value, range } of [cv, autocorrelation]) {
        expect(range[0]).toBeLessThanOrEqual(value)
        expect(range[1]).toBeGreaterThanOrEqual(value)
      }
  })
})
