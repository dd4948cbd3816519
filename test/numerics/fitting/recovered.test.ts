// Each family finds its own parameters in 10,000 seeded draws, within four standard errors.
import seedrandom from 'seedrandom'
import { describe, expect, it } from 'vitest'
import { type DistributionSpec, distributionOf } from '../../../src/numerics/distributions/index.ts'
import { Unfit } from '../../../src/numerics/fitting/family.ts'
import { fittedTo } from '../../../src/numerics/fitting/fitted.ts'
import { logLikelihoodOf, observedErrors } from '../../../src/numerics/fitting/likelihood.ts'
import { FITTINGS } from '../../../src/numerics/fitting/list.ts'
import { someOf } from '../../effort.ts'
import { type FitSample, plainSample, sampleOf } from '../../../src/numerics/fitting/sample.ts'

const DRAWS = 10_000

function drawn(spec: DistributionSpec, count = DRAWS, shares = false): FitSample {
  const { quantile } = distributionOf(spec)
  const next = seedrandom(JSON.stringify(spec))
  return sampleOf(
    Float64Array.from({ length: count }, () => {
      const p = next()
      return quantile(p, 1 - p)
    }),
    shares,
  )
}

function fitted({ distribution }: DistributionSpec, sample: FitSample): DistributionSpec {
  const family = FITTINGS[distribution as keyof typeof FITTINGS]
  if (typeof family === 'string') throw new Error(family)
  const found = fittedTo(family, sample)
  if (found instanceof Unfit) throw new Error(found.reason)
  return found
}

const regular: readonly DistributionSpec[] = [
  { distribution: 'normal', mean: 3, sd: 2 },
  { distribution: 'lognormal', mean: 50_000, sd: 9_000 },
  { distribution: 'logitNormal', location: 0.6, scale: 0.2 },
  { distribution: 'beta', alpha: 0.7, beta: 3 },
  { distribution: 'beta', alpha: 400, beta: 200 },
  { distribution: 'gamma', shape: 2.5, scale: 1_200 },
  { distribution: 'gamma', shape: 0.3, scale: 10 },
  { distribution: 'exponential', mean: 3 },
  { distribution: 'weibull', shape: 1.5, scale: 2 },
  { distribution: 'weibull', shape: 0.6, scale: 40 },
  { distribution: 'studentT', df: 4.5, location: 10, scale: 2 },
  { distribution: 'logistic', location: 1, scale: 0.5 },
]

describe.each(regular.map((spec) => [JSON.stringify(spec), spec] as const))('from draws of %s', (_, spec) => {
  const sample = drawn(spec)
  const found = fitted(spec, sample)
  it('the fit finds each parameter within four errors', () => {
    const errors = observedErrors(found, sample)
    if (!errors) throw new Error('expected standard errors')
    for (const [name, error] of Object.entries(errors)) {
      const distance = Math.abs(Number(found[name]) - Number(spec[name])) / error
      expect(distance, `${name}: ${found[name]} ± ${error}`).toBeLessThan(4)
      expect(error / Math.abs(Number(spec[name])), `the error of ${name}`).toBeLessThan(0.15)
    }
  })
  it('the likelihood is largest at the fit', () => {
    const top = logLikelihoodOf(found, sample)
    expect(top).toBeGreaterThan(logLikelihoodOf(spec, sample))
    for (const name of Object.keys(found).filter((key) => key !== 'distribution'))
      for (const by of [0.999, 1.001])
        expect(logLikelihoodOf({ ...found, [name]: Number(found[name]) * by }, sample), `${name} · ${by}`).toBeLessThan(top + 1e-6)
  })
})

it('errors are the known ones of a normal distribution', () => {
  const sample = drawn({ distribution: 'normal', mean: 3, sd: 2 }, 500)
  const errors = observedErrors(fitted({ distribution: 'normal' }, sample), sample)
  expect(errors?.mean).toBeCloseTo(sample.sd / Math.sqrt(500), 5)
  expect(errors?.sd).toBeCloseTo(sample.sd / Math.sqrt(1_000), 4)
})

