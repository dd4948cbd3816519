// The assumptions of the ensemble before it reads a history: weights, tails, fading growth, steps and ramps.
import { log, log1p } from '../../numerics/kernel/math.ts'
import { CELLS, FLOOR, type Grid, type Process } from './cells.ts'
import type { KnownMonths } from './project.ts'
import { type Changes, rampRegressors, stepRegressors } from './steps.ts'

/** What a cell says about the scale of its noise, given the number of known months and their weighted sum of squares. */
export interface Scale {
  readonly logLikelihood: (months: number, squares: number) => number
  /** The factor of the cell's variances, and its degrees of freedom. */
  readonly posterior: (months: number, squares: number) => { readonly variance: number; readonly freedom: number }
}

/** The scale is unknown and averaged over, with a conjugate prior. @param lost degrees of freedom that the months do not give */
const averaged = (lost: number): Scale => ({
  logLikelihood: (months, squares) => -((months - lost) / 2) * log((FLOOR + Math.max(0, squares)) / 2),
  posterior: (months, squares) => ({
    variance: (FLOOR + Math.max(0, squares)) / (months - lost),
    freedom: months - lost,
  }),
})

/** The cells state the variances themselves. */
export const STATED: Scale = {
  logLikelihood: (_, squares) => -squares / 2,
  posterior: () => ({ variance: 1, freedom: Number.POSITIVE_INFINITY }),
}

/** A regressor that a member may have. */
export interface Extra {
  /** Its value at a place, known or ahead. */
  readonly at: (place: number) => number
  /** Variances that its coefficient may have, and how likely each is next to no extra regressor. */
  readonly sizes: readonly { readonly variance: number; readonly logPrior: number }[]
}

export interface Prior {
  readonly cells: Grid
  readonly logPrior: (process: number, slope: number, season: number) => number
  readonly scale: Scale
  /** How plausible a line is whose slope a month has this size, on the logarithm, next to none: the log of a ratio. */
  readonly logSlope: (slope: number) => number
  /** Changes of the level ahead that no history shows: how likely they are, and the standard deviation of a year's on the logarithm. */
  readonly breaks: { readonly chance: number; readonly size: number }
  /** The share of a line's slope that is left a month later, in the months ahead, given the number of known months. */
  readonly fading: (months: number) => number
  /** Whether members with this process may have one of the extra regressors. */
  readonly extended: (process: Process) => boolean
  /** Regressors that a member may have. Those of steps come first, one for each of `steps`. */
  readonly extras: (known: KnownMonths) => { readonly steps: readonly number[]; readonly all: readonly Extra[] }
}

/** All cells equally likely, without steps. */
export const PLAIN: Prior = {
  cells: CELLS,
  logPrior: () => 0,
  scale: averaged(0),
  logSlope: () => 0,
  breaks: { chance: 0, size: 0 },
  fading: () => 1,
  extended: () => true,
  extras: () => ({ steps: [], all: [] }),
}

export const stepsAndRamps =
  (steps: Changes, ramps: Changes): Prior['extras'] =>
  (known) => {
    const { places, extras } = stepRegressors(known, steps)
    return { steps: places, all: [...extras, ...rampRegressors(known, ramps)] }
  }

/** Lines rarely change volumes by much more than 20% a year. */
const USUAL_SLOPE = log(1.2) / 12
/** The logarithm of a Student t's density with 3 degrees of freedom: it allows steep lines where the history shows them. */
const studentSlope = (slope: number): number => {
  const ratio = slope / USUAL_SLOPE
  return -2 * log1p((ratio * ratio) / 3)
}

const STEPS = { chance: 0.15, sizes: [4, 16], margin: 3 }
const RAMPS = { chance: 0.03, sizes: [16], margin: 6 }

export const PRIOR: Prior = {
  ...PLAIN,
  scale: averaged(1),
  logSlope: studentSlope,
  // One year in ten brings a new channel, product or policy that moves volumes by 30%.
  breaks: { chance: 0.1, size: 0.3 },
  // Growth that has lasted longer fades more slowly. From 18 to 60 months this spans the usual 0.8 to 0.98 (Gardner and McKenzie, Management
  // Science 31, 1985).
  fading: (months) => months / (months + 4),
  extras: stepsAndRamps(STEPS, RAMPS),
}
