// Chooses the source of a figure: the sample, or pre-integration.
import { log } from '../numerics/kernel/math.ts'
import type { Chance } from './headline.ts'
import type { Estimate } from './summary.ts'

/**
 * If integrated and sampled figures differ by more standard errors than this, the lines of pre-integration missed something. The
 * sampled error comes from some thirty replicates, so that chance alone exceeds 6 in one of a million figures (4.5 in one of 10,000).
 */
const APART = 6

/** A rule for stating integrated figures. */
interface Demand {
  /** The standard errors within which both figures must agree. */
  readonly apart: number
  /** The share of the sampled error that the integrated one must stay below. */
  readonly gain: number
}

const OF_COSTS: Demand = { apart: APART, gain: 1 }

/**
 * Lines that miss a part of an event find too small a probability, with an error that does not know. Along lines that help, the error is far
 * below that of counting. An error that is hardly smaller, or a count four errors off, means that the lines do not follow the event.
 */
const OF_CHANCES: Demand = { apart: 4, gain: 0.7 }

/** Whether to state the integrated figures: they have the smaller error and agree with the sample. */
function isSharper(sampled: readonly Estimate[], integrated: readonly (Estimate | undefined)[], { apart, gain }: Demand): boolean {
  const squares = (all: readonly (Estimate | undefined)[]) => all.reduce((sum, one) => sum + (one ? one.se * one.se : Infinity), 0)
  if (!(squares(integrated) < gain * gain * squares(sampled))) return false
  return sampled.every((one, k) => {
    const other = integrated[k]
    if (!other) return false
    const far = apart * Math.sqrt(one.se * one.se + other.se * other.se)
    return Math.abs(one.value - other.value) <= far + 1e-12 * Math.abs(one.value)
  })
}

/** The figure of a cost with the smaller error. */
export const sharperOf = (sampled: Estimate, integrated: Estimate | undefined): Estimate =>
  integrated && isSharper([sampled], [integrated], OF_COSTS) ? integrated : sampled

/** With fewer nets (of 32) in which an event occurs, their spread does not show its error. */
const NETS = 4

/** ln of one in ten million. */
const NEVER = -16

/**
 * Probabilities that add up, since all come from one source. The lines can miss most of an event that they hardly meet. The integrated
 * probability then has at least the sampled error. If only counting shows that an offer never costs less, the others' probabilities are no
 * surer than counts. If the sample met an event far more often than the lines, all come from the sample.
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
  if (missed || !isSharper(sampled, along, OF_CHANCES)) return sampled
  const counted = Math.min(...sampled.map(({ se }) => se))
  return sampled.map((own, k) => {
    const chance = integrated[k]
    if (!chance) return own
    const { estimate, nets, unproven } = chance
    const least = nets < NETS ? own.se : unproven ? counted : 0
    return least > estimate.se ? { ...estimate, se: least } : estimate
  })
}

/** Whether a count exceeds its expectation by more than chance (Chernoff's bound for a Poisson count). */
const isBeyond = (count: number, expected: number): boolean =>
  count > expected && count - expected + count * log(expected / count) < NEVER
