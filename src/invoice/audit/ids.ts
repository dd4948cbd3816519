// Numbers the ids of conversations in the order in which they appear. It keeps a 64-bit hash of each id in place of its text: among
// five million ids, two have the same hash about once in a million exports.

/** The hash of the last id: FNV-1a in two lanes, finished by MurmurHash3's finalizer. */
const words = new Uint32Array(2)

function hash(bytes: Uint8Array, from: number, to: number): void {
  let [a, b] = [0x811c9dc5, 0x9747b28c]
  for (let at = from; at < to; at++) {
    a = Math.imul(a ^ bytes[at], 0x01000193)
    b = Math.imul(b ^ bytes[at], 0x85ebca6b) + 0x27d4eb2f
    b = (b << 13) | (b >>> 19)
  }
  words[0] = finalized(a ^ (to - from))
  words[1] = finalized(b + Math.imul(a, 0xc2b2ae35))
}

function finalized(value: number): number {
  let x = value ^ (value >>> 16)
  x = Math.imul(x, 0x85ebca6b)
  x ^= x >>> 13
  x = Math.imul(x, 0xc2b2ae35)
  return (x ^ (x >>> 16)) >>> 0
}

const SEGMENT = 1 << 16

/** A column that grows by segments, so that it is never copied. */
export class Growing<T extends Uint8Array | Uint16Array | Uint32Array> {
  readonly #make: (length: number) => T
  readonly #segments: T[] = []
  constructor(make: (length: number) => T) {
    this.#make = make
  }

  get(k: number): number {
    return this.#segments[k >>> 16][k & (SEGMENT - 1)]
  }

  set(k: number, value: number): void {
    const segment = k >>> 16
    while (this.#segments.length <= segment) this.#segments.push(this.#make(SEGMENT))
    this.#segments[segment][k & (SEGMENT - 1)] = value
  }
}

export class Ids {
  #size = 0
  #table = new Int32Array(1 << 16).fill(-1)
  readonly #high = new Growing((n) => new Uint32Array(n))
  readonly #low = new Growing((n) => new Uint32Array(n))

  get size(): number {
    return this.#size
  }

  /** The number of an id, or −1. */
  find(bytes: Uint8Array, from: number, to: number): number {
    hash(bytes, from, to)
    return this.#table[this.#slot(words[0], words[1])]
  }

  /** The number of an id, which is new if the id is. */
  add(bytes: Uint8Array, from: number, to: number): number {
    hash(bytes, from, to)
    const [high, low] = words
    const slot = this.#slot(high, low)
    const known = this.#table[slot]
    if (known >= 0) return known
    const k = this.#size++
    this.#high.set(k, high)
    this.#low.set(k, low)
    this.#table[slot] = k
    if (this.#size > 0.7 * this.#table.length) this.#grow()
    return k
  }

  #slot(high: number, low: number): number {
    const mask = this.#table.length - 1
    let slot = low & mask
    for (;;) {
      const k = this.#table[slot]
      if (k < 0 || (this.#low.get(k) === low && this.#high.get(k) === high)) return slot
      slot = (slot + 1) & mask
    }
  }

  #grow(): void {
    this.#table = new Int32Array(2 * this.#table.length).fill(-1)
    const mask = this.#table.length - 1
    for (let k = 0; k < this.#size; k++) {
      let slot = this.#low.get(k) & mask
      while (this.#table[slot] >= 0) slot = (slot + 1) & mask
      this.#table[slot] = k
    }
  }
}
