import { finite, positive } from './check.ts'
import type { Distribution } from './distribution.ts'
import { distribution } from './record.ts'
import { normalCdf, normalQuantile } from './special/normal.ts'

/** Normal law. @param sd standard deviation > 0, in the value's unit */
function normal(mean: number, sd: number): Distribution {
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
  }
}

export const normalDistribution = distribution({
  name: 'normal',
  order: 10,
  parameters: { mean: 'value', sd: 'spread' },
  about: 'values on both sides of a mean',
  make: ({ mean, sd }) => normal(mean, sd),
})
