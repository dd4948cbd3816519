// From monthly counts to the ensemble of the resolution rate's future, on the log-odds.
import { median } from 'simple-statistics'
import { exp, log1p, logit } from '../../numerics/kernel/math.ts'
import { type Ensemble, ensembleAt } from './ensemble.ts'
import type { Innovation } from './innovations.ts'
import { weighWithoutOutliers } from './outlier-free.ts'
import type { KnownMonths } from './project.ts'
import { ratePrior } from './rate-prior.ts'

/** Months of a history, with a rate. */
export interface Counts {
  /** The month of the first entries. */
  readonly first: number
  readonly conversations: readonly number[]
  /** NaN if unknown. */
  readonly resolutions: readonly number[]
}

export interface RateEnsemble extends Ensemble {
  /** Places of months that the ensemble leaves out, since the others do not explain them. */
  readonly left: readonly number[]
  readonly innovations: readonly Innovation[]
}

/** Older months say little about next year, and they enlarge the matrices. */
const MOST = 120
/** Months of the same rate as a month's own, on either side, before it is read. */
const NEAR = 3
/** How much the neighbors say about the log-odds of a month. */
const NEIGHBORS = 4
/** Half a resolution in one conversation: Jeffreys' prior, which keeps rates off 0% and 100%. */
const PRIOR_COUNT = 0.5
/** A rate varies by this much at least, and months differ by this much at most before they are read. */
const SMALLEST_SPREAD = 0.004
const LARGEST_SPREAD = 3
/** Months without any resolution come from another rate if their chance is below 1%. */
const UNLIKELY = 4.6
/** So many months show which rate the AI has after it goes live. */
const LIVE = 6

/** Places of the months whose rate is known, and how many before them saw no AI. */
export function ratedMonths({ conversations, resolutions }: Counts): {
  readonly places: readonly number[]
  readonly early: number
} {
  const all = conversations.flatMap((n, k) => (n > 0 && resolutions[k] >= 0 ? [k] : []))
  const live = all.findIndex((k) => resolutions[k] > 0)
  if (live <= 0) return { places: all.slice(-MOST), early: 0 }
  const sum = (values: readonly number[], places: readonly number[]) => places.reduce((total, k) => total + values[k], 0)
  const after = all.slice(live, live + LIVE)
  const rate = sum(resolutions, after) / sum(conversations, after)
  const early = -sum(conversations, all.slice(0, live)) * log1p(-Math.min(rate, 1 - 1e-12)) > UNLIKELY ? live : 0
  return { places: all.slice(early).slice(-MOST), early }
}

/**
 * Reads each month's count as a normal value of its log-odds with a known variance (Laplace's approximation about the rate of the month
 * with its neighbors).
 */
export function knownRates({ first, conversations, resolutions }: Counts, places: readonly number[]): KnownMonths {
  const at = Int32Array.from(places)
  const near = at.map((own) => own)
  const [values, counting] = [new Float64Array(at.length), new Float64Array(at.length)]
  near.forEach((own, i) => {
    let [resolved, all] = [PRIOR_COUNT, 2 * PRIOR_COUNT]
    for (const place of at) {
      const weight = exp(-Math.abs(place - own) / NEAR)
      resolved += weight * resolutions[place]
      all += weight * conversations[place]
    }
    const usual = resolved / all
    const others = NEIGHBORS / (usual * (1 - usual))
    const [r, c] = [resolutions[own], conversations[own]]
    const rate = (r + others * usual) / (c + others)
    counting[i] = 1 / (c * rate * (1 - rate))
    values[i] = logit(rate) + (r - c * rate) * counting[i]
  })
  const middle = values.reduce((sum, value) => sum + value, 0) / values.length
  return { first, at, z: values.map((value) => value - middle), middle, last: conversations.length - 1, counting }
}

/** The usual size of the differences of neighbors, as the standard deviation of one. */
function spreadOf({ z }: KnownMonths): number {
  const steps = Array.from(z.subarray(1), (value, i) => Math.abs(value - z[i]))
  return Math.min(LARGEST_SPREAD, Math.max(SMALLEST_SPREAD, median(steps) / 0.6745 / Math.SQRT2))
}

/**
 * @param ahead how many months to forecast
 * @param skip how many months lie between the history and the first of them
 */
export function fitRates(counts: Counts, ahead: number, skip = 0): RateEnsemble {
  const { places } = ratedMonths(counts)
  const future = Int32Array.from({ length: ahead }, (_, h) => counts.conversations.length + skip + h)
  const { cells, left, innovations } = weighWithoutOutliers(places.length, (out) => {
    const known = knownRates(
      counts,
      places.filter((place) => !out.includes(place)),
    )
    return { known, prior: ratePrior(spreadOf(known)) }
  })
  return { ...ensembleAt(cells, future), left: [...left].sort((a, b) => a - b), innovations }
}
