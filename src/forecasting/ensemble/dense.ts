// Dense linear algebra on rows of typed arrays. Only the lower triangle of a symmetric matrix is read and written. A sum waits for each of its
// additions, so four independent sums go on at the same time. Each adds in the same order as alone, so that bits stay the same.
import { log } from '../../numerics/kernel/math.ts'

/** The scalar product of the first `length` numbers of two rows. */
export function dot(a: Float64Array, from: number, b: Float64Array, start: number, length: number): number {
  let sum = 0
  for (let k = 0; k < length; k++) sum += a[from + k] * b[start + k]
  return sum
}

/**
 * Replaces the lower triangle of a symmetric matrix by its Cholesky factor.
 * @returns the logarithm of the determinant, or NaN if the matrix is not positive definite
 */
export function factorize(matrix: Float64Array, size: number): number {
  let determinant = 0
  for (let i = 0; i < size; i++) {
    const row = i * size
    for (let j = 0; j < i; j++) {
      const other = j * size
      matrix[row + j] = (matrix[row + j] - dot(matrix, row, matrix, other, j)) / matrix[other + j]
    }
    const pivot = matrix[row + i] - dot(matrix, row, matrix, row, i)
    if (!(pivot > 0)) return Number.NaN
    matrix[row + i] = Math.sqrt(pivot)
    determinant += log(pivot)
  }
  return determinant
}

/** Solves L x = b for the vector of `size` numbers at `from`, in place. Leading zeros stay zero and cost nothing. */
export function forwardSolve(factor: Float64Array, size: number, vector: Float64Array, from = 0): void {
  let start = 0
  while (start < size && vector[from + start] === 0) start++
  for (let i = start; i < size; i++) {
    const row = i * size
    vector[from + i] = (vector[from + i] - dot(factor, row + start, vector, from + start, i - start)) / factor[row + i]
  }
}

const AT_ONCE = 4

/** Solves L x = b for each of `count` vectors of `size` numbers, which follow each other, in place. */
export function forwardSolveAll(factor: Float64Array, size: number, vectors: Float64Array, count: number): void {
  const blocks = count - (count % AT_ONCE)
  for (let v = 0; v < blocks; v += AT_ONCE) solveFour(factor, size, vectors, v * size)
  for (let v = blocks; v < count; v++) forwardSolve(factor, size, vectors, v * size)
}

function solveFour(factor: Float64Array, size: number, x: Float64Array, a: number): void {
  const [b, c, d] = [a + size, a + 2 * size, a + 3 * size]
  let start = 0
  while (start < size && x[a + start] === 0 && x[b + start] === 0 && x[c + start] === 0 && x[d + start] === 0) start++
  for (let i = start; i < size; i++) {
    const row = i * size
    let [p, q, r, s] = [0, 0, 0, 0]
    for (let k = start; k < i; k++) {
      const own = factor[row + k]
      p += own * x[a + k]
      q += own * x[b + k]
      r += own * x[c + k]
      s += own * x[d + k]
    }
    const pivot = factor[row + i]
    x[a + i] = (x[a + i] - p) / pivot
    x[b + i] = (x[b + i] - q) / pivot
    x[c + i] = (x[c + i] - r) / pivot
    x[d + i] = (x[d + i] - s) / pivot
  }
}

/** The scalar products of each of `count` vectors with each of `others`, row by row. All have `size` numbers and follow each other. */
export function products(a: Float64Array, count: number, b: Float64Array, others: number, size: number): Float64Array {
  const all = new Float64Array(count * others)
  const blocks = others - (others % AT_ONCE)
  for (let i = 0; i < count; i++) {
    const from = i * size
    for (let j = 0; j < blocks; j += AT_ONCE) productsOfFour(a, from, b, j * size, size, all, i * others + j)
    for (let j = blocks; j < others; j++) all[i * others + j] = dot(a, from, b, j * size, size)
  }
  return all
}

function productsOfFour(
  a: Float64Array,
  from: number,
  b: Float64Array,
  first: number,
  size: number,
  into: Float64Array,
  at: number,
): void {
  const [second, third, fourth] = [first + size, first + 2 * size, first + 3 * size]
  let [p, q, r, s] = [0, 0, 0, 0]
  for (let k = 0; k < size; k++) {
    const own = a[from + k]
    p += own * b[first + k]
    q += own * b[second + k]
    r += own * b[third + k]
    s += own * b[fourth + k]
  }
  into[at] = p
  into[at + 1] = q
  into[at + 2] = r
  into[at + 3] = s
}

/** Solves Lᵀ x = b for the vector of `size` numbers at `from`, in place. */
export function backwardSolve(factor: Float64Array, size: number, vector: Float64Array, from = 0): void {
  for (let i = size - 1; i >= 0; i--) {
    const value = vector[from + i] / factor[i * size + i]
    vector[from + i] = value
    for (let j = 0; j < i; j++) vector[from + j] -= factor[i * size + j] * value
  }
}
