// Which of two sources a figure is told from: the sample, or pre-integration.
import { log } from '../numerics/kernel/math.ts'
import type { Chance } from './headline.ts'
import type { Estimate } from './summary.ts'

/**
 * Integrated and sampled figures that are further apart than this many standard errors tell of something that the lines missed. The
 * sample's error is known from some thirty replicates: six of them are passed by chance once in a million figures, four and a half once
 * in ten thousand, and then the sample is the one that is wrong.
 */
const APART = 6

/** Whether integrated figures are to be told: where they are surer, and agree with the sample. */
function isSharper(sampled: readonly Estimate[], integrated: readonly (Estimate | undefined)[]): boolean {
  const squares = (all: readonly (Estimate | undefined)[]) => all.reduce((sum, one) => sum + (one ? one.se * one.se : Infinity), 0)
  if (!(squares(integrated) < squares(sampled))) return false
  return sampled.every((one, k) => {
    const other = integrated[k]
    if (!other) return false
    const far = APART * Math.sqrt(one.se * one.se + other.se * other.se)
    return Math.abs(one.value - other.value) <= far + 1e-12 * Math.abs(one.value)
  })
}

/** Of a cost. */
export const sharperOf = (sampled: Estimate, integrated: Estimate | undefined): Estimate =>
  integrated && isSharper([sampled], [integrated]) ? integrated : sampled

/** Nets, of 32, that must have part in a chance for their spread to tell its error. */
const NETS = 4

/** ln of the chance that is no chance: one in ten million. */
const NEVER = -16

/**
 * Chances that add up: all from the sample, or all integrated. What the lines hardly meet may be much more where they do not run: then
 * an integrated chance has the sample's error at least, and none is told if the sample has met it more often than that.
 */
export function sharperChances(
  sampled: readonly Estimate[],
  integrated: readonly (Chance | undefined)[],
  trials: number,
): readonly Estimate[] {
  const along = integrated.map((chance) => chance?.estimate)
  const missed = sampled.some(({ value }, k) => {
    const other = along[k]
    return other !== undefined && isBeyond(Math.floor(value * trials), (other.value + 3 * other.se) * trials)
  })
  if (missed || !isSharper(sampled, along)) return sampled
  return sampled.map((own, k) => {
    const chance = integrated[k]
    if (!chance) return own
    const { estimate, nets } = chance
    return nets < NETS ? { ...estimate, se: Math.max(estimate.se, own.se) } : estimate
  })
}

/** Whether so many trials, where so many are expected, are no chance (Chernoff's bound of Poisson's distribution). */
const isBeyond = (count: number, expected: number): boolean =>
  count > expected && count - expected + count * log(expected / count) < NEVER
