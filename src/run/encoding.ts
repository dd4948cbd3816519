// Encodes a tally for checkpoints and shards. Histogram bins are in rising order and stored as differences. Whole numbers up to 2^53
// take as many bytes as they need (LEB128).
import type { HistogramKind } from '../numerics/estimators/histogram.ts'
import { type Layout, slotsOf } from '../numerics/estimators/layout.ts'
import type { TallyPart } from './task.ts'

export function encodeParts(layout: Layout, parts: readonly TallyPart[]): Uint8Array {
  const writer = new Writer()
  const kinds = parts[0]?.histograms ?? []
  writer.whole(slotsOf(layout))
  writer.whole(kinds.length)
  for (const { origin, bits, floor } of kinds) {
    writer.number(origin)
    writer.whole(bits)
    writer.number(floor)
  }
  writer.whole(parts.length)
  for (const { replicate, nodes, histograms } of parts) {
    writer.whole(replicate)
    writer.whole(nodes.length)
    for (const { level, index, state } of nodes) {
      writer.whole(level)
      writer.whole(index)
      for (const value of state) writer.number(value)
    }
    for (const { zeros, bins } of histograms) {
      writer.whole(zeros)
      writer.whole(bins.length / 2)
      let before = 0
      for (let k = 0; k < bins.length; k += 2) {
        writer.whole(bins[k] - before)
        writer.whole(bins[k + 1])
        before = bins[k]
      }
    }
  }
  return writer.bytes()
}

/** @throws if the bytes are not a tally of this layout */
export function decodeParts(layout: Layout, bytes: Uint8Array): TallyPart[] {
  const reader = new Reader(bytes)
  const slots = reader.whole()
  if (slots !== slotsOf(layout)) throw new Error(`expected ${slotsOf(layout)} statistics per node, got ${slots}`)
  const kinds = reader.list((): HistogramKind => ({ origin: reader.number(), bits: reader.whole(), floor: reader.number() }))
  const parts = reader.list((): TallyPart => {
    const replicate = reader.whole()
    const nodes = reader.list(() => ({ level: reader.whole(), index: reader.whole(), state: reader.numbers(slots) }))
    const histograms = kinds.map((kind) => {
      const zeros = reader.whole()
      const bins = new Float64Array(2 * reader.count(2))
      let bin = 0
      for (let k = 0; k < bins.length; k += 2) {
        bin += reader.whole()
        bins[k] = bin
        bins[k + 1] = reader.whole()
      }
      return { ...kind, zeros, bins }
    })
    return { replicate, nodes, histograms }
  })
  reader.end()
  return parts
}

class Writer {
  #bytes = new Uint8Array(1 << 16)
  #view = new DataView(this.#bytes.buffer)
  #at = 0

  #room(count: number): void {
    if (this.#at + count <= this.#bytes.length) return
    const larger = new Uint8Array(2 * this.#bytes.length)
    larger.set(this.#bytes)
    this.#bytes = larger
    this.#view = new DataView(larger.buffer)
  }

  /** Writes a whole number from 0 to 2^53 with seven bits per byte, low bits first. */
  whole(value: number): void {
    this.#room(8)
    let rest = value
    while (rest >= 128) {
      this.#bytes[this.#at++] = (rest % 128) + 128
      rest = Math.floor(rest / 128)
    }
    this.#bytes[this.#at++] = rest
  }

  number(value: number): void {
    this.#room(8)
    this.#view.setFloat64(this.#at, value, true)
    this.#at += 8
  }

  bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#at)
  }
}

class Reader {
  readonly #bytes: Uint8Array
  readonly #view: DataView
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  #take(count: number): number {
    const at = this.#at
    if (at + count > this.#bytes.length) throw new Error('it ends early')
    this.#at = at + count
    return at
  }

  whole(): number {
    let [value, scale] = [0, 1]
    for (let k = 0; k < 8; k++) {
      const byte = this.#bytes[this.#take(1)]
      value += (byte & 127) * scale
      if (byte < 128) return value
      scale *= 128
    }
    throw new Error('a whole number is too long')
  }

  number(): number {
    return this.#view.getFloat64(this.#take(8), true)
  }

  numbers(count: number): Float64Array {
    const at = this.#take(8 * count)
    return Float64Array.from({ length: count }, (_, k) => this.#view.getFloat64(at + 8 * k, true))
  }

  /** Reads the number of items that follow, and rejects more than the remaining bytes can hold before memory is allocated. */
  count(bytes: number): number {
    const count = this.whole()
    if (count * bytes > this.#bytes.length - this.#at) throw new Error('it ends early')
    return count
  }

  list<T>(read: () => T): T[] {
    return Array.from({ length: this.count(1) }, read)
  }

  end(): void {
    if (this.#at !== this.#bytes.length) throw new Error('it has extra bytes')
  }
}
