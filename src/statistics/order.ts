// Percentiles and expected shortfall of kept values, by selection instead of sorting.

const MOST_BUCKETS = 4096
/** Up to this many, sorting is as fast. */
const SORTED = 128

const counts = new Uint32Array(MOST_BUCKETS)
const wanted = new Int32Array(MOST_BUCKETS)

const sortedAt = (values: Float64Array, ranks: readonly number[]): number[] => {
  const sorted = values.slice().sort()
  return ranks.map((rank) => sorted[rank])
}

/** Sorted values at the given ranks (from 0, increasing): one counting pass, one collecting pass, small sorts. */
export function orderStatistics(values: Float64Array, ranks: readonly number[]): number[] {
  const n = values.length
  if (n <= SORTED) return sortedAt(values, ranks)
  let low = values[0]
  let high = low
  for (let i = 1; i < n; i++) {
    const x = values[i]
    if (x < low) low = x
    else if (x > high) high = x
  }
  if (low === high) return ranks.map(() => low)
  const buckets = n < 16_384 ? 512 : MOST_BUCKETS
  const scale = (buckets - 1e-6) / (high - low)
  if (!(scale < Infinity)) return sortedAt(values, ranks)
  counts.fill(0, 0, buckets)
  wanted.fill(-1, 0, buckets)
  for (let i = 0; i < n; i++) counts[((values[i] - low) * scale) | 0]++
  const places: { readonly part: number; readonly within: number }[] = []
  const collected: Float64Array[] = []
  let [bucket, before] = [0, 0]
  for (const rank of ranks) {
    while (before + counts[bucket] <= rank) before += counts[bucket++]
    if (wanted[bucket] < 0) wanted[bucket] = collected.push(new Float64Array(counts[bucket])) - 1
    places.push({ part: wanted[bucket], within: rank - before })
  }
  const filled = new Uint32Array(collected.length)
  for (let i = 0; i < n; i++) {
    const part = wanted[((values[i] - low) * scale) | 0]
    if (part >= 0) collected[part][filled[part]++] = values[i]
  }
  for (const part of collected) part.sort()
  return places.map(({ part, within }) => collected[part][within])
}

/** Figures of one column of values. */
export interface Order {
  readonly percentiles: readonly number[]
  readonly shortfalls: readonly { readonly value: number; readonly se: number; readonly boundary: number }[]
}

/**
 * Percentiles by Hyndman and Fan's type 7 (The American Statistician 50, 1996), and expected shortfalls: the mean of exactly the
 * worst (1 − p)·N values, the boundary value with fractional weight; its asymptotic error is that of the mean of (x − boundary)⁺.
 */
export function orderOf(values: Float64Array, probabilities: readonly number[], levels: readonly number[]): Order {
  const n = values.length
  const places = probabilities.map((p) => (n - 1) * p)
  const edges = levels.map((p) => Math.min(n - 1, Math.floor(n - (1 - p) * n + 1e-9)))
  const next = (rank: number) => Math.min(n - 1, rank + 1)
  const ranks = [...new Set([...places.flatMap((h) => [Math.floor(h), next(Math.floor(h))]), ...edges])].sort((x, y) => x - y)
  const found = new Map(orderStatistics(values, ranks).map((value, k) => [ranks[k], value]))
  const at = (rank: number) => found.get(rank) ?? Number.NaN
  return {
    percentiles: places.map((h) => {
      const [below, above] = [at(Math.floor(h)), at(next(Math.floor(h)))]
      return below === above ? below : below + (h - Math.floor(h)) * (above - below)
    }),
    shortfalls: levels.map((p, k) => tail(values, at(edges[k]), 1 - p)),
  }
}

function tail(values: Float64Array, boundary: number, worst: number): Order['shortfalls'][number] {
  const n = values.length
  let sum = 0
  let squares = 0
  for (let i = 0; i < n; i++) {
    const over = values[i] - boundary
    if (over > 0) {
      sum += over
      squares += over * over
    }
  }
  const mean = sum / n
  return { boundary, value: boundary + mean / worst, se: Math.sqrt(Math.max(0, squares / n - mean * mean) / n) / worst }
}
