// Stretches of probability that a sample may miss, and the errors that they leave, against hand calculations.
import { describe, expect, it } from 'vitest'
import { stretchesOf } from '../../../src/numerics/estimators/stretches.ts'
import { unseenError, unseenExcess, unseenMean, unseenSd, unseenSkewness } from '../../../src/numerics/estimators/unseen.ts'

const near = (value: number) => expect.closeTo(value, 12) as number

describe('stretches that a sample may miss', () => {
  it('of one random sample are the rare values at either end', () => {
    const found = stretchesOf([0.001, 0.5, 0.998, 0.999], { trials: 1_000, strata: 1 })
    expect(found).toEqual([
      { range: [0, 0.001], usual: [0.001, near(0.002)], expected: near(1) },
      { range: [0.998, 0.999], usual: [near(0.997), 0.998], expected: near(1) },
      { range: [0.999, 1], usual: [near(0.997), 0.998], expected: near(1) },
    ])
  })

  it('are none if at least 12 trials are expected in each', () => {
    expect(stretchesOf([0.012, 0.5, 0.988], { trials: 1_001, strata: 1 })).toEqual([])
  })

  it('may lie between two usual values', () => {
    const [one, ...more] = stretchesOf([0.5, 0.501], { trials: 1_000, strata: 1 })
    expect(more).toEqual([])
    expect(one).toMatchObject({ range: [0.5, 0.501], expected: near(1) })
  })

  it('of nets are the parts of a stratum beyond a jump that few replicates draw', () => {
    // 32 nets of 16 points: 0.3 has the fraction 0.8 of the stratum from 0.25 to 0.3125, and 32 · 0.2 = 6.4 nets draw the rest of it.
    const found = stretchesOf([0.3], { trials: 512, strata: 16 })
    expect(found).toEqual([{ range: [0.3, 0.3125], usual: [near(0.2875), 0.3], expected: near(6.4) }])
    expect(stretchesOf([0.25, 0.28], { trials: 512, strata: 16 })).toEqual([])
  })

  it('stand for each other if there are many strata', () => {
    // 400 jumps, each in a stratum of its own, and each with one net in ten beyond it.
    const at = Array.from({ length: 400 }, (_, k) => (k + 1.9) / 1024)
    const found = stretchesOf(at, { trials: 1024 * 40, strata: 1024 })
    expect(found.length).toBeLessThan(80)
    expect(found.reduce((sum, { expected }) => sum + expected, 0)).toBeCloseTo(400 * 40 * 0.1, 6)
  })
})

describe('the error of rare values', () => {
  // A value of 1,000 in place of 10 with probability q, in two of the trials that stand for it.
  const [q, n] = [1e-4, 10_000]
  const values = {
    usual: Float64Array.of(10, 10),
    rare: Float64Array.of(1_000, 1_000),
    weights: Float64Array.of(q / n / 2, q / n / 2),
  }

  it('of a mean is that of a Poisson number of them', () => {
    expect(unseenMean(values)).toBeCloseTo(Math.sqrt(q / n) * 990, 12)
    expect(unseenMean(undefined)).toBe(0)
    expect(unseenExcess(values, 400)).toBeCloseTo(Math.sqrt(q / n) * 600, 12)
    expect(unseenError(values, (value) => 2 * value)).toBeCloseTo(2 * unseenMean(values), 12)
  })

  it('of a standard deviation is exact if one trial is expected and none met it', () => {
    expect(q * n).toBe(1)
    for (const sd of [0, 1, 50]) {
      const exact = Math.sqrt(sd * sd + q * 990 * 990)
      expect(sd + unseenSd(values, 10, sd)).toBeCloseTo(exact, 9)
    }
  })

  it('of a skewness is that of the raised moments, and its influence if the rare value is near', () => {
    const all = { first: 0, second: 4, third: 0 }
    const [second, third] = [4 + q * 990 ** 2, q * 990 ** 3]
    expect(unseenSkewness(values, all, 10)).toBeCloseTo(third / second ** 1.5, 9)
    const close = { ...values, rare: Float64Array.of(12, 12) }
    // The influence of x is ((x − μ)³ − 3σ²(x − μ)) / σ³ without skewness.
    expect(unseenSkewness(close, all, 10)).toBeCloseTo(Math.sqrt(q / n) * Math.abs(8 / 8 - (3 * 2) / 2), 12)
  })
})
