// Cuts a line of trials into pieces on which every quantity is smooth, and represents each piece by its values at Gauss's nodes. Means are
// then weighted sums, and shares below an amount follow from the places where a polynomial crosses it.
import type { Coordinate } from './laws.ts'
import type { Row } from './columns.ts'

const SIZE = 9

/** Legendre's polynomial of degree n and its slope, by the recurrence. */
function legendre(n: number, x: number): readonly [value: number, slope: number] {
  let [before, value] = [1, x]
  for (let k = 2; k <= n; k++) [before, value] = [value, ((2 * k - 1) * x * value - (k - 1) * before) / k]
  return [value, (n * (x * value - before)) / (x * x - 1)]
}

/** Nodes on [−1, 1], their weights for integrals, and those for interpolation (Berrut and Trefethen, SIAM Review 46, 2004). */
export function gauss(n: number): {
  readonly nodes: readonly number[]
  readonly weights: readonly number[]
  readonly lagrange: readonly number[]
} {
  const nodes = Array.from({ length: n }, (_, k) => {
    let x = -Math.cos((Math.PI * (k + 0.75)) / (n + 0.5))
    for (let step = 0; step < 50; step++) {
      const [value, slope] = legendre(n, x)
      x -= value / slope
    }
    return x
  })
  const weights = nodes.map((x) => 2 / ((1 - x * x) * legendre(n, x)[1] ** 2))
  const lagrange = nodes.map((x, k) => (k % 2 === 0 ? 1 : -1) * Math.sqrt((1 - x * x) * weights[k]))
  return { nodes, weights, lagrange }
}

export const { nodes: NODES, weights: WEIGHTS, lagrange: LAGRANGE } = gauss(SIZE)
/** Places where a piece's polynomials are compared with the quantities. A branch that changes near an end shows at the end itself. */
const CHECKS = [-1, -0.7, -0.17, 0.48, 1] as const

/** Nodes and checks in order, the nodes with their numbers. */
const PLACES = [...NODES.map((x, k) => ({ x, k })), ...CHECKS.map((x) => ({ x, k: -1 }))].sort((a, b) => a.x - b.x)

export interface Piece {
  readonly low: number
  readonly high: number
  /** The probability of the line. */
  readonly weight: number
  /** SIZE values for each column. */
  readonly values: Float64Array
  readonly coordinate: Coordinate
}

/** The polynomial of a column at a place from −1 to 1. */
export function polynomial({ values }: Piece, column: number, x: number): number {
  let [above, below] = [0, 0]
  for (let k = 0; k < SIZE; k++) {
    const gap = x - NODES[k]
    if (gap === 0) return values[column * SIZE + k]
    const weight = LAGRANGE[k] / gap
    above += weight * values[column * SIZE + k]
    below += weight
  }
  return above / below
}

export const placeIn = ({ low, high }: Piece, x: number): number => (low + high + x * (high - low)) / 2

/** The share of trials between two places of a piece. */
export const shareOf = (piece: Piece, from: number, to: number): number =>
  piece.weight * (piece.coordinate.mass(placeIn(piece, to)) - piece.coordinate.mass(placeIn(piece, from)))

export const nodeValue = ({ values }: Piece, column: number, node: number): number => values[column * SIZE + node]

/** ∫ (column − amount) over part of a piece. */
export function excessIn(piece: Piece, column: number, amount: number, from: number, to: number): number {
  const half = ((piece.high - piece.low) * (to - from)) / 4
  let total = 0
  for (let k = 0; k < SIZE; k++) {
    const x = (from + to + NODES[k] * (to - from)) / 2
    total += half * WEIGHTS[k] * piece.coordinate.density(placeIn(piece, x)) * (polynomial(piece, column, x) - amount)
  }
  return piece.weight * total
}

interface Line {
  readonly at: (t: number) => Row
  /** The regime of `at`. */
  readonly regime: (t: number) => number
  readonly coordinate: Coordinate
  readonly weight: number
  readonly kinks: readonly number[]
  /** Pieces at the start, so that no feature of a cost is overlooked. */
  readonly pieces: number
}

/** Relative to the size of a column. */
const TOLERANCE = 1e-10
/** Errors on shares below this do not matter. */
const SHARE = 1e-5
const NARROWEST = 2 ** -38

export function piecesOf(line: Line): readonly Piece[] {
  const { coordinate, kinks, weight } = line
  const range = coordinate.high - coordinate.low
  const inner = Array.from({ length: line.pieces + 1 }, (_, k) => coordinate.low + (range * k) / line.pieces)
  const ends = [...inner, ...kinks].sort((a, b) => a - b)
  const left = ends
    .slice(1)
    .map((end, k) => [ends[k], end] as const)
    .reverse()
  const found: Piece[] = []
  const scale = scaleOf(line)
  while (true) {
    const next = left.pop()
    if (!next) return found
    const [low, high] = next
    if (!(high > low)) continue
    const share = coordinate.mass(high) - coordinate.mass(low)
    if (share < 1e-15) continue
    const places = PLACES.map(({ x, k }) => ({ x, k, t: (low + high + x * (high - low)) / 2 }))
    const rows = places.map(({ t }) => line.at(t))
    const narrow = high - low < NARROWEST * range
    const change = rows.findIndex(({ regime }, k) => k > 0 && regime !== rows[k - 1].regime)
    if (change > 0 && !narrow) {
      const [before, after] = border(line, rows[change - 1].regime, places[change - 1].t, places[change].t)
      left.push([after, high], [low, before])
      continue
    }
    const values = new Float64Array(scale.length * SIZE)
    for (const [i, { k }] of places.entries())
      if (k >= 0) for (let column = 0; column < scale.length; column++) values[column * SIZE + k] = rows[i].values[column]
    const piece = { low, high, weight, values, coordinate }
    const tolerance = TOLERANCE * Math.max(1, SHARE / share)
    const smooth = places.every(
      ({ x, k }, i) =>
        k >= 0 ||
        scale.every((size, column) => Math.abs(polynomial(piece, column, x) - rows[i].values[column]) <= tolerance * size),
    )
    if (smooth || narrow) found.push(piece)
    else left.push([(low + high) / 2, high], [low, (low + high) / 2])
  }
}

/**
 * The largest absolute value of each column where nearly all trials lie. What is usually 0 counts as at least a millionth of the largest
 * column, since its rounding comes from the amounts that it is a difference of.
 */
function scaleOf({ at, coordinate: { low, high, mass } }: Line): readonly number[] {
  const scale: number[] = []
  for (let k = 0; k < 64; k++) {
    const t = low + ((high - low) * (k + 0.5)) / 64
    if (mass(t) < 1e-6 || mass(t) > 1 - 1e-6) continue
    at(t).values.forEach((value, column) => {
      scale[column] = Math.max(scale[column] ?? 0, Math.abs(value))
    })
  }
  const least = 1e-6 * Math.max(...scale)
  return scale.map((size) => Math.max(size, least))
}

/** Two places on both sides of the end of a regime, next to each other but for 1e-14 of the range. */
function border(line: Line, regime: number, from: number, to: number): readonly [before: number, after: number] {
  const { low: least, high: most } = line.coordinate
  let [low, high] = [from, to]
  while (high - low > 1e-14 * (most - least)) {
    const middle = (low + high) / 2
    if (!(middle > low && middle < high)) break
    if (line.regime(middle) === regime) low = middle
    else high = middle
  }
  return [low, high]
}
