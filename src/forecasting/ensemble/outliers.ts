// Finds single months that the likeliest member cannot explain by all others.
import { median } from 'simple-statistics'
import { covarianceOf, LEVEL, type Process } from './cells.ts'
import { backwardSolve, dot, factorize, forwardSolve } from './dense.ts'
import { COLUMNS, type KnownMonths, regressorsAt, SLOPE } from './project.ts'

/** The leave-one-out residual of an outlier, in robust standard deviations. */
const OUTLYING = 4.5
/** A month this close to its prediction, on the logarithm, is none, however regular the others are. */
const SMALLEST = 0.03
/** Variance of the coefficient of an extra regressor, as good as unknown. */
const WIDE = 400

/** What each month lacks to its prediction by all others. */
export interface LeftOut {
  /** On the logarithm. */
  readonly errors: Float64Array
  /** In units of their own standard deviations, up to one common factor. */
  readonly sizes: Float64Array
}

/** The cell of a member, and its extra regressor if it has one. */
export interface Explanation {
  readonly process: Process
  /** Standard deviations of a straight line's slope and of the effect of a calendar month. */
  readonly slope: number
  readonly season: number
  readonly extra?: Float64Array | undefined
}

/** The Cholesky factor of the covariance of the known months under one member. */
export function factorOf(known: KnownMonths, { process, slope, season, extra }: Explanation): Float64Array {
  const { at, first, last, counting } = known
  const m = at.length
  const rows = new Float64Array(m * COLUMNS)
  for (let i = 0; i < m; i++) {
    regressorsAt(first, last, at[i], rows, i * COLUMNS)
    for (let k = 0; k < COLUMNS; k++) rows[i * COLUMNS + k] *= k < SLOPE ? season : k === SLOPE ? slope : Math.sqrt(LEVEL)
  }
  const factor = new Float64Array(m * m)
  const between = covarianceOf(process)
  for (let i = 0; i < m; i++)
    for (let j = 0; j <= i; j++)
      factor[i * m + j] =
        between(at[j], at[i]) +
        dot(rows, i * COLUMNS, rows, j * COLUMNS, COLUMNS) +
        (extra ? WIDE * extra[i] * extra[j] : 0) +
        (i === j ? counting[i] : 0)
  factorize(factor, m)
  return factor
}

export function residualsOf(known: KnownMonths, explanation: Explanation): LeftOut {
  const { z } = known
  const m = z.length
  const factor = factorOf(known, explanation)
  const solved = Float64Array.from(z)
  forwardSolve(factor, m, solved)
  backwardSolve(factor, m, solved)
  const unit = new Float64Array(m)
  const precisions = solved.map((_, i) => {
    unit.fill(0)
    unit[i] = 1
    forwardSolve(factor, m, unit)
    return dot(unit, 0, unit, 0, m)
  })
  return {
    errors: solved.map((value, i) => value / precisions[i]),
    sizes: solved.map((value, i) => Math.abs(value) / Math.sqrt(precisions[i])),
  }
}

/** The place among the known months of the one farthest from what the others predict, if it is an outlier. */
export function outlierIn({ errors, sizes }: LeftOut): number | undefined {
  const usual = median([...sizes]) / 0.6745
  const top = sizes.indexOf(Math.max(...sizes))
  return sizes[top] > OUTLYING * usual && Math.abs(errors[top]) > SMALLEST ? top : undefined
}
