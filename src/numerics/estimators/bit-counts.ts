// Counts values for a histogram in the kernel, block by block.
import type { Arena, Pointer } from '../kernel/arena.ts'
import { type HistogramData, type HistogramKind, putUsed, usedIn } from './histogram.ts'

/** One page for each sign and exponent of a double. */
const PAGES = 4096

export class BitCounts {
  readonly #arena: Arena
  readonly #kind: HistogramKind
  readonly #record: Pointer
  /** The pages that hold counts, in rising order. */
  #pages: readonly { readonly page: number; readonly place: Pointer }[] = []

  constructor(arena: Arena, kind: HistogramKind) {
    this.#arena = arena
    this.#kind = kind
    this.#record = arena.bytes(4 * (1 + PAGES))
  }

  #words(at: Pointer, count: number): Uint32Array {
    return new Uint32Array(this.#arena.kernel.memory.buffer, at, count)
  }

  /** Counts a column's values, or their differences from the values of a second column. */
  add(a: Pointer, rows: number, b: Pointer = 0): void {
    const { ops } = this.#arena.kernel
    const { origin, floor, bits } = this.#kind
    for (let from = 0; from < rows; ) {
      from = ops.countBits(a, b, from, rows, origin, floor, bits, this.#record)
      if (from < rows) this.#open(a, b, from)
    }
  }

  /** Makes the page for a value that has none. */
  #open(a: Pointer, b: Pointer, row: number): void {
    const { origin, bits } = this.#kind
    const at = (column: Pointer) => this.#arena.view(column, row + 1)[row]
    const value = Float64Array.of(b === 0 ? at(a) - origin : at(a) - at(b) - origin)
    const high = new DataView(value.buffer).getUint32(LITTLE ? 4 : 0, LITTLE)
    const page = high >>> 20
    const place = this.#arena.bytes(4 << bits)
    this.#words(this.#record, 1 + PAGES)[1 + page] = place
    this.#pages = [...this.#pages, { page, place }].sort((one, other) => one.page - other.page)
  }

  /** Returns the counts and starts again from zero. */
  take(): HistogramData {
    const { bits } = this.#kind
    const record = this.#words(this.#record, 1)
    const [zeros] = record
    record[0] = 0
    const pages = this.#pages.map(({ page, place }) => ({ first: page << bits, counts: this.#words(place, 1 << bits) }))
    const bins = new Uint32Array(2 * pages.reduce((sum, { counts }) => sum + usedIn(counts), 0))
    let at = 0
    for (const { first, counts } of pages) {
      at = putUsed(counts, first, bins, at)
      counts.fill(0)
    }
    return { ...this.#kind, zeros, bins }
  }
}

const LITTLE = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1
