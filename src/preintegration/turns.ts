// Rotates the scores of a block of points in place, by a few Householder reflections (Golub and Van Loan, section 5.1). The first reflection
// may differ between points, as long as it depends only on draws other than the scores.
import type { Arena, Pointer } from '../numerics/kernel/arena.ts'
import { reflections } from './reflections.ts'
import type { Basis } from './sampling.ts'

export class Turns {
  readonly #arena: Arena
  /** One column of scores per dimension. */
  readonly #scores: readonly Pointer[]
  readonly #sum: Pointer
  readonly #weight: Pointer
  /** The unit directions of `leaning` by dimension, valid until the next call. */
  readonly directions: readonly Pointer[]

  constructor(arena: Arena, scores: readonly Pointer[]) {
    this.#arena = arena
    this.#scores = scores
    this.#sum = arena.column()
    this.#weight = arena.column()
    this.directions = scores.map(() => arena.column())
  }

  /** Q x = H₁ (H₂ (… x)), each x − 2 v (v·x) / (v·v), so that the first axes lie along the basis. */
  straight(basis: Basis, rows: number): void {
    this.#reflect(reflections(basis), rows)
  }

  /** The same with a first axis that `lean` may change for some points, by adding any amounts to the columns of directions. */
  leaning(basis: Basis, rows: number, lean: (directions: readonly Float64Array[]) => void): void {
    const { ops } = this.#arena.kernel
    const [, ...others] = reflections(basis)
    this.#reflect(others, rows)
    const { directions } = this
    directions.forEach((direction, k) => ops.fill(direction, rows, basis[0][k]))
    lean(directions.map((direction) => this.#arena.view(direction, rows)))
    const sum = this.#sum
    ops.fill(sum, rows, 0)
    for (const direction of directions) ops.addProduct(direction, direction, sum, rows)
    const lengths = this.#arena.view(sum, rows)
    for (let row = 0; row < rows; row++) lengths[row] = lengths[row] > 0 ? 1 / Math.sqrt(lengths[row]) : 0
    for (const direction of directions) ops.multiply(direction, sum, direction, rows)
    // If a direction vanishes, any other will do.
    const lead = this.#arena.view(directions[0], rows)
    for (let row = 0; row < rows; row++) if (lengths[row] === 0) lead[row] = 1
    // v = d ± e₁ with the sign that cancels no digits: v·v = 2 (1 + |d₁|).
    const weight = this.#weight
    ops.multiply(this.#scores[0], directions[0], weight, rows)
    for (let k = 1; k < directions.length; k++) ops.addProduct(this.#scores[k], directions[k], weight, rows)
    const [weights, x] = [this.#arena.view(weight, rows), this.#arena.view(this.#scores[0], rows)]
    for (let row = 0; row < rows; row++) {
      const sign = lead[row] < 0 ? -1 : 1
      weights[row] = -(weights[row] + sign * x[row]) / (1 + Math.abs(lead[row]))
      x[row] += weights[row] * sign
    }
    directions.forEach((direction, k) => ops.addProduct(weight, direction, this.#scores[k], rows))
  }

  #reflect(found: ReturnType<typeof reflections>, rows: number): void {
    const { ops } = this.#arena.kernel
    for (const { v, from, factor } of [...found].reverse()) {
      ops.fill(this.#sum, rows, 0)
      for (let k = from; k < v.length; k++) ops.addScaled(this.#scores[k], this.#sum, rows, v[k])
      for (let k = from; k < v.length; k++) ops.addScaled(this.#sum, this.#scores[k], rows, factor * v[k])
    }
  }
}
