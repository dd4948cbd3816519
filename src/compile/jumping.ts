// The futures of a history in a program, and all draws along which a program jumps.
import type { Jumps } from '../numerics/estimators/jumps.ts'
import type { Draw, DrawnProgram } from './program.ts'

/**
 * The futures of a history. A trial has one member of the ensemble. The logarithm of a month's volume then deviates from that of its mean
 * by shift + w Σₖ factor[k] εₖ, with one w for all months and the scores εₖ of `noise`.
 */
export interface HistoryProgram {
  readonly name: string
  /** Maps a score to the place of a member. */
  readonly member: Draw
  readonly jumps: Jumps
  /** Maps a score to w. */
  readonly widening: Draw
  /** The number of the first months that are known. They have no futures. */
  readonly closed: number
  /** By open month. Each list has a number for each member. */
  readonly shifts: readonly Float64Array[]
  readonly factors: readonly (readonly Float64Array[])[]
  /** By open month, the largest deviation. */
  readonly tops: Float64Array
}

/** The histories whose futures are drawn: that of the plan, then those of segments. */
export const historiesOf = ({ volume, segments }: Pick<DrawnProgram, 'volume' | 'segments'>): readonly HistoryProgram[] =>
  [volume, ...segments].flatMap(({ history }) => (history ? [history] : []))

/** A draw that jumps. */
export interface JumpingDraw extends Jumps {
  readonly dimension: number
  readonly stepped: boolean
  readonly discrete: boolean
}

/** The draws that jump: inputs, then the members of ensembles. */
export const jumpingDraws = (program: Pick<DrawnProgram, 'inputs' | 'jumps' | 'volume' | 'segments'>): readonly JumpingDraw[] => [
  ...program.jumps.map((own) => ({ ...own, dimension: program.inputs[own.input].dimension })),
  ...historiesOf(program).map(({ jumps, member: { dimension } }) => ({ ...jumps, dimension, stepped: true, discrete: true })),
]
