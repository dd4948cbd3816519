// Order statistics of kept values by selection instead of sorting: one pass counts values in buckets between the least and the
// largest, one collects the few buckets that matter. The values stand in equal parts, the replicates, whose own counts come with it.

const MOST_BUCKETS = 4096
const FEW = 16_384

let counts = new Uint32Array(MOST_BUCKETS)
const pooled = new Uint32Array(MOST_BUCKETS)
const wanted = new Int32Array(MOST_BUCKETS)

/** Values at ranks and counts below thresholds, for one set of values at a time: the next one uses the same memory. */
export interface Selection {
  /** The sorted values at the ranks, from 0; increasing. */
  readonly at: readonly number[]
  /** How many values of a part are not above a threshold that lies at or between the ranks asked for. */
  readonly countUpTo: (part: number, threshold: number) => number
}

/**
 * @param parts number of equal parts that the values stand in
 * @param low least of the values, `high` the largest
 */
export function select(values: Float64Array, parts: number, low: number, high: number, ranks: readonly number[]): Selection {
  const n = values.length
  const size = n / parts
  if (low === high) return { at: ranks.map(() => low), countUpTo: (_, threshold) => (threshold >= low ? size : 0) }
  const buckets = n < FEW ? 512 : MOST_BUCKETS
  const scale = (buckets - 1e-6) / (high - low)
  if (!(scale < Infinity)) return sorted(values, parts, ranks)
  if (counts.length < parts * buckets) counts = new Uint32Array(parts * buckets)
  counts.fill(0, 0, parts * buckets)
  for (let part = 0, i = 0; part < parts; part++) {
    const base = part * buckets
    for (const end = (part + 1) * size; i < end; i++) counts[base + (((values[i] - low) * scale) | 0)]++
  }
  for (let bucket = 0; bucket < buckets; bucket++) {
    let sum = 0
    for (let at = bucket; at < parts * buckets; at += buckets) sum += counts[at]
    pooled[bucket] = sum
  }
  wanted.fill(-1, 0, buckets)
  const places: { readonly group: number; readonly within: number }[] = []
  const groups: { readonly bucket: number; readonly values: Float64Array }[] = []
  let [bucket, before] = [0, 0]
  for (const rank of ranks) {
    while (before + pooled[bucket] <= rank) before += pooled[bucket++]
    if (wanted[bucket] < 0) wanted[bucket] = groups.push({ bucket, values: new Float64Array(pooled[bucket]) }) - 1
    places.push({ group: wanted[bucket], within: rank - before })
  }
  const filled = new Uint32Array(groups.length)
  for (let i = 0; i < n; i++) {
    const group = wanted[((values[i] - low) * scale) | 0]
    if (group >= 0) groups[group].values[filled[group]++] = values[i]
  }
  const ordered = groups.map((group) => group.values.slice().sort())
  return {
    at: places.map(({ group, within }) => ordered[group][within]),
    countUpTo(part, threshold) {
      const edge = Math.min(buckets - 1, Math.max(0, ((threshold - low) * scale) | 0))
      const base = part * buckets
      let count = 0
      for (let k = 0; k < edge; k++) count += counts[base + k]
      const group = wanted[edge]
      if (group < 0) return count
      // Collected in the order of the parts, of which the counts tell where each begins.
      let from = 0
      for (let earlier = 0; earlier < part; earlier++) from += counts[earlier * buckets + edge]
      const own = groups[group].values
      for (let k = from; k < from + counts[base + edge]; k++) if (own[k] <= threshold) count += 1
      return count
    },
  }
}

/** Where differences are too small to divide by. */
function sorted(values: Float64Array, parts: number, ranks: readonly number[]): Selection {
  const order = values.slice().sort()
  const size = values.length / parts
  return {
    at: ranks.map((rank) => order[rank]),
    countUpTo: (part, threshold) =>
      values.subarray(part * size, (part + 1) * size).reduce((count, value) => count + (value <= threshold ? 1 : 0), 0),
  }
}
