// The ensemble as a driver of volumes: what a trial needs to draw one of its futures.
import { gaussNodes } from '../../numerics/distributions/special/quadrature.ts'
import { normalCdf, normalDensity } from '../../numerics/distributions/special/normal.ts'
import { widening } from '../../numerics/distributions/special/widening.ts'
import { exp, log } from '../../numerics/kernel/math.ts'
import { type Ensemble, type Member, varianceIn } from './ensemble.ts'

/**
 * A future: draw a member by its weight, then the volume of month t is means[t] · exp(shifts[t] + w Σₖ factors[t][k] εₖ), with one w for
 * all months and a normal εₖ for each. Each list of numbers has one for each member. No volume is above means[t] · exp(tops[t]).
 */
export interface VolumeDriver {
  /** Expected volumes of the months ahead. */
  readonly means: Float64Array
  /** Of the members, in the order of their expected volumes over all months. */
  readonly weights: Float64Array
  readonly shifts: readonly Float64Array[]
  readonly factors: readonly (readonly Float64Array[])[]
  readonly tops: Float64Array
  readonly freedom: number
  /** Mean and standard deviation of each member's volume over all months, as shares of the expected one. */
  readonly members: readonly { readonly mean: number; readonly sd: number }[]
}

/** The normal score beyond which w stays the same: χ² is not below its 0.1% quantile, since the exponential of a t has no mean. */
export const WIDEST_SCORE = 3.090232306167813
/** No month has more than this many times its typical volume. No history supports more, and rare draws would decide a mean. */
const MOST = 20

/** √(freedom / χ²) at a normal score: a high score widens. */
export function boundedWidening(freedom: number): (score: number) => number {
  const own = widening(freedom)
  return (score) => own(Math.min(score, WIDEST_SCORE))
}

/** @param lengths what the volume of each month is multiplied by, such as its days */
export function volumeDriver({ members, months }: Ensemble, lengths: readonly number[]): VolumeDriver {
  const freedom = members.reduce((least, own) => Math.min(least, own.freedom), Number.POSITIVE_INFINITY)
  const each = Array.from({ length: months }, (_, t) => t)
  const typical = each.map((t) => members.reduce((sum, { weight, mean }) => sum + weight * mean[t], 0))
  const tops = typical.map((middle) => middle + log(MOST))
  const scales = scalesOf(freedom)
  const known = members.map((member) => ({
    member,
    volumes: each.map((t) => lengths[t] * expectedVolume(member.mean[t], varianceIn(member, months, t), tops[t], scales)),
  }))
  const means = Float64Array.from(each, (t) => known.reduce((sum, { member, volumes }) => sum + member.weight * volumes[t], 0))
  const whole = means.reduce((sum, mean) => sum + mean, 0)
  const sorted = known
    .map((one) => ({ ...one, mean: one.volumes.reduce((sum, own) => sum + own, 0) / whole }))
    .sort((a, b) => a.mean - b.mean)
  const logs = each.map((t) => log(means[t] / lengths[t]))
  const listed = (value: (member: Member) => number) => {
    const all = new Float64Array(sorted.length)
    for (let k = 0; k < all.length; k++) all[k] = value(sorted[k].member)
    return all
  }
  return {
    means,
    weights: listed(({ weight }) => weight),
    shifts: each.map((t) => listed(({ mean }) => mean[t] - logs[t])),
    factors: each.map((t) => each.slice(0, t + 1).map((k) => listed(({ factor }) => factor[t * months + k]))),
    tops: Float64Array.from(each, (t) => tops[t] - logs[t]),
    freedom,
    members: sorted.map(({ member, volumes, mean }) => ({ mean, sd: spread(member, volumes) / whole })),
  }
}

interface Scale {
  /** w² */
  readonly square: number
  readonly weight: number
}

/** Scores below this have a probability of 1e-9, and the smallest w. */
const LEAST_SCORE = -6

/** The distribution of w² as nodes of a quadrature. */
function scalesOf(freedom: number): Scale[] {
  const wide = boundedWidening(freedom)
  const middle = (LEAST_SCORE + WIDEST_SCORE) / 2
  const nodes = [...gaussNodes(LEAST_SCORE, middle), ...gaussNodes(middle, WIDEST_SCORE)]
  const squareAt = (score: number) => wide(score) * wide(score)
  return [
    ...nodes.map(({ x, weight }) => ({ square: squareAt(x), weight: weight * normalDensity(x) })),
    { square: squareAt(WIDEST_SCORE), weight: normalCdf(-WIDEST_SCORE) },
  ]
}

/** E exp(min(top, mean + w·√variance·z)) */
function expectedVolume(mean: number, spread: number, top: number, scales: readonly Scale[]): number {
  return scales.reduce((sum, { square, weight }) => sum + weight * cappedExponential(mean, square * spread, top), 0)
}

/** Beyond this many standard deviations the cap has no effect. */
const FAR = 8

/** E exp(min(top, X)) of a normal X: the price of a capped amount (Black and Scholes, Journal of Political Economy 81, 1973). */
function cappedExponential(mean: number, spread: number, top: number): number {
  const sd = Math.sqrt(spread)
  const whole = exp(mean + spread / 2)
  if (top - mean - spread > FAR * sd) return whole
  return whole * normalCdf((top - mean - spread) / sd) + exp(top) * normalCdf((mean - top) / sd)
}

/** The standard deviation of a member's volume over all months, to first order. */
function spread({ factor }: Member, volumes: readonly number[]): number {
  const months = volumes.length
  let sum = 0
  for (let k = 0; k < months; k++) {
    let along = 0
    for (let t = k; t < months; t++) along += volumes[t] * factor[t * months + k]
    sum += along * along
  }
  return Math.sqrt(sum)
}
