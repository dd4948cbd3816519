// The list of distributions: notation, schema and documentation are made from it. A new one is a file and a line here.
import { beta, betaMean, pert } from './beta.ts'
import { constant } from './constant.ts'
import { discrete, empirical } from './discrete.ts'
import type { Distribution, DistributionSpec, Uncertain } from './distribution.ts'
import { gamma } from './gamma.ts'
import { logistic } from './logistic.ts'
import { logitNormal } from './logit-normal.ts'
import { lognormal } from './lognormal.ts'
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

/** Whether a value of a resolved scenario is a distribution as plain data. */
export const isSpec = (value: unknown): value is DistributionSpec =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, 'distribution')

const numbers = (values: unknown): number[] => (Array.isArray(values) ? values.map(Number) : [])

/**
 * The law of an uncertain value; a number is a law with all mass there.
 * @throws ParameterError naming the parameter that is outside its range
 */
export function distributionOf(value: Uncertain): Distribution {
  if (typeof value === 'number') return constant(value)
  switch (value.distribution) {
    case 'discrete':
      return discrete(numbers(value.values), numbers(value.weights))
    case 'empirical':
      return empirical(numbers(value.values))
    case 'mixture':
      return mixture((value.components as Uncertain[]).map(distributionOf), numbers(value.weights))
    default: {
      const law = Object.hasOwn(distributions, value.distribution) ? distributions[value.distribution] : undefined
      if (!law) throw new Error(`there is no distribution "${value.distribution}"`)
      return law(...law.parameters.map((name) => Number(value[name])))
    }
  }
}
