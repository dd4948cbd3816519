import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Distribution, type DistributionSpec, distributionOf } from '../../../src/numerics/distributions/index.ts'

const specs: DistributionSpec[] = [
  { distribution: 'normal', mean: 3, sd: 2 },
  { distribution: 'lognormal', mean: 50_000, sd: 9000 },
  { distribution: 'logitNormal', location: 0.6, scale: 0.2 },
  { distribution: 'truncatedNormal', mean: 0.65, sd: 0.1, min: 0.5, max: 0.9 },
  { distribution: 'uniform', min: -1, max: 3.5 },
  { distribution: 'triangular', min: 1, mode: 1.5, max: 3.5 },
  { distribution: 'triangular', min: 1, mode: 1, max: 3.5 },
  { distribution: 'pert', min: 1, mode: 1.5, max: 3.5 },
  { distribution: 'beta', alpha: 0.5, beta: 0.7 },
  { distribution: 'betaMean', mean: 0.65, sd: 0.03 },
  { distribution: 'betaMean', mean: 0.65, sd: 0.0005 },
  { distribution: 'gamma', shape: 2.5, scale: 1200 },
  { distribution: 'gamma', shape: 50_000, scale: 1 },
  { distribution: 'exponential', mean: 3 },
  { distribution: 'weibull', shape: 1.5, scale: 2 },
  { distribution: 'pareto', shape: 3, min: 1 },
  { distribution: 'studentT', df: 4.5, location: 10, scale: 2 },
  { distribution: 'logistic', location: 1, scale: 0.5 },
  { distribution: 'metalog', form: 'plain', probabilities: [0.1, 0.5, 0.9], values: [-2, 1, 5] },
  { distribution: 'metalog', form: 'log', probabilities: [0.1, 0.5, 0.9], values: [40, 50, 65] },
  { distribution: 'metalog', form: 'logit', probabilities: [0.1, 0.5, 0.9], values: [0.5, 0.6, 0.75] },
  {
    distribution: 'mixture',
    components: [
      { distribution: 'normal', mean: 50_000, sd: 3000 },
      { distribution: 'uniform', min: 60_000, max: 80_000 },
    ],
    weights: [0.7, 0.3],
  },
]
const discretes: DistributionSpec[] = [
  { distribution: 'discrete', values: [5, 1, 2, 2], weights: [0.1, 3, 0, 2] },
  { distribution: 'empirical', values: [3, 1, 4, 1, 5, 9, 2, 6] },
  { distribution: 'mixture', components: [1, { distribution: 'discrete', values: [1, 2], weights: [1, 1] }], weights: [1, 2] },
]
const titled = (list: readonly DistributionSpec[]) => list.map((spec) => [JSON.stringify(spec), distributionOf(spec)] as const)

/** Mean and standard deviation from the quantile function: Gauss–Kronrod would not see the tails, tanh–sinh does. */
function moments(distribution: Distribution): [number, number] {
  const sum = (f: (x: number) => number) => {
    let total = 0
    for (let k = -480; k <= 480; k++) {
      const t = k / 100
      const p = 1 / (1 + Math.exp(-Math.PI * Math.sinh(t)))
      const q = 1 / (1 + Math.exp(Math.PI * Math.sinh(t)))
      total += (f(distribution.quantile(p, q)) * Math.PI * Math.cosh(t) * p * q) / 100
    }
    return total
  }
  const mean = sum((x) => x)
  return [mean, Math.sqrt(sum((x) => (x - mean) ** 2))]
}

