import { exp, expm1, log, log1p } from '../kernel/math.ts'
import { above, distribution, finite, positive } from './distribution.ts'
import { betaInverse, betaTails, logBeta } from './special/beta.ts'
import { HALF_LOG_2PI, normalCdf, normalQuantile } from './special/normal.ts'

/** From here on the beta distribution loses digits, and Wallace's normal score is exact to the last one. */
const NEARLY_NORMAL = 1e10
/** Beyond this nothing differs from the normal distribution. */
const NORMAL = 1e20

interface Standard {
  /** The t with P(T > t) = p, for p up to ½. */
  size(p: number): number
  /** P(T ≤ t). */
  below(t: number): number
}

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
    // ln of the density at the center. Where the two terms with df would cancel, it is that of the normal distribution.
    const logPeak = -log(scale) - (df < NEARLY_NORMAL ? 0.5 * log(df) + logBeta(df / 2, 0.5) : HALF_LOG_2PI)
    const { size, below } = df < NEARLY_NORMAL ? byBeta(df) : byScore(Math.min(df, NORMAL))
    return {
      name: 'studentT',
      mean: location,
      sd: scale * Math.sqrt(df / (df - 2)),
      support: [-Infinity, Infinity],
      moments: df,
      kinks: [],
      quantile: (p, q) => {
        if (p === 0.5) return location
        if (p <= 0 || q <= 0) return p <= 0 ? -Infinity : Infinity
        return p < q ? location - scale * size(p) : location + scale * size(q)
      },
      cdf: (value) => below((value - location) / scale),
      survival: (value) => below((location - value) / scale),
      logDensity: (value) => {
        const t = (value - location) / scale
        return logPeak - 0.5 * (df + 1) * log1p((t / df) * t)
      },
    }
  },
})

function byBeta(df: number): Standard {
  const tails = betaTails(df / 2, 0.5)
  const inverse = betaInverse(df / 2, 0.5)
  return {
    size: (p) => Math.sqrt(df) * exp(-0.5 * inverse(2 * p, 1 - 2 * p)[2]),
    below: (t) => {
      const square = (t / df) * t
      const [outside, inside] = tails(1 / (1 + square), square / (1 + square))
      return t < 0 ? outside / 2 : 0.5 + inside / 2
    },
  }
}

/**
 * The normal score of t is (1 − 1/(4 df)) √(df ln(1 + t²/df)), with an error of order t³/df²: Wallace (1959), Annals of Mathematical
 * Statistics 30.
 */
const byScore = (df: number): Standard => ({
  size: (p) => {
    const score = -normalQuantile(p, 1 - p) * (1 + 0.25 / df)
    return Math.sqrt(df * expm1((score / df) * score))
  },
  below: (t) => normalCdf(Math.sign(t) * (1 - 0.25 / df) * Math.sqrt(df * log1p((t / df) * t))),
})
