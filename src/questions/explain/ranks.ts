// Spearman's rank correlation.
import { estimateOf, meanFigure, ratioOf } from '../../numerics/estimators/figure.ts'
import type { Estimate } from '../../summary/summary.ts'

/** Ranks from 0 to 1. Ties share their mean rank. */
export const ranksOf = (values: Float64Array): Float64Array =>
  ranksIn(
    values,
    Uint32Array.from(values, (_, i) => i).sort((a, b) => values[a] - values[b]),
  )

/** @param order the places of the values from the lowest to the highest */
export function ranksIn(values: Float64Array, order: Uint32Array): Float64Array {
  const n = order.length
  const ranks = new Float64Array(n)
  for (let from = 0; from < n; ) {
    let to = from
    while (to + 1 < n && values[order[to + 1]] === values[order[from]]) to += 1
    for (let k = from; k <= to; k++) ranks[order[k]] = (from + to) / 2 / Math.max(1, n - 1)
    from = to + 1
  }
  return ranks
}

/** The correlation of two columns of ranks. Returns 0 if either column does not vary. */
export function rankCorrelation(x: Float64Array, y: Float64Array, starts: readonly number[]): Estimate {
  const momentsOf = (ranks: Float64Array) => {
    const mean = meanFigure(starts, (i) => ranks[i], 0).value
    return [mean, meanFigure(starts, (i) => (ranks[i] - mean) * (ranks[i] - mean), 0)] as const
  }
  const [[mx, vx], [my, vy]] = [momentsOf(x), momentsOf(y)]
  if (!(vx.value > 0 && vy.value > 0)) return { value: 0, se: 0 }
  const together = meanFigure(starts, (i) => (x[i] - mx) * (y[i] - my), 0)
  // Variances of ranks hardly vary. Their geometric mean is the denominator.
  const scale = Math.sqrt(vx.value * vy.value)
  const constant = {
    value: scale,
    moves: vx.moves.map((move, r) => (scale / 2) * (move / vx.value + vy.moves[r] / vy.value)),
    least: 0,
    under: () => scale,
  }
  const { value, se } = estimateOf(ratioOf(together, constant))
  return { value: Math.max(-1, Math.min(1, value)), se }
}
