// Dense linear algebra on rows of typed arrays. Only the lower triangle of a symmetric matrix is read and written.
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

/** Solves Lᵀ x = b for the vector of `size` numbers at `from`, in place. */
export function backwardSolve(factor: Float64Array, size: number, vector: Float64Array, from = 0): void {
  for (let i = size - 1; i >= 0; i--) {
    const value = vector[from + i] / factor[i * size + i]
    vector[from + i] = value
    for (let j = 0; j < i; j++) vector[from + j] -= factor[i * size + j] * value
  }
}
