// The values that a distribution is fitted to, with the sums that several families need.
export interface FitSample {
  /** In rising order, at least two of them different. */
  readonly values: Float64Array
  readonly count: number
  readonly min: number
  readonly max: number
  readonly mean: number
  /** The root of the mean squared deviation: divided by the count, as the likelihood has it. */
  readonly sd: number
  /** Whether the values are shares, so that their percentiles describe log-odds. */
  readonly shares: boolean
}

/** @param values finite numbers in any order; they are not changed */
export function sampleOf(values: ArrayLike<number>, shares = false): FitSample {
  const sorted = Float64Array.from(values).sort()
  const { mean, sd } = centerOf(sorted)
  const last = sorted.length - 1
  return { values: sorted, count: sorted.length, min: sorted[0], max: sorted[last], mean, sd, shares }
}

/** Mean and standard deviation, divided by the count, in two passes. */
export function centerOf(values: Float64Array): { readonly mean: number; readonly sd: number } {
  const mean = values.reduce((sum, x) => sum + x / values.length, 0)
  const variance = values.reduce((sum, x) => sum + ((x - mean) * (x - mean)) / values.length, 0)
  return { mean, sd: Math.sqrt(variance) }
}

/** The mean of a function of the values. */
export function meanOf(values: Float64Array, of: (x: number) => number): number {
  let sum = 0
  for (const x of values) sum += of(x)
  return sum / values.length
}
