// Resolution rates whose truth is known: start, improvement, ceiling, and noise beyond binomial chance.
import { describe, expect, it } from 'vitest'
import { fitRate } from '../../src/forecasting/fit/rate.ts'
import { long, patience } from '../effort.ts'
import { normals } from './simulated.ts'

interface Truth {
  readonly months: number
  readonly count: number
  readonly trend: (month: number) => number
  /** Of the rate at its start, in points as a fraction. */
  readonly sd: number
  readonly phi: number
}

function resolved({ months, count, trend, sd, phi }: Truth, normal: () => number): [number[], number[]] {
  const start = trend(0)
  const tau = sd / (start * (1 - start))
  let state = tau * normal()
  const counts = Array.from({ length: months }, () => count)
  const resolutions = counts.map((n, m) => {
    if (m > 0) state = phi * state + tau * Math.sqrt(1 - phi * phi) * normal()
    const rate = 1 / (1 + Math.exp(-(Math.log(trend(m) / (1 - trend(m))) + state)))
    return Math.min(n, Math.max(0, Math.round(n * rate + Math.sqrt(n * rate * (1 - rate)) * normal())))
  })
  return [counts, resolutions]
}

describe('a history of resolutions', () => {
  const reps = long ? 500 : 25

  it.each([
    ['two years with noise', { months: 24, count: 20_000, trend: (m: number) => 0.55 + 0.006 * m, sd: 0.02, phi: 0.6 }],
    ['three years of few conversations', { months: 36, count: 300, trend: (m: number) => 0.4 + 0.003 * m, sd: 0.005, phi: 0 }],
  ] satisfies [string, Truth][])(
    '%s: start and improvement lie in their intervals in 95 % of histories',
    (_, truth) => {
      const normal = normals(17)
      const { months, trend } = truth
      let [starts, slopes, sd] = [0, 0, 0]
      for (let rep = 0; rep < reps; rep++) {
        const fit = fitRate(0, ...resolved(truth, normal), months)
        if (!fit) throw new Error('no fit')
        starts += Number(Math.abs(fit.rate.value - trend(months)) < 1.96 * fit.rate.se)
        slopes += Number(Math.abs(fit.improvement.value - (trend(1) - trend(0))) < 1.96 * fit.improvement.se)
        sd += fit.noise.sd / reps
      }
      const slack = 4 * Math.sqrt((0.95 * 0.05) / reps) + 0.01
      expect(starts / reps).toBeGreaterThan(0.95 - slack)
      expect(slopes / reps).toBeGreaterThan(0.95 - slack)
      // What binomial chance explains is no noise: with 300 conversations it is 2.8 points by itself, beside
      // which half of that cannot be told from none.
      expect(sd).toBeGreaterThan(0.4 * truth.sd)
      expect(sd).toBeLessThan(Math.max(1.4 * truth.sd, 0.5 * 0.028))
    },
    patience,
  )

  it('that bends has a ceiling, one that does not has none', () => {
    const bent = { months: 36, count: 30_000, trend: (m: number) => 0.8 - 0.4 * Math.exp(-0.1 * m), sd: 0.01, phi: 0.3 }
    const fit = fitRate(0, ...resolved(bent, normals(1)), 36)
    expect(fit?.ceiling).toBeDefined()
    expect(Math.abs((fit?.ceiling?.value ?? 0) - 0.8)).toBeLessThan(3 * (fit?.ceiling?.se ?? 0))
    expect(Math.abs((fit?.rate.value ?? 0) - bent.trend(36))).toBeLessThan(3 * (fit?.rate.se ?? 0))
    const straight = { ...bent, trend: (m: number) => 0.5 + 0.005 * m }
    for (const seed of [1, 2, 3, 4, 5]) expect(fitRate(0, ...resolved(straight, normals(seed)), 36)?.ceiling).toBeUndefined()
  })

  it('of fewer than six months says nothing', () => {
    expect(fitRate(0, [100, 100, 100, 100, 100], [50, 50, 50, 50, 50], 5)).toBeUndefined()
  })

  it('that never changes has next to no noise and no improvement', () => {
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
