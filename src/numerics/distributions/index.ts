// The list of distributions: notation, schema and documentation are made from it. A new one is a file and a line here.
import { ParameterError } from '../../errors.ts'
import { beta, betaMean, pert } from './beta.ts'
import { constant } from './constant.ts'
import { discrete, empirical } from './discrete.ts'
import type { Distribution, DistributionSpec, Uncertain } from './distribution.ts'
import { gamma } from './gamma.ts'
import { logistic } from './logistic.ts'
import { logitNormal } from './logit-normal.ts'
import { lognormal } from './lognormal.ts'
import { type MetalogForm, metalog } from './metalog.ts'
import { mixture } from './mixture.ts'
import { normal } from './normal.ts'
import { pareto } from './pareto.ts'
import { studentT } from './student-t.ts'
import { triangular } from './triangular.ts'
import { truncatedNormal } from './truncated-normal.ts'
import { uniform } from './uniform.ts'
import { exponential, weibull } from './weibull.ts'

export type { Distribution, DistributionSpec, Uncertain } from './distribution.ts'

interface Entry {
  (...values: number[]): Distribution
  readonly parameters: readonly string[]
}

/** Distributions whose parameters are numbers. */
export const distributions: Readonly<Record<string, Entry>> = {
  normal,
  lognormal,
  logitNormal,
  truncatedNormal,
  uniform,
  triangular,
  pert,
  beta,
  betaMean,
  gamma,
  exponential,
  weibull,
  pareto,
  studentT,
  logistic,
}

const names = [...Object.keys(distributions), 'discrete', 'mixture', 'empirical', 'metalog']

/** Whether a value of a resolved scenario is a distribution as plain data. */
export const isSpec = (value: unknown): value is DistributionSpec =>
  typeof value === 'object' &&
  value !== null &&
  Object.hasOwn(value, 'distribution') &&
  'distribution' in value &&
  typeof value.distribution === 'string'

function number(parameter: string, value: unknown): number {
  if (typeof value !== 'number') throw new ParameterError(parameter, 'a number', value)
  return value
}

function list(parameter: string, values: unknown): readonly unknown[] {
  if (!Array.isArray(values)) throw new ParameterError(parameter, 'a list', values)
  return values
}

const numbers = (parameter: string, values: unknown): number[] =>
  list(parameter, values).map((value, k) => number(`${parameter}[${k}]`, value))

function formOf(form: unknown): MetalogForm {
  if (form === 'plain' || form === 'log' || form === 'logit') return form
  throw new ParameterError('form', 'plain, log or logit', form)
}

function component(value: unknown, k: number): Distribution {
  if (typeof value !== 'number' && !isSpec(value)) throw new ParameterError(`components[${k}]`, 'a number or a distribution', value)
  return distributionOf(value)
}

/**
 * The law of an uncertain value; a number is a law with all mass there.
 * @throws ParameterError naming the parameter that is outside its range
 */
export function distributionOf(value: Uncertain): Distribution {
  if (typeof value === 'number') return constant(value)
  switch (value.distribution) {
    case 'discrete':
      return discrete(numbers('values', value.values), numbers('weights', value.weights))
    case 'empirical':
      return empirical(numbers('values', value.values))
    case 'mixture':
      return mixture(list('components', value.components).map(component), numbers('weights', value.weights))
    case 'metalog':
      return metalog(formOf(value.form), numbers('probabilities', value.probabilities), numbers('values', value.values))
    default: {
      const law = Object.hasOwn(distributions, value.distribution) ? distributions[value.distribution] : undefined
      if (!law) throw new ParameterError('distribution', `one of ${names.join(', ')}`, value.distribution)
      return law(...law.parameters.map((name) => number(name, value[name])))
    }
  }
}
