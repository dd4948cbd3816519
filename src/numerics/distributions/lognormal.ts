import { ParameterError } from '../../errors.ts'
import { exp, expm1, log, log1p } from '../kernel/math.ts'
import { type DistributionSpec, distribution, positive } from './distribution.ts'
import { logNormalDensity, normalCdf, normalQuantile } from './special/normal.ts'

/** From this ratio of sd to mean on, the squares of values overflow. */
const WIDEST = 1e100
/** Below this ratio its square is 0, and σ is the ratio itself. */
const NARROWEST = 1e-150

/** The distribution with this mean and standard deviation of its logarithm, as plain data. */
export function lognormalSpec(center: number, sigma: number): DistributionSpec {
  const mean = exp(center + (sigma * sigma) / 2)
  return { distribution: 'lognormal', mean, sd: mean * Math.sqrt(expm1(sigma * sigma)) }
}

/** Mean and standard deviation of the logarithm of a distribution with this mean and standard deviation. */
export function lognormalCenter(mean: number, sd: number): { readonly mean: number; readonly sd: number } {
  const ratio = sd / mean
  const variance = log1p(ratio * ratio)
  return { mean: log(mean) - variance / 2, sd: ratio < NARROWEST ? ratio : Math.sqrt(variance) }
}

/** Stated by its own mean and standard deviation: σ² = ln(1 + (sd/mean)²), μ = ln mean − σ²/2. */
export const lognormalDistribution = distribution({
  name: 'lognormal',
  order: 20,
  parameters: { mean: 'value', sd: 'spread' },
  about: 'amounts above 0 with a longer upper tail; mean and sd are its own',
  make({ mean, sd }) {
    positive('mean', mean)
    positive('sd', sd)
    if (!(sd / mean < WIDEST)) throw new ParameterError('sd', `a standard deviation below ${WIDEST} times the mean (${mean})`, sd)
    const { mean: center, sd: sigma } = lognormalCenter(mean, sd)
    return {
      name: 'lognormal',
      mean,
      sd,
      support: [0, Infinity],
      kinks: [],
      quantile: (p, q) => exp(center + sigma * normalQuantile(p, q)),
      cdf: (x) => (x > 0 ? normalCdf((log(x) - center) / sigma) : 0),
      survival: (x) => (x > 0 ? normalCdf((center - log(x)) / sigma) : 1),
      logDensity: (x) => (x > 0 ? logNormalDensity((log(x) - center) / sigma) - log(sigma) - log(x) : -Infinity),
    }
  },
})
