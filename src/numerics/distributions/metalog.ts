// A distribution that goes exactly through stated percentiles (Keelin 2016, "The Metalog Distributions", Decision Analysis 13,
// equations 6 to 8, and table 1 for the bounded forms).
import { ParameterError } from '../../errors.ts'
import { exp, log, logistic } from '../kernel/math.ts'
import { type Distribution, type DistributionSpec, distribution, type MetalogForm } from './distribution.ts'
import { solve } from './special/solve.ts'

const FEWEST_PERCENTILES = 3
export const MOST_PERCENTILES = 9

/** The density is checked at log-odds within ±FARTHEST, in steps narrower than anything in it. */
const FARTHEST = 60
const STEP = 1 / 64
/** The logarithm of the largest values whose squares are finite. */
const LARGEST = 350

/**
 * M(y) = S(t) + L(t) ln(y / (1 − y)), t = y − ½: two polynomials. Their terms come in Keelin's order: S: 1, L: 1,
 * L: t, S: t, S: t², L: t², S: t³, L: t³, S: t⁴.
 */
type Metalog = { readonly sum: readonly number[]; readonly slope: readonly number[] }

/** The polynomial that the k-th term belongs to, and its power of t. */
function termOf(k: number): { readonly slope: boolean; readonly power: number } {
  if (k < 4) return { slope: k === 1 || k === 2, power: k < 2 ? 0 : 1 }
  return { slope: k % 2 === 1, power: k >> 1 }
}

const polynomial = (coefficients: readonly number[], t: number): number => coefficients.reduceRight((sum, c) => sum * t + c, 0)
const derivative = (coefficients: readonly number[]): number[] => coefficients.slice(1).map((c, k) => (k + 1) * c)

const power = (t: number, n: number): number => (n === 0 ? 1 : power(t, n - 1) * t)

/** Where `metalogTerms` writes. Its arrays have one number for each term. */
export interface MetalogTerms {
  readonly terms: Float64Array
  /** First and second derivatives by the log-odds. */
  readonly slopes: Float64Array
  readonly bends: Float64Array
}

const TERMS = Array.from({ length: MOST_PERCENTILES }, (_, k) => termOf(k))

/** The terms at log-odds z, in Keelin's order. The quantile function is a sum of the first few of them, each with its coefficient. */
export function metalogTerms(z: number, { terms, slopes, bends }: MetalogTerms): void {
  const y = logistic(z)
  const t = y - 0.5
  // The derivatives of t by z
  const rise = y * logistic(-z)
  const turn = -2 * t * rise
  for (let k = 0; k < terms.length; k++) {
    const { slope, power: n } = TERMS[k]
    const [value, below, twice] = [power(t, n), n < 1 ? 0 : n * power(t, n - 1), n < 2 ? 0 : n * (n - 1) * power(t, n - 2)]
    const [first, second] = [below * rise, below * turn + twice * rise * rise]
    terms[k] = slope ? value * z : value
    slopes[k] = slope ? first * z + value : first
    bends[k] = slope ? second * z + 2 * first : second
  }
}

function through(probabilities: readonly number[], values: readonly number[]): Metalog {
  const terms = probabilities.map((_, k) => termOf(k))
  const rows = probabilities.map((y) => {
    const [t, odds] = [y - 0.5, log(y) - log(1 - y)]
    return terms.map((term) => power(t, term.power) * (term.slope ? odds : 1))
  })
  const found = solve(rows, values)
  const of = (slope: boolean) => {
    const coefficients: number[] = []
    terms.forEach((term, k) => {
      if (term.slope === slope) coefficients[term.power] = found[k]
    })
    return Array.from(coefficients, (c) => c ?? 0)
  }
  return { sum: of(false), slope: of(true) }
}

/**
 * @param probabilities of the percentiles, rising, inside (0, 1)
 * @param values at them, rising
 * @throws ParameterError if no such distribution exists: its density would be negative somewhere, or its variance infinite
 */
