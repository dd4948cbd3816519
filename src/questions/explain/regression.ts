// Estimates mean costs given some inputs by regression on splines of the inputs' normal scores (Strong, Oakley and Brennan, Medical
// Decision Making 34, 2014). All scores have the same distribution, so that one basis fits every input.
import { solve } from '../../numerics/distributions/special/solve.ts'
import type { Steps } from '../../pace.ts'
import type { Coordinate } from './cells.ts'

/** Knots of the cubic spline of a score. */
const KNOTS = [-2, -1.4, -0.9, -0.45, 0, 0.45, 0.9, 1.4, 2]
/** Products of inputs are left out if there are more inputs than this. */
const CROSSED = 6
/** Added to the diagonal as a share of it, so that nearly equal columns can be solved. */
const RIDGE = 1e-10
/** A fit has at least this many trials for each column. */
const TRIALS_PER_COLUMN = 10

type Term = (i: number) => number

/**
 * Columns of the basis: 1, then values, scores and products of values, then higher powers, then truncated cubes.
 * @param rows the trials, in the order of the columns
 * @param fit the number of trials in a fit, which sets how many columns it can bear
 */
export function* basisOf(inputs: readonly Coordinate[], rows: Uint32Array, fit: number): Steps<Float64Array[]> {
  const n = rows.length
  const columns = [new Float64Array(n).fill(1)]
  for (const terms of levelsOf(inputs, rows)) {
    if ((columns.length + terms.length) * TRIALS_PER_COLUMN > fit) break
    for (const of of terms) {
      const column = new Float64Array(n)
      for (let j = 0; j < n; j++) column[j] = of(rows[j])
      columns.push(column)
      yield 0
    }
  }
  return columns
}

/** The terms of the basis after the constant one, the most useful ones first. */
function levelsOf(inputs: readonly Coordinate[], rows: Uint32Array): Term[][] {
  const each = (of: (input: Coordinate) => Term[]): Term[] => inputs.flatMap(of)
  const standard = inputs.map((input) => standardized(input.values, rows))
  const crossed = inputs.length <= CROSSED
  const pairs = crossed ? standard.flatMap((_, a) => standard.slice(a + 1).map((_, k) => [a, a + 1 + k] as const)) : []
  const triples = pairs.flatMap(([a, b]) => standard.slice(b + 1).map((_, k) => [a, b, b + 1 + k] as const))
  const scores = inputs.map((input) => input.scores)
  return [
    standard,
    [
      ...each(({ scores: z }) => [(i) => z[i]]),
      // Costs are sums of products of inputs.
      ...pairs.map(
        ([a, b]): Term =>
          (i) =>
            standard[a](i) * standard[b](i),
      ),
      ...triples.map(
        ([a, b, c]): Term =>
          (i) =>
            standard[a](i) * standard[b](i) * standard[c](i),
      ),
    ],
    each(({ scores: z }) => [(i) => z[i] * z[i] - 1, (i) => z[i] * (z[i] * z[i] - 3)]),
    pairs.flatMap(([a, b]): Term[] => {
      const [y, z] = [scores[a], scores[b]]
      return [(i) => y[i] * z[i], (i) => (y[i] * y[i] - 1) * z[i], (i) => y[i] * (z[i] * z[i] - 1)]
    }),
    each(({ scores: z }) =>
      KNOTS.map((knot) => (i) => {
        const over = Math.max(0, z[i] - knot)
        return over * over * over
      }),
    ),
  ]
}

/** A column with mean 0 and standard deviation 1 over some trials. */
function standardized(values: Float64Array, rows: Uint32Array): Term {
  let [sum, squares] = [0, 0]
  for (const i of rows) sum += values[i]
  const mean = sum / rows.length
  for (const i of rows) squares += (values[i] - mean) * (values[i] - mean)
  const sd = Math.sqrt(squares / rows.length)
  return sd > 0 ? (i) => (values[i] - mean) / sd : () => 0
}

/** Least squares of several outcomes on the same columns, over the rows from `from` to `to`. */
export function* fitted(
  basis: readonly Float64Array[],
  outcomes: readonly Float64Array[],
  [from, to]: readonly [from: number, to: number],
): Steps<Float64Array[]> {
  const p = basis.length
  const matrix = Array.from({ length: p }, () => new Array<number>(p).fill(0))
  const right = outcomes.map(() => new Array<number>(p).fill(0))
  for (let a = 0; a < p; a++) {
    const column = basis[a]
    for (let b = a; b < p; b++) {
      const other = basis[b]
      let sum = 0
      for (let i = from; i < to; i++) sum += column[i] * other[i]
      matrix[a][b] = sum
      matrix[b][a] = sum
    }
    outcomes.forEach((y, k) => {
      let sum = 0
      for (let i = from; i < to; i++) sum += column[i] * y[i]
      right[k][a] = sum
    })
    yield 0
  }
  for (let a = 0; a < p; a++) matrix[a][a] *= 1 + RIDGE
  return right.map((own) => Float64Array.from(solve(matrix, own)))
}

/** Σ coefficient · column, in one row. */
export function predicted(basis: readonly Float64Array[], coefficients: Float64Array, i: number): number {
  let sum = 0
  for (let a = 0; a < coefficients.length; a++) sum += coefficients[a] * basis[a][i]
  return sum
}
