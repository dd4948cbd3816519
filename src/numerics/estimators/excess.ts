// The costs above a boundary, from which expected shortfall and its error follow.

/** Σ (x − boundary)⁺ and Σ ((x − boundary)⁺)² over some values. */
export type Excess = { readonly sum: number; readonly squares: number }

const NONE: Excess = { sum: 0, squares: 0 }

/** The excess of the values from one place to another, added in their order to an excess that is already known. */
export function excessOf(values: Float64Array, boundary: number, from = 0, to = values.length, known = NONE): Excess {
  let { sum, squares } = known
  for (let i = from; i < to; i++) {
    const over = Math.max(0, values[i] - boundary)
    sum += over
    squares += over * over
  }
  return { sum, squares }
}
