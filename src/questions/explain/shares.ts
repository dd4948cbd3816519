// Estimates shares of a variance from pairs of trials that have some inputs in common.
import { type Figure, meanFigure, ratioOf } from '../../numerics/estimators/figure.ts'

/** Var(Y), pooled over two columns of the same distribution, with their common mean. */
function pooled(
  y: Float64Array,
  other: Float64Array,
  starts: readonly number[],
): { readonly center: number; readonly variance: Figure } {
  const [a, b] = [y, other].map((column) => meanFigure(starts, (i) => column[i], 0).value)
  const center = (a + b) / 2
  const variance = meanFigure(starts, (i) => ((y[i] - center) * (y[i] - center) + (other[i] - center) * (other[i] - center)) / 2, 0)
  return { center, variance }
}

/**
 * Var(E[Y | shared]) / Var(Y), from trials that share some inputs (Janon, Klein, Lagnoux, Nodet and Prieur, ESAIM: Probability and
 * Statistics 18, 2014). Centering keeps the digits of a covariance that is small beside the mean.
 */
export function explained(y: Float64Array, other: Float64Array, starts: readonly number[]): Figure {
  const { center, variance } = pooled(y, other, starts)
  return ratioOf(
    meanFigure(starts, (i) => (y[i] - center) * (other[i] - center), 0),
    variance,
  )
}

/** E[(Y − Y')²] / 2 Var(Y), from trials that differ in one group. It is never negative (Jansen, Computer Physics Communications 117, 1999). */
export function missing(y: Float64Array, other: Float64Array, starts: readonly number[]): Figure {
  return ratioOf(
    meanFigure(starts, (i) => ((y[i] - other[i]) * (y[i] - other[i])) / 2, 0),
    pooled(y, other, starts).variance,
  )
}
