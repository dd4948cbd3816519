// What the ensemble assumes before it sees a history.
import { CELLS, type Grid, FLOOR } from './cells.ts'

export interface Prior {
  readonly cells: Grid
  readonly logPrior: (process: number, slope: number, season: number) => number
  readonly floor: number
  /** Degrees of freedom of the scale, given the number of known months. */
  readonly shape: (months: number) => number
}

/** All cells equally likely. */
export const PLAIN: Prior = { cells: CELLS, logPrior: () => 0, floor: FLOOR, shape: (months) => months }

export const PRIOR: Prior = PLAIN
