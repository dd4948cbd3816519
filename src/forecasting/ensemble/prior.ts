// The assumptions of the ensemble before it reads a history: weights, tails, fading growth, steps and ramps.
import { log } from '../../numerics/kernel/math.ts'
import { CELLS, FLOOR, type Grid, type Process } from './cells.ts'
import type { Extra } from './ensemble.ts'
import type { KnownMonths } from './project.ts'
import { rampRegressors, stepRegressors } from './steps.ts'

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

export interface Prior {
  readonly cells: Grid
  readonly logPrior: (process: number, slope: number, season: number) => number
  readonly scale: Scale
  /** The most degrees of freedom of the months ahead, since a history shows no trace of later breaks. */
  readonly heaviest: number
  /** The share of a line's slope that is left a month later, in the months ahead. */
  readonly fading: number
  /** Whether members with this process may have one of the extra regressors. */
  readonly extended: (process: Process) => boolean
  /** Regressors that a member may have. Those of steps come first, one for each of `steps`. */
  readonly extras: (known: KnownMonths, ahead: Int32Array) => { readonly steps: readonly number[]; readonly all: readonly Extra[] }
}

/** All cells equally likely, without steps. */
export const PLAIN: Prior = {
  cells: CELLS,
  logPrior: () => 0,
  scale: averaged(0),
  heaviest: Number.POSITIVE_INFINITY,
  fading: 1,
  extended: () => true,
  extras: () => ({ steps: [], all: [] }),
}

const STEPS = { chance: 0.15, sizes: [4, 16], margin: 3 }
const RAMPS = { chance: 0.03, sizes: [16], margin: 6 }

export const PRIOR: Prior = {
  ...PLAIN,
  scale: averaged(1),
  heaviest: 6,
  // Growth fades (Gardner and McKenzie, Management Science 31, 1985). This is the middle of their usual range.
  fading: 0.93,
  extras: (known, ahead) => {
    const { places, extras } = stepRegressors(known, ahead, STEPS)
    return { steps: places, all: [...extras, ...rampRegressors(known, ahead, RAMPS)] }
  },
}
