import { exp } from '../kernel/math.ts'
import { above, finite, positive } from './check.ts'
import type { Distribution } from './distribution.ts'
import { distribution } from './record.ts'
import { betaInverse, betaTails } from './special/beta.ts'

/**
 * Student's t, shifted and scaled; df > 2, so that the variance exists.
 * P(|T| > t) = I(df/2, 1/2) at df / (df + t²): Johnson, Kotz & Balakrishnan (1995), ch. 28.
 */
function studentT(df: number, location: number, scale: number): Distribution {
  above('df', df, 2, '2, where the variance exists')
  finite('location', location)
  positive('scale', scale)
  const tails = betaTails(df / 2, 0.5)
  const inverse = betaInverse(df / 2, 0.5)
  const size = (p: number) => Math.sqrt(df) * exp(-0.5 * inverse(2 * p, 1 - 2 * p)[2])
  // P(T ≤ t) = P(T > −t)
  const below = (t: number) => {
    const square = (t / df) * t
    const [outside, inside] = tails(1 / (1 + square), square / (1 + square))
    return t < 0 ? outside / 2 : 0.5 + inside / 2
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
    cdf: (value) => below((value - location) / scale),
    survival: (value) => below((location - value) / scale),
  }
}

export const studentTDistribution = distribution({
  name: 'studentT',
  order: 140,
  parameters: { df: 'number', location: 'value', scale: 'spread' },
  about: 'like normal with heavier tails; df above 2',
  make: ({ df, location, scale }) => studentT(df, location, scale),
})