describe.each(titled(specs))('%s', (_, distribution) => {
  it('undoes its quantile by its distribution function, from both sides', () => {
    for (const p of [1e-9, 1e-4, 0.01, 0.3, 0.5, 0.77, 0.999]) {
      expect(Math.abs(distribution.cdf(distribution.quantile(p, 1 - p)) - p)).toBeLessThan(1e-11)
      expect(Math.abs(distribution.survival(distribution.quantile(1 - p, p)) - p)).toBeLessThan(1e-11)
      expect(
        distribution.cdf(distribution.quantile(p, 1 - p)) + distribution.survival(distribution.quantile(p, 1 - p)),
      ).toBeCloseTo(1, 14)
    }
  })
  it('has the logarithm of the slope of its distribution function as its log-density', () => {
    for (const p of [1e-4, 0.013, 0.31, 0.56, 0.77, 0.999]) {
      const x = distribution.quantile(p, 1 - p)
      const near = Math.min(p, 1 - p) / 100
      const step = 0.1 * (distribution.quantile(p + near, 1 - p - near) - x)
      const tail = p < 0.5 ? (at: number) => distribution.cdf(at) : (at: number) => -distribution.survival(at)
      // Richardson's extrapolation of central differences
      const slope = (h: number) => (tail(x + h) - tail(x - h)) / (2 * h)
      const density = (4 * slope(step) - slope(2 * step)) / 3
      expect(Math.exp(distribution.logDensity(x)) / density, `at P${100 * p}`).toBeCloseTo(1, 5)
    }
    for (const end of distribution.support)
      if (Number.isFinite(end)) expect(distribution.logDensity(end + (end === distribution.support[0] ? -1 : 1))).toBe(-Infinity)
  })
  it('rises with the probability, is finite from 1e-19 to 1 − 1e-19 and ends at its support', () => {
    const tail = fc.double({ min: 1e-19, max: 0.5, noNaN: true })
    const at = (p: number, upper: boolean) => (upper ? distribution.quantile(1 - p, p) : distribution.quantile(p, 1 - p))
    const score = (p: number, upper: boolean) => (upper ? 1 - p : p)
    fc.assert(
      fc.property(tail, tail, fc.boolean(), fc.boolean(), (p, r, up, over) => {
        const [x, y] = [at(p, up), at(r, over)]
        const rounding = 1e-13 * Math.max(Math.abs(x), Math.abs(y))
        return score(p, up) < score(r, over) ? x <= y + rounding : score(p, up) > score(r, over) ? y <= x + rounding : true
      }),
    )
    for (const x of [distribution.quantile(1e-19, 1), distribution.quantile(1, 1e-19)]) expect(Number.isFinite(x)).toBe(true)
    expect([distribution.quantile(0, 1), distribution.quantile(1, 0)]).toEqual(distribution.support)
  })
  it('has the mean and standard deviation of its quantiles', () => {
    if (distribution.kinks.length > 0 || distribution.name === 'studentT' || distribution.name === 'pareto') return // too rough, or too heavy, for this rule
    const [mean, sd] = moments(distribution)
    expect(Math.abs(distribution.mean / mean - 1)).toBeLessThan(1e-11)
    expect(Math.abs(distribution.sd / sd - 1)).toBeLessThan(1e-9)
  })
})

describe.each(titled(discretes))('%s', (_, distribution) => {
  it('takes the values of its atoms, each with its probability', () => {
    const { values, cumulative } = distribution.atoms ?? { values: [], cumulative: [] }
    values.forEach((x, k) => {
      expect(distribution.quantile(cumulative[k], 1 - cumulative[k])).toBe(x)
      expect(distribution.cdf(x)).toBe(cumulative[k])
      expect(distribution.survival(x)).toBeCloseTo(1 - cumulative[k], 15)
    })
    expect(values.length).toBeGreaterThan(1)
    expect(cumulative[values.length - 1]).toBe(1)
    expect([distribution.cdf(values[0] - 1), distribution.survival(values[0] - 1)]).toEqual([0, 1])
    expect(distribution.kinks).toEqual([...cumulative].slice(0, -1))
  })
})

describe('an empirical distribution', () => {
  it('takes the ⌈n p⌉-th smallest of its rows, never one between', () => {
    const rows = [10, 40, 20, 30, 30]
    const distribution = distributionOf({ distribution: 'empirical', values: rows })
    const sorted = [...rows].sort((a, b) => a - b)
    for (const p of [0.01, 0.2, 0.21, 0.4, 0.5, 0.6, 0.8, 0.81, 1])
      expect(distribution.quantile(p, 1 - p)).toBe(sorted[Math.ceil(5 * p) - 1])
  })
})

