// Shares of a variance, from futures that have something in common.
import { type Figure, meanFigure, ratioOf } from '../../numerics/estimators/figure.ts'

/**
 * Var(E[Y | shared]) / Var(Y), of two futures that share something: their covariance about the common mean (Janon, Klein, Lagnoux, Nodet
 * and Prieur, ESAIM: Probability and Statistics 18, 2014). Centred, so that it does not go astray where the mean is large.
 */
export function explained(y: Float64Array, other: Float64Array, starts: readonly number[]): Figure {
  const [a, b] = [y, other].map((column) => meanFigure(starts, (i) => column[i], 0).value)
  const centre = (a + b) / 2
  const above = meanFigure(starts, (i) => (y[i] - centre) * (other[i] - centre), 0)
  const below = meanFigure(starts, (i) => ((y[i] - centre) * (y[i] - centre) + (other[i] - centre) * (other[i] - centre)) / 2, 0)
  return ratioOf(above, below)
}

/** E[(Y − Y')²] / 2 Var(Y), of two futures that differ in one group: never negative (Jansen, Computer Physics Communications 117, 1999). */
export function missing(y: Float64Array, other: Float64Array, starts: readonly number[]): Figure {
  const [a, b] = [y, other].map((column) => meanFigure(starts, (i) => column[i], 0).value)
  const centre = (a + b) / 2
  const above = meanFigure(starts, (i) => ((y[i] - other[i]) * (y[i] - other[i])) / 2, 0)
  const below = meanFigure(starts, (i) => ((y[i] - centre) * (y[i] - centre) + (other[i] - centre) * (other[i] - centre)) / 2, 0)
  return ratioOf(above, below)
}
