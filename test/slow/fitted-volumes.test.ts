// Volumes whose truth is known, and the real series: level, growth, seasons, noise, outliers, shifts.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { regress } from '../../src/forecasting/fit/autoregression.ts'
import { fitVolume, leastSquaresOf } from '../../src/forecasting/fit/volume.ts'
import { formatMonth, parseMonth } from '../../src/months.ts'
import { normalCdf } from '../closed-forms/mathematics.ts'
import { long, patience } from '../effort.ts'
import { normals, SEASON, volumesOf } from '../forecasting/simulated.ts'

const START = 2020 * 12
const real = readFileSync('examples/data/cfpb-complaints-monthly.csv', 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => Number(line.split(',')[1]))
const JANUARY_2012 = 2012 * 12
const realFit = (since: string, until: string) => {
  const [from, to] = [since, until].map((text) => (parseMonth(text) ?? 0) - JANUARY_2012)
  return fitVolume(JANUARY_2012 + from, real.slice(from, to + 1), JANUARY_2012 + to + 1)
}

describe('generalized least squares', () => {
  it('agrees with the dense covariance, even with gaps', () => {
    const normal = normals(3)
    const at = [0, 1, 2, 5, 6, 9, 10]
    const columns = [Float64Array.from(at, () => 1), Float64Array.from(at)]
    const y = Float64Array.from(at, (m) => 2 + 0.1 * m + normal())
    const phi = 0.6
    const { coefficients, unit, squares } = regress({ columns, y, at }, phi)
    // (X' S⁻¹ X)⁻¹ X' S⁻¹ y with S = φ^|i−j| / (1 − φ²), by plain elimination.
    const S = at.map((a) => at.map((b) => phi ** Math.abs(a - b) / (1 - phi * phi)))
    const inverse = inverted(S)
    const product = (a: ArrayLike<number>, b: ArrayLike<number>) =>
      at.reduce((sum, _, i) => sum + at.reduce((own, __, j) => own + a[i] * inverse[i][j] * b[j], 0), 0)
    const normalMatrix = inverted(columns.map((a) => columns.map((b) => product(a, b))))
    const right = columns.map((column) => product(column, y))
    const expected = normalMatrix.map((row) => row.reduce((sum, value, j) => sum + value * right[j], 0))
    coefficients.forEach((value, k) => expect(value).toBeCloseTo(expected[k], 10))
    normalMatrix.forEach((row, i) => row.forEach((value, j) => expect(unit.get(i, j)).toBeCloseTo(value, 10)))
    const rest = Float64Array.from(y, (value, i) => value - columns.reduce((sum, column, j) => sum + expected[j] * column[i], 0))
    expect(squares).toBeCloseTo(product(rest, rest), 10)
  })
})

function inverted(matrix: readonly (readonly number[])[]): number[][] {
  const n = matrix.length
  const rows = matrix.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))])
  for (let k = 0; k < n; k++) {
    const pivot = rows[k][k]
    rows[k] = rows[k].map((value) => value / pivot)
    for (let i = 0; i < n; i++) {
      const share = rows[i][k]
      if (i !== k) rows[i] = rows[i].map((value, j) => value - share * rows[k][j])
    }
  }
  return rows.map((row) => row.slice(n))
}

