// Metalog distributions, stated by three or five of their percentiles. The likelihood is that of the distribution that goes through them.
import { type DistributionSpec, distributionOf } from '../distributions/index.ts'
import type { MetalogForm } from '../distributions/distribution.ts'
import { metalogSpec, metalogTerms, type MetalogTerms } from '../distributions/metalog.ts'
import { solve } from '../distributions/special/solve.ts'
import { ParameterError } from '../../errors.ts'
import { exp, log, logistic, logit } from '../kernel/math.ts'
import { ascend, type Local } from './ascend.ts'
import { type Family, Unfit } from './family.ts'
import type { FitSample } from './sample.ts'

const PERCENTILES: readonly (readonly number[])[] = [
  [0.1, 0.5, 0.9],
  [0.05, 0.25, 0.5, 0.75, 0.95],
]

/** The values on the scale on which the quantile function is a sum of terms, in rising order. */
interface Inner {
  readonly form: MetalogForm
  readonly values: Float64Array
  readonly outer: (m: number) => number
}

function innerOf({ values, min, max, shares }: FitSample): Inner {
  if (shares && min > 0 && max < 1) return { form: 'logit', values: values.map(logit), outer: logistic }
  if (min > 0) return { form: 'log', values: values.map((x) => log(x)), outer: exp }
  return { form: 'plain', values, outer: (m) => m }
}

/** A sum of terms, each with its coefficient. */
function dot(coefficients: readonly number[], terms: Float64Array): number {
  let sum = 0
  for (let k = 0; k < terms.length; k++) sum += coefficients[k] * terms[k]
  return sum
}

const termsFor = (count: number): MetalogTerms => ({
  terms: new Float64Array(count),
  slopes: new Float64Array(count),
  bends: new Float64Array(count),
})

/** Log-odds beyond which a value is unreachable for the coefficients at hand. */
const FARTHEST = 700

/** The log-odds z at which the quantile function M(z) is x, from a start near it; undefined if M falls there. `at` ends at z. */
function oddsAt(coefficients: readonly number[], x: number, start: number, at: MetalogTerms): number | undefined {
  let z = start
  for (let step = 0; step < 60; step++) {
    metalogTerms(z, at)
    const slope = dot(coefficients, at.slopes)
    if (!(slope > 0)) return undefined
    const move = (dot(coefficients, at.terms) - x) / slope
    if (Math.abs(move) < 1e-11) return z
    z -= Math.min(2, Math.max(-2, move))
    if (!(Math.abs(z) < FARTHEST)) return undefined
  }
  return undefined
}

/**
 * The mean log-likelihood at given coefficients. At z the density of the log-odds is the logistic one, so that of the value is it divided
 * by M′(z). Its matrix of second derivatives is replaced by that of products of the scores (Berndt, Hall, Hall and Hausman 1974).
 */
function likelihoodAt(values: Float64Array, coefficients: readonly number[]): Local | undefined {
  const size = coefficients.length
  const gradient = new Array<number>(size).fill(0)
  const bend = Array.from({ length: size }, () => new Array<number>(size).fill(0))
  const score = new Float64Array(size)
  const at = termsFor(size)
  let [value, z] = [0, -1]
  for (const x of values) {
    const found = oddsAt(coefficients, x, z, at)
    if (found === undefined) return undefined
    z = found
    const slope = dot(coefficients, at.slopes)
    const p = logistic(z)
    value += log(p * logistic(-z)) - log(slope)
    // z moves with a coefficient by −term / slope, since M(z) stays x.
    const move = (1 - 2 * p - dot(coefficients, at.bends) / slope) / slope
    for (let k = 0; k < size; k++) {
      score[k] = -at.slopes[k] / slope - move * at.terms[k]
      gradient[k] += score[k]
    }
    for (let j = 0; j < size; j++) for (let k = 0; k < size; k++) bend[j][k] -= score[j] * score[k]
  }
  const n = values.length
  return { value: value / n, gradient: gradient.map((g) => g / n), bend: bend.map((row) => row.map((b) => b / n)) }
}

