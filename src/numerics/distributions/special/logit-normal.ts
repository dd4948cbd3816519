// The moments of the logit-normal distribution, and the distribution with given moments. Neither has a closed form. The trapezoidal rule on a
// smooth, decaying integrand converges geometrically (Trefethen & Weideman 2014, SIAM Review 56).
import { LruCache } from '../../../lru-cache.ts'
import { exp, log, logistic, logit } from '../../kernel/math.ts'
import { crossing } from './crossing.ts'
import { normalCdf, normalQuantile } from './normal.ts'

/**
 * Mean and standard deviation. The mean keeps its digits for a location of 0 or less.
 * @param perUnit nodes per unit of the normal score, while the scale is at most `WIDE`; four times the scale are enough for 12 digits
 */
const logitNormalMoments = (location: number, scale: number, perUnit = 40): readonly [mean: number, sd: number] =>
  scale <= WIDE ? byScores(location, scale, perUnit) : byOdds(location, scale)

/** A plan asks for the moments of each of its rates dozens of times: for each offer, month and check. */
const recentMoments = new LruCache<readonly [mean: number, sd: number]>(64)

/** The same, computed once for the latest distributions. */
export const knownMoments = (location: number, scale: number): readonly [mean: number, sd: number] =>
  recentMoments.get(`${location} ${scale}`, () => logitNormalMoments(location, scale))

/** The integrand has poles at ±iπ/scale from the normal score. Up to this scale they do not disturb steps of 1/40. */
const WIDE = 10

/** Beyond this scale a normal probability hardly changes while the share falls by e^−45. */
const FLAT = 100

function byScores(location: number, scale: number, perUnit: number): readonly [number, number] {
  const last = Math.ceil(perUnit * (10 + 2 * scale)) // the square's weight is largest at a score of up to 2 · scale
  const average = (f: (share: number) => number) => {
    let [weight, sum] = [0, 0]
    for (let k = -10 * perUnit; k <= last; k++) {
      const z = k / perUnit
      const w = exp(-0.5 * z * z)
      weight += w
      sum += w * f(logistic(location + scale * z))
    }
    return sum / weight
  }
  const mean = average((share) => share)
  return [mean, Math.sqrt(average((share) => (share - mean) * (share - mean)))]
}

/** E[g(X)] = ∫ g′ P(X > l) over the log-odds l, for g = share and its square: the normal distribution is the smooth part here. */
function byOdds(location: number, scale: number): readonly [number, number] {
  const step = 0.25
  // Below 0 the integrand falls with the share, unless the distribution itself is as narrow.
  const lowest = scale > FLAT ? Math.max(location - 45, -60) : location - 45
  let [first, second] = [0, 0]
  for (let l = lowest; l <= 45; l += step) {
    const share = logistic(l)
    const weight = share * logistic(-l) * normalCdf((location - l) / scale)
    first += step * weight
    second += step * 2 * share * weight
  }
  return [first, Math.sqrt(second - first * first)]
}

/** The parameters of a logit-normal distribution: mean and standard deviation of the log-odds. */
export interface LogOdds {
  readonly location: number
  readonly scale: number
}

/** A share with this mean has a smaller standard deviation. That of a share which is either 0 or 1 is equal to it. */
export const largestSpread = (mean: number): number => Math.sqrt(mean * (1 - mean))

/** Below this scale the terms of second order are exact to a tenth of a billionth. */
const NARROW = 1e-5
/** The logarithm of a scale beyond which a share is 0 or 1 to the last digit. */
const LARGEST = 20
/** Newton's steps take three. */
const MOST_STEPS = 50

const recent = new LruCache<LogOdds>(64)

/**
 * Location and scale for which a logit-normal share has the given mean and standard deviation, to 1e-10.
 * If the location keeps the mean, a larger scale makes the share more spread out in the convex order, since the two quantile functions
 * cross once. The solution is therefore unique.
 * @param mean above 0 and below 1
 * @param sd above 0 and below `largestSpread(mean)`
 */
export function logitNormalByMoments(mean: number, sd: number): LogOdds {
  return recent.get(`${mean} ${sd}`, () => {
    if (mean <= 0.5) return belowHalf(mean, sd)
    // The distribution of 1 − X is the mirror image, and the rarer side has the digits.
    const { location, scale } = belowHalf(1 - mean, sd)
    return { location: -location, scale }
  })
}

function belowHalf(mean: number, sd: number): LogOdds {
  const slope = mean * (1 - mean)
  const first = sd / slope
  if (first < NARROW) return { location: logit(mean) - 0.5 * (1 - 2 * mean) * first * first, scale: first }
  const spread = (logScale: number) => {
    const scale = exp(logScale)
    return quick(locationOf(mean, scale), scale)[1] / sd
  }
  let [low, high] = [log(first), log(first)]
  while (spread(low) > 1) low -= 0.25
  while (high < LARGEST && spread(high) < 1) high += 0.25
  const scale = exp(crossing(spread, low, high))
  return { location: locationOf(mean, scale), scale }
}

const quick = (location: number, scale: number) => logitNormalMoments(location, scale, Math.ceil(4 * Math.max(1, scale)))

/**
 * The location with the given mean, by Newton's steps on the log-odds of the mean. They are concave in the location. Its derivative of the
 * mean is E[X (1 − X)], which follows from the two moments.
 */
function locationOf(mean: number, scale: number): number {
  const goal = logit(mean)
  // A wide normal variable with logistic noise, whose variance is about 2.9, is nearly normal.
  let location = scale > 2 ? normalQuantile(mean) * Math.sqrt(scale * scale + 2.9) : goal
  for (let step = 0; step < MOST_STEPS; step++) {
    const [found, sd] = quick(location, scale)
    const square = found * (1 - found)
    const change = ((goal - logit(found)) * square) / (square - sd * sd)
    location += change
    if (!(Math.abs(change) > 1e-9 * Math.max(1, Math.abs(location)))) break
  }
  return location
}
