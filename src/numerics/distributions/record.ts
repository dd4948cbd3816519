// One record for each distribution. Notation, checks and the documentation's table are made from the list of them.
import { ParameterError } from '../../errors.ts'
import type { Distribution, DistributionSpec } from './distribution.ts'

/** What a metalog describes: the value itself, its logarithm (amounts above 0), or its log-odds (shares). */
export type MetalogForm = 'plain' | 'log' | 'logit'

/** What each kind of parameter holds once it is read. */
interface Values {
  /** A value of the field: money where the field holds money, a share where it holds a share. */
  readonly value: number
  /** A distance between two values of the field, such as a standard deviation. */
  readonly spread: number
  /** A pure number, whatever the field holds. */
  readonly number: number
  /** Log-odds of a share: pure numbers, so that a percent sign has no meaning. */
  readonly logOdds: number
  /** A list of values of the field. */
  readonly values: readonly number[]
  /** A list of pure numbers or shares that need not sum to 1. */
  readonly weights: readonly number[]
  readonly probabilities: readonly number[]
  /** A list of numbers and distributions. */
  readonly components: readonly Distribution[]
  readonly form: MetalogForm
}

export type ParameterKind = keyof Values

/** Parameters in the order in which a call names them, each with its kind. */
export type Parameters = Readonly<Record<string, ParameterKind>>

/** How people write it: as a call of its parameters, as pairs of value and weight, as a column of a file, or as percentiles. */
export type WrittenAs = 'call' | 'pairs' | 'column' | 'percentiles'

type Arguments<P extends Parameters> = { readonly [Name in keyof P]: Values[P[Name]] }

interface Description<P extends Parameters> {
  readonly name: string
  /** Where it stands in messages and tables, which begin with the common ones. */
  readonly order: number
  readonly parameters: P
  readonly written?: WrittenAs
  /** What it is for, in one phrase of the documentation. */
  readonly about: string
  make(values: Arguments<P>): Distribution
}

export interface DistributionRecord {
  readonly name: string
  /** Where it stands in messages and tables, which begin with the common ones. */
  readonly order: number
  readonly parameters: Parameters
  readonly written: WrittenAs
  readonly about: string
  /**
   * The distribution of a resolved scenario's plain data.
   * @param of a component of a mixture → its distribution
   */
  read(spec: DistributionSpec, of: (component: unknown, parameter: string) => Distribution): Distribution
}

type Reader<T> = (parameter: string, value: unknown, of: (component: unknown, parameter: string) => Distribution) => T

const number: Reader<number> = (parameter, value) => {
  if (typeof value !== 'number') throw new ParameterError(parameter, 'a number', value)
  return value
}

const list: Reader<readonly unknown[]> = (parameter, values) => {
  if (!Array.isArray(values)) throw new ParameterError(parameter, 'a list', values)
  return values
}

const numbers: Reader<readonly number[]> = (parameter, values, of) =>
  list(parameter, values, of).map((value, k) => number(`${parameter}[${k}]`, value, of))

const readers: { readonly [Kind in ParameterKind]: Reader<Values[Kind]> } = {
  value: number,
  spread: number,
  number,
  logOdds: number,
  values: numbers,
  weights: numbers,
  probabilities: numbers,
  components: (parameter, values, of) => list(parameter, values, of).map((component, k) => of(component, `${parameter}[${k}]`)),
  form: (parameter, form) => {
    if (form === 'plain' || form === 'log' || form === 'logit') return form
    throw new ParameterError(parameter, 'plain, log or logit', form)
  },
}

export function distribution<const P extends Parameters>(description: Description<P>): DistributionRecord {
  const { name, order, parameters, written = 'call', about, make } = description
  return {
    name,
    order,
    parameters,
    written,
    about,
    read: (spec, of) =>
      make(
        Object.fromEntries(
          Object.entries<ParameterKind>(parameters).map(([parameter, kind]) => [
            parameter,
            readers[kind](parameter, spec[parameter], of),
          ]),
        ) as Arguments<P>,
      ),
  }
}
