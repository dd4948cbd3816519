// Bounds of the Anderson-Darling distance for fitted parameters, and fits of rounded values.
import seedrandom from 'seedrandom'
import { describe, expect, it } from 'vitest'
import { type DistributionSpec, distributionOf } from '../../../src/numerics/distributions/index.ts'
import { Unfit, type Family } from '../../../src/numerics/fitting/family.ts'
import { fittedTo } from '../../../src/numerics/fitting/fitted.ts'
import { distances, goodnessOf } from '../../../src/numerics/fitting/goodness.ts'
import { observedErrors } from '../../../src/numerics/fitting/likelihood.ts'
import { FITTINGS } from '../../../src/numerics/fitting/list.ts'
import { type FitSample, sampleOf } from '../../../src/numerics/fitting/sample.ts'

function familyOf(name: keyof typeof FITTINGS): Family {
  const family = FITTINGS[name]
  if (typeof family === 'string') throw new Error(family)
  return family
}

function drawn(spec: DistributionSpec, count: number, seed: string, change: (x: number) => number = (x) => x): FitSample {
  const { quantile } = distributionOf(spec)
  const next = seedrandom(seed)
  return sampleOf(
    Array.from({ length: count }, () => {
      const p = next()
      return change(quantile(p, 1 - p))
    }),
  )
}

function fitted(name: keyof typeof FITTINGS, sample: FitSample): DistributionSpec {
  const found = fittedTo(familyOf(name), sample)
  if (found instanceof Unfit) throw new Error(found.reason)
  return found
}

describe('the distance of a sample from its own fit', () => {
  const [count, samples] = [100, 799]
  // D'Agostino and Stephens (1986), Goodness-of-fit techniques, tables 4.7, 4.14, 4.17 and 4.22, with their corrections for the count.
  it.each([
    ['normal', { distribution: 'normal', mean: 3, sd: 2 }, 0.752 / (1 + 0.75 / count + 2.25 / (count * count))],
    ['exponential', { distribution: 'exponential', mean: 4 }, 1.321 / (1 + 0.6 / count)],
    ['weibull', { distribution: 'weibull', shape: 1.5, scale: 2 }, 0.757 / (1 + 0.2 / Math.sqrt(count))],
    ['logistic', { distribution: 'logistic', location: 1, scale: 2 }, 0.66 / (1 + 0.25 / count)],
  ] as const)('exceeds the published 5% point of %s in 5%% of samples', (name, spec, point) => {
    const found = [...distances(familyOf(name), spec, { count, shares: false }, samples)]
    const error = Math.sqrt((0.05 * 0.95) / found.length)
    expect(Math.abs(found.filter((one) => one > point).length / found.length - 0.05) / error).toBeLessThan(3)
    // With the point of stated parameters, hardly any sample would.
    expect(found.filter((one) => one > 2.492).length).toBeLessThan(0.02 * found.length)
  })
})

describe('the goodness of a fit', () => {
  const goodness = (name: keyof typeof FITTINGS, sample: FitSample) => goodnessOf(familyOf(name), fitted(name, sample), sample)
  const spec = { distribution: 'lognormal', mean: 10, sd: 6 }

  it('is even between 0 and 1 for values of the distribution', () => {
    const found = Array.from({ length: 60 }, (_, k) => goodness('lognormal', drawn(spec, 50, `even ${k}`))?.value ?? Number.NaN)
    const error = 1 / Math.sqrt(12 * found.length)
    // The rule of stopping moves the mean by less than 0.03.
    expect(Math.abs(found.reduce((sum, p) => sum + p / found.length, 0) - 0.5)).toBeLessThan(3 * error + 0.03)
    expect(found.filter((p) => p < 0.05).length).toBeLessThanOrEqual(9)
  })
  it('is small for values of another one, rounded or not', () => {
    for (const change of [(x: number) => x, Math.round])
      expect(goodness('normal', drawn(spec, 400, 'another', change))?.value).toBeLessThan(0.03)
  })
  it('is not small because values are rounded', () => {
    const sample = drawn({ distribution: 'normal', mean: 10, sd: 0.8 }, 2_000, 'rounded', Math.round)
    expect(goodness('normal', sample)?.value).toBeGreaterThan(0.05)
  })
})

describe('a fit of rounded values', () => {
  it.each([
    ['normal', { distribution: 'normal', mean: 10.3, sd: 0.5 }],
    ['lognormal', { distribution: 'lognormal', mean: 2.4, sd: 0.7 }],
    ['gamma', { distribution: 'gamma', shape: 9, scale: 0.3 }],
    ['exponential', { distribution: 'exponential', mean: 0.9 }],
  ] as const)('finds the parameters before rounding, within four errors: %s', (name, spec) => {
    const sample = drawn(spec, 4_000, 'whole', Math.round)
    const found = fitted(name, sample)
    const errors = observedErrors(found, sample)
    if (!errors) throw new Error('expected standard errors')
    for (const [key, error] of Object.entries(errors))
      expect(Math.abs(Number(found[key]) - Number((spec as DistributionSpec)[key])) / error, key).toBeLessThan(4)
  })
  it('does not take the variance of the rounding for that of the values', () => {
    const sample = drawn({ distribution: 'normal', mean: 10.3, sd: 0.5 }, 4_000, 'whole', Math.round)
    // Sheppard (1897): the variance of rounded values is larger by 1 / 12.
    expect(sample.sd).toBeGreaterThan(0.55)
    expect(Number(fitted('normal', sample).sd)).toBeLessThan(0.53)
  })
  it('takes the common unit of the gaps as the width of a cell', () => {
    const repeated = (...values: number[]) => sampleOf(values.flatMap((x) => [x, x, x])).cells?.width
    expect(repeated(1, 3, 6, 10)).toBe(1)
    expect(repeated(0.1, 0.2, 0.4)).toBeCloseTo(0.1, 12)
    expect(repeated(100, 250, 300)).toBe(50)
    expect(repeated(0, 1, Math.PI * Math.SQRT2)).toBe(1)
    expect(sampleOf([1, 2, 3, 4, 5, 6, 7, 8]).cells).toBeUndefined()
  })
})
