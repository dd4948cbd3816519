// What a distribution is, and the record that describes one. Notation, checks and the documentation's table are made from the records.
import { ParameterError } from '../../errors.ts'

/** A distribution of one real value. Parameters are in the value's unit; `mean` and `sd` are the distribution's own. */
export interface Distribution {
  readonly name: string
  readonly mean: number
  readonly sd: number
  /** Smallest and largest value, possibly infinite. */
  readonly support: readonly [number, number]
  /** Moments of this order and above are infinite. Absent if all are finite. */
  readonly moments?: number
  /** Probabilities inside (0, 1), increasing, at which the quantile jumps or its formula changes. */
  readonly kinks: readonly number[]
  /** Probabilities inside (0, 1) at which the quantile jumps, or nearly: from one part of a mixture to another far from it. */
  readonly jumps?: readonly number[]
  /** Present if the distribution is discrete: its values, increasing, and P(X ≤ value), of which the last is 1. */
  readonly atoms?: { readonly values: Float64Array; readonly cumulative: Float64Array }
  /** The value at probability `p`. The caller also passes `q` = 1 − p, so that neither tail loses digits. Both lie in [0, 1]. */
  quantile(p: number, q: number): number
  /** P(X ≤ x). */
  cdf(x: number): number
  /** P(X > x), which keeps its digits where `cdf` is nearly 1. */
  survival(x: number): number
  /** The natural logarithm of the density at x, or of P(X = x) if x is an atom; −∞ where there is neither. */
  logDensity(x: number): number
}

/**
 * A distribution as plain data in a resolved scenario: its name and its parameters, such as
 * `{ distribution: 'pert', min: 1, mode: 1.5, max: 3.5 }`.
 */
export interface DistributionSpec {
  readonly distribution: string
  readonly [parameter: string]: unknown
}

/** A number, or the distribution of a number that is uncertain. */
export type Uncertain = number | DistributionSpec

/** A number where a distribution could stand: all mass is at one value. */
export const constant = (value: number): Distribution => ({
  name: 'constant',
  mean: value,
  sd: 0,
  support: [value, value],
  kinks: [],
  atoms: { values: Float64Array.of(value), cumulative: Float64Array.of(1) },
  quantile: () => value,
  cdf: (x) => (x >= value ? 1 : 0),
  survival: (x) => (x >= value ? 0 : 1),
  logDensity: (x) => (x === value ? 0 : -Infinity),
})

// The checks of parameters are written so that NaN fails them.
export function finite(parameter: string, value: number): void {
  if (!(value > -Infinity && value < Infinity)) throw new ParameterError(parameter, 'a finite number', value)
}
export function positive(parameter: string, value: number): void {
  if (!(value > 0 && value < Infinity)) throw new ParameterError(parameter, 'a finite number above 0', value)
}
export function above(parameter: string, value: number, bound: number, named = String(bound)): void {
  if (!(value > bound && value < Infinity)) throw new ParameterError(parameter, `a number above ${named}`, value)
}
export function range(min: number, max: number, mode = min): void {
  finite('min', min)
  above('max', max, min, `min (${min})`)
  if (!(mode >= min && mode <= max)) throw new ParameterError('mode', `a number from min (${min}) to max (${max})`, mode)
}

/** Checks weights, which need not sum to 1, and returns their sum. `of` names the list that they belong to. */
export function totalWeight(of: string, count: number, weights: readonly number[]): number {
  if (count === 0 || count !== weights.length) throw new ParameterError(of, 'one or more, each with a weight', count)
  weights.forEach((weight, k) => {
    if (!(weight >= 0 && weight < Infinity)) throw new ParameterError(`weights[${k}]`, 'a number of 0 or more', weight)
  })
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  if (!(total > 0 && total < Infinity)) throw new ParameterError('weights', 'at least one above 0, and a finite sum', total)
  return total
}

/** What a metalog describes: the value itself, its logarithm (amounts above 0), or its log-odds (shares). */
export type MetalogForm = 'plain' | 'log' | 'logit'

/** What each kind of parameter holds once it is read. */
interface Values {
  /** A value of the field: money if the field holds money, a share if it holds a share. */
  readonly value: number
  /** A distance between two values of the field, such as a standard deviation. */
  readonly spread: number
  /** A pure number, whatever the field holds. */
  readonly number: number
  /** Log-odds of a share. They are pure numbers, so a percent sign has no meaning. */
  readonly logOdds: number
  readonly values: readonly number[]
  /** Pure numbers or shares, which need not sum to 1. */
  readonly weights: readonly number[]
  readonly probabilities: readonly number[]
  readonly components: readonly Distribution[]
  readonly form: MetalogForm
}

export type ParameterKind = keyof Values

/** Parameters in the order in which a call names them, each with its kind. */
export type Parameters = Readonly<Record<string, ParameterKind>>

interface Description<P extends Parameters> {
  readonly name: string
  /** Its place in messages and tables, which begin with the common ones. */
  readonly order: number
  readonly parameters: P
  /** How people write it. The default is a call with its parameters. */
  readonly written?: 'call' | 'pairs' | 'column' | 'percentiles'
  /** Its use, in one phrase of the documentation. */
  readonly about: string
}

type Component = (component: unknown, parameter: string) => Distribution

export interface DistributionRecord extends Required<Description<Parameters>> {
  /**
   * Reads the plain data of a resolved scenario.
   * @param component makes the distribution of a component of a mixture
   */
  read(spec: DistributionSpec, component: Component): Distribution
}

type Reader<T> = (parameter: string, value: unknown, component: Component) => T

const number: Reader<number> = (parameter, value) => {
  if (typeof value !== 'number') throw new ParameterError(parameter, 'a number', value)
  return value
}
const list: Reader<readonly unknown[]> = (parameter, values) => {
  if (!Array.isArray(values)) throw new ParameterError(parameter, 'a list', values)
  return values
}
const numbers: Reader<readonly number[]> = (parameter, values, component) =>
  list(parameter, values, component).map((value, k) => number(`${parameter}[${k}]`, value, component))

/** The squares of larger values may overflow, and the mean and standard deviation with them. */
const LARGEST = 1e150

const bounded: Reader<number> = (parameter, value, component) => {
  const read = number(parameter, value, component)
  if (Math.abs(read) > LARGEST && Math.abs(read) < Infinity)
    throw new ParameterError(parameter, 'a number between ±1e150: the squares of larger ones overflow', read)
  return read
}

const readers: { readonly [Kind in ParameterKind]: Reader<Values[Kind]> } = {
  value: bounded,
  spread: bounded,
  number,
  logOdds: number,
  values: (parameter, values, component) =>
    list(parameter, values, component).map((value, k) => bounded(`${parameter}[${k}]`, value, component)),
  weights: numbers,
  probabilities: numbers,
  components: (parameter, values, component) =>
    list(parameter, values, component).map((value, k) => component(value, `${parameter}[${k}]`)),
  form: (parameter, form) => {
    if (form === 'plain' || form === 'log' || form === 'logit') return form
    throw new ParameterError(parameter, 'plain, log or logit', form)
  },
}

export function distribution<const P extends Parameters>({
  make,
  ...description
}: Description<P> & { make(values: { readonly [Name in keyof P]: Values[P[Name]] }): Distribution }): DistributionRecord {
  const kinds = Object.entries<ParameterKind>(description.parameters)
  return {
    written: 'call',
    ...description,
    read: (spec, component) =>
      make(
        Object.fromEntries(kinds.map(([name, kind]) => [name, readers[kind](name, spec[name], component)])) as {
          readonly [Name in keyof P]: Values[P[Name]]
        },
      ),
  }
}
