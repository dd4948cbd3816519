/** The standard error from R independent replicates: the standard deviation of their values, divided by √R. */
export function replicateError(values: readonly number[]): number {
  const n = values.length
  if (n < 2) return 0
  const mean = values.reduce((sum, value) => sum + value, 0) / n
  const error = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / (n - 1) / n)
  const largest = Math.max(...values.map(Math.abs))
  if (Number.isFinite(error) || !(largest < Infinity)) return error
  // The square of a large value overflowed.
  return largest * replicateError(values.map((value) => value / largest))
}

/** The binomial standard error of a share p of n random values. */
export const binomialError = (p: number, n: number): number => Math.sqrt((p * (1 - p)) / n)
