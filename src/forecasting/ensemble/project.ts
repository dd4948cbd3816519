// Projects the history on what each process knows: everything that all its cells share, so that a cell only solves 13 equations.
import { calendarMonth } from '../../months.ts'
import { pow } from '../../numerics/kernel/math.ts'
import { covarianceOf, type Process } from './cells.ts'
import { dot, factorize, forwardSolve } from './dense.ts'

/** The known months of a history. */
export interface KnownMonths {
  /** The calendar month of place 0, counted as in months.ts. */
  readonly first: number
  /** Places of the known months, in increasing order. */
  readonly at: Int32Array
  /** Logarithms of their volumes, or log-odds of their rates, less `middle`. */
  readonly z: Float64Array
  readonly middle: number
  /** The variance of each value that comes from counting alone, beside that of the process. */
  readonly counting: Float64Array
  /** The place of the last month of the history, known or not. */
  readonly last: number
}

/** How far a line goes in this many months ahead, if each of them adds a share of the month before. */
const fadedLine = (months: number, share: number): number =>
  share === 1 ? months : (share * (1 - pow(share, months))) / (1 - share)

/** Eleven seasonal contrasts, the slope and the level. */
export const COLUMNS = 13
export const SLOPE = 11

/** The columns of all regressors at a place. A contrast compares a calendar month with the mean of those before it in the year. */
export function regressorsAt(first: number, last: number, place: number, into: Float64Array, from: number, fading = 1): void {
  const month = calendarMonth(first + place)
  for (let k = 0; k < SLOPE; k++) {
    const scale = Math.sqrt((k + 1) * (k + 2))
    into[from + k] = month <= k ? 1 / scale : month === k + 1 ? -(k + 1) / scale : 0
  }
  into[from + SLOPE] = place <= last ? place - last : fadedLine(place - last, fading)
  into[from + SLOPE + 1] = 1
}

/** A history as a process sees it. `extra` are further regressors, one for each place of a step. */
export interface Projection {
  readonly determinant: number
  /** z′A⁻¹z */
  readonly squares: number
  /** X′A⁻¹X, row by row, and X′A⁻¹z. */
  readonly gram: Float64Array
  readonly right: Float64Array
  /** For each extra regressor e: e′A⁻¹X, e′A⁻¹z and e′A⁻¹e. */
  readonly extraGram: Float64Array
  readonly extraRight: Float64Array
  readonly extraSquares: Float64Array
  /** The months ahead, on demand: most processes turn out to be unlikely. */
  readonly ahead: () => Ahead
}

export interface Ahead {
  /** A_fo A⁻¹ z, X_f − A_fo A⁻¹ X, the same of the extra regressors, and the covariance given the history. */
  readonly mean: Float64Array
  readonly columns: Float64Array
  readonly extra: Float64Array
  readonly covariance: Float64Array
}

/** The covariances of a process with unit variance between the known months and those ahead: the lower triangle, row by row. */
export function covariancesOf(process: Process, { at }: KnownMonths, ahead: Int32Array): Float64Array {
  const places = Int32Array.from([...at, ...ahead])
  const size = places.length
  const unit = { ...process, variance: 1 }
  const all = new Float64Array(size * size)
  for (let i = 0; i < size; i++) for (let j = 0; j <= i; j++) all[i * size + j] = covarianceOf(unit, places[j], places[i])
  return all
}

const table = (rows: number, width: number, value: (row: number, k: number) => number): Float64Array => {
  const all = new Float64Array(rows * width)
  for (let row = 0; row < rows; row++) for (let k = 0; k < width; k++) all[row * width + k] = value(row, k)
  return all
}

/**
 * @param variance of one month's noise
 * @param covariances of the process, as `covariancesOf` gives them
 * @param ahead places of the months ahead
 * @param extra the extra regressors: each the known months, then the months ahead
 * @param fading how much of a line's slope is left a month later, in the months ahead
 */
export function project(
  known: KnownMonths,
  variance: number,
  covariances: Float64Array,
  ahead: Int32Array,
  extra: readonly Float64Array[],
  fading: number,
): Projection {
  const { at, z, first, last, counting } = known
  const [m, h, e] = [at.length, ahead.length, extra.length]
  const size = m + h
  const factor = new Float64Array(m * m)
  for (let i = 0; i < m; i++) for (let j = 0; j <= i; j++) factor[i * m + j] = variance * covariances[i * size + j]
  for (let i = 0; i < m; i++) factor[i * m + i] += counting[i]
  const determinant = factorize(factor, m)
  const solved = (rows: number, fill: (row: number, from: number, into: Float64Array) => void) => {
    const all = new Float64Array(rows * m)
    for (let row = 0; row < rows; row++) {
      fill(row, row * m, all)
      forwardSolve(factor, m, all, row * m)
    }
    return all
  }
  const regressors = new Float64Array((m + h) * COLUMNS)
  for (let i = 0; i < m + h; i++) regressorsAt(first, last, i < m ? at[i] : ahead[i - m], regressors, i * COLUMNS, fading)
  const zs = solved(1, (_, __, into) => into.set(z))
  const columns = solved(COLUMNS, (k, from, into) => {
    for (let i = 0; i < m; i++) into[from + i] = regressors[i * COLUMNS + k]
  })
  const extras = solved(e, (k, from, into) => into.set(extra[k].subarray(0, m), from))
  let made: Ahead | undefined
  const aheadOf = (): Ahead => {
    const future = solved(h, (f, from, into) => {
      for (let i = 0; i < m; i++) into[from + i] = variance * covariances[(m + f) * size + i]
    })
    return {
      mean: table(1, h, (_, f) => dot(future, f * m, zs, 0, m)),
      columns: table(h, COLUMNS, (f, k) => regressors[(m + f) * COLUMNS + k] - dot(future, f * m, columns, k * m, m)),
      extra: table(h, e, (f, k) => extra[k][m + f] - dot(future, f * m, extras, k * m, m)),
      covariance: table(h, h, (f, g) =>
        g > f ? 0 : variance * covariances[(m + f) * size + m + g] - dot(future, f * m, future, g * m, m),
      ),
    }
  }
  return {
    determinant,
    squares: dot(zs, 0, zs, 0, m),
    gram: table(COLUMNS, COLUMNS, (i, j) => dot(columns, i * m, columns, j * m, m)),
    right: table(1, COLUMNS, (_, k) => dot(columns, k * m, zs, 0, m)),
    extraGram: table(e, COLUMNS, (i, j) => dot(extras, i * m, columns, j * m, m)),
    extraRight: table(1, e, (_, k) => dot(extras, k * m, zs, 0, m)),
    extraSquares: table(1, e, (_, k) => dot(extras, k * m, extras, k * m, m)),
    ahead: () => {
      made ??= aheadOf()
      return made
    },
  }
}
