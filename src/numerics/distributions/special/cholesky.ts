// The triangular factor of a matrix of correlations.

/** Returns L with L·Lᵀ = the matrix, or the first row that makes the matrix impossible. Zero pivots are allowed: |rho| may be 1. */
export function cholesky(matrix: readonly (readonly number[])[]): { readonly factor: number[][] } | { readonly row: number } {
  const factor = matrix.map(() => new Array<number>(matrix.length).fill(0))
  for (let i = 0; i < matrix.length; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = matrix[i][j]
      for (let k = 0; k < j; k++) rest -= factor[i][k] * factor[j][k]
      if (i === j) {
        if (rest < -1e-9) return { row: i }
        factor[i][i] = Math.sqrt(Math.max(0, rest))
      } else if (factor[j][j] > 1e-9) factor[i][j] = rest / factor[j][j]
      else if (Math.abs(rest) > 1e-9) return { row: i }
    }
  }
  return { factor }
}
