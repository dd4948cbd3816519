// Families with a center and a spread: on the values, on their logarithms or on their log-odds.
import { lognormalSpec } from '../distributions/lognormal.ts'
import { logBeta } from '../distributions/special/beta.ts'
import { exp, log, log1p, logistic, logit } from '../kernel/math.ts'
import { ascend, goldenTop } from './ascend.ts'
import { type Family, Unfit } from './family.ts'
import { meanOf, centerOf, type FitSample } from './sample.ts'

export const normalFit: Family = {
  holds: 'any',
  fit: ({ mean, sd }) => ({ distribution: 'normal', mean, sd }),
}

export const lognormalFit: Family = {
  holds: 'above 0',
  fit({ values }) {
    const { mean, sd } = centerOf(values.map((x) => log(x)))
    return lognormalSpec(mean, sd)
  },
}

export const logitNormalFit: Family = {
  holds: 'between 0 and 1',
  fit({ values }) {
    const { mean, sd } = centerOf(values.map(logit))
    return { distribution: 'logitNormal', location: mean, scale: sd }
  },
}

/** In a = 1 / scale and b = location / scale the likelihood is concave, so Newton's steps find its only top. */
export const logisticFit: Family = {
  holds: 'any',
  fit({ values, mean, sd }) {
    const scores = values.map((x) => (x - mean) / sd)
    const found = ascend(
      ([a, b]) => {
        if (!(a > 0)) return undefined
        const sums = { value: 0, slope: 0, slopeX: 0, bend: 0, bendX: 0, bendXX: 0 }
        for (const x of scores) {
          const z = a * x - b
          const p = logistic(z)
          const [slope, bend] = [2 * p - 1, 2 * p * logistic(-z)]
          sums.value -= Math.abs(z) + 2 * log1p(exp(-Math.abs(z)))
          sums.slope += slope
          sums.slopeX += slope * x
          sums.bend += bend
          sums.bendX += bend * x
          sums.bendXX += bend * x * x
        }
        const n = scores.length
        return {
          value: log(a) + sums.value / n,
          gradient: [1 / a - sums.slopeX / n, sums.slope / n],
          bend: [
            [-1 / (a * a) - sums.bendXX / n, sums.bendX / n],
            [sums.bendX / n, -sums.bend / n],
          ],
        }
      },
      [Math.PI / Math.sqrt(3), 0],
    )
    if (!found) return new Unfit('the likelihood has no top')
    const [a, b] = found
    return { distribution: 'logistic', location: mean + (sd * b) / a, scale: sd / a }
  },
}

/** Beyond these degrees of freedom the t distribution cannot be told from the normal one, nor below them from one without a variance. */
const [LEAST_DF, MOST_DF] = [2, 1_000]
const MOST_ROUNDS = 2_000

/** Location and scale with the largest likelihood at given degrees of freedom, on values with mean 0 and standard deviation 1. */
interface Scaled {
  readonly location: number
  readonly scale: number
  /** The mean log-likelihood without the part that depends on the degrees of freedom alone. */
  readonly value: number
}

/**
 * Reweighted means: Kent, Tyler and Vardi (1994), "A curious likelihood identity for the multivariate t-distribution". The scale has the
 * sum of the weights as its divisor, which converges in a few dozen rounds.
 */
function scaledAt(scores: Float64Array, df: number, from: Scaled): Scaled | undefined {
  let { location, scale } = from
  for (let round = 0; round < MOST_ROUNDS; round++) {
    let [weight, first, second] = [0, 0, 0]
    for (const x of scores) {
      const d = (x - location) / scale
      const w = (df + 1) / (df + d * d)
      weight += w
      first += w * x
      second += w * (x - location) * (x - location)
    }
    const next = { location: first / weight, scale: Math.sqrt(second / weight) }
    if (!(next.scale > 1e-9)) return undefined
    const moved = Math.abs(next.location - location) + Math.abs(next.scale - scale)
    ;({ location, scale } = next)
    if (moved < 1e-13) break
  }
  const value =
    meanOf(scores, (x) => -0.5 * (df + 1) * log1p(((x - location) * (x - location)) / (scale * scale * df))) - log(scale)
  return { location, scale, value }
}

export const studentTFit: Family = { holds: 'any', fit: studentT }

function studentT({ values, mean, sd }: FitSample): ReturnType<Family['fit']> {
  const scores = values.map((x) => (x - mean) / sd)
  let last: Scaled = { location: 0, scale: 1, value: 0 }
  let collapsed = false
  const at = (logDf: number): number => {
    const df = exp(logDf)
    const found = scaledAt(scores, df, last)
    collapsed ||= found === undefined
    if (!found) return -Infinity
    last = found
    return found.value - 0.5 * log(df) - logBeta(df / 2, 0.5)
  }
  const [low, high] = [log(LEAST_DF), log(MOST_DF)]
  const top = goldenTop(at, low, high, 1e-9)
  if (collapsed) return new Unfit('most values are equal, so the likelihood grows without limit')
  if (top > high - 1e-6) return new Unfit('the tails are no heavier than those of a normal distribution')
  if (top < low + 1e-6) return new Unfit('the tails are too heavy: with 2 degrees of freedom or fewer the variance is infinite')
  at(top)
  return { distribution: 'studentT', df: exp(top), location: mean + sd * last.location, scale: sd * last.scale }
}
