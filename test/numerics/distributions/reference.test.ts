import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { distributionOf } from '../../../src/numerics/distributions/index.ts'

interface Row {
  distribution: string
  parameters: Record<string, unknown>
  p: number[]
  quantile: number[]
  mean?: number
  sd?: number
}
const file = JSON.parse(readFileSync(new URL('../../reference/distributions.json', import.meta.url), 'utf8'))
const known: Row[] = file.continuous

describe('quantiles agree with SciPy and mpmath', () => {
  for (const row of known) {
    const { distribution, parameters } = row
    const name = distribution === 'beta' && 'mean' in parameters ? 'betaMean' : distribution
    it(`${name}(${JSON.stringify(parameters)}) agrees to 1e-10 in the body, 1e-8 in the tails, and 1e-10 in mean and sd`, () => {
      const distribution = distributionOf({ ...parameters, distribution: name })
      row.p.forEach((p, k) => {
        const exact = row.quantile[k]
        // The file's own accuracy for t is about 3e-9: the closed form below decides there.
        const bound = p > 1e-4 && p < 1 - 1e-4 && name !== 'studentT' ? 1e-10 : 1e-8
        // Beyond the rounding of 1 − p itself nothing can be asked of the upper tail.
        const rounding = name.startsWith('beta') && exact === 1 ? 1e-9 : 0
        expect(
          Math.abs(distribution.quantile(p, 1 - p) - exact),
          `p = ${p}: ${distribution.quantile(p, 1 - p)} for ${exact}`,
        ).toBeLessThanOrEqual(bound * Math.abs(exact) + rounding + 1e-16)
      })
      if (row.mean !== undefined)
        expect(Math.abs(distribution.mean - row.mean)).toBeLessThanOrEqual(1e-10 * Math.abs(row.mean) + 1e-15)
      if (row.sd !== undefined) expect(Math.abs(distribution.sd - row.sd)).toBeLessThanOrEqual(1e-10 * row.sd)
    })
    it(`${name}(${JSON.stringify(parameters)}) has a distribution function that undoes the quantile`, () => {
      const distribution = distributionOf({ ...parameters, distribution: name })
      for (const p of [1e-6, 0.01, 0.3, 0.5, 0.77, 0.999])
        expect(distribution.cdf(distribution.quantile(p, 1 - p))).toBeCloseTo(p, 11)
    })
    it(`${name}(${JSON.stringify(parameters)}) is finite from 1e-19 to 1 − 1e-19`, () => {
      const distribution = distributionOf({ ...parameters, distribution: name })
      expect(Number.isFinite(distribution.quantile(1e-19, 1))).toBe(true)
      expect(Number.isFinite(distribution.quantile(1, 1e-19))).toBe(true)
    })
  }
})

describe('Student’s t with 4 degrees of freedom', () => {
  it('has P(|T| > t) = 1 − √(1 − x) (1 + x/2), x = 4/(4 + t²)', () => {
    const distribution = distributionOf({ distribution: 'studentT', df: 4, location: 0, scale: 1 })
    for (const p of [0.001, 0.01, 0.05, 0.1, 0.25, 0.4]) {
      const x = 4 / (4 + distribution.quantile(p, 1 - p) ** 2)
      expect((1 - Math.sqrt(1 - x) * (1 + x / 2)) / 2).toBeCloseTo(p, 13)
    }
  })
})

describe('discrete distributions', () => {
  it('a discrete distribution takes each value with its weight', () => {
    const distribution = distributionOf({ distribution: 'discrete', values: [3, 1, 2], weights: [1, 2, 1] })
    expect([0.1, 0.5, 0.51, 0.75, 0.76, 1].map((p) => distribution.quantile(p, 1 - p))).toEqual([1, 1, 2, 2, 3, 3])
    expect(distribution.mean).toBe(1.75)
  })
  it('a mixture of a point and a uniform has the mass of the point and the flat part of the uniform', () => {
    const distribution = distributionOf({
      distribution: 'mixture',
      components: [5, { distribution: 'uniform', min: 0, max: 1 }],
      weights: [1, 3],
    })
    expect(distribution.quantile(0.375, 0.625)).toBeCloseTo(0.5, 14)
    expect(distribution.quantile(0.9, 0.1)).toBe(5)
    expect(distribution.kinks).toEqual([0.75])
    expect(distribution.mean).toBeCloseTo(0.375 + 1.25, 14)
  })
})

describe('a parameter outside its range is refused by name', () => {
  it.each([
    [{ distribution: 'normal', mean: 0, sd: 0 }, 'sd: expected a finite number above 0, got 0'],
    [{ distribution: 'uniform', min: 2, max: 1 }, 'max: expected a number above min (2), got 1'],
    [{ distribution: 'triangular', min: 0, mode: 3, max: 2 }, 'mode: expected a number from min (0) to max (2), got 3'],
    [{ distribution: 'studentT', df: 2, location: 0, scale: 1 }, 'df: expected a number above 2'],
    [{ distribution: 'pareto', shape: Number.NaN, min: 1 }, 'shape: expected a number above 2'],
    [{ distribution: 'betaMean', mean: 0.5, sd: 0.5 }, 'sd: expected a number above 0 and below 0.5'],
    [{ distribution: 'discrete', values: [1], weights: [0] }, 'weights: expected at least one above 0'],
  ])('such as %j', (spec, message) => {
    expect(() => distributionOf(spec)).toThrow(message)
  })
})
