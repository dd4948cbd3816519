// The assumptions of the ensemble before it reads a history: weights, tails, fading growth, steps and ramps.
import { CELLS, FLOOR, type Grid } from './cells.ts'
import type { Extra } from './ensemble.ts'
import type { KnownMonths } from './project.ts'
import { rampRegressors, stepRegressors } from './steps.ts'

export interface Prior {
  readonly cells: Grid
  readonly logPrior: (process: number, slope: number, season: number) => number
  readonly floor: number
  /** Degrees of freedom of the scale, given the number of known months. */
  readonly shape: (months: number) => number
  /** The most degrees of freedom of the months ahead, since a history shows no trace of later breaks. */
  readonly heaviest: number
  /** The share of a line's slope that is left a month later, in the months ahead. */
  readonly fading: number
  /** Regressors that a member may have. Those of steps come first, one for each of `steps`. */
  readonly extras: (known: KnownMonths, ahead: Int32Array) => { readonly steps: readonly number[]; readonly all: readonly Extra[] }
}

/** All cells equally likely, without steps. */
export const PLAIN: Prior = {
  cells: CELLS,
  logPrior: () => 0,
  floor: FLOOR,
  shape: (months) => months,
  heaviest: Number.POSITIVE_INFINITY,
  fading: 1,
  extras: () => ({ steps: [], all: [] }),
}

const STEPS = { chance: 0.15, sizes: [4, 16], margin: 3 }
const RAMPS = { chance: 0.03, sizes: [16], margin: 6 }

export const PRIOR: Prior = {
  ...PLAIN,
  shape: (months) => months - 1,
  heaviest: 6,
  // Growth fades (Gardner and McKenzie, Management Science 31, 1985). This is the middle of their usual range.
  fading: 0.93,
  extras: (known, ahead) => {
    const { places, extras } = stepRegressors(known, ahead, STEPS)
    return { steps: places, all: [...extras, ...rampRegressors(known, ahead, RAMPS)] }
  },
}
