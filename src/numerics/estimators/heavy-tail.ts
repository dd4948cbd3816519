// Heavy tails. If a few huge values decide a mean, most samples miss some of them, and the spread of the replicates misses them too. The tail
// beyond a high threshold is nearly a generalized Pareto distribution (Pickands, Annals of Statistics 3, 1975), which says how far the values
// go that this sample happened not to contain.
import { exp, expm1, log, log1p } from '../kernel/math.ts'
import type { Sample } from './sample.ts'

/** The values beyond a threshold: P(X beyond x) = share · (1 + shape · (x − from) / scale)^(−1 / shape). */
export interface HeavyTail {
  readonly from: number
  readonly share: number
  /** k̂ of the generalized Pareto distribution. Moments of order 1 / shape and above would be infinite. */
  readonly shape: number
  /** In the unit of the values. Negative for a lower tail. */
  readonly scale: number
}

/** Tails with a smaller shape are light: the replicates show their own error. An exponential tail has 0, a normal one less. */
const LIGHT = 0.1

/** A tail is fitted only if its last value lies as far out as a shape of this size puts it. Most costs stop here. */
const PRESUMED = 0.05

/** Fewer values, or fewer of them beyond the threshold, do not show a shape. */
export const FEWEST_VALUES = 1024
const FEWEST_BEYOND = 20

/** A run in twenty contains a value that is exceeded with this chance, divided by the number of trials. */
const CHANCE = 0.05

/** ((1 / chance)^shape − 1) / shape: the distance of a quantile from the threshold, in units of the scale. */
const reachOfShape = (shape: number, chance: number): number =>
  Math.abs(shape) < 1e-9 ? -log(chance) : expm1(-shape * log(chance)) / shape

/** The lower and the upper tail of a sample, as far as they are heavy. It ends a selection, so read other figures before. */
export function heavyTailsOf(sample: Sample): HeavyTail[] {
  const suspects = ([-1, 1] as const).filter((sign) => isSuspect(sample, sign))
  return suspects.flatMap((sign) => {
    const found = fitted(sample, sign)
    return found && found.shape > LIGHT ? [found] : []
  })
}

/** The percentiles that show whether a tail may be heavy. */
export const SUSPECTED = [0.01, 0.1, 0.9, 0.99] as const

/** Whether the distance from P99 to the end is large beside that from P90 to P99. */
function isSuspect({ quantile, size, min, max }: Sample, sign: -1 | 1): boolean {
  if (size < FEWEST_VALUES) return false
  const [near, far, end] =
    sign > 0 ? [quantile(SUSPECTED[2]), quantile(SUSPECTED[3]), max] : [quantile(SUSPECTED[1]), quantile(SUSPECTED[0]), min]
  const inside = reachOfShape(PRESUMED, 0.1)
  const ratio = (reachOfShape(PRESUMED, 10 / size) - inside) / inside
  return sign * (end - far) > ratio * sign * (far - near)
}

/** By how many of its standard errors the shape of the outer values must be smaller before they alone count. */
const CLEARLY = 3

/**
 * The fit of Zhang and Stephens (Technometrics 51, 2009) to the most extreme 3 √n values, with the weak prior of Vehtari, Simpson, Gelman,
 * Yao and Gabry (Pareto smoothed importance sampling, Journal of Machine Learning Research 25, 2024).
 *
 * A tail keeps its shape beyond every higher threshold (Coles, An Introduction to Statistical Modeling of Extreme Values, 2001, section 4.3.4).
 * If the outer half, quarter and so on is clearly lighter, as where a rare price lies far from the usual one, the gap between them only looks
 * like a heavy tail: the outer values alone show how far the tail goes. A shape of 1, that of a mean that does not exist, is always such a gap,
 * since no distribution of a plan has one.
 */
function fitted(sample: Sample, sign: -1 | 1): HeavyTail | undefined {
  const { size } = sample
  const values = sample.extreme(Math.ceil(Math.min(0.2 * size, 3 * Math.sqrt(size))) + 1, sign)
  let found: HeavyTail | undefined
  for (let kept = values.length - 1; kept >= FEWEST_BEYOND; kept >>= 1) {
    const from = values[values.length - 1 - kept]
    const beyond = values.subarray(values.length - kept).map((value) => sign * (value - from))
    const distances = beyond.filter((distance) => distance > 0)
    // The most extreme value is an atom.
    if (distances.length === 0) return undefined
    if (distances.length < FEWEST_BEYOND) continue
    const { shape, scale } = paretoFit(distances)
    const error = found ? (1 + found.shape) / Math.sqrt(distances.length) : 0
    if (!found || shape < found.shape - CLEARLY * error) {
      found = { from, share: distances.length / size, shape, scale: sign * scale }
    }
  }
  return found && found.shape < 1 ? found : undefined
}

const PRIOR = 3
/** The prior: ten observations with a shape of one half. */
const PRIOR_COUNT = 10
const PRIOR_SHAPE = 0.5

/** @param beyond distances from the threshold, above 0, rising */
export function paretoFit(beyond: Float64Array): { readonly shape: number; readonly scale: number } {
  const n = beyond.length
  const candidates = 30 + Math.floor(Math.sqrt(n))
  const quartile = beyond[Math.max(0, Math.floor(n / 4 + 0.5) - 1)]
  const shapeAt = (b: number) => {
    let sum = 0
    for (let i = 0; i < n; i++) sum += log1p(-b * beyond[i])
    return sum / n
  }
  const tried = Array.from({ length: candidates }, (_, j) => {
    const b = 1 / beyond[n - 1] + (1 - Math.sqrt(candidates / (j + 0.5))) / (PRIOR * quartile)
    const shape = shapeAt(b)
    return { b, likelihood: n * (log(-b / shape) - shape - 1) }
  }).filter(({ likelihood }) => Number.isFinite(likelihood))
  const most = Math.max(...tried.map(({ likelihood }) => likelihood))
  const weights = tried.map(({ likelihood }) => exp(likelihood - most))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const b = tried.reduce((sum, one, j) => sum + (one.b * weights[j]) / total, 0)
  const shape = shapeAt(b)
  return { shape: (n * shape + PRIOR_COUNT * PRIOR_SHAPE) / (n + PRIOR_COUNT), scale: -shape / b }
}

/** The value beyond which a trial lies with a small chance. */
export const valueBeyond = ({ from, share, shape, scale }: HeavyTail, chance: number): number =>
  from + scale * reachOfShape(shape, Math.min(1, chance / share))

/** How a sample was drawn: its number of values, and of independent replicates (1 for one random sample). */
export type SampleSize = Pick<Sample, 'size' | 'replicates'>

/**
 * The error of a mean by the trials that a sample happens to miss: half of what one trial moves it that a run in twenty contains. Each
 * replicate has a trial beyond its own most extreme quantile, and these are the ones that a stratified sample lets vary.
 * @param influence by how much one trial of this value moves the figure, times the number of trials
 */
export function missedBy(
  tails: readonly HeavyTail[],
  { size, replicates }: SampleSize,
  influence: (value: number) => number,
): number {
  const squares = tails.reduce((sum, tail) => {
    const [rare, usual] = [valueBeyond(tail, CHANCE / size), valueBeyond(tail, replicates / 2 / size)]
    const missed = (influence(rare) - influence(usual)) / size / 2
    return sum + missed * missed
  }, 0)
  return Math.sqrt(squares)
}

/** A standard error and the error of missed trials, which are independent. */
export const joinedError = (se: number, missed: number): number => (missed > 0 ? Math.sqrt(se * se + missed * missed) : se)
