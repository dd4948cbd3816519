// Every distribution over the whole range that it accepts: reference values at the ends, and a sweep that needs none.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ParameterError } from '../../../src/errors.ts'
import { type Distribution, type DistributionSpec, distributionOf } from '../../../src/numerics/distributions/index.ts'
import { long } from '../../effort.ts'

interface Row {
  readonly distribution: string
  readonly parameters: Readonly<Record<string, number>>
  readonly mean: number
  readonly sd: number
  readonly quantile: readonly number[]
}
const reference: { readonly p: readonly number[]; readonly rows: readonly Row[] } = JSON.parse(
  readFileSync(new URL('../../reference/extremes.json', import.meta.url), 'utf8'),
)

/** A double holds a value to 1e-16. Formulas through a logarithm lose three digits of that, the others are relative to the spread. */
const near = (got: number, exact: number, spread: number): boolean =>
  Math.abs(got - exact) <= 1e-13 * Math.abs(exact) + 1e-9 * spread + 1e-300

describe('figures at the ends of the range agree with mpmath', () => {
  it.each(reference.rows.map((row) => [row.distribution, JSON.stringify(row.parameters), row] as const))(
    '%s of %s',
    (name, _, { parameters, mean, sd, quantile }) => {
      const distribution = distributionOf({ distribution: name, ...parameters })
      expect(Math.abs(distribution.sd / sd - 1), `sd ${distribution.sd} for ${sd}`).toBeLessThan(1e-7)
      expect(Math.abs(distribution.mean - mean), `mean ${distribution.mean} for ${mean}`).toBeLessThanOrEqual(
        1e-13 * Math.abs(mean) + 1e-9 * sd,
      )
      const spread = Math.min(sd, (quantile.at(-2) ?? 0) - quantile[1])
      reference.p.forEach((p, k) => {
        const got = distribution.quantile(p, 1 - p)
        expect(near(got, quantile[k], spread), `p = ${p}: ${got} for ${quantile[k]}`).toBe(true)
      })
    },
  )
})

/** 10^from to 10^to. */
const decades = (from: number, to: number, step: number): number[] =>
  Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, k) => 10 ** (from + step * k))
const each = <T>(list: readonly T[], make: (item: T) => Readonly<Record<string, number>>[]) => list.flatMap(make)

const step = long ? 0.5 : 7
const sizes = decades(-150, 150, long ? 2 : 30)
const shapes = [...decades(-4, 20, step), ...decades(20, 300, long ? 5 : 70)]
const swept: Readonly<Record<string, readonly Readonly<Record<string, number>>[]>> = {
  normal: each([-1e150, -1e9, 0, 1, 1e150], (mean) => sizes.map((sd) => ({ mean, sd }))),
  lognormal: each([1e-150, 1e-9, 1, 1e9, 1e120], (mean) => decades(-170, 110, long ? 2 : 20).map((r) => ({ mean, sd: mean * r }))),
  logitNormal: each([-300, -30, 0, 0.6, 300], (location) => decades(-20, 20, step).map((scale) => ({ location, scale }))),
  truncatedNormal: each([-7, -1, 0, 3, 6.5], (min) =>
    decades(-12, 3, long ? 0.5 : 3).map((w) => ({ mean: 0, sd: 1, min, max: min + w })),
  ),
  uniform: each([-1e150, -1, 0, 1e9], (min) => sizes.map((width) => ({ min, max: min + width }))),
  triangular: each([0, 1, 1e9], (min) => each(sizes, (w) => [0, 0.3, 1].map((m) => ({ min, mode: min + m * w, max: min + w })))),
  pert: each([0, 1, 1e9], (min) => each(sizes, (w) => [0, 0.3, 1].map((m) => ({ min, mode: min + m * w, max: min + w })))),
  gamma: shapes.map((shape) => ({ shape, scale: 1 })),
  weibull: shapes.map((shape) => ({ shape, scale: 1 })),
  pareto: shapes.map((shape) => ({ shape: 2 + shape, min: 1 })),
  studentT: shapes.map((df) => ({ df: 2 + df, location: 0, scale: 1 })),
  exponential: sizes.map((mean) => ({ mean })),
  logistic: each([-1e150, 0, 1e9], (location) => sizes.map((scale) => ({ location, scale }))),
  beta: each(decades(-4, 16, long ? 1 : 4), (alpha) => decades(-4, 16, long ? 1 : 4).map((beta) => ({ alpha, beta }))),
  betaMean: each([1e-100, 1e-6, 0.5, 0.99], (mean) =>
    decades(-20, 0, long ? 0.5 : 4).map((r) => ({ mean, sd: r * Math.min(mean, 1 - mean) })),
  ),
}