describe('a history with a known truth', () => {
  it(
    'ranks of the true growth among what is said of it are uniform',
    () => {
      const fits = long ? 400 : 48
      const normal = normals(5)
      const classes = new Array<number>(8).fill(0)
      for (let k = 0; k < fits; k++) {
        const growth = 0.1 + 0.1 * normal()
        const truth = {
          level: 10_000,
          growth,
          season: SEASON,
          sd: 0.05 + 0.03 * Math.abs(normal()),
          phi: 0.3 + 0.5 * Math.abs(Math.tanh(normal())),
        }
        const { growth: found } = fitVolume(START, volumesOf(truth, 60, normal), START + 60)
        const rank = normalCdf((growth - found.value) / found.se)
        classes[Math.min(7, Math.floor(8 * rank))]++
      }
      const expected = fits / 8
      const chiSquare = classes.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
      // P(χ²₇ > 29.9) = 1e-4.
      expect(chiSquare).toBeLessThan(29.9)
    },
    patience,
  )

  it('is recovered exactly without noise', () => {
    const volumes = volumesOf({ level: 1000, growth: 0.25, season: SEASON, sd: 0, phi: 0 }, 48, () => 0)
    const { base, growth, seasonality, cv } = fitVolume(START, volumes, START + 48)
    const mean = SEASON.reduce((a, b) => a + b) / 12
    expect(growth.value).toBeCloseTo(0.25, 6)
    expect(base.value / (1000 * 1.25 ** 4 * mean)).toBeCloseTo(1, 5)
    seasonality?.forEach((factor, k) => expect(factor).toBeCloseTo(SEASON[k] / mean, 6))
    expect(cv.value).toBeLessThan(1e-5)
  })

  it('has its spike found, which hardly changes the rest of the fit', () => {
    const volumes = volumesOf({ level: 1000, growth: 0.1, season: SEASON, sd: 0.06, phi: 0.5 }, 60, normals(2))
    const plain = fitVolume(START, volumes, START + 60)
    expect(plain.outliers).toEqual([])
    const spiked = volumes.map((value, k) => (k === 33 ? 1.5 * value : value))
    const found = fitVolume(START, spiked, START + 60)
    expect(found.outliers).toHaveLength(1)
    expect(formatMonth(found.outliers[0].month)).toBe('2022-10')
    expect(Math.abs(Math.log(found.outliers[0].ratio / 1.5))).toBeLessThan(4 * plain.innovation)
    expect(Math.abs(found.growth.value - plain.growth.value)).toBeLessThan(0.3 * plain.growth.se)
    expect(Math.abs(found.cv.value / plain.cv.value - 1)).toBeLessThan(0.1)
  })

  it('has a level shift reported with its month', () => {
    const volumes = volumesOf({ level: 1000, growth: 0.1, season: SEASON, sd: 0.06, phi: 0.4 }, 72, normals(4))
    expect(fitVolume(START, volumes, START + 72).shifts).toEqual([])
    const { shifts } = fitVolume(
      START,
      volumes.map((value, k) => (k >= 40 ? 1.4 * value : value)),
      START + 72,
    )
    expect(shifts).toHaveLength(1)
    expect(Math.abs(shifts[0].month - (START + 40))).toBeLessThanOrEqual(1)
    expect(shifts[0].ratio).toBeGreaterThan(1.25)
    expect(shifts[0].ratio).toBeLessThan(1.55)
  })

  it('gives nearly the same fit with gaps', () => {
    const volumes = volumesOf({ level: 1000, growth: 0.1, season: SEASON, sd: 0.06, phi: 0.5 }, 60, normals(6))
    const whole = fitVolume(START, volumes, START + 60)
    const gaps = fitVolume(
      START,
      volumes.map((value, k) => (k === 20 || k === 21 ? Number.NaN : value)),
      START + 60,
    )
    expect(gaps.months).toBe(58)
    expect(Math.abs(gaps.growth.value - whole.growth.value)).toBeLessThan(0.5 * whole.growth.se)
    expect(gaps.ratios).toHaveLength(60)
    expect(gaps.ratios.every((ratio) => ratio > 0.5 && ratio < 2)).toBe(true)
  })

  it('says less about seasons if it is shorter', () => {
    const volumes = volumesOf({ level: 1000, growth: 0, season: SEASON.map(() => 1), sd: 0.1, phi: 0.3 }, 48, normals(8))
    const spread = (factors: readonly number[] = []) => Math.max(...factors) - Math.min(...factors)
    const [none, shrunk, free] = [17, 24, 48].map((months) => fitVolume(START, volumes.slice(0, months), START + months))
    expect(none.seasonality).toBeUndefined()
    expect(none.warnings.join()).toContain('17 months are too few to estimate seasons (18 are needed), so the plan has none')
    expect(shrunk.warnings.join()).toContain('the seasonal effects are reduced')
    expect(free.warnings).toEqual([])
    // Where there is no season the means of two Januaries, two Februaries … show one; the fits hardly do.
    const flat = Array.from({ length: 10 }, (_, seed) =>
      volumesOf({ level: 1000, growth: 0, season: SEASON.map(() => 1), sd: 0.1, phi: 0.3 }, 24, normals(seed)),
    )
    const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0)
    const means = sum(flat.map((own) => spread(SEASON.map((_, k) => (own[k] + own[k + 12]) / 2000))))
    expect(sum(flat.map((own) => spread(fitVolume(START, own, START + 24).seasonality)))).toBeLessThan(0.5 * means)
    for (const { seasonality } of [shrunk, free]) expect((seasonality ?? []).reduce((a, b) => a + b, 0) / 12).toBeCloseTo(1, 12)
  })

  it('gives a level, a wide growth and no season from six months', () => {
    const { growth, base, seasonality } = fitVolume(START, [1000, 1020, 990, 1050, 1030, 1060], START + 6)
    expect(seasonality).toBeUndefined()
    expect(growth.se).toBeGreaterThan(0.1)
    expect(growth.se).toBeLessThan(1)
    expect(base.value).toBeGreaterThan(900)
    expect(base.value).toBeLessThan(1300)
  })
})

describe('the complaints of 2013 to 2019', () => {
  it('match the reference by least squares', () => {
    const found = leastSquaresOf(2013 * 12, real.slice(12, 96))
    expect(found.growth).toBeCloseTo(0.163, 3)
    expect(found.sd).toBeCloseTo(0.104, 3)
    expect(found.lag1).toBeCloseTo(0.71, 2)
    expect(found.innovation).toBeCloseTo(0.068, 3)
  })

  it('grow by 16% in the model, with the seasons of the reference and one spike', () => {
    const { growth, seasonality, cv, outliers, months } = realFit('2013-01', '2019-12')
    expect(months).toBe(84)
    expect(Math.abs(growth.value - 0.16)).toBeLessThan(0.005)
    expect(outliers.map(({ month }) => formatMonth(month))).toEqual(['2017-09'])
    expect(outliers[0].ratio).toBeCloseTo(1.38, 2)
    expect(cv.value).toBeGreaterThan(0.08)
    expect(cv.value).toBeLessThan(0.12)
    // The reference leaves the spike in: a seventh of its log is in September.
    const reference = [1.04, 0.99, 1.08, 1.04, 1.0, 0.98, 1.04, 1.06, 1.02 / 1.38 ** (1 / 7), 1.01, 0.89, 0.88]
    const mean = reference.reduce((a, b) => a + b) / 12
    seasonality?.forEach((factor, k) => expect(Math.abs(factor - reference[k] / mean)).toBeLessThan(0.012))
  })

  it('show the break of 2020 if they include 2022', () => {
    for (const since of ['2012-01', '2013-01']) {
      const { shifts } = realFit(since, '2022-12')
      expect(shifts.some(({ month, ratio }) => formatMonth(month).startsWith('2020') && ratio > 1.25)).toBe(true)
    }
  })
})
