// A mergeable histogram of values whose bins are the leading bits of their doubles: no range to guess, the same relative width
// everywhere, counts that add up exactly in any order. It stands in for trials that are not kept.

const WIDEST = 1024
const differences = new Float64Array(WIDEST)
const words = new Uint32Array(differences.buffer)
const HIGH = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? 1 : 0

/** Plain data, for a task's result. */
export interface HistogramData {
  readonly origin: number
  readonly bits: number
  readonly floor: number
  readonly zeros: number
  readonly pages: readonly (readonly [sign: number, counts: Uint32Array])[]
}

/** A bin that holds something: values from `low` to `high`. */
export interface Bin {
  readonly low: number
  readonly high: number
  readonly count: number
}

export class Histogram {
  readonly origin: number
  readonly #bits: number
  readonly #floor: number
  /** A page is one sign and power of two. */
  readonly #pages: (Uint32Array | undefined)[] = []
  #zeros = 0

  private constructor(origin: number, bits: number, floor: number) {
    this.origin = origin
    this.#bits = bits
    this.#floor = floor
  }

  /** Of costs: bins of 1/1,024 of a power of two, so that a middle is within 0.05 % of the cost minus its fixed part. */
  static ofCosts(fixed: number): Histogram {
    return new Histogram(fixed, 10, 0)
  }

  /** Of differences of costs, which may be near 0: coarser, and below a cent all alike. */
  static ofDifferences(fixed: number): Histogram {
    return new Histogram(fixed, 8, 0.01)
  }

  static from({ origin, bits, floor, zeros, pages }: HistogramData): Histogram {
    const made = new Histogram(origin, bits, floor)
    made.#zeros = zeros
    for (const [page, counts] of pages) made.#pages[page] = counts
    return made
  }

  data(): HistogramData {
    const pages = this.#pages.flatMap((counts, page) => (counts ? [[page, counts] as const] : []))
    return { origin: this.origin, bits: this.#bits, floor: this.#floor, zeros: this.#zeros, pages }
  }

  add(values: Float64Array): void {
    const { origin } = this
    for (let i = 0; i < values.length; i++) differences[i] = values[i] - origin
    this.#count(values.length)
  }

  addDifferences(a: Float64Array, b: Float64Array): void {
    const { origin } = this
    for (let i = 0; i < a.length; i++) differences[i] = a[i] - b[i] - origin
    this.#count(a.length)
  }

  #count(n: number): void {
    const shift = 20 - this.#bits
    const mask = (1 << this.#bits) - 1
    const floor = this.#floor
    for (let i = 0; i < n; i++) {
      const d = differences[i]
      if (d <= floor && d >= -floor) {
        this.#zeros += 1
        continue
      }
      const high = words[2 * i + HIGH]
      const page = high >>> 20
      const counts = this.#pages[page] ?? this.#open(page)
      counts[(high >>> shift) & mask] += 1
    }
  }

  #open(page: number): Uint32Array {
    const counts = new Uint32Array(1 << this.#bits)
    this.#pages[page] = counts
    return counts
  }

  merge(other: Histogram): void {
    this.#zeros += other.#zeros
    other.#pages.forEach((counts, page) => {
      if (!counts) return
      const own = this.#pages[page] ?? this.#open(page)
      for (let k = 0; k < counts.length; k++) own[k] += counts[k]
    })
  }

  /** Bins that hold something, by value. */
  bins(): Bin[] {
    const size = 1 << this.#bits
    const bins: Bin[] = []
    const put = (page: number, k: number, count: number) => {
      const scale = powerOfTwo((page & 2047) - 1023)
      const [near, far] = [scale * (1 + k / size), scale * (1 + (k + 1) / size)]
      if (count === 0) return
      if (page < 2048) bins.push({ low: this.origin + near, high: this.origin + far, count })
      else bins.push({ low: this.origin - far, high: this.origin - near, count })
    }
    for (let page = 4095; page >= 2048; page--) {
      const counts = this.#pages[page]
      if (counts) for (let k = size - 1; k >= 0; k--) put(page, k, counts[k])
    }
    if (this.#zeros > 0) bins.push({ low: this.origin - this.#floor, high: this.origin + this.#floor, count: this.#zeros })
    for (let page = 0; page < 2048; page++) {
      const counts = this.#pages[page]
      if (counts) for (let k = 0; k < size; k++) put(page, k, counts[k])
    }
    return bins
  }
}

function powerOfTwo(exponent: number): number {
  let power = 1
  for (let k = Math.abs(exponent); k > 0; k--) power *= exponent > 0 ? 2 : 0.5
  return power
}
