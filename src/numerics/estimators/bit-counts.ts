// Counts values for a histogram in the kernel, block by block.
import type { Arena, Pointer } from '../kernel/arena.ts'
import type { HistogramData, HistogramKind } from './histogram.ts'

/** One page for each sign and exponent of a double. */
const PAGES = 4096

export class BitCounts {
  readonly #arena: Arena
  readonly #kind: HistogramKind
  readonly #record: Pointer
  /** The pages that hold counts, in rising order. */
  #pages: readonly { readonly page: number; readonly place: Pointer }[] = []

  /** Room for the nonempty counts of a page. */
  #pairs: Pointer | undefined

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
    const { ops } = this.#arena.kernel
    const { bits } = this.#kind
    this.#pairs ??= this.#arena.bytes(8 << bits)
    const pairs = this.#pairs
    const pieces = this.#pages.map(({ page, place }) => {
      const used = ops.drainCounts(place, 1 << bits, page << bits, pairs)
      return this.#words(pairs, 2 * used).slice()
    })
    const bins = new Uint32Array(pieces.reduce((sum, { length }) => sum + length, 0))
    let at = 0
    for (const piece of pieces) {
      bins.set(piece, at)
      at += piece.length
    }
    const record = this.#words(this.#record, 1)
    const [zeros] = record
    record[0] = 0
    return { ...this.#kind, zeros, bins }
  }
}

const LITTLE = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1
