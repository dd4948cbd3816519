// Intervals of 95 % hold the truth in 95 % of histories whose truth is known, by tests that see the difference to 90 %.
import { describe, expect, it } from 'vitest'
import { fitRate } from '../../src/forecasting/fit/rate.ts'
import { fitVolume } from '../../src/forecasting/fit/volume.ts'
import { long } from '../effort.ts'
import { normals, SEASON, type Truth, volumesOf } from '../forecasting/simulated.ts'
import { type RateTruth, resolved } from '../forecasting/simulated-rates.ts'

const HISTORIES = 400

/** The long tests take every case, the slow ones the first of each kind. */
const casesOf = <T>(all: readonly T[]): readonly T[] => (long ? all : all.slice(0, 1))

/**
 * An interval that covers with probability 95 % holds the truth in fewer than 370 of 400 histories with probability 1.1 %, one that
 * covers with 90 % in 370 or more with probability 5.2 %: sums of the binomial distribution. The seeds are fixed.
 */
const LEAST = 370
/**
 * Of 24 months with an estimated trend and an estimated autocorrelation, some 20 degrees of freedom are left: 1.96 standard errors then
 * cover 93.6 % (Student's t). Fewer than 363 of 400 have a probability of 1.1 %; at 90 %, 363 or more one of 35 %.
 */
const LEAST_OF_TWO_YEARS = 363

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

  it.each(
    casesOf([
      [
        'two years with noise',
        LEAST_OF_TWO_YEARS,
        { months: 24, count: 20_000, trend: (m: number) => 0.55 + 0.006 * m, sd: 0.02, phi: 0.6 },
      ],
      [
        'three years of few conversations',
        LEAST,
        { months: 36, count: 300, trend: (m: number) => 0.4 + 0.003 * m, sd: 0.005, phi: 0 },
      ],
    ] satisfies [string, number, RateTruth][]),
  )('for start and improvement of a rate: %s', (_, least, truth) => {
    const normal = normals(17)
    const { months, trend } = truth
    let sd = 0
    const within = { start: 0, improvement: 0 }
    for (let k = 0; k < HISTORIES; k++) {
      const fit = fitRate(0, ...resolved(truth, normal), months)
      if (!fit) throw new Error('no fit')
      within.start += Number(Math.abs(fit.rate.value - trend(months)) < 1.96 * fit.rate.se)
      within.improvement += Number(Math.abs(fit.improvement.value - (trend(1) - trend(0))) < 1.96 * fit.improvement.se)
      sd += fit.noise.sd / HISTORIES
    }
    for (const count of Object.values(within)) expect(count, JSON.stringify(within)).toBeGreaterThanOrEqual(least)
    // Binomial chance is not noise. With 300 conversations, it alone is 2.8 points, next to noise
    // half of which cannot be distinguished from none.
    expect(sd).toBeGreaterThan(0.4 * truth.sd)
    expect(sd).toBeLessThan(Math.max(1.4 * truth.sd, 0.5 * 0.028))
  })
})
