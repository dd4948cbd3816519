import { ParameterError } from '../../errors.ts'
import { exp, log, log1p } from '../kernel/math.ts'
import { positive } from './check.ts'
import type { Distribution } from './distribution.ts'
import { distribution } from './record.ts'
import { normalCdf, normalQuantile } from './special/normal.ts'

/** Beyond it the square of the ratio, and soon the values, leave the range of numbers. */
const WIDEST = 1e100

/** Lognormal law by its own mean and standard deviation: σ² = ln(1 + (sd/mean)²), μ = ln mean − σ²/2. */
function lognormal(mean: number, sd: number): Distribution {
  positive('mean', mean)
  positive('sd', sd)
  const ratio = sd / mean
  if (!(ratio < WIDEST)) throw new ParameterError('sd', `a standard deviation below ${WIDEST} times the mean (${mean})`, sd)
  const variance = log1p(ratio * ratio)
  const [centre, sigma] = [log(mean) - variance / 2, Math.sqrt(variance)]
  return {
    name: 'lognormal',
    mean,
    sd,
    support: [0, Infinity],
    kinks: [],
    quantile: (p, q) => exp(centre + sigma * normalQuantile(p, q)),
    cdf: (x) => (x > 0 ? normalCdf((log(x) - centre) / sigma) : 0),
    survival: (x) => (x > 0 ? normalCdf((centre - log(x)) / sigma) : 1),
  }
}

export const lognormalDistribution = distribution({
  name: 'lognormal',
  order: 20,
  parameters: { mean: 'value', sd: 'spread' },
  about: 'amounts above 0 with a longer upper tail; mean and sd are its own',
  make: ({ mean, sd }) => lognormal(mean, sd),
})
