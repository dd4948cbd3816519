// Weights by which replicates are counted once more or not at all: what a run with other seeds might have given (the bootstrap).

const TIMES = 100

/** The same weights every time, for so many replicates; the mean of each set is 1. */
export function resamplings(replicates: number): readonly Float64Array[] {
  // A generator of 32 bits (Marsaglia's xorshift): these draws decide no figure, only how wide an interval is.
  let state = 2_463_534_242
  const next = (): number => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % replicates
  }
  return Array.from({ length: TIMES }, () => {
    const weights = new Float64Array(replicates)
    for (let k = 0; k < replicates; k++) weights[next()] += 1
    return weights
  })
}

/** The root mean square distance from a number. */
export const spreadAbout = (values: readonly number[], centre: number): number =>
  Math.sqrt(values.reduce((sum, value) => sum + (value - centre) * (value - centre), 0) / values.length)
