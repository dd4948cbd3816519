// The error of the regret of an offer that never lost, and of other means of what few trials met or none. No trial shows how much that is, or how often.
import { normalQuantile } from '../distributions/special/normal.ts'
import { SEEN } from './jumps.ts'

/** How far an offer stays below a rival: the mean and the standard deviation of the rival's cost minus its own. */
export interface Lead {
  readonly mean: number
  readonly sd: number
}

/**
 * If an event is in none of N trials, its probability is below 3/N in 95 of 100 cases (the rule of three: Hanley and Lippman-Hand, Journal of the
 * American Medical Association 249, 1983), which is two errors.
 */
const OF_THREE = 3 / 2

/** A lead that varies by less than this share of its mean is constant, and an amount that could be so much more cannot be more. */
const ROUNDING = 1e-9

/** The standard error of a mean if all trials had the same value. @param distance the farthest that a trial could be from that value */
export const unmetMean = (distance: number, trials: number): number => (OF_THREE * distance) / trials

/**
 * The standard error of the mean of the worst 1 − p of trials if all of these had the same value.
 * @param highest the most that a trial could be
 */
export function unmetShortfall(value: number, highest: number, trials: number, p: number): number {
  const distance = highest - value
  return distance > ROUNDING * Math.abs(value) && highest < Infinity ? unmetMean(distance, trials) / (1 - p) : 0
}

/** The standard error of the standard deviation of such values: half of the largest one at a probability of 3/N. */
export const unmetSd = (distance: number, trials: number): number => (distance * Math.sqrt((2 * OF_THREE) / trials)) / 2

/**
 * The standard error of a mean that moves where an amount passes a bound, if it did so in few trials or in none. If a normal amount passes the
 * bound in 3/N of trials, the lead is a known number of its standard deviations, which gives their size. Each such trial counts as one standard
 * deviation. Their number k has the error √(k + 9/4): that of a Poisson number, and 3/2 if there is none. It is 0 if the spread of the
 * replicates shows the error.
 * @param lead the distance of the amount's mean from the bound
 * @param beyond the sum over the trials of how far it is beyond the bound
 */
export function rareTurns(lead: number, beyond: number, trials: number): number {
  const chance = (2 * OF_THREE) / trials
  const deviation = lead / Math.max(1, chance < 0.5 ? normalQuantile(1 - chance, chance) : 0)
  const turns = deviation > 0 ? beyond / deviation : Infinity
  return turns < SEEN ? (deviation * Math.sqrt(turns + OF_THREE * OF_THREE)) / trials : 0
}

/**
 * The standard error of a mean regret that was 0 in every trial: 3/2 losses among the trials, each of one standard deviation of the lead over
 * the closest rival. It is 0 if that lead never varies.
 * @param leads over the other offers
 */
export function unseenRegret(leads: readonly Lead[], trials: number): number {
  const closeness = ({ mean, sd }: Lead) => (sd > ROUNDING * Math.abs(mean) ? mean / sd : Infinity)
  const closest = leads.reduce<Lead | undefined>((a, b) => (a && closeness(a) <= closeness(b) ? a : b), undefined)
  return closest && closeness(closest) < Infinity ? (OF_THREE * closest.sd) / trials : 0
}
