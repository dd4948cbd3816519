// The one owner of kernel memory: hands out columns and tables, and gives views on them. No other file does offset arithmetic.
import { createKernel, type Kernel, prepareDraws } from './kernel.ts'

/** Trials in a block. */
export const BLOCK = 1024

/** A place in kernel memory, in bytes. */
export type Pointer = number

const PAGE = 65_536
/** Memory grows by at least so many bytes: each time costs a call to the system. */
const STEP = 1 << 20

/** One memory that was let go of, with its tables, and how far it was used: a slider that moves runs a scenario many times a second. */
let spare: { readonly kernel: Kernel; readonly used: Pointer } | undefined
const MOST_SPARE = 64 << 20

export class Arena {
  readonly kernel: Kernel
  #next: Pointer
  /** What lies below it may not be zero. */
  readonly #used: Pointer

  /** `draws`: whether random numbers are drawn here, which needs tables. */
  constructor(kernel?: Kernel, draws = true) {
    const again = kernel ? undefined : spare
    if (again) spare = undefined
    this.kernel = kernel ?? again?.kernel ?? createKernel()
    this.#used = again?.used ?? 0
    if (draws && !again) prepareDraws(this.kernel)
    this.#next = this.kernel.heapBase
  }

  /** Lets go of the memory, for another arena: no view on it, and nothing that has places in it, may be used any more. */
  release(): void {
    if (this.kernel.memory.buffer.byteLength <= MOST_SPARE) spare = { kernel: this.kernel, used: Math.max(this.#next, this.#used) }
  }

  /** `bytes` bytes, 32-byte aligned, zero. Memory grows as needed, so take views only after the last allocation. */
  bytes(bytes: number): Pointer {
    const at = (this.#next + 31) & ~31
    this.#next = at + bytes
    const missing = this.#next - this.kernel.memory.buffer.byteLength
    if (missing > 0) this.kernel.memory.grow(Math.ceil(Math.max(missing, STEP) / PAGE))
    if (at < this.#used) new Uint8Array(this.kernel.memory.buffer, at, Math.min(bytes, this.#used - at)).fill(0)
    return at
  }

  /** A column of `count` Float64 (by default one block). */
  column(count: number = BLOCK): Pointer {
    return this.bytes(8 * ((count + 3) & ~3))
  }

  /** The numbers of a column, as they stand now. */
  view(pointer: Pointer, count: number = BLOCK): Float64Array {
    return new Float64Array(this.kernel.memory.buffer, pointer, count)
  }

  /** Copies data of any kind in, once. */
  store(data: Uint8Array | Float64Array | Uint32Array | Int32Array): Pointer {
    const at = this.bytes(data.byteLength)
    new Uint8Array(this.kernel.memory.buffer, at, data.byteLength).set(
      new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
    )
    return at
  }
}
