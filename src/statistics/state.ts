// Merging the states of blocks: moments pairwise, sums by adding.
import { HEAD, type Layout, SERIES } from './layout.ts'

/**
 * Adds `from` to `into`. Central moments of a union: Chan, Golub & LeVeque (1983), to the fourth order Pébay (2008).
 */
export function merge(layout: Layout, into: Float64Array, from: Float64Array): void {
  const [na, nb] = [into[0], from[0]]
  if (nb === 0) return
  if (na === 0) {
    into.set(from)
    return
  }
  const n = na + nb
  into[0] = n
  for (let s = 0; s < layout.series; s++) {
    const at = HEAD + SERIES * s
    const [, a2, a3, a4] = into.subarray(at, at + 4)
    const [, b2, b3, b4] = from.subarray(at, at + 4)
    const gap = from[at] - into[at]
    const g = gap / n
    into[at] += nb * g
    into[at + 1] = a2 + b2 + gap * g * na * nb
    into[at + 2] = a3 + b3 + gap * g * g * na * nb * (na - nb) + 3 * g * (na * b2 - nb * a2)
    into[at + 3] =
      a4 +
      b4 +
      gap * g * g * g * na * nb * (na * na - na * nb + nb * nb) +
      6 * g * g * (na * na * b2 + nb * nb * a2) +
      4 * g * (na * b3 - nb * a3)
    into[at + 4] = Math.min(into[at + 4], from[at + 4])
    into[at + 5] = Math.max(into[at + 5], from[at + 5])
  }
  for (let k = HEAD + SERIES * layout.series; k < layout.slots; k++) into[k] += from[k]
}

/**
 * Merges states in the order of their index along a binary tree, whatever their number: node (l, j) holds the states
 * j·2^l … (j + 1)·2^l − 1, left with right. The same bits however the work was cut.
 */
export class Tree {
  readonly #layout: Layout
  readonly #levels: (Float64Array | undefined)[] = []

  constructor(layout: Layout) {
    this.#layout = layout
  }

  /** Takes the next state; the array is not kept. */
  add(state: Float64Array): void {
    let node: Float64Array = state.slice()
    let level = 0
    for (let left = this.#levels[0]; left; left = this.#levels[level]) {
      merge(this.#layout, left, node)
      node = left
      this.#levels[level] = undefined
      level += 1
    }
    this.#levels[level] = node
  }

  /** All of it: the largest nodes, which stand leftmost, first. */
  total(): Float64Array {
    const out = new Float64Array(this.#layout.slots)
    for (let level = this.#levels.length - 1; level >= 0; level--) {
      const node = this.#levels[level]
      if (node) merge(this.#layout, out, node)
    }
    return out
  }
}
