// Finds single months that the likeliest member cannot explain by all others.
import { median } from 'simple-statistics'
import { covarianceOf, LEVEL, type Process } from './cells.ts'
import { backwardSolve, dot, factorize, forwardSolve } from './dense.ts'
import type { Extra } from './ensemble.ts'
import { COLUMNS, type KnownMonths, regressorsAt, SLOPE } from './project.ts'

/** The leave-one-out residual of an outlier, in robust standard deviations. */
const OUTLYING = 4.5

/** Leave-one-out residuals in units of their own standard deviations, up to one common factor. */
export function residualsOf(known: KnownMonths, process: Process, slope: number, season: number, extra?: Extra): Float64Array {
  const { at, z, first, last } = known
  const m = at.length
  const rows = new Float64Array(m * COLUMNS)
  for (let i = 0; i < m; i++) {
    regressorsAt(first, last, at[i], rows, i * COLUMNS)
    for (let k = 0; k < COLUMNS; k++) rows[i * COLUMNS + k] *= k < SLOPE ? season : k === SLOPE ? slope : Math.sqrt(LEVEL)
  }
  const factor = new Float64Array(m * m)
  for (let i = 0; i < m; i++)
    for (let j = 0; j <= i; j++)
      factor[i * m + j] =
        covarianceOf(process, at[j], at[i]) +
        dot(rows, i * COLUMNS, rows, j * COLUMNS, COLUMNS) +
        (extra ? extra.variance * extra.values[i] * extra.values[j] : 0)
  factorize(factor, m)
  const solved = Float64Array.from(z)
  forwardSolve(factor, m, solved)
  backwardSolve(factor, m, solved)
  const unit = new Float64Array(m)
  return solved.map((value, i) => {
    unit.fill(0)
    unit[i] = 1
    forwardSolve(factor, m, unit)
    return value / Math.sqrt(dot(unit, 0, unit, 0, m))
  })
}

/** The place in `known` of the month outlierIn from what the others predict, if it is an outlier. */
export function outlierIn(residuals: Float64Array): number | undefined {
  const sizes = residuals.map(Math.abs)
  const usual = median([...sizes]) / 0.6745
  const top = sizes.indexOf(Math.max(...sizes))
  return sizes[top] > OUTLYING * usual ? top : undefined
}
