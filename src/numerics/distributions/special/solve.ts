/** Solves a small system of linear equations by Gaussian elimination with pivots. */
export function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, k) => [...row, right[k]])
  const n = rows.length
  for (let k = 0; k < n; k++) {
    let best = k
    for (let r = k + 1; r < n; r++) if (Math.abs(rows[r][k]) > Math.abs(rows[best][k])) best = r
    const pivot = rows[best]
    rows[best] = rows[k]
    rows[k] = pivot
    if (pivot[k] === 0) continue
    for (let r = k + 1; r < n; r++) {
      const share = rows[r][k] / pivot[k]
      if (share !== 0) for (let c = k; c <= n; c++) rows[r][c] -= share * pivot[c]
    }
  }
  const solution = new Array<number>(n).fill(0)
  for (let k = n - 1; k >= 0; k--) {
    let sum = rows[k][n]
    for (let c = k + 1; c < n; c++) sum -= rows[k][c] * solution[c]
    solution[k] = rows[k][k] === 0 ? 0 : sum / rows[k][k]
  }
  return solution
}

/** The columns of the inverse of a small matrix. */
export const inverse = (matrix: readonly (readonly number[])[]): number[][] =>
  matrix.map((_, k) =>
    solve(
      matrix,
      matrix.map((__, j) => (j === k ? 1 : 0)),
    ),
  )
