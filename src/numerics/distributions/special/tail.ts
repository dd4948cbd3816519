import { exp } from '../../kernel/math.ts'
import { integrate } from './quadrature.ts'

/** e^−40 is below the last digit of the sum. */
const NEGLIGIBLE = -40

/**
 * ∫ exp(h(s)) ds over s > 0, for a concave h that starts at h(0) = 0 and does not rise: the tail of a density so peaked that a series
 * would take thousands of terms.
 * @param scale a first guess of how far the tail reaches
 */
export function tail(h: (s: number) => number, scale: number): number {
  let reach = scale
  while (h(reach) > NEGLIGIBLE) reach *= 2
  while (h(reach * 0.8) < NEGLIGIBLE) reach *= 0.8
  return integrate((s) => exp(h(s)), 0, reach, 6)
}
