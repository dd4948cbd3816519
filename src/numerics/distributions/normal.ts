import { distribution, finite, positive } from './distribution.ts'
import { log } from '../kernel/math.ts'
import { logNormalDensity, normalCdf, normalQuantile } from './special/normal.ts'

export const normalDistribution = distribution({
  name: 'normal',
  order: 10,
  parameters: { mean: 'value', sd: 'spread' },
  about: 'values on both sides of a mean',
  make({ mean, sd }) {
    finite('mean', mean)
    positive('sd', sd)
    return {
      name: 'normal',
      mean,
      sd,
      support: [-Infinity, Infinity],
      kinks: [],
      quantile: (p, q) => mean + sd * normalQuantile(p, q),
      cdf: (x) => normalCdf((x - mean) / sd),
      survival: (x) => normalCdf((mean - x) / sd),
      logDensity: (x) => logNormalDensity((x - mean) / sd) - log(sd),
    }
  },
})
