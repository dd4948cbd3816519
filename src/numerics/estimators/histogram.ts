// A mergeable histogram whose bins are the leading bits of doubles: it needs no range in advance, bins have the same relative width
// everywhere, and counts add up exactly in any order. It replaces trials that are not kept.

/** The bins of a histogram: 2^bits for each power of two of (value − origin), and one for all values within ±floor of the origin. */
export interface HistogramKind {
  readonly origin: number
  readonly bits: number
  readonly floor: number
}

/** For costs: 1,024 bins a power of two, so that a bin's middle is within 0.05% of the cost above its fixed part. */
export const ofCosts = (fixed: number): HistogramKind => ({ origin: fixed, bits: 10, floor: 0 })

/** For differences of costs, which may be near 0: coarser bins, and one for all below a cent. */
export const ofDifferences = (fixed: number): HistogramKind => ({ origin: fixed, bits: 8, floor: 0.01 })

/** Plain data, for the result of a task. */
export interface HistogramData extends HistogramKind {
  readonly zeros: number
  /** Pairs of a nonempty bin (sign, exponent, leading bits of the fraction) and its count, by rising bin. */
  readonly bins: Uint32Array | Float64Array
}

type Counts = Uint32Array | Float64Array

/** The largest count of a word. */
const WIDEST = 0xffff_ffff

/** Pages from this one on hold negative values. */
const NEGATIVE = 2048

export class Histogram {
  readonly #kind: HistogramKind
  /** One page for each sign and power of two. */
  readonly #pages = new Map<number, Counts>()
  #zeros = 0
  #total = 0

  constructor(kind: HistogramKind) {
    this.#kind = kind
  }

  /** An empty histogram of the same kind. */
  alike(): Histogram {
    return new Histogram(this.#kind)
  }

  add({ zeros, bins }: HistogramData): void {
    const { bits } = this.#kind
    const mask = (1 << bits) - 1
    let more = 0
    for (let k = 1; k < bins.length; k += 2) more += bins[k]
    this.#expect(more)
    this.#zeros += zeros
    let page = -1
    let counts: Counts = NONE
    for (let k = 0; k < bins.length; k += 2) {
      const next = bins[k] >>> bits
      if (next !== page) counts = this.#page(next)
      page = next
      counts[bins[k] & mask] += bins[k + 1]
    }
  }

  /** The histogram as plain data. */
  data(): HistogramData {
    const { bits } = this.#kind
    const pages = [...this.#pages].sort(([one], [other]) => one - other)
    const bins = new Float64Array(2 * usedIn(pages.map(([, counts]) => counts)))
    let at = 0
    for (const [page, counts] of pages) {
      for (let k = 0; k < counts.length; k++) {
        if (counts[k] === 0) continue
        bins[at++] = (page << bits) + k
        bins[at++] = counts[k]
      }
    }
    return { ...this.#kind, zeros: this.#zeros, bins }
  }

  merge(other: Histogram): void {
    this.#expect(other.#total)
    this.#zeros += other.#zeros
    for (const [page, counts] of other.#pages) {
      const own = this.#page(page)
      for (let k = 0; k < own.length; k++) own[k] += counts[k]
    }
  }

  /** Makes room for counts beyond 32 bits before they can occur. */
  #expect(more: number): void {
    if (this.#total <= WIDEST && this.#total + more > WIDEST) {
      for (const [page, counts] of this.#pages) this.#pages.set(page, Float64Array.from(counts))
    }
    this.#total += more
  }

  #page(page: number): Counts {
    const known = this.#pages.get(page)
    if (known) return known
    const size = 1 << this.#kind.bits
    const own = this.#total > WIDEST ? new Float64Array(size) : new Uint32Array(size)
    this.#pages.set(page, own)
    return own
  }

  /** The nonempty bins, by rising value. */
  table(): BinTable {
    const { origin, bits, floor } = this.#kind
    const size = 1 << bits
    const length = usedIn(this.#pages.values()) + (this.#zeros > 0 ? 1 : 0)
    const [low, high, keys] = [new Float64Array(length), new Float64Array(length), new Int32Array(length)]
    let at = 0
    const put = (from: number, to: number, key: number) => {
      low[at] = from
      high[at] = to
      keys[at++] = key
    }
    const pages = [...this.#pages].map(([page, counts]) => ({
      page,
      isNegative: page >= NEGATIVE,
      scale: powerOfTwo((page & (NEGATIVE - 1)) - 1023),
      counts,
    }))
    pages.sort((one, other) => one.page - other.page)
    for (const { page, scale, counts } of pages.filter(({ isNegative }) => isNegative).reverse()) {
      for (let k = size - 1; k >= 0; k--)
        if (counts[k] > 0) put(origin - scale * (1 + (k + 1) / size), origin - scale * (1 + k / size), (page << bits) + k)
    }
    if (this.#zeros > 0) put(origin - floor, origin + floor, ZEROS)
    for (const { page, scale, counts } of pages.filter(({ isNegative }) => !isNegative)) {
      for (let k = 0; k < size; k++)
        if (counts[k] > 0) put(origin + scale * (1 + k / size), origin + scale * (1 + (k + 1) / size), (page << bits) + k)
    }
    return this.tableLike({ low, high, keys }, new Float64Array(2 * length))
  }

  /**
   * The bins of another histogram of the same kind, with the counts of this one.
   * @param room for two numbers a bin
   */
  tableLike({ low, high, keys }: Bins, room: Float64Array): BinTable {
    const { bits } = this.#kind
    const mask = (1 << bits) - 1
    const [counts, before] = [room.subarray(0, keys.length), room.subarray(keys.length, 2 * keys.length)]
    let [total, page] = [0, ZEROS]
    let own: Counts | undefined
    for (let k = 0; k < keys.length; k++) {
      const next = keys[k] >> bits
      if (next !== page) own = this.#pages.get(next)
      page = next
      before[k] = total
      counts[k] = keys[k] === ZEROS ? this.#zeros : (own?.[keys[k] & mask] ?? 0)
      total += counts[k]
    }
    return { low, high, keys, counts, before, total }
  }
}

/** The key of the bin around the origin. Those of other bins are their sign, exponent and leading bits of the fraction. */
const ZEROS = -1

const NONE = new Uint32Array(0)

/** Bins by rising value, from `low` to `high`. */
interface Bins {
  readonly low: Float64Array
  readonly high: Float64Array
  readonly keys: Int32Array
}

/** Bins with the number of their values, and of the values in all bins before each. */
export interface BinTable extends Bins {
  readonly counts: Float64Array
  readonly before: Float64Array
  readonly total: number
}

/** The number of nonempty bins. */
function usedIn(pages: Iterable<Counts>): number {
  let used = 0
  for (const counts of pages) for (let k = 0; k < counts.length; k++) if (counts[k] > 0) used += 1
  return used
}

function powerOfTwo(exponent: number): number {
  let power = 1
  for (let k = Math.abs(exponent); k > 0; k--) power *= exponent > 0 ? 2 : 0.5
  return power
}