/** Families whose ends are parameters, and those whose parameters do not compare. */
const others: readonly (readonly [spec: DistributionSpec, draws: number, shares: boolean])[] = [
  [{ distribution: 'uniform', min: -1, max: 3.5 }, DRAWS, false],
  [{ distribution: 'triangular', min: 1, mode: 1.5, max: 3.5 }, DRAWS, false],
  [{ distribution: 'triangular', min: 2, mode: 2, max: 5 }, DRAWS, false],
  [{ distribution: 'pert', min: 10, mode: 30, max: 40 }, DRAWS, false],
  [{ distribution: 'pareto', shape: 3, min: 1 }, DRAWS, false],
  [{ distribution: 'truncatedNormal', mean: 0.65, sd: 0.1, min: 0.5, max: 0.9 }, DRAWS, true],
  [{ distribution: 'metalog', form: 'log', probabilities: [0.1, 0.5, 0.9], values: [40, 50, 65] }, DRAWS, false],
  [{ distribution: 'metalog', form: 'logit', probabilities: [0.1, 0.5, 0.9], values: [0.5, 0.6, 0.75] }, DRAWS, true],
  [{ distribution: 'metalog', form: 'plain', probabilities: [0.1, 0.5, 0.9], values: [-2, 1, 5] }, DRAWS, false],
  [
    {
      distribution: 'mixture',
      components: [
        { distribution: 'normal', mean: 50_000, sd: 3_000 },
        { distribution: 'normal', mean: 70_000, sd: 5_000 },
      ],
      weights: [0.7, 0.3],
    },
    DRAWS,
    false,
  ],
]

it.each(
  someOf(
    others.map(([spec, draws, shares]) => [JSON.stringify(spec), spec, draws, shares] as const),
    3,
  ),
)('the fit finds the quantiles within four errors from draws of %s', (_, spec, draws, shares) => {
  const sample = drawn(spec, draws, shares)
  const [made, truth] = [distributionOf(fitted(spec, sample)), distributionOf(spec)]
  for (const p of [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99]) {
    const x = truth.quantile(p, 1 - p)
    // The error of the sample's own percentile, which no fit of the right family exceeds.
    const error = Math.sqrt((p * (1 - p)) / draws) / Math.exp(truth.logDensity(x))
    expect(Math.abs(made.quantile(p, 1 - p) - x) / error, `P${100 * p}`).toBeLessThan(4)
  }
})

describe('no member of a family has the largest likelihood', () => {
  const unfit = (distribution: keyof typeof FITTINGS, sample: FitSample) => {
    const family = FITTINGS[distribution]
    const found = typeof family === 'string' ? undefined : fittedTo(family, sample)
    return found instanceof Unfit ? found.reason : found
  }
  it('of studentT if the tails are light', () => {
    expect(unfit('studentT', drawn({ distribution: 'uniform', min: 0, max: 1 }, 500))).toContain('no heavier')
  })
  it('of studentT if most values are equal', () => {
    expect(unfit('studentT', plainSample([...new Array<number>(40).fill(5), 1, 2, 3, 9], false))).toContain('most values are equal')
  })
  it('of pareto if its variance would be infinite', () => {
    expect(unfit('pareto', drawn({ distribution: 'exponential', mean: 3 }, 500))).toContain('the variance is infinite')
  })
  it('of truncatedNormal if the values lie more evenly than a normal distribution can', () => {
    expect(unfit('truncatedNormal', sampleOf([0, 0, 0, 1, 2, 3, 4, 4, 4]))).toContain('more evenly')
  })
  it('of discrete if the values differ', () => {
    expect(unfit('discrete', drawn({ distribution: 'exponential', mean: 3 }, 500))).toContain('at most 30')
  })
})
