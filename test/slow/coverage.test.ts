// Intervals of 95 % hold the truth in 95 % of histories whose truth is known, by tests that see the difference to 90 %.
import { describe, expect, it } from 'vitest'
import { fitVolume } from '../../src/forecasting/fit/volume.ts'
import { long } from '../effort.ts'
import { normals, SEASON, type Truth, volumesOf } from '../forecasting/simulated.ts'

const HISTORIES = 400

/** The long tests take every case, the slow ones the first of each kind. */
const casesOf = <T>(all: readonly T[]): readonly T[] => (long ? all : all.slice(0, 1))

/**
 * An interval that covers with probability 95 % holds the truth in fewer than 370 of 400 histories with probability 1.1 %, one that
 * covers with 90 % in 370 or more with probability 5.2 %: sums of the binomial distribution. The seeds are fixed.
 */
const LEAST = 370
const START = 2020 * 12

describe('95% intervals contain the truth of 400 histories as often as they claim', () => {
  it.each(
    casesOf([
      ['five years', 60, { level: 20_000, growth: 0.15, season: SEASON, sd: 0.08, phi: 0.6 }],
      ['five years that hardly hang together', 60, { level: 500, growth: -0.1, season: SEASON, sd: 0.2, phi: 0.2 }],
      ['three years', 36, { level: 20_000, growth: 0.3, season: SEASON, sd: 0.1, phi: 0.5 }],
    ] satisfies [string, number, Truth][]),
  )('for growth, base, noise and autocorrelation of volumes: %s', (_, months, truth) => {
    const normal = normals(11)
    const { level, growth, season, sd, phi } = truth
    const base = level * (1 + growth) ** (months / 12) * (season.reduce((a, b) => a + b) / 12)
    const cv = Math.sqrt(Math.exp(sd * sd) - 1)
    const within = { growth: 0, base: 0, cv: 0, phi: 0 }
    for (let k = 0; k < HISTORIES; k++) {
      const fit = fitVolume(START, volumesOf(truth, months, normal), START + months)
      within.growth += Number(Math.abs(fit.growth.value - growth) < 1.96 * fit.growth.se)
      within.base += Number(Math.abs(Math.log(fit.base.value / base)) < 1.96 * fit.base.se)
      within.cv += Number(fit.cv.range[0] < cv && cv < fit.cv.range[1])
      within.phi += Number(fit.autocorrelation.range[0] < phi && phi < fit.autocorrelation.range[1])
    }
    for (const count of Object.values(within)) expect(count, JSON.stringify(within)).toBeGreaterThanOrEqual(LEAST)
  })
})
