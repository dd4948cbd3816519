// Percentiles and expected shortfall of kept values, by selection instead of sorting.

const BUCKETS = 4096

/** Sorted values at the given ranks (from 0, increasing): one counting pass, one collecting pass, small sorts. */
export function orderStatistics(values: Float64Array, ranks: readonly number[]): number[] {
  let low = Infinity
  let high = -Infinity
  for (let i = 0; i < values.length; i++) {
    const x = values[i]
    if (x < low) low = x
    if (x > high) high = x
  }
  if (low === high) return ranks.map(() => low)
  if (values.length <= BUCKETS / 2) {
    const sorted = values.slice().sort()
    return ranks.map((rank) => sorted[rank])
  }
  const counts = new Uint32Array(BUCKETS)
  const scale = (BUCKETS - 1e-6) / (high - low)
  if (!(scale < Infinity)) {
    const sorted = values.slice().sort()
    return ranks.map((rank) => sorted[rank])
  }
  for (let i = 0; i < values.length; i++) counts[((values[i] - low) * scale) | 0]++
  const wanted = new Int32Array(BUCKETS).fill(-1)
  const places: { readonly bucket: number; readonly within: number }[] = []
  let [bucket, before] = [0, 0]
  const collected: Float64Array[] = []
  for (const rank of ranks) {
    while (before + counts[bucket] <= rank) before += counts[bucket++]
    if (wanted[bucket] < 0) wanted[bucket] = collected.push(new Float64Array(counts[bucket])) - 1
    places.push({ bucket: wanted[bucket], within: rank - before })
  }
  const filled = new Uint32Array(collected.length)
  for (let i = 0; i < values.length; i++) {
    const k = wanted[((values[i] - low) * scale) | 0]
    if (k >= 0) collected[k][filled[k]++] = values[i]
  }
  for (const part of collected) part.sort()
  return places.map(({ bucket: k, within }) => collected[k][within])
}

/** Hyndman and Fan's type 7 (The American Statistician 50, 1996) at several probabilities, increasing. */
export function percentiles(values: Float64Array, probabilities: readonly number[]): number[] {
  const n = values.length
  const places = probabilities.map((p) => (n - 1) * p)
  const ranks = [...new Set(places.flatMap((h) => [Math.floor(h), Math.min(n - 1, Math.floor(h) + 1)]))].sort((a, b) => a - b)
  const found = new Map(orderStatistics(values, ranks).map((value, k) => [ranks[k], value]))
  return places.map((h) => {
    const rank = Math.floor(h)
    const [a, b] = [found.get(rank) ?? Number.NaN, found.get(Math.min(n - 1, rank + 1)) ?? Number.NaN]
    return a === b ? a : a + (h - rank) * (b - a)
  })
}

/** Mean of exactly the worst (1 − p)·N values, the boundary value with fractional weight; and Σ of squares above it, for the error. */
export function shortfall(values: Float64Array, p: number): { readonly value: number; readonly se: number } {
  const n = values.length
  const worst = (1 - p) * n
  const rank = Math.min(n - 1, Math.max(0, Math.ceil(n - worst - 1e-9) - 1))
  // The boundary is the smallest value that belongs to the worst share.
  const [boundary] = orderStatistics(values, [Math.min(n - 1, Math.max(rank, Math.floor(n - worst + 1e-9)))])
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
  return { value: boundary + sum / worst, se: Math.sqrt(Math.max(0, squares / n - mean * mean) / n) / (1 - p) }
}
