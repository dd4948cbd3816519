// Estimates mean costs given some inputs by regression on splines of the inputs' normal scores (Strong, Oakley and Brennan, Medical
// Decision Making 34, 2014). All scores have the same distribution, so that one basis fits every input.
import { solve } from '../../numerics/distributions/special/solve.ts'
import type { Steps } from '../../pace.ts'

/** Knots of the cubic spline of a score. */
const KNOTS = [-2, -1.4, -0.9, -0.45, 0, 0.45, 0.9, 1.4, 2]
/** Products of scores are left out if there are more inputs than this. */
const CROSSED = 6
/** Added to the diagonal as a share of it, so that nearly equal columns can be solved. */
const RIDGE = 1e-10

/** Columns of the basis: 1, powers and truncated cubes of each score, and products of two scores and of their squares. */
export function* basisOf(scores: readonly Float64Array[]): Steps<Float64Array[]> {
  const n = scores[0].length
  const columns = [new Float64Array(n).fill(1)]
  for (const of of termsOf(scores)) {
    const column = new Float64Array(n)
    for (let i = 0; i < n; i++) column[i] = of(i)
    columns.push(column)
    yield 0
  }
  return columns
}

/** The terms of the basis after the constant one, in each trial. */
function termsOf(scores: readonly Float64Array[]): ((i: number) => number)[] {
  const terms: ((i: number) => number)[] = []
  const put = (of: (i: number) => number) => void terms.push(of)
  for (const z of scores) {
    put((i) => z[i])
    put((i) => z[i] * z[i] - 1)
    put((i) => z[i] * (z[i] * z[i] - 3))
    for (const knot of KNOTS) {
      put((i) => {
        const over = Math.max(0, z[i] - knot)
        return over * over * over
      })
    }
  }
  if (scores.length > CROSSED) return terms
  scores.forEach((a, k) => {
    for (const b of scores.slice(k + 1)) {
      put((i) => a[i] * b[i])
      put((i) => (a[i] * a[i] - 1) * b[i])
      put((i) => a[i] * (b[i] * b[i] - 1))
    }
  })
  return terms
}

/** Least squares of several outcomes on the same columns, over the trials in `rows`. */
export function* fitted(
  basis: readonly Float64Array[],
  outcomes: readonly Float64Array[],
  rows: readonly (readonly [from: number, to: number])[],
): Steps<Float64Array[]> {
  const p = basis.length
  const matrix = Array.from({ length: p }, () => new Array<number>(p).fill(0))
  const right = outcomes.map(() => new Array<number>(p).fill(0))
  for (const [from, to] of rows) {
    for (let a = 0; a < p; a++) {
      const column = basis[a]
      for (let b = a; b < p; b++) {
        const other = basis[b]
        let sum = 0
        for (let i = from; i < to; i++) sum += column[i] * other[i]
        matrix[a][b] += sum
        if (b !== a) matrix[b][a] += sum
      }
      outcomes.forEach((y, k) => {
        let sum = 0
        for (let i = from; i < to; i++) sum += column[i] * y[i]
        right[k][a] += sum
      })
      yield 0
    }
  }
  for (let a = 0; a < p; a++) matrix[a][a] *= 1 + RIDGE
  return right.map((own) => Float64Array.from(solve(matrix, own)))
}

/** Σ coefficient · column, in one trial. */
export function predicted(basis: readonly Float64Array[], coefficients: Float64Array, i: number): number {
  let sum = 0
  for (let a = 0; a < coefficients.length; a++) sum += coefficients[a] * basis[a][i]
  return sum
}