export function metalog(form: MetalogForm, probabilities: readonly number[], values: readonly number[]): Distribution {
  const count = probabilities.length
  if (!(count >= FEWEST_PERCENTILES && count <= MOST_PERCENTILES && values.length === count))
    throw new ParameterError('values', `${FEWEST_PERCENTILES} to ${MOST_PERCENTILES} percentiles`, values.length)
  const name = (k: number) => `p${Number((100 * probabilities[k]).toPrecision(6))}`
  probabilities.forEach((p, k) => {
    if (!(p > 0 && p < 1 && (k === 0 || p > probabilities[k - 1])))
      throw new ParameterError('probabilities', 'probabilities that rise, between 0 and 1', p)
  })
  values.forEach((value, k) => {
    if (k > 0 && !(value > values[k - 1])) throw new ParameterError(name(k), `more than ${name(k - 1)} (${values[k - 1]})`, value)
    const [least, most] = form === 'logit' ? [0, 1] : form === 'log' ? [0, Infinity] : [-Infinity, Infinity]
    if (!(value > least && value < most))
      throw new ParameterError(name(k), form === 'logit' ? 'a share strictly between 0% and 100%' : 'a number above 0', value)
  })
  const inner = form === 'plain' ? values : values.map((x) => (form === 'log' ? log(x) : log(x) - log(1 - x)))
  const curve = through(probabilities, inner)
  checkDensity(curve, probabilities, name, values)
  const at = (z: number, y: number) => polynomial(curve.sum, y - 0.5) + polynomial(curve.slope, y - 0.5) * z
  const outer = (m: number) => (form === 'plain' ? m : form === 'log' ? exp(m) : logistic(m))
  const tails = [polynomial(curve.slope, -0.5), polynomial(curve.slope, 0.5)] as const
  if (form === 'log' && !(tails[1] < 0.45))
    throw new ParameterError(
      name(count - 1),
      'a smaller value: the tail through this one is so heavy that the variance is infinite',
      values[count - 1],
    )
  const [mean, sd] = moments((z) => outer(at(z, logistic(z))), form === 'log' ? tails[1] : 0)
  const place = (x: number): number => {
    const m = form === 'plain' ? x : form === 'log' ? log(x) : log(x) - log(1 - x)
    return crossingOf((z) => at(z, logistic(z)), m)
  }
  const density = densityOf(curve)
  // The density of the inner value at log-odds z of the probability y is y (1 − y) divided by y (1 − y) M′(y).
  const logDensityAt = (z: number) => log(logistic(z)) + log(logistic(-z)) - log(density(z))
  const stretch = (x: number) => (form === 'plain' ? 0 : form === 'log' ? log(x) : log(x) + log(1 - x))
  const [low, high] = form === 'plain' ? [-Infinity, Infinity] : form === 'log' ? [0, Infinity] : [0, 1]
  const ends = [
    tails[0] > 0 ? low : outer(polynomial(curve.sum, -0.5)),
    tails[1] > 0 ? high : outer(polynomial(curve.sum, 0.5)),
  ] as const
  return {
    name: 'metalog',
    mean,
    sd,
    support: ends,
    // Beyond the last percentile, ln X grows by tails[1] times the log-odds.
    ...(form === 'log' && tails[1] > 0 && { moments: 1 / tails[1] }),
    kinks: [],
    quantile: (p, q) => (p <= 0 ? ends[0] : q <= 0 ? ends[1] : outer(at(log(p) - log(q), p))),
    cdf: (x) => (x <= ends[0] ? 0 : x >= ends[1] ? 1 : logistic(place(x))),
    survival: (x) => (x <= ends[0] ? 1 : x >= ends[1] ? 0 : logistic(-place(x))),
    logDensity: (x) => (x <= ends[0] || x >= ends[1] ? -Infinity : logDensityAt(place(x)) - stretch(x)),
  }
}

export const metalogDistribution = distribution({
  name: 'metalog',
  order: 190,
  parameters: { form: 'form', probabilities: 'probabilities', values: 'values' },
  written: 'percentiles',
  about: 'goes exactly through three to nine percentiles',
  make: ({ form, probabilities, values }) => metalog(form, probabilities, values),
})

/** y (1 − y) M′(y) as a function of the log-odds of y. It has the sign of the density, and no pole. */
function densityOf({ sum, slope }: Metalog): (z: number) => number {
  const [rise, bend] = [derivative(sum), derivative(slope)]
  return (z) => {
    const y = logistic(z)
    const t = y - 0.5
    return y * logistic(-z) * (polynomial(rise, t) + polynomial(bend, t) * z) + polynomial(slope, t)
  }
}

function checkDensity(
  curve: Metalog,
  probabilities: readonly number[],
  name: (k: number) => string,
  values: readonly number[],
): void {
  const density = densityOf(curve)
  let worst = { z: 0, value: Infinity }
  for (let z = -FARTHEST; z <= FARTHEST; z += STEP) {
    const value = density(z)
    if (value < worst.value) worst = { z, value }
  }
  if (worst.value > 0) return
  const y = logistic(worst.z)
  let near = 0
  probabilities.forEach((p, k) => {
    if (Math.abs(p - y) < Math.abs(probabilities[near] - y)) near = k
  })
  throw new ParameterError(
    name(near),
    `percentiles that one smooth distribution can have: with this one the density would be negative at P${Number((100 * y).toPrecision(3))}`,
    values[near],
  )
}

/**
 * Mean and standard deviation of f(z), z logistic: the trapezoidal rule on a smooth integrand that decays as e^−|z| converges
 * geometrically (Trefethen & Weideman 2014, SIAM Review 56).
 * @param growth the growth of ln f in z if f grows exponentially: the integrand of the square decays as e^−(1 − 2 growth) z
 */
function moments(f: (z: number) => number, growth: number): readonly [number, number] {
  const step = 1 / 16
  const last = Math.min(40 / (1 - 2 * growth), growth > 0 ? LARGEST / growth : Infinity)
  let [weight, first] = [0, 0]
  const points: [number, number][] = []
  for (let z = -40; z <= last; z += step) {
    const w = logistic(z) * logistic(-z)
    const value = f(z)
    points.push([w, value])
    weight += w
    first += w * value
  }
  const mean = first / weight
  const second = points.reduce((sum, [w, value]) => sum + w * (value - mean) * (value - mean), 0)
  return [mean, Math.sqrt(second / weight)]
}

/** The log-odds at which a rising function reaches m, by bisection to the last digit. */
function crossingOf(f: (z: number) => number, m: number): number {
  let [low, high] = [-1, 1]
  while (low > -800 && f(low) > m) low *= 2
  while (high < 800 && f(high) < m) high *= 2
  for (let k = 0; k < 200; k++) {
    const middle = 0.5 * (low + high)
    if (middle <= low || middle >= high) break
    if (f(middle) < m) low = middle
    else high = middle
  }
  return 0.5 * (low + high)
}

/** A metalog as plain data. */
export const metalogSpec = (form: MetalogForm, probabilities: readonly number[], values: readonly number[]): DistributionSpec => ({
  distribution: 'metalog',
  form,
  probabilities,
  values,
})
