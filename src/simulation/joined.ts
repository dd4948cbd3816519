// Scores that a t copula joins, in pairs of trials that share some of them. Given the shared t values of the first trial, W / (1 + δ/df) has a χ²
// distribution with one more degree of freedom for each shared value, where δ is their squared distance from 0. So W is drawn anew from
// it, and the other scores are normal again given W (Ding, The American Statistician 70, 2016).
import { wideningTable } from '../compile/copula.ts'
import type { Mix, StudentTail } from '../compile/program.ts'
import { TABLE_REACH } from '../compile/table.ts'
import { inverse } from '../numerics/distributions/special/solve.ts'
import type { Arena, Pointer } from '../numerics/kernel/arena.ts'
import { covarianceIn } from './mixed.ts'

interface Columns {
  /** The correlated scores of both trials, and those that the pattern chooses. */
  readonly first: readonly Pointer[]
  readonly second: readonly Pointer[]
  readonly chosen: readonly Pointer[]
}

/** The shared scores of a group, if some but not all are shared. */
interface Shared {
  readonly dimensions: readonly number[]
  /** The inverse of their correlation matrix. */
  readonly precision: readonly (readonly number[])[]
  /** Maps the score of the second trial's W to √(m / X), with X of a χ² distribution with m degrees of freedom. */
  readonly widening: Pointer
}

export class JoinedScores {
  readonly #arena: Arena
  readonly #mix: Mix & { readonly tail: StudentTail }
  readonly #columns: Columns
  readonly #shared = new Map<ReadonlySet<number>, Shared>()
  readonly #tables = new Map<number, Pointer>()
  readonly #widening: Pointer
  readonly #ratio: Pointer
  /** The factor √(df / W) of the chosen scores. */
  readonly #factor: Pointer
  readonly #spare: Pointer

  /** @param keeping the sets of dimensions that share the scores of the first trial */
  constructor(arena: Arena, mix: Mix & { readonly tail: StudentTail }, columns: Columns, keeping: readonly ReadonlySet<number>[]) {
    this.#arena = arena
    this.#mix = mix
    this.#columns = columns
    this.#widening = arena.store(mix.tail.widening)
    this.#ratio = arena.store(mix.tail.ratio)
    this.#factor = arena.column()
    this.#spare = arena.column()
    for (const kept of keeping) {
      const places = [...mix.dimensions.keys()].filter((k) => kept.has(mix.dimensions[k]))
      if (places.length > 0 && places.length < mix.dimensions.length) this.#shared.set(kept, this.#sharedAt(places))
    }
  }

  #sharedAt(places: readonly number[]): Shared {
    const matrix = places.map((a) => places.map((b) => covarianceIn(this.#mix, a, b)))
    return {
      dimensions: places.map((k) => this.#mix.dimensions[k]),
      precision: inverse(matrix),
      widening: this.#tableOf(this.#mix.tail.df + places.length),
    }
  }

  #tableOf(df: number): Pointer {
    const table = this.#tables.get(df) ?? this.#arena.store(wideningTable(df))
    this.#tables.set(df, table)
    return table
  }

  /** Computes the common factor, and scales the shared scores so that their t values stay those of the first trial. */
  condition(kept: ReadonlySet<number>, padded: number): void {
    const { ops } = this.#arena.kernel
    const { first, second, chosen } = this.#columns
    const { df, dimension } = this.#mix.tail
    const shared = this.#shared.get(kept)
    if (!shared) {
      const from = kept.has(this.#mix.dimensions[0]) ? first : second
      ops.tabulated(from[dimension], this.#factor, padded, this.#widening)
      return
    }
    ops.tabulated(first[dimension], this.#spare, padded, this.#widening)
    ops.tabulated(second[dimension], this.#factor, padded, shared.widening)
    const [before, factor] = [this.#arena.view(this.#spare, padded), this.#arena.view(this.#factor, padded)]
    const { precision, dimensions } = shared
    const scores = dimensions.map((d) => this.#arena.view(chosen[d], padded))
    const n = scores.length
    for (let row = 0; row < padded; row++) {
      let square = 0
      for (let a = 0; a < n; a++) for (let b = 0; b < n; b++) square += precision[a][b] * scores[a][row] * scores[b][row]
      const distance = square * before[row] * before[row]
      factor[row] *= Math.sqrt((df + distance) / (df + n))
      for (let a = 0; a < n; a++) scores[a][row] *= before[row] / factor[row]
    }
  }

  /** Turns the chosen correlated scores into normal scores of t values. */
  join(padded: number): void {
    const { ops } = this.#arena.kernel
    const { df, perUnit } = this.#mix.tail
    for (const d of this.#mix.dimensions) {
      const column = this.#columns.chosen[d]
      ops.multiply(column, this.#factor, column, padded)
      ops.multiply(column, column, this.#spare, padded)
      ops.scale(this.#spare, this.#spare, padded, 1 / df)
      ops.logarithm1p(this.#spare, this.#spare, padded)
      ops.affine(this.#spare, this.#spare, padded, -TABLE_REACH, perUnit)
      ops.tabulated(this.#spare, this.#spare, padded, this.#ratio)
      ops.multiply(column, this.#spare, column, padded)
    }
  }
}
