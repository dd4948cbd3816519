// Regressors for changes of the business: a step of the level at an unknown month, and the ramp of a launch.
import { log } from '../../numerics/kernel/math.ts'
import type { Extra } from './prior.ts'
import type { KnownMonths } from './project.ts'

export interface Changes {
  /** How likely a history has a step or ramp. */
  readonly chance: number
  /** Standard deviations of a change, in those of one month's noise. */
  readonly sizes: readonly number[]
  /** Fewest known months before and after the place. */
  readonly margin: number
}

export interface StepRegressors {
  /** The first month of the new level. */
  readonly places: readonly number[]
  readonly extras: readonly Extra[]
}

/** A step at each known month but the first and last few. */
export function stepRegressors({ at }: KnownMonths, { chance, sizes, margin }: Changes): StepRegressors {
  const places = Array.from(at.subarray(margin, Math.max(margin, at.length - margin + 1)))
  const logPrior = log(chance / places.length / sizes.length)
  const extras = places.map((place) => ({
    at: (month: number) => (month >= place ? 1 : 0),
    sizes: sizes.map((size) => ({ variance: size * size, logPrior })),
  }))
  return { places, extras }
}

/** The ramp of a launch in the first month: log volumes rise as the logarithm of the months since, up to a full level at every third month. */
export function rampRegressors({ at }: KnownMonths, { chance, sizes, margin }: Changes): Extra[] {
  const ends = Array.from(at.subarray(4, Math.max(4, at.length - margin + 1))).filter((_, k) => k % 3 === 0)
  const logPrior = log(chance / ends.length / sizes.length)
  return ends.map((end) => ({
    at: (month: number) => (month < end ? log((month + 1) / (end + 1)) : 0),
    sizes: sizes.map((size) => ({ variance: size * size, logPrior })),
  }))
}
