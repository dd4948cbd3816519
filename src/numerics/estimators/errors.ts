/** The standard error from R independent replicates: the standard deviation of their values, divided by √R. */
export function replicateError(values: readonly number[]): number {
  const n = values.length
  if (n < 2) return 0
  let [sum, squares] = [0, 0]
  for (const value of values) sum += value
  const mean = sum / n
  for (const value of values) squares += (value - mean) * (value - mean)
  const error = Math.sqrt(squares / (n - 1) / n)
  if (Number.isFinite(error)) return error
  const largest = Math.max(...values.map(Math.abs))
  if (!(largest < Infinity)) return error
  // The square of a large value overflowed.
  return largest * replicateError(values.map((value) => value / largest))
}

/** The binomial standard error of a share p of n random values. */
export const binomialError = (p: number, n: number): number => Math.sqrt((p * (1 - p)) / n)
