// How each distribution of the list is fitted, or why it is not. A new distribution does not compile until it stands here.
import type { records } from '../distributions/index.generated.ts'
import { betaFit, exponentialFit, gammaFit, paretoFitting, weibullFit } from './positive.ts'
import { logisticFit, logitNormalFit, lognormalFit, normalFit, studentTFit } from './centered.ts'
import { discreteFit } from './counted.ts'
import type { Fitting } from './family.ts'
import { metalogFit } from './metalog.ts'
import { mixtureFit } from './mixture.ts'
import { pertFit, triangularFit, truncatedNormalFit, uniformFit } from './bounded.ts'

type NameOf<Key> = Key extends `${infer Name}Distribution` ? Name : never

export const FITTINGS: { readonly [Name in NameOf<keyof typeof records>]: Fitting } = {
  normal: normalFit,
  lognormal: lognormalFit,
  logitNormal: logitNormalFit,
  truncatedNormal: truncatedNormalFit,
  uniform: uniformFit,
  triangular: triangularFit,
  pert: pertFit,
  beta: betaFit,
  betaMean: 'it is beta by another pair of numbers',
  gamma: gammaFit,
  exponential: exponentialFit,
  weibull: weibullFit,
  pareto: paretoFitting,
  studentT: studentTFit,
  logistic: logisticFit,
  discrete: discreteFit,
  mixture: mixtureFit,
  empirical: 'it draws the rows themselves: empirical(FILE, COLUMN)',
  metalog: metalogFit,
}
