// Lines through the space of scores: points of a net with one coordinate, that along a direction, left free. The scores of the line's
// dimensions are turned by Householder reflections that map the first axes onto the directions (Golub and Van Loan, section 5.1).
import type { Arena, Pointer } from '../kernel/arena.ts'
import { BLOCK } from '../kernel/arena.ts'
import type { Plan } from '../random/plan.ts'
import { createSource } from '../random/source.ts'
import type { Node } from './graph.ts'
import type { Model } from './model.ts'
import { reflections } from './reflections.ts'
import type { Basis, Direction } from './sampling.ts'
import { record, type Tape } from './tape.ts'

/** Nodes of the model on the lines. */
export interface Evaluation {
  readonly tape: Tape
  /** A column a node, valid until the next evaluation. */
  readonly values: readonly Float64Array[]
}

/** Directions of a basis, at most. */
export const LEADING = 4

export class LineWork {
  readonly #arena: Arena
  readonly #model: Model
  readonly #plan: Plan
  readonly #lineDimensions: readonly number[]
  readonly #fill: (dimension: number, replicate: number, block: number, out: Pointer, count: number) => void
  /** Scores of the net's points, by dimension. */
  readonly #drawn: readonly Pointer[]
  /** Those of the lines' feet, where the free coordinate is 0. */
  readonly #feet: readonly Pointer[]
  readonly #scores: readonly Pointer[]
  readonly #t: Pointer
  readonly #sum: Pointer
  readonly #extra: Pointer
  #direction: Direction | undefined
  rows = 0

  constructor(arena: Arena, model: Model, plan: Plan, seed: string, lineDimensions: readonly number[]) {
    const { dimensions } = model.program
    this.#arena = arena
    this.#model = model
    this.#plan = plan
    this.#lineDimensions = lineDimensions
    // The best coordinates go to the basis, the next to what jumps: behind the basis the other scores hardly matter.
    const fixed = dimensions.map((_, d) => d).filter((d) => !lineDimensions.includes(d))
    const order = [...lineDimensions.slice(0, LEADING), ...fixed, ...lineDimensions.slice(LEADING)]
    const source = createSource(
      arena,
      plan,
      seed,
      dimensions.map(({ name }, d) => ({ name, coordinate: order.indexOf(d) })),
    )
    this.#fill = source.fill
    this.#drawn = dimensions.map(() => arena.column())
    this.#feet = dimensions.map((_, d) => (lineDimensions.includes(d) ? arena.column() : this.#drawn[d]))
    this.#scores = dimensions.map((_, d) => (lineDimensions.includes(d) ? arena.column() : this.#drawn[d]))
    this.#t = arena.column()
    this.#sum = arena.column()
    this.#extra = arena.column()
  }

  /** Ready to compute the nodes wherever `move` goes. */
  evaluation(nodes: readonly Node[]): Evaluation {
    const values = nodes.map(() => new Float64Array(BLOCK))
    const sinks = nodes.map((node, k) => ({
      nodes: [node],
      take: ([column]: readonly Pointer[], rows: number) => values[k].set(this.#arena.view(column, rows)),
    }))
    return { values, tape: record(this.#model.graph, sinks, this.#arena, { scores: (dimension) => this.#scores[dimension] }) }
  }

  /** The points of whole replicates, as many as a block holds, or of a part of one. */
  load(parts: readonly { readonly replicate: number; readonly block: number }[]): void {
    const { ops } = this.#arena.kernel
    const { blockSize } = this.#plan
    parts.forEach(({ replicate, block }, k) => {
      const at = 8 * k * blockSize
      this.#drawn.forEach((column, d) => this.#fill(d, replicate, block, column + at, blockSize))
    })
    this.rows = parts.length * blockSize
    ops.affine(this.#drawn[this.#lineDimensions[0]], this.#extra, this.rows, 0, 1)
    for (const column of this.#drawn) ops.normals(column, column, this.rows)
  }

  /** One uniform number a line: that of the coordinate which is left free. */
  extra(): Float64Array {
    return this.#arena.view(this.#extra, this.rows).slice()
  }

  /** Where the lines are aimed at nothing, the scores are those drawn. */
  aimless(): void {
    const { ops } = this.#arena.kernel
    for (const d of this.#lineDimensions) ops.affine(this.#drawn[d], this.#scores[d], this.rows, 0, 1)
  }

  /** Moves one dimension of the aimless scores by `by`. */
  nudge(dimension: number, by: number): void {
    this.#arena.kernel.ops.affine(this.#drawn[dimension], this.#scores[dimension], this.rows, by, 1)
  }

  /** Turns the net so that its first coordinates lie along the basis, and leaves the very first free. */
  aim(basis: Basis): void {
    const { ops } = this.#arena.kernel
    const { rows } = this
    const [direction] = basis
    this.#direction = direction
    const [first, ...others] = this.#lineDimensions
    ops.fill(this.#feet[first], rows, 0)
    for (const d of others) ops.affine(this.#drawn[d], this.#feet[d], rows, 0, 1)
    // Q x = H₁ (H₂ (… x)), each x − 2 v (v·x) / (v·v).
    for (const { v, from, factor } of reflections(basis).reverse()) {
      ops.fill(this.#sum, rows, 0)
      for (let k = from; k < v.length; k++) ops.addScaled(this.#feet[this.#lineDimensions[k]], this.#sum, rows, v[k])
      for (let k = from; k < v.length; k++) {
        const column = this.#feet[this.#lineDimensions[k]]
        ops.addScaled(this.#sum, column, rows, factor * v[k])
      }
    }
  }

  /** The scores at t along each line. */
  move(t: Float64Array): void {
    const { ops } = this.#arena.kernel
    const { rows } = this
    this.#arena.view(this.#t, rows).set(t.subarray(0, rows))
    const direction = this.#direction
    if (!direction) throw new Error('lines are moved along before they are aimed')
    this.#lineDimensions.forEach((d, k) => ops.along(this.#feet[d], this.#t, this.#scores[d], rows, direction[k]))
  }
}

/** Which of a net's parts fill a block: several short replicates, or one part of a long one. */
export function blocksOfLines({
  replicates,
  blockSize,
  blocksPerReplicate,
}: Plan): { readonly replicate: number; readonly block: number }[][] {
  const each = Array.from({ length: replicates }, (_, replicate) =>
    Array.from({ length: blocksPerReplicate }, (__, block) => ({ replicate, block })),
  ).flat()
  const perBlock = Math.max(1, Math.floor(BLOCK / blockSize))
  return Array.from({ length: Math.ceil(each.length / perBlock) }, (_, k) => each.slice(k * perBlock, (k + 1) * perBlock))
}

/** The pilot's and the lines' draws are streams of their own. */
export const seedOfLines = (seed: string, what: 'pilot' | 'lines'): string => `${what} of ${seed}`
