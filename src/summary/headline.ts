// Turns the sums of pre-integration into headline figures. A percentile is one step of Newton from a threshold near it.
import type { LineOutcome } from '../run/derived.ts'
import { type DrawsBesideLines, QUANTILES, TAILS, type Target } from '../preintegration/sampling.ts'
import { FEW_STARTS, jumpError, rareError } from '../numerics/estimators/jumps.ts'
import { replicateError } from '../numerics/estimators/errors.ts'
import type { HeavyTail } from '../numerics/estimators/heavy-tail.ts'
import { withMissed } from '../numerics/estimators/percentile.ts'
import type { Estimate, Percentile, Shortfall } from './summary.ts'

/** A probability, and the effective number of nets in which it, or its complement if that is rarer, occurs. */
export interface Chance {
  readonly estimate: Estimate
  readonly nets: number
  /** Whether it relies on a pair with steps in which one offer costs less along every line that was looked at. */
  readonly unproven: boolean
}

export interface IntegratedFigures {
  readonly percentile: (offer: number, key: Percentile) => Estimate | undefined
  /** @param heavy the heavy tails of the offer's cost */
  readonly expectedShortfall: (offer: number, key: Shortfall, heavy?: readonly HeavyTail[]) => Estimate | undefined
  /** P(a costs less than b). */
  readonly cheaper: (a: number, b: number) => Chance | undefined
  readonly cheapest: (offer: number) => Chance | undefined
}

const nothing = () => undefined
const NOTHING: IntegratedFigures = { percentile: nothing, expectedShortfall: nothing, cheaper: nothing, cheapest: nothing }
const BY = 'preintegration'
/** A step longer than this share of a standard deviation is too long for Newton's method. */
const LONGEST = 0.1
/** Roots have an error of up to 1e-10 in the parameter of a line, and this allows ten times that. */
const ROUNDING = 1e-9

/** @param costs each offer's standard deviation and largest cost, which bound steps and errors */
export function headlineOf(
  lines: LineOutcome | undefined,
  costs: readonly { readonly sd: number; readonly max: number }[],
  { rarest, jumps }: DrawsBesideLines,
): IntegratedFigures {
  if (!lines) return NOTHING
  const { sampling, sums } = lines
  const { points, replicates, trials } = sampling.outer
  // An event that hardly any point meets leaves an error of about one point, which the spread of the replicates does not show.
  const rare = rarest !== undefined && rarest * trials < FEW_STARTS
  const jump = Math.max(jumpError(jumps, replicates, points), rareError(jumps, trials))
  const floor = Math.max(ROUNDING, jump, rare ? Math.sqrt(replicates) / 2 / trials : 0)
  const place = (matches: (target: Target) => boolean) => sampling.targets.findIndex(matches)
  const means = (target: number, slot: number) => sums.map((replicate) => replicate[target][slot] / points)
  const mean = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length
  const share = (target: number, slot: number): Chance | undefined => {
    if (target < 0) return undefined
    const values = means(target, slot)
    const value = Math.min(1, Math.max(0, mean(values)))
    const own = sampling.targets[target]
    const unproven = own.kind === 'cheapest' && own.stepping
    const rarer = values.map((one) => Math.max(0, (value > 0.5 ? 1 - one : one) - ROUNDING))
    return { estimate: { value, se: Math.max(replicateError(values), floor), by: BY }, nets: effective(rarer), unproven }
  }
  const threshold = (offer: number, quantile: number) => {
    const target = place((one) => one.kind === 'offer' && (one.offer === offer || one.alike.some((other) => other.offer === offer)))
    const own = sampling.targets[target]
    if (own?.kind !== 'offer') return undefined
    const slot = own.thresholds.findIndex((one) => one.quantile === quantile)
    const { scale, shift } = own.alike.find((other) => other.offer === offer) ?? { scale: 1, shift: 0 }
    return slot < 0 ? undefined : { target, slot, at: own.thresholds[slot].at, scale, shift }
  }
  /** One step of Newton's method from the threshold, with its error. */
  const step = (offer: number, quantile: number) => {
    const found = threshold(offer, quantile)
    if (!found) return undefined
    const shares = means(found.target, 3 * found.slot)
    const density = mean(means(found.target, 3 * found.slot + 1))
    const by = (QUANTILES[quantile] - mean(shares)) / density
    if (!(density > 0) || !(Math.abs(by * found.scale) <= LONGEST * costs[offer].sd)) return undefined
    return { ...found, by, density, error: Math.max(replicateError(shares), floor) / density }
  }
  const cheapest = place((one) => one.kind === 'cheapest')
  const quantileOf = (key: string) => QUANTILES.findIndex((p) => `p${Math.round(100 * p)}` === key)
  return {
    percentile(offer, key) {
      const found = step(offer, quantileOf(key))
      return found && { value: found.shift + found.scale * (found.at + found.by), se: found.scale * found.error, by: BY }
    },
    expectedShortfall(offer, key, heavy = []) {
      const quantile = quantileOf(key)
      const found = TAILS.includes(quantile) ? step(offer, quantile) : undefined
      if (!found) return undefined
      const excess = means(found.target, 3 * found.slot + 2).map((value) => value / (1 - QUANTILES[quantile]))
      const { at, scale, shift } = found
      const furthest = Math.max(0, costs[offer].max - (shift + scale * at)) / (1 - QUANTILES[quantile])
      // At a threshold that is off by a step, the mean excess is too large by density · step² / 2.
      const bias = (found.density * found.by * found.by) / 2 / (1 - QUANTILES[quantile])
      const error = Math.max(scale * Math.max(replicateError(excess), bias, ROUNDING * Math.abs(at)), furthest * jump)
      const value = shift + scale * (at + mean(excess))
      // Each line draws one value of the tail, so that all of them reach as far as this many trials.
      const drawn = { size: trials / (1 - QUANTILES[quantile]), replicates }
      return { ...withMissed({ value, se: error }, heavy, drawn, QUANTILES[quantile]), by: BY }
    },
    cheaper(a, b) {
      const target = place((one) => one.kind === 'pair' && ((one.a === a && one.b === b) || (one.a === b && one.b === a)))
      const own = sampling.targets[target]
      return own?.kind === 'pair' ? share(target, own.a === a ? 0 : 1) : undefined
    },
    cheapest: (offer) => share(cheapest, offer),
  }
}

/** Kish's effective sample size (1965): the number of equal parts with the same relative variance. */
function effective(parts: readonly number[]): number {
  const [sum, squares] = parts.reduce(([s1, s2], x) => [s1 + x, s2 + x * x], [0, 0])
  return squares > 0 ? (sum * sum) / squares : 0
}
