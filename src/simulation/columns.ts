// The values that a program names, as columns: constants cost nothing, inputs are columns drawn once a trial.
import type { Value } from '../contract/operation.ts'
import { type Arena, BLOCK, type Pointer } from '../kernel/arena.ts'

export class Values {
  readonly #arena: Arena
  readonly #inputs: readonly Pointer[]

  constructor(arena: Arena, inputs: readonly Pointer[]) {
    this.#arena = arena
    this.#inputs = inputs
  }

  /** The column of an input; undefined for a constant. */
  column(value: Value): Pointer | undefined {
    return typeof value === 'number' ? undefined : this.#inputs[value.input]
  }

  /** out = value */
  set(value: Value, out: Pointer): void {
    const { ops } = this.#arena.kernel
    if (typeof value === 'number') ops.fill(out, BLOCK, value)
    else ops.copy(this.#inputs[value.input], out, BLOCK)
  }

  /** out += factor · value */
  add(value: Value, factor: number, out: Pointer): void {
    const { ops } = this.#arena.kernel
    if (typeof value === 'number') ops.shift(out, out, BLOCK, value * factor)
    else ops.addScaled(this.#inputs[value.input], out, BLOCK, factor)
  }

  /** out += factor · value · column */
  addTimes(value: Value, factor: number, column: Pointer, out: Pointer): void {
    const { ops } = this.#arena.kernel
    if (typeof value === 'number') ops.addScaled(column, out, BLOCK, value * factor)
    else ops.addProduct(this.#inputs[value.input], column, out, BLOCK, factor)
  }

  /** out = value · column */
  times(value: Value, column: Pointer, out: Pointer): void {
    const { ops } = this.#arena.kernel
    if (typeof value === 'number') ops.scale(column, out, BLOCK, value)
    else ops.multiply(this.#inputs[value.input], column, out, BLOCK)
  }
}
