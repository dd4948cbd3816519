// A list of operations in kernel memory, which one call runs.
import type { Arena, Pointer } from './arena.ts'
import { OPERATION } from './assembly/operations.ts'

/** An operation on columns. What it does not need is absent. */
export interface KernelOperation {
  /** One of assembly/operations.ts. */
  readonly code: number
  readonly a?: Pointer
  readonly b?: Pointer
  readonly c?: Pointer
  readonly out: Pointer
  readonly x?: number
  readonly y?: number
}

export class OperationList {
  readonly #arena: Arena
  readonly #at: Pointer
  readonly #count: number

  constructor(arena: Arena, operations: readonly KernelOperation[]) {
    const data = new DataView(new ArrayBuffer(OPERATION * operations.length))
    operations.forEach(({ code, a = 0, b = 0, c = 0, out, x = 0, y = 0 }, k) => {
      const at = OPERATION * k
      data.setInt32(at, code, true)
      data.setUint32(at + 4, a, true)
      data.setUint32(at + 8, b, true)
      data.setUint32(at + 12, c, true)
      data.setUint32(at + 16, out, true)
      data.setFloat64(at + 24, x, true)
      data.setFloat64(at + 32, y, true)
    })
    this.#arena = arena
    this.#count = operations.length
    this.#at = arena.store(new Uint8Array(data.buffer))
  }

  /** Gives each operation its own x. */
  setEachX(x: (k: number) => number): void {
    const data = new DataView(this.#arena.kernel.memory.buffer, this.#at)
    for (let k = 0; k < this.#count; k++) data.setFloat64(OPERATION * k + 24, x(k), true)
  }

  /** Gives all operations the same second column. */
  setB(b: Pointer): void {
    const data = new DataView(this.#arena.kernel.memory.buffer, this.#at)
    for (let k = 0; k < this.#count; k++) data.setUint32(OPERATION * k + 8, b, true)
  }

  /** @param n trials, a multiple of four */
  run(n: number): void {
    if (this.#count > 0) this.#arena.kernel.ops.runList(this.#at, this.#count, n)
  }
}
