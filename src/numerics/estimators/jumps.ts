// The error that stratified points leave at a jump, as far as the spread of the replicates may not show it.

/** The places where an input jumps. */
export interface Jumps {
  /** The probability below each jump, increasing. */
  readonly at: readonly number[]
  /** How far the input jumps there, as a share of its way from the lowest to the highest value. */
  readonly shares: readonly number[]
}

/**
 * An event that at least this many trials are expected to meet shows in the spread of the replicates: with fewer than a quarter of them, the
 * spread is below half of the true error, which happens once in 2,000 samples (P(X < 3) for a Poisson number with mean 12).
 */
export const SEEN = 12

/**
 * With fewer starts of an event than this among all trials, some thirty replicates have three or fewer each. Many then have none, and their
 * spread is that of the few that have one.
 */
export const FEW_STARTS = 100

/** With more jumps than this, none of them moves a figure over its whole range. */
const FEW = 16

/**
 * Each net of n points has ⌊n·u⌋ points below a probability u, or one more. With R nets the share below u has the standard error
 * √(R f (1 − f)) / (R n), where f is the fraction of n·u. If f is near 0 or 1, all nets mostly count alike.
 * @returns that error as a share of trials if the spread may not show it, else 0
 */
function hiddenError(u: number, replicates: number, points: number): number {
  const f = (u * points) % 1
  return replicates * Math.min(f, 1 - f) < SEEN ? Math.sqrt(replicates * f * (1 - f)) / (replicates * points) : 0
}

/**
 * The largest error that an input's jumps leave in an amount, as a share of the amount's range. One of a few jumps may move the amount over
 * its whole range. One of many moves it by the jump's own share. Jumps between the same two points of a net happen together, so their
 * errors add up. Others are independent.
 * @param replicates undefined without replicates, whose spread then shows all errors
 * @param points of each replicate
 */
export function jumpError(jumps: readonly Jumps[], replicates: number | undefined, points: number): number {
  if (replicates === undefined) return 0
  const errors = jumps.map(({ at, shares }) => {
    const each = at.map((u) => hiddenError(u, replicates, points))
    if (at.length <= FEW) return Math.max(0, ...each)
    const strata = new Map<number, number>()
    at.forEach((u, k) => {
      const stratum = Math.floor(u * points)
      strata.set(stratum, (strata.get(stratum) ?? 0) + shares[k] * each[k])
    })
    let squares = 0
    for (const error of strata.values()) squares += error * error
    return Math.sqrt(squares)
  })
  return Math.max(0, ...errors)
}

/** The error of points that are not stratified along the input: a rare event that hardly any point meets may not show. */
export function rareError(jumps: readonly Jumps[], trials: number): number {
  const errors = jumps.map(({ at }) =>
    at.reduce((most, u) => {
      const expected = trials * Math.min(u, 1 - u)
      return expected < SEEN ? Math.max(most, Math.sqrt(expected) / trials) : most
    }, 0),
  )
  return Math.max(0, ...errors)
}
