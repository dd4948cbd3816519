import { above, finite, positive } from './check.ts'
import type { Distribution } from './distribution.ts'
import { incompleteBeta, inverseIncompleteBeta } from './special/beta.ts'

/**
 * Student's t, shifted and scaled; df > 2, so that the variance exists.
 * P(|T| > t) = I(df/2, 1/2) at df / (df + t²): Johnson, Kotz & Balakrishnan (1995), ch. 28.
 */
export function studentT(df: number, location: number, scale: number): Distribution {
  above('df', df, 2, '2, where the variance exists')
  finite('location', location)
  positive('scale', scale)
  const size = (p: number) => {
    const [x, y] = inverseIncompleteBeta(df / 2, 0.5, 2 * p, 1 - 2 * p)
    return Math.sqrt((df * y) / x)
  }
  return {
    name: 'studentT',
    mean: location,
    sd: scale * Math.sqrt(df / (df - 2)),
    support: [-Infinity, Infinity],
    kinks: [],
    quantile: (p, q) => {
      if (p === 0.5) return location
      if (p <= 0 || q <= 0) return p <= 0 ? -Infinity : Infinity
      return p < q ? location - scale * size(p) : location + scale * size(q)
    },
    cdf: (value) => {
      const t = (value - location) / scale
      const tail = incompleteBeta(df / 2, 0.5, df / (df + t * t), (t * t) / (df + t * t))[0] / 2
      return t < 0 ? tail : 1 - tail
    },
  }
}
studentT.parameters = ['df', 'location', 'scale'] as const
