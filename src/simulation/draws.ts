// A block's normal scores and once-a-trial inputs.
import { type Arena, BLOCK, type Pointer } from '../kernel/arena.ts'
import type { Program } from '../program/program.ts'
import type { Plan } from '../random/plan.ts'
import { createSource, type Source } from '../random/source.ts'

export class Draws {
  readonly #arena: Arena
  readonly #program: Program
  readonly #source: Source
  readonly #uniform: Pointer
  readonly #mixed: Pointer
  readonly #tables: readonly Pointer[]
  /** One column of normal scores a dimension. */
  readonly scores: readonly Pointer[]
  readonly inputs: readonly Pointer[]

  constructor(arena: Arena, program: Program, plan: Plan, seed: string) {
    this.#arena = arena
    this.#program = program
    this.#source = createSource(arena, plan, seed, program.dimensions)
    this.#uniform = arena.column()
    this.#mixed = arena.column()
    this.scores = program.dimensions.map(() => arena.column())
    this.#tables = program.inputs.map(({ table }) => arena.store(table))
    this.inputs = program.inputs.map(() => arena.column())
  }

  draw(replicate: number, block: number): void {
    const { ops } = this.#arena.kernel
    for (let d = 0; d < this.scores.length; d++) {
      this.#source.fill(d, replicate, block, this.#uniform)
      ops.normals(this.#uniform, this.scores[d], BLOCK)
    }
    for (const { dimensions, factor } of this.#program.mixes) {
      // From the last row up, so that each mixes scores that are still independent.
      for (let row = dimensions.length - 1; row > 0; row--) {
        ops.scale(this.scores[dimensions[row]], this.#mixed, BLOCK, factor[row][row])
        for (let k = 0; k < row; k++) ops.addScaled(this.scores[dimensions[k]], this.#mixed, BLOCK, factor[row][k])
        ops.copy(this.#mixed, this.scores[dimensions[row]], BLOCK)
      }
    }
    for (let k = 0; k < this.inputs.length; k++) {
      ops.tabulated(this.scores[this.#program.inputs[k].dimension], this.inputs[k], BLOCK, this.#tables[k])
    }
  }
}
