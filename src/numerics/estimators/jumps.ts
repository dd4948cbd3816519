// The error that stratified points leave at a jump, as far as the spread of the replicates may not show it.

/** If more replicates than this are expected to count one point more or less than the others, their spread shows it. */
const SEEN = 12

/**
 * Each net of n points has ⌊n·u⌋ points below a probability u, or one more. With R nets the share below u has the standard error
 * √(R f (1 − f)) / (R n), where f is the fraction of n·u. If f is near 0 or 1, all nets mostly count alike.
 * @param jumps probabilities at which an input jumps
 * @returns the largest such error that the spread may not show, as a share of trials; 0 without replicates
 */
export function jumpError(jumps: readonly number[], replicates: number | undefined, points: number): number {
  if (replicates === undefined) return 0
  const errors = jumps.map((u) => {
    const f = (u * points) % 1
    return replicates * Math.min(f, 1 - f) < SEEN ? Math.sqrt(replicates * f * (1 - f)) / (replicates * points) : 0
  })
  return Math.max(0, ...errors)
}

/** The error of points that are not stratified along the input: a rare event that hardly any point meets may not show. */
export function rareError(jumps: readonly number[], trials: number): number {
  const errors = jumps.map((u) => {
    const expected = trials * Math.min(u, 1 - u)
    return expected < SEEN ? Math.sqrt(expected) / trials : 0
  })
  return Math.max(0, ...errors)
}