/** Least squares on the ranks (Keelin 2016, equation 10), or a logistic distribution where those coefficients fall somewhere. */
function startOf(values: Float64Array, size: number): number[] {
  const n = values.length
  const at = termsFor(size)
  const matrix = Array.from({ length: size }, () => new Array<number>(size).fill(0))
  const right = new Array<number>(size).fill(0)
  values.forEach((x, i) => {
    metalogTerms(logit((i + 0.5) / n), at)
    for (let j = 0; j < size; j++) {
      right[j] += at.terms[j] * x
      for (let k = 0; k < size; k++) matrix[j][k] += at.terms[j] * at.terms[k]
    }
  })
  const found = solve(matrix, right)
  if (likelihoodAt(values, found)) return found
  const slope = (values[Math.floor(0.9 * n)] - values[Math.floor(0.1 * n)]) / (2 * logit(0.9))
  return [values[Math.floor(n / 2)], Math.max(slope, (values[n - 1] - values[0]) / 100), ...new Array<number>(size - 2).fill(0)]
}

/** Steps with products of scores are cheap and lead near the top. Steps with second derivatives end there. */
const [NEAR, EXACT] = [
  { least: 1e-8, steps: 12, unfinished: true },
  { least: 1e-13, steps: 25 },
] as const
const SHIFT = 1e-5

/** The likelihood with its second derivatives, as differences of the first ones; with the stand-in at the edge of the domain. */
function bentAt(values: Float64Array, point: readonly number[]): Local | undefined {
  const here = likelihoodAt(values, point)
  if (!here) return undefined
  const rows = point.map((x, k) => {
    const by = SHIFT * Math.max(0.01, Math.abs(x))
    const [up, down] = [by, -by].map((move) =>
      likelihoodAt(
        values,
        point.map((own, j) => (j === k ? own + move : own)),
      ),
    )
    return up && down ? up.gradient.map((g, j) => (g - down.gradient[j]) / (2 * by)) : undefined
  })
  const bend = rows.flatMap((row) => (row ? [row] : []))
  return bend.length < point.length ? here : { ...here, bend: bend.map((row, j) => row.map((b, k) => 0.5 * (b + bend[k][j]))) }
}

/** @param rough whether to end near the top, where a distance from the values hardly changes */
function through({ values, form, outer }: Inner, probabilities: readonly number[], rough = false): DistributionSpec | undefined {
  const [center, width] = [values[Math.floor(values.length / 2)], values[values.length - 1] - values[0]]
  const scaled = values.map((x) => (x - center) / width)
  const start = startOf(scaled, probabilities.length)
  const near = ascend((point) => likelihoodAt(scaled, point), start, NEAR)
  const found = rough ? near : near && ascend((point) => bentAt(scaled, point), near, EXACT)
  if (!found) return undefined
  const at = termsFor(found.length)
  const percentiles = probabilities.map((p) => {
    metalogTerms(logit(p), at)
    return outer(center + width * dot(found, at.terms))
  })
  // The notation reads percentiles that are all above 0 as those of an amount.
  if (form === 'plain' && percentiles.every((x) => x > 0)) return undefined
  const spec = metalogSpec(form, probabilities, percentiles)
  try {
    distributionOf(spec)
    return spec
  } catch (error) {
    if (error instanceof ParameterError) return undefined
    throw error
  }
}

/** With three and with five percentiles. */
export const metalogFit: Family = {
  holds: 'any',
  free: ({ probabilities }) => (probabilities as readonly number[]).length,
  fit(sample, near) {
    const inner = innerOf(sample)
    const specs = PERCENTILES.flatMap((probabilities) => through(inner, probabilities, near) ?? [])
    return specs.length > 0 ? specs : new Unfit('no smooth distribution through percentiles has a largest likelihood')
  },
  near: (sample, { probabilities }) => through(innerOf(sample), probabilities as readonly number[], true),
}
