// The one rule for a percentile, its standard error, expected shortfall and probabilities.
import { binomialError, replicateError } from './errors.ts'
import type { Estimate } from './estimate.ts'
import { type SampleSize, type HeavyTail, missedBy, joinedError } from './heavy-tail.ts'
import type { RankReach, Sample, Shares } from './sample.ts'

/** The widest half-width, in standard deviations of a random rank, of the window in which the density at a percentile is measured. */
const WIDEST = 3

/**
 * That half-width in errors of F(q). Each end of the window is as uncertain as F(q), so the density is off by about √2 / 10 = 14%, as the
 * spread of 32 replicates is by 13%. A wider window would measure the density where the percentile never lies.
 */
const WINDOW = 5

/** The error by steps counts if it exceeds that by the slope by this share, and by NOISE standard deviations of the number of ranks. */
const CLEARLY = 0.25
const NOISE = 4

/**
 * The shares between which the density at a percentile is measured.
 * @param shareError of F(q). Without it, the window is the widest possible.
 */
export function windowOf(p: number, size: number, shareError = Infinity): readonly [low: number, high: number] {
  const half = Math.min(WIDEST * binomialError(p, size), WINDOW * shareError)
  return [Math.max(0, p - half), Math.min(1, p + half)]
}

/** A percentile, and the parts of its error. */
export interface PercentileError extends Estimate {
  /** The standard error of the share below the percentile, and the replicates' shares that show it. */
  readonly shareError: number
  readonly shares: readonly number[]
}

/**
 * The error of a percentile q is the error of F(q), divided by the density at q. One random sample has the binomial error of F. Independent
 * replicates have the spread of their own F(q). This is right for stratified points too, whereas the spread of the replicates' own
 * percentiles is not. If several values equal q, p may lie next to either end of that atom, so the spread of P(X < q) counts as well as
 * that of P(X ≤ q). The density comes from order statistics around q, as near to it as the error of F(q) allows. `withSteps` covers steps
 * in the cost.
 */
export function percentileOf(sample: Sample, p: number): PercentileError {
  const value = sample.quantile(p)
  const own = sample.random ? { upTo: [] } : sample.shares(value)
  const [share, shares] = shareErrorOf(sample, p, own)
  const [low, high] = windowOf(p, sample.size, share)
  const slope = (sample.quantile(high) - sample.quantile(low)) / (high - low)
  const error = withSteps(value, slope * share, share, (far) => sample.around(p, far))
  return { value, se: Math.max(sample.placeError(value), error), shareError: share, shares }
}

function shareErrorOf(sample: Sample, p: number, { upTo, below }: Shares): readonly [number, readonly number[]] {
  if (sample.random) return [binomialError(p, sample.size), []]
  const [above, beneath] = [replicateError(upTo), below ? replicateError(below) : 0]
  return [Math.max(above, beneath, sample.leastShare), below && beneath > above ? below : upTo]
}

/**
 * The error of a percentile whose values may lie on steps. The values whose shares are one error of F below and above p show it, or, at half
 * the weight, those of two errors (Woodruff, Journal of the American Statistical Association 47, 1952). It counts only if it clearly exceeds
 * the error by the slope. On a slope the two agree, apart from the noise of a few ranks.
 */
function withSteps(value: number, slopeError: number, shareError: number, around: (far: number) => RankReach | undefined): number {
  const [near, twice] = [around(shareError), around(2 * shareError)]
  const errors = [
    ...(near ? stepErrors(value, near, Math.SQRT1_2) : []),
    ...(twice && twice.share >= 1.98 * shareError ? stepErrors(value, twice, 1) : []),
  ].map(({ distance, ranks, share }) => ({ error: distance * Math.min(1, shareError / share), ranks }))
  const clear = errors.filter(({ error, ranks }) => error > (1 + Math.max(CLEARLY, NOISE / Math.sqrt(ranks))) * slopeError)
  return Math.max(slopeError, ...clear.map(({ error }) => error))
}

/**
 * Half the distance between both values of a reach, and the distance of the farther one, which shows the step that p lies at the very end of.
 * There half of the seeds return the value of the step and half the next one. The root mean square of their errors is the step's height
 * over √2, the weight of a reach of one error. Two errors of a value that is two shares off cover the step with the weight 1.
 */
function stepErrors(value: number, { share, ranks, low, high }: RankReach, weight: number) {
  return [
    { distance: (high - low) / 2, ranks, share },
    { distance: weight * Math.max(high - value, value - low), ranks: ranks / 2, share },
  ]
}

/**
 * Expected shortfall: the mean of exactly the worst (1 − p)·N values, with a fractional weight for the boundary value. Its error is that
 * of the mean of (x − boundary)⁺, which is exact to second order.
 */
export function shortfallOf(sample: Sample, p: number): Estimate {
  const { boundary, mean, square, means } = sample.tail(p)
  const share = 1 - p
  const error = sample.random ? Math.sqrt(Math.max(0, square - mean * mean) / sample.size) : replicateError(means)
  return { value: boundary + mean / share, se: Math.max(sample.placeError(boundary), error / share) }
}

/** An expected shortfall with the error by the trials that a sample with heavy tails misses. */
export function withMissed({ value, se }: Estimate, heavy: readonly HeavyTail[], drawn: SampleSize, p: number): Estimate {
  return {
    value,
    se: joinedError(
      se,
      missedBy(heavy, drawn, (x) => Math.max(0, x - value) / (1 - p)),
    ),
  }
}