const PROBABILITIES = [1e-12, 1e-6, 0.01, 0.2, 0.5]

function quantiles(distribution: Distribution): number[] {
  const below = PROBABILITIES.map((p) => distribution.quantile(p, 1 - p))
  return [...below, ...PROBABILITIES.toReversed().map((q) => distribution.quantile(1 - q, q))]
}

function acceptedOf(spec: DistributionSpec): Distribution | undefined {
  try {
    return distributionOf(spec)
  } catch (error) {
    if (error instanceof ParameterError) return undefined
    throw error
  }
}

describe.each(Object.entries(swept))('%s, wherever its parameters are accepted,', (name, list) => {
  const accepted = list.flatMap((parameters) => {
    const found = acceptedOf({ distribution: name, ...parameters })
    return found ? [[JSON.stringify(parameters), found] as const] : []
  })
  it('has finite quantiles that rise, and a mean between the extreme ones', () => {
    expect(accepted.length).toBeGreaterThan(list.length / 9)
    for (const [shown, distribution] of accepted) {
      const found = quantiles(distribution)
      const { mean, sd } = distribution
      expect([...found, mean, sd].every(Number.isFinite), `${shown}: ${[...found, mean, sd]}`).toBe(true)
      expect(sd, shown).toBeGreaterThanOrEqual(0)
      const slack = 1e-13 * Math.max(...found.map(Math.abs))
      found.slice(1).forEach((x, k) => expect(x - found[k], `${shown}: ${found}`).toBeGreaterThanOrEqual(-slack))
    }
  })
  it('has most of its quantiles within a few standard deviations', () => {
    for (const [shown, distribution] of accepted) {
      const { mean, sd } = distribution
      const [low, high] = [distribution.quantile(0.2, 0.8), distribution.quantile(0.8, 0.2)]
      const rounding = 1e-13 * Math.max(Math.abs(mean), Math.abs(low), Math.abs(high))
      // Chebyshev's inequality
      expect(Math.abs(low - mean), `${shown}: ${low}, mean ${mean}, sd ${sd}`).toBeLessThanOrEqual(2 * sd * 1.000_001 + rounding)
      expect(Math.abs(high - mean), `${shown}: ${high}, mean ${mean}, sd ${sd}`).toBeLessThanOrEqual(2 * sd * 1.000_001 + rounding)
    }
  })
  it('has a distribution function that turns at its quantiles', () => {
    // A window of mass 1e-12 leaves four digits of a share of it.
    const grain = name === 'truncatedNormal' ? 1e-4 : 0
    for (const [shown, distribution] of accepted) {
      const { sd } = distribution
      for (const p of [1e-6, 0.2, 0.5, 0.8]) {
        const x = distribution.quantile(p, 1 - p)
        // Shares beyond the range of doubles are drawn as 0 or 1.
        if (x === 0 || x === 1) continue
        const nudge = 1e-13 * Math.abs(x) + 1e-6 * sd
        expect(distribution.cdf(x - nudge), `${shown}: P(X ≤ ${x} − …)`).toBeLessThanOrEqual(p * 1.000_1 + grain)
        expect(distribution.cdf(x + nudge), `${shown}: P(X ≤ ${x} + …)`).toBeGreaterThanOrEqual(p * 0.999_9 - grain)
        expect(distribution.survival(x + nudge), `${shown}: P(X > ${x} + …)`).toBeLessThanOrEqual((1 - p) * 1.000_1 + grain)
      }
    }
  })
})

describe('a parameter beyond the range is refused by name', () => {
  it.each([
    [{ distribution: 'gamma', shape: 1e-4, scale: 1 }, 'shape: expected a number from 0.001 to 1e15'],
    [{ distribution: 'gamma', shape: 1e16, scale: 1 }, 'shape: expected a number from 0.001 to 1e15'],
    [{ distribution: 'beta', alpha: 1, beta: 1e16 }, 'beta: expected a number of at most 1e15'],
    [{ distribution: 'betaMean', mean: 0.5, sd: 1e-9 }, 'sd: expected a standard deviation of at least 1.6e-8 for this mean'],
    [{ distribution: 'triangular', min: 0, mode: 1, max: 1e155 }, 'max: expected a number between ±1e150'],
    [{ distribution: 'empirical', values: [1, 1e200] }, 'values[1]: expected a number between ±1e150'],
  ])('such as %j', (spec, message) => {
    expect(() => distributionOf(spec)).toThrow(message)
  })
})
