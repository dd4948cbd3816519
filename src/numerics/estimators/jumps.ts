// What stratified points leave of a jump: the part of the error that the spread of the replicates need not show.

/** Replicates that are expected to count one point more or less than the others: with more of them the spread shows it. */
const SEEN = 12

/**
 * Of each net as many points lie below a probability u as on average, or one more: with R nets of n points the share below u has the
 * standard error √(R f (1 − f)) / (R n), f being the fraction of n·u. Where f is near 0 or 1 most often all nets count alike.
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

/** That of points that are not stratified along the input itself: what hardly any of them meets may not show. */
export function rareError(jumps: readonly number[], trials: number): number {
  const errors = jumps.map((u) => {
    const expected = trials * Math.min(u, 1 - u)
    return expected < SEEN ? Math.sqrt(expected) / trials : 0
  })
  return Math.max(0, ...errors)
}
