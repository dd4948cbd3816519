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

/** The number of nonempty bins. */
export function usedIn(counts: Counts): number {
  let used = 0
  for (let k = 0; k < counts.length; k++) if (counts[k] > 0) used += 1
  return used
}

/** Writes pairs of a nonempty bin, numbered from `first`, and its count, to `bins`. @returns the place after the last pair */
export function putUsed(counts: Counts, first: number, bins: Counts, at: number): number {
  for (let k = 0; k < counts.length; k++) {
    if (counts[k] === 0) continue
    bins[at++] = first + k
    bins[at++] = counts[k]
  }
  return at
}

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
    let more = 0
    for (let k = 1; k < bins.length; k += 2) more += bins[k]
    this.#expect(more)
    this.#zeros += zeros
    for (let k = 0; k < bins.length; k += 2) this.#page(bins[k] >>> bits)[bins[k] & ((1 << bits) - 1)] += bins[k + 1]
  }

  /** The histogram as plain data. */
  data(): HistogramData {
    const { bits } = this.#kind
    const pages = this.#inOrder()
    const bins = new Float64Array(2 * pages.reduce((sum, [, counts]) => sum + usedIn(counts), 0))
    let at = 0
    for (const [page, counts] of pages) at = putUsed(counts, page << bits, bins, at)
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

  #inOrder(): [page: number, counts: Counts][] {
    return [...this.#pages].sort(([one], [other]) => one - other)
  }

  /** Writes the nonempty bins to a table, by rising value. */
  fill(table: BinTable): BinTable {
    const { origin, bits, floor } = this.#kind
    const size = 1 << bits
    table.clear()
    const pages = this.#inOrder().map(([page, counts]) => ({
      isNegative: page >= NEGATIVE,
      scale: powerOfTwo((page & (NEGATIVE - 1)) - 1023),
      counts,
    }))
    for (const { scale, counts } of pages.filter(({ isNegative }) => isNegative).reverse()) {
      for (let k = size - 1; k >= 0; k--)
        if (counts[k] > 0) table.put(origin - scale * (1 + (k + 1) / size), origin - scale * (1 + k / size), counts[k])
    }
    if (this.#zeros > 0) table.put(origin - floor, origin + floor, this.#zeros)
    for (const { scale, counts } of pages.filter(({ isNegative }) => !isNegative)) {
      for (let k = 0; k < size; k++)
        if (counts[k] > 0) table.put(origin + scale * (1 + k / size), origin + scale * (1 + (k + 1) / size), counts[k])
    }
    return table
  }
}

/** Bins by rising value: `counts` values lie from `low` to `high`. One table can serve many histograms in turn. */
export class BinTable {
  size = 0
  total = 0
  low = new Float64Array(4096)
  high = new Float64Array(4096)
  counts = new Float64Array(4096)

  clear(): void {
    this.size = 0
    this.total = 0
  }

  put(low: number, high: number, count: number): void {
    const k = this.size++
    if (k === this.low.length) {
      const doubled = (column: Float64Array) => Float64Array.from([...column, ...column])
      ;[this.low, this.high, this.counts] = [this.low, this.high, this.counts].map(doubled)
    }
    this.low[k] = low
    this.high[k] = high
    this.counts[k] = count
    this.total += count
  }
}

function powerOfTwo(exponent: number): number {
  let power = 1
  for (let k = Math.abs(exponent); k > 0; k--) power *= exponent > 0 ? 2 : 0.5
  return power
}
