// Spikes and setbacks: what starts in each month, through the event's table.
import { type Arena, BLOCK, type Pointer } from '../kernel/arena.ts'
import type { EventProgram } from '../program/program.ts'

export class Events {
  readonly #arena: Arena
  readonly #table: Pointer
  readonly #scores: readonly Pointer[]
  /** Size of what starts in each month, or the neutral value. */
  readonly starts: readonly Pointer[]
  readonly months: number

  constructor(arena: Arena, program: EventProgram, scores: readonly Pointer[]) {
    this.#arena = arena
    this.#table = arena.store(program.table)
    this.#scores = program.dimensions.map((d) => scores[d])
    this.starts = program.dimensions.map(() => arena.column())
    this.months = program.months
  }

  /** Reads the starts of a month. */
  begin(m: number): void {
    this.#arena.kernel.ops.tabulated(this.#scores[m], this.starts[m], BLOCK, this.#table)
  }
}
