// Chooses the source of a figure: the sample, or pre-integration.
import { normalCdf, normalDensity } from '../numerics/distributions/special/normal.ts'
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

/** The standard deviation of the logarithm of two errors' ratio. Each error comes from some thirty replicates: 1 / √31. */
const NOISE = 0.18

/** So many standard deviations away from a tie, luck decides no choice. */
const DECIDED = 4

interface Choice {
  /** Whether to state the integrated figures: they have the smaller error and agree with the sample. */
  readonly integrated: boolean
  /** The factor of the stated errors. */
  readonly factor: number
}

function choiceOf(sampled: readonly Estimate[], integrated: readonly (Estimate | undefined)[], { apart, gain }: Demand): Choice {
  const squares = (all: readonly (Estimate | undefined)[]) => all.reduce((sum, one) => sum + (one ? one.se * one.se : Infinity), 0)
  const ratio = Math.sqrt(squares(integrated) / squares(sampled)) / gain
  if (!(ratio < 1)) return { integrated: false, factor: luckOf(ratio) }
  const agree = sampled.every((one, k) => {
    const other = integrated[k]
    if (!other) return false
    const far = apart * Math.sqrt(one.se * one.se + other.se * other.se)
    return Math.abs(one.value - other.value) <= far + 1e-12 * Math.abs(one.value)
  })
  return agree ? { integrated: true, factor: luckOf(ratio) } : { integrated: false, factor: 1 }
}

/**
 * A choice between two errors near a tie takes the one that is too small by luck: by half of NOISE · φ(z) / Φ(z), if the true ratio lies
 * z standard deviations away from the tie on the chosen side. The ratio that is seen lies farther away than the true one. Twice that allowance
 * makes up for both, so that errors are right on average within 2%, wherever the true ratio lies.
 */
function luckOf(ratio: number): number {
  const z = Math.abs(log(ratio)) / NOISE
  return z < DECIDED ? 1 + (NOISE * normalDensity(z)) / normalCdf(z) : 1
}

const widened = (one: Estimate, factor: number): Estimate => (factor === 1 ? one : { ...one, se: factor * one.se })

/** The figure of a cost with the smaller error. */
export function sharperOf(sampled: Estimate, integrated: Estimate | undefined): Estimate {
  const choice = choiceOf([sampled], [integrated], OF_COSTS)
  return widened(choice.integrated && integrated ? integrated : sampled, choice.factor)
}

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
  if (missed) return sampled
  const choice = choiceOf(sampled, along, OF_CHANCES)
  if (!choice.integrated) return sampled.map((own) => widened(own, choice.factor))
  const counted = Math.min(...sampled.map(({ se }) => se))
  return sampled.map((own, k) => {
    const chance = integrated[k]
    if (!chance) return own
    const { nets, unproven } = chance
    const estimate = widened(chance.estimate, choice.factor)
    const least = nets < NETS ? own.se : unproven ? counted : 0
    return least > estimate.se ? { ...estimate, se: least } : estimate
  })
}

/** Whether a count exceeds its expectation by more than chance (Chernoff's bound for a Poisson count). */
const isBeyond = (count: number, expected: number): boolean =>
  count > expected && count - expected + count * log(expected / count) < NEVER
