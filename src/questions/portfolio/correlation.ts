// The correlation of two columns of the same trials.
import type { Estimate } from '../../numerics/estimators/estimate.ts'
import { estimateOf } from '../../numerics/estimators/figure.ts'

/** A column with its moments, and their moves by replicate. */
export interface Centered {
  readonly values: Float64Array
  readonly mean: number
  readonly variance: number
  /** How much the trials of each replicate move the variance. */
  readonly moves: Float64Array
}

export function centered(values: Float64Array, starts: readonly number[]): Centered {
  const n = values.length
  const origin = values[0]
  let sum = 0
  for (const value of values) sum += value - origin
  const mean = origin + sum / n
  const { value: variance, moves } = productOf(values, mean, values, mean, starts)
  return { values, mean, variance, moves }
}

/** The mean of (x − mean) · (y − mean), and how much each replicate moves it. */
function productOf(
  x: Float64Array,
  meanX: number,
  y: Float64Array,
  meanY: number,
  starts: readonly number[],
): { readonly value: number; readonly moves: Float64Array } {
  const replicates = starts.length - 1
  const n = starts[replicates]
  const sums = new Float64Array(replicates)
  for (let r = 0; r < replicates; r++) {
    let sum = 0
    for (let i = starts[r]; i < starts[r + 1]; i++) sum += (x[i] - meanX) * (y[i] - meanY)
    sums[r] = sum
  }
  const value = sums.reduce((a, b) => a + b, 0) / n
  return { value, moves: sums.map((sum, r) => (replicates / n) * (sum - value * (starts[r + 1] - starts[r]))) }
}

/** Pearson's correlation. Its error is that of the covariance and both variances together. Absent if a column does not vary. */
export function columnCorrelation(a: Centered, b: Centered, starts: readonly number[]): Estimate | undefined {
  const scale = Math.sqrt(a.variance * b.variance)
  if (!(scale > 0)) return undefined
  const { value: covariance, moves } = productOf(a.values, a.mean, b.values, b.mean, starts)
  const value = Math.max(-1, Math.min(1, covariance / scale))
  const own = moves.map((move, r) => move / scale - (value / 2) * (a.moves[r] / a.variance + b.moves[r] / b.variance))
  return estimateOf({ value, moves: own, least: 0, under: () => value })
}
