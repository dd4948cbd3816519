// Divides trials into cells by the pieces of the inputs that become known, so that no regression must follow a jump.
import { normalCdf, normalQuantile } from '../../numerics/distributions/special/normal.ts'
import type { Steps } from '../../pace.ts'
import type { SmoothPiece } from './smooth.ts'

/** What becomes known about one input in each trial. */
export interface Known {
  readonly scores: Float64Array
  readonly values: Float64Array
  readonly pieces: readonly SmoothPiece[]
}

/** An input within its pieces. */
export interface Coordinate {
  /** Its value. */
  readonly values: Float64Array
  /** Its probability within the piece, uniform on (0, 1). */
  readonly shares: Float64Array
  /** The normal score of that probability. */
  readonly scores: Float64Array
}

export interface Cells {
  /** The cell of each trial. */
  readonly of: Uint16Array
  /** The probability of each cell, if it is known: that of inputs that are independent of each other. */
  readonly masses?: Float64Array
  readonly count: number
  /** Whether an input that jumps counts as smooth, since there would be too many cells. */
  readonly joined: boolean
  /** The inputs that vary within a cell. */
  readonly varying: (cell: number) => readonly Coordinate[]
}

/** With more cells than this, the input with the most pieces counts as smooth. */
const MOST = 256
/** The only piece of what does not jump. */
export const WHOLE: readonly SmoothPiece[] = [{ from: 0, to: 1, flat: false }]
const LEAST_SHARE = 1e-16

/** @param independent whether no correlation joins two of the inputs */
export function* cellsOf(known: readonly Known[], trials: number, independent: boolean): Steps<Cells> {
  const pieces = fewEnough(known.map((one) => one.pieces))
  const of = new Uint16Array(trials)
  const coordinates: Coordinate[] = []
  for (const [k, { scores, values }] of known.entries()) {
    yield 0
    coordinates.push(within(scores, values, pieces[k], of))
  }
  const count = pieces.reduce((product, own) => product * own.length, 1)
  /** The piece of an input in a cell: a digit of the cell's number, of which the last input has the lowest. */
  const pieceIn = (cell: number, k: number): SmoothPiece => {
    const lower = pieces.slice(k + 1).reduce((product, own) => product * own.length, 1)
    return pieces[k][Math.floor(cell / lower) % pieces[k].length]
  }
  const massOf = (cell: number) =>
    known.reduce((mass, _, k) => {
      const { from, to } = pieceIn(cell, k)
      return mass * (to - from)
    }, 1)
  return {
    of,
    count,
    joined: known.some((one, k) => one.pieces.length > pieces[k].length),
    ...(independent && { masses: Float64Array.from({ length: count }, (_, cell) => massOf(cell)) }),
    varying: (cell) => coordinates.filter((_, k) => !pieceIn(cell, k).flat),
  }
}

function fewEnough(pieces: readonly (readonly SmoothPiece[])[]): readonly (readonly SmoothPiece[])[] {
  const count = pieces.reduce((product, own) => product * own.length, 1)
  if (count <= MOST) return pieces
  const most = Math.max(...pieces.map((own) => own.length))
  const first = pieces.findIndex((own) => own.length === most)
  return fewEnough(pieces.map((own, k) => (k === first ? WHOLE : own)))
}

/** Adds the digit of an input's piece to the numbers of the cells. */
function within(scores: Float64Array, values: Float64Array, pieces: readonly SmoothPiece[], of: Uint16Array): Coordinate {
  const n = scores.length
  const [shares, inside] = [new Float64Array(n), new Float64Array(n)]
  const ends = pieces.slice(0, -1).map(({ to }) => normalQuantile(to, 1 - to))
  for (let i = 0; i < n; i++) {
    const z = scores[i]
    let piece = 0
    while (piece < ends.length && z > ends[piece]) piece += 1
    of[i] = of[i] * pieces.length + piece
    const { from, to, flat } = pieces[piece]
    if (flat) continue
    const share = (normalCdf(z) - from) / (to - from)
    shares[i] = Math.min(1 - LEAST_SHARE, Math.max(LEAST_SHARE, share))
    inside[i] = pieces.length === 1 ? z : normalQuantile(shares[i])
  }
  return { values, shares, scores: inside }
}
