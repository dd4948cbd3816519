// Projects the history on what each process knows: everything that all its cells share, so that a cell only solves 13 equations.
import { calendarMonth } from '../../months.ts'
import { pow } from '../../numerics/kernel/math.ts'
import { covarianceOf, type Process } from './cells.ts'
import { dot, factorize, forwardSolve, forwardSolveAll, products } from './dense.ts'

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

/** A history as a process sees it, with further regressors, one for each place of a step. */
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
  /** Other months, on demand: most processes turn out to be unlikely. */
  readonly ahead: (places: Int32Array) => Ahead
}

export interface Ahead {
  /** A_fo A⁻¹ z, X_f − A_fo A⁻¹ X, and the covariance given the history. */
  readonly mean: Float64Array
  readonly columns: Float64Array
  readonly covariance: Float64Array
  /** e_f − A_fo A⁻¹ e of an extra regressor, by its number. */
  readonly extra: (e: number) => Float64Array
}

/** The covariances of a process with unit variance: processes that differ only in their variance share them. */
export interface UnitCovariances {
  /** Between the known months: the lower triangle, row by row. */
  readonly known: Float64Array
  /** Of other months, row by row: with each known one, and among themselves as a lower triangle. */
  readonly ahead: (places: Int32Array) => { readonly cross: Float64Array; readonly own: Float64Array }
}

export function covariancesOf(process: Process, { at }: KnownMonths): UnitCovariances {
  const between = covarianceOf({ ...process, variance: 1 })
  return {
    known: lower(at.length, (i, j) => between(at[j], at[i])),
    ahead: lastOf((places) => ({
      cross: table(places.length, at.length, (f, i) => between(at[i], places[f])),
      own: lower(places.length, (f, g) => between(places[g], places[f])),
    })),
  }
}

/** Keeps the result for the last places. */
function lastOf<T>(make: (places: Int32Array) => T): (places: Int32Array) => T {
  let last: { readonly places: Int32Array; readonly made: T } | undefined
  return (places) => {
    if (last?.places !== places) last = { places, made: make(places) }
    return last.made
  }
}

const table = (rows: number, width: number, value: (row: number, k: number) => number): Float64Array => {
  const all = new Float64Array(rows * width)
  for (let row = 0; row < rows; row++) for (let k = 0; k < width; k++) all[row * width + k] = value(row, k)
  return all
}

const lower = (size: number, value: (i: number, j: number) => number): Float64Array => {
  const all = new Float64Array(size * size)
  for (let i = 0; i < size; i++) for (let j = 0; j <= i; j++) all[i * size + j] = value(i, j)
  return all
}

/**
 * @param variance of one month's noise
 * @param covariances of the process
 * @param extras values of the extra regressors at a place
 * @param fading how much of a line's slope is left a month later, in the months ahead
 */
export function project(
  known: KnownMonths,
  variance: number,
  covariances: UnitCovariances,
  extras: readonly ((place: number) => number)[],
  fading: number,
): Projection {
  const { at, z, first, last, counting } = known
  const [m, e] = [at.length, extras.length]
  const factor = lower(m, (i, j) => variance * covariances.known[i * m + j])
  for (let i = 0; i < m; i++) factor[i * m + i] += counting[i]
  const determinant = factorize(factor, m)
  const solved = (rows: Float64Array, count: number) => {
    forwardSolveAll(factor, m, rows, count)
    return rows
  }
  const regressors = (places: Int32Array) => {
    const rows = new Float64Array(places.length * COLUMNS)
    places.forEach((place, i) => regressorsAt(first, last, place, rows, i * COLUMNS, fading))
    return rows
  }
  const own = regressors(at)
  const zs = Float64Array.from(z)
  forwardSolve(factor, m, zs)
  const columns = solved(
    table(COLUMNS, m, (k, i) => own[i * COLUMNS + k]),
    COLUMNS,
  )
  const steps = solved(
    table(e, m, (k, i) => extras[k](at[i])),
    e,
  )
  const aheadOf = (places: Int32Array): Ahead => {
    const h = places.length
    const between = covariances.ahead(places)
    const future = solved(
      between.cross.map((value) => variance * value),
      h,
    )
    const rows = regressors(places)
    const seen = products(future, h, columns, COLUMNS, m)
    return {
      mean: products(future, h, zs, 1, m),
      columns: rows.map((value, k) => value - seen[k]),
      covariance: lower(h, (f, g) => variance * between.own[f * h + g] - dot(future, f * m, future, g * m, m)),
      extra: (k) => Float64Array.from(places, (place, f) => extras[k](place) - dot(future, f * m, steps, k * m, m)),
    }
  }
  return {
    determinant,
    squares: dot(zs, 0, zs, 0, m),
    gram: products(columns, COLUMNS, columns, COLUMNS, m),
    right: products(columns, COLUMNS, zs, 1, m),
    extraGram: products(steps, e, columns, COLUMNS, m),
    extraRight: products(steps, e, zs, 1, m),
    extraSquares: table(1, e, (_, k) => dot(steps, k * m, steps, k * m, m)),
    ahead: lastOf(aheadOf),
  }
}
