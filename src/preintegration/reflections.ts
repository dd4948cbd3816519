// An orthogonal matrix with given first columns, as a product of few Householder reflections: quick to apply, and orthogonal to rounding.
import type { Basis } from './sampling.ts'

/** x ↦ x + factor · v (v·x), where v is 0 before `from`. */
export interface Reflection {
  readonly v: Float64Array
  readonly from: number
  readonly factor: number
}

/** Reflections H₁ … H_k with H₁ H₂ … H_k e_i = ± the i-th vector of the basis, the sign that cancels no digits. */
export function reflections(basis: Basis): Reflection[] {
  const found: Reflection[] = []
  basis.forEach((given, i) => {
    // After the reflections before it, the vector is 0 in the coordinates that are taken.
    const target = found.reduce(reflected, given)
    const v = target.map((x, k) => (k < i ? 0 : k > i ? x : x < 0 ? x - 1 : x + 1))
    found.push({ v, from: i, factor: -2 / v.reduce((sum, x) => sum + x * x, 0) })
  })
  return found
}

function reflected(x: Float64Array, { v, factor }: Reflection): Float64Array {
  const along = v.reduce((sum, component, k) => sum + component * x[k], 0)
  return x.map((component, k) => component + factor * along * v[k])
}

/** The part of a vector that is orthogonal to a basis. */
function residual(vector: Float64Array, basis: Basis): Float64Array {
  let left = vector
  // A second pass makes it orthogonal to rounding.
  for (let pass = 0; pass < 2; pass++) {
    for (const q of basis) {
      const along = q.reduce((sum, component, k) => sum + component * left[k], 0)
      left = left.map((component, k) => component - along * q[k])
    }
  }
  return left
}

export const norm = (v: Float64Array): number => Math.sqrt(v.reduce((sum, x) => sum + x * x, 0))

/**
 * Extends a basis by the largest orthogonal parts of the vectors, up to `most` directions, or until every part is below a share
 * `negligible` of its vector.
 */
export function extended(basis: Basis, vectors: readonly Float64Array[], most: number, negligible = 0.02): Basis {
  let grown = basis
  const unit = vectors.flatMap((vector) => {
    const length = norm(vector)
    return length > 0 ? [vector.map((x) => x / length)] : []
  })
  while (grown.length < Math.min(most, vectors[0]?.length ?? 0)) {
    const rests = unit.map((vector) => residual(vector, grown))
    const longest = rests.reduce((best, rest) => (norm(rest) > norm(best) ? rest : best), new Float64Array())
    const length = norm(longest)
    if (!(length > negligible)) break
    grown = [...grown, longest.map((x) => x / length)]
  }
  return grown
}