describe('a mixture', () => {
  it('keeps the digits of its upper tail', () => {
    // Far above, only the wide part is left: P(X > x) is half of its own tail.
    const wide: DistributionSpec = { distribution: 'exponential', mean: 1 }
    const distribution = distributionOf({
      distribution: 'mixture',
      components: [wide, { distribution: 'uniform', min: 0, max: 1 }],
      weights: [1, 1],
    })
    for (const q of [1e-3, 1e-12, 1e-19]) expect(distribution.quantile(1 - q, q)).toBeCloseTo(-Math.log(2 * q), 12)
  })
  it('of points and a smooth distribution jumps at the points and lists the jumps', () => {
    const uniform = { distribution: 'uniform', min: 0, max: 1 }
    const distribution = distributionOf({ distribution: 'mixture', components: [0.5, uniform, 2], weights: [1, 2, 1] })
    expect(distribution.kinks).toEqual([0.25, 0.5, 0.75])
    expect([0.1, 0.3, 0.49, 0.6, 0.8].map((p) => distribution.quantile(p, 1 - p))).toEqual(
      [0.2, 0.5, 0.5, 0.7, 2].map((x) => expect.closeTo(x, 15)),
    )
    expect(distribution.quantile(0.4, 0.6)).toBe(0.5)
  })
  it('inside a mixture is replaced by its own parts', () => {
    const inner = { distribution: 'mixture', components: [1, { distribution: 'uniform', min: 0, max: 2 }], weights: [1, 1] }
    const distribution = distributionOf({ distribution: 'mixture', components: [inner, 5], weights: [1, 1] })
    expect(distribution.kinks).toEqual([0.125, 0.375, 0.5])
    expect(distribution.quantile(0.3, 0.7)).toBe(1)
    expect(distribution.mean).toBeCloseTo(3, 14)
  })
})

describe('moments', () => {
  it.each([
    [0, 1e-6], // so narrow that it is uniform
    [5, 5.000001],
  ])('of a normal distribution cut to [%d, %d] keep their digits', (min, max) => {
    const { mean, sd } = distributionOf({ distribution: 'truncatedNormal', mean: 0, sd: 1, min, max })
    expect(mean).toBeCloseTo((min + max) / 2, 11)
    expect(sd / ((max - min) / Math.sqrt(12))).toBeCloseTo(1, 7)
  })
  it('of a logit-normal distribution mirror at 50% and follow the log-odds if the scale is small', () => {
    const at = (location: number, scale: number) => distributionOf({ distribution: 'logitNormal', location, scale })
    for (const [location, scale] of [
      [0.6, 0.1],
      [20, 0.1],
      [3, 40],
    ]) {
      const [low, high] = [at(-location, scale), at(location, scale)]
      expect(high.sd).toBe(low.sd)
      expect(high.mean).toBeCloseTo(1 - low.mean, 15)
    }
    expect(at(0, 1e-8).sd / 2.5e-9).toBeCloseTo(1, 6)
  })
  it('of a logit-normal distribution do not depend on the rule that integrates them', () => {
    const at = (scale: number) => distributionOf({ distribution: 'logitNormal', location: -1.3, scale })
    expect(at(10).mean).toBeCloseTo(at(10.0000001).mean, 9)
    expect(at(10).sd).toBeCloseTo(at(10.0000001).sd, 8)
  })
})

describe('plain data that describes no distribution', () => {
  it.each([
    [{ distribution: 'nope' }, 'distribution: expected one of normal, lognormal'],
    [{ distribution: '__proto__' }, 'distribution: expected one of'],
    [{ distribution: 'normal', mean: null, sd: 1 }, 'mean: expected a number, got null'],
    [{ distribution: 'normal', mean: '5', sd: 1 }, 'mean: expected a number, got "5"'],
    [{ distribution: 'gamma', shape: 2 }, 'scale: expected a number, got undefined'],
    [{ distribution: 'discrete', values: [1, '2'], weights: [1, 1] }, 'values[1]: expected a number, got "2"'],
    [{ distribution: 'empirical', values: 3 }, 'values: expected a list, got 3'],
    [{ distribution: 'mixture', components: [1, 'x'], weights: [1, 1] }, 'components[1]: expected a number or a distribution'],
    [{ distribution: 'mixture', components: [1], weights: [-1] }, 'weights[0]: expected a number of 0 or more, got -1'],
    [{ distribution: 'weibull', shape: 0.005, scale: 1 }, 'shape: expected a number of at least 0.02'],
    [{ distribution: 'lognormal', mean: 1, sd: 1e120 }, 'sd: expected a standard deviation below 1e+100 times the mean'],
    [{ distribution: 'logitNormal', location: 1e4, scale: 1 }, 'location: expected log-odds between ±300'],
    [
      { distribution: 'truncatedNormal', mean: 0, sd: 1, min: 20, max: 30 },
      'min: expected limits that the normal distribution reaches',
    ],
  ])('%j is refused with the name of the parameter', (spec, message) => {
    expect(() => distributionOf(spec)).toThrow(message)
  })
})
