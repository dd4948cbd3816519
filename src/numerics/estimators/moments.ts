// Moments of one kept column, with standard errors.
import { deskOf, eachPiece, lengthOf, roomIn, type Values, valuesIn } from './desk.ts'
import { replicateError } from './errors.ts'
import type { Estimate } from './estimate.ts'
import { skewnessErrorOf, skewnessMove, skewnessOf, type ThreeMoments } from './skewness.ts'

export interface Moments {
  readonly mean: number
  readonly meanError: number
  /** With the divisor n − 1. */
  readonly sd: number
  readonly sdError: number
  /** Absent if nothing varies. */
  readonly skewness?: Estimate
  readonly min: number
  readonly max: number
}

/**
 * The error of a standard deviation from the error of the mean square about the common mean, which is linear in the replicates. It
 * includes the bias of dividing by n − 1, since a net is nearer to n.
 */
export const sdErrorOf = (sd: number, n: number, squareError: number): number =>
  sd > 0 ? Math.max(squareError / (2 * sd), sd / (2 * n)) : 0

/** Numbers in a row of the kernel's `sumPowers`. */
const ROW = 6
let rows: ReturnType<typeof roomIn> | undefined

/** Sums of the powers of x − origin. */
type Powers = { readonly sums: readonly [number, number, number, number]; readonly min: number; readonly max: number }

/** The sums of each part, in its order. */
function powersOf(values: Values, parts: number, origin: number): Powers[] {
  const { arena, ops } = deskOf()
  rows ??= roomIn(arena)
  const at = rows(8 * ROW * parts)
  const found = arena.view(at, ROW * parts)
  for (let part = 0; part < parts; part++) found.set([0, 0, 0, 0, origin, origin], ROW * part)
  eachPiece(values, parts, (from, size, number, part) => ops.sumPowers(from, size, number, origin, at + 8 * ROW * part))
  return Array.from({ length: parts }, (_, part) => {
    const [t1, t2, t3, t4, min, max] = found.subarray(ROW * part, ROW * (part + 1))
    return { sums: [t1, t2, t3, t4], min, max }
  })
}

/** Moments about m above the origin. */
function about(m: number, { sums: [t1, t2, t3] }: Powers, size: number): ThreeMoments {
  const [a, b, c] = [t1 / size, t2 / size, t3 / size]
  return { first: a - m, second: b - 2 * m * a + m * m, third: c - 3 * m * b + 3 * m * m * a - m * m * m }
}

/** The moments of values in equal parts, one per replicate. A single part is one random sample. */
export function momentsOf(values: Values, parts: number): Moments {
  const n = lengthOf(values)
  const size = n / parts
  const origin = valuesIn(values)[0]
  const own = powersOf(values, parts, origin)
  const [s1, s2, s3, s4] = [0, 1, 2, 3].map((k) => own.reduce((sum, { sums }) => sum + sums[k], 0))
  const min = own.reduce((least, part) => Math.min(least, part.min), origin)
  const max = own.reduce((most, part) => Math.max(most, part.max), origin)
  const m = s1 / n
  const second = Math.max(0, s2 / n - m * m)
  const fourth = Math.max(0, s4 / n - (4 * m * s3) / n + (6 * m * m * s2) / n - 3 * m * m * m * m)
  const sd = Math.sqrt((second * n) / Math.max(1, n - 1))
  const parted = own.map((part) => about(m, part, size))
  const plain = Math.sqrt(Math.max(0, fourth - second * second) / n)
  const error = parts > 1 ? replicateError(parted.map((part) => part.second)) : plain
  const all = { ...about(m, { sums: [s1, s2, s3, s4], min, max }, n), first: 0, second }
  const mean = origin + m
  const spreadMean = parts > 1 ? replicateError(parted.map((part) => part.first)) : sd / Math.sqrt(n)
  // A constant differs between parts by rounding alone.
  const meanError = spreadMean <= 1e-14 * Math.abs(mean) ? 0 : spreadMean
  const value = skewnessOf(all, mean)
  if (value === undefined) return { mean, meanError, sd, sdError: sdErrorOf(sd, n, error), min, max }
  const spread =
    parts > 1
      ? replicateError(parted.map((part) => skewnessMove(all, value, part)))
      : influenceError(valuesIn(values), mean, all, value)
  const se = skewnessErrorOf(all, value, { mean, min, max, size: n }, spread)
  return { mean, meanError, sd, sdError: sdErrorOf(sd, n, error), skewness: { value, se }, min, max }
}

/** The standard error of the skewness of one random sample, from the influence of each of its values. */
function influenceError(values: Float64Array, mean: number, all: ThreeMoments, skewness: number): number {
  let squares = 0
  for (const x of values) {
    const d = x - mean
    const move = skewnessMove(all, skewness, { first: d, second: d * d, third: d * d * d })
    squares += move * move
  }
  return Math.sqrt(squares) / values.length
}
