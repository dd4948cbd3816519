import { exp } from '../kernel/math.ts'
import { above, distribution, finite, positive } from './distribution.ts'
import { betaInverse, betaTails } from './special/beta.ts'

/** Shifted and scaled. P(|T| > t) = I(df/2, 1/2) at df / (df + t²): Johnson, Kotz & Balakrishnan (1995), ch. 28. */
export const studentTDistribution = distribution({
  name: 'studentT',
  order: 140,
  parameters: { df: 'number', location: 'value', scale: 'spread' },
  about: 'like normal with heavier tails; df above 2',
  make({ df, location, scale }) {
    above('df', df, 2, '2, so that the variance is finite')
    finite('location', location)
    positive('scale', scale)
    const tails = betaTails(df / 2, 0.5)
    const inverse = betaInverse(df / 2, 0.5)
    const size = (p: number) => Math.sqrt(df) * exp(-0.5 * inverse(2 * p, 1 - 2 * p)[2])
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
  },
})
