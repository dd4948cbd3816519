// Resamples replicates (the bootstrap), which shows the results that other seeds might have given.
const TIMES = 100

/** Sets of weights for replicates. Every call returns the same sets. The mean of each set is 1. */
export function resamplings(replicates: number): readonly Float64Array[] {
  const next = draws()
  return Array.from({ length: TIMES }, () => {
    const weights = new Float64Array(replicates)
    for (let k = 0; k < replicates; k++) weights[next(replicates)] += 1
    return weights
  })
}

/** The root mean square distance from a number. */
export const spreadAbout = (values: readonly number[], center: number): number =>
  Math.sqrt(values.reduce((sum, value) => sum + (value - center) * (value - center), 0) / values.length)

/**
 * Returns a function that draws whole numbers below a limit (Marsaglia's 32-bit xorshift). The draws choose resamples and orders only, so
 * that a simple generator is enough.
 * @param start a word that is not 0. The draws repeat in every run with the same one
 */
export function draws(start = 2_463_534_242): (below: number) => number {
  let state = start
  return (below) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % below
  }
}
