// The normal score of a Student t value: the z with Φ(z) = P(T ≤ t).
import { expm1 } from '../../kernel/math.ts'
import { betaTails } from './beta.ts'
import { normalQuantile, ROOT_2PI } from './normal.ts'

/** Below this, a series of the normal quantile about ½ keeps the digits. */
const CENTER = 1e-3

/**
 * Returns score / t as a function of log(1 + t²/df). It is smooth and above 0, so that a table of it gives the scores of both signs.
 * P(|T| > t) = I(df/2, 1/2) at df / (df + t²): Johnson, Kotz & Balakrishnan (1995), ch. 28.
 */
export function studentScoreRatio(df: number): (size: number) => number {
  const tails = betaTails(df / 2, 0.5)
  const ratio = (size: number): number => {
    const square = expm1(size)
    const [outside, inside] = tails(1 / (1 + square), square / (1 + square))
    const t = Math.sqrt(df * square)
    if (inside > CENTER) return -normalQuantile(outside / 2, 1 - outside / 2) / t
    const y = (ROOT_2PI * inside) / 2
    return (y * (1 + (y * y) / 6 + (7 * y * y * y * y) / 120)) / t
  }
  // At 0 it is the ratio of the two densities, which the smallest size shows to the last digit.
  return (size) => ratio(Math.max(size, 1e-12))
}
