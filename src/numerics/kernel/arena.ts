// The owner of kernel memory hands out columns and tables, and gives views on them.
import { createKernel, type Kernel, prepareDraws } from './kernel.ts'

/** Trials in a block. */
export const BLOCK = 1024

/** A place in kernel memory, in bytes. */
export type Pointer = number

const PAGE = 65_536
/** Memory grows by at least this many bytes, since each growth is a call to the system. */
const STEP = 1 << 20

/** One released memory, with its tables, is kept for the next arena: a moving slider runs a plan many times a second. */
let spare: { readonly kernel: Kernel; readonly used: Pointer } | undefined
const MOST_SPARE = 64 << 20

export class Arena {
  readonly kernel: Kernel
  #next: Pointer
  /** Bytes below this place may hold numbers of an earlier arena. */
  readonly #used: Pointer

  /** @param draws whether random numbers are drawn here, which needs tables */
  constructor(kernel?: Kernel, draws = true) {
    const again = kernel ? undefined : spare
    if (again) spare = undefined
    this.kernel = kernel ?? again?.kernel ?? createKernel()
    this.#used = again?.used ?? 0
    if (draws && !again) prepareDraws(this.kernel)
    this.#next = this.kernel.heapBase
  }

  /** Leaves the memory to another arena. Nothing that points into it may be used afterwards. */
  release(): void {
    if (this.kernel.memory.buffer.byteLength <= MOST_SPARE) spare = { kernel: this.kernel, used: Math.max(this.#next, this.#used) }
  }

  /** Allocates zeroed, 32-byte aligned memory. It may grow, which invalidates views: take them after the last allocation. */
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

  /** A view on the numbers of a column. */
  view(pointer: Pointer, count: number = BLOCK): Float64Array {
    return new Float64Array(this.kernel.memory.buffer, pointer, count)
  }

  /** Copies data into kernel memory. */
  store(data: Uint8Array | Float64Array | Uint32Array | Int32Array): Pointer {
    const at = this.bytes(data.byteLength)
    new Uint8Array(this.kernel.memory.buffer, at, data.byteLength).set(
      new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
    )
    return at
  }
}
