// Order statistics of kept values by selection instead of sorting: one pass counts values in buckets between the least and the
// largest, one collects the few buckets that matter. The values stand in equal parts, the replicates, whose own counts come with it.

import { Arena } from '../kernel/arena.ts'
import { createKernel } from '../kernel/kernel.ts'

const MOST_BUCKETS = 4096
const FEW = 16_384
/** Values that go through the kernel at a time: they stay in the second cache. */
const CHUNK = 16_384

let counts = new Uint32Array(MOST_BUCKETS)
const pooled = new Uint32Array(MOST_BUCKETS)
const wanted = new Int32Array(MOST_BUCKETS)

let desk: ReturnType<typeof makeDesk> | undefined
function makeDesk() {
  const arena = new Arena(createKernel(), false)
  const [values, buckets, picked, out] = [
    arena.column(CHUNK),
    arena.bytes(4 * MOST_BUCKETS),
    arena.bytes(8 * CHUNK + 16),
    arena.column(4),
  ]
  const words = (at: number, count: number) => new Int32Array(arena.kernel.memory.buffer, at, count)
  return { ops: arena.kernel.ops, values, buckets, picked, out, arena, words }
}

/** Hands a range of values to the kernel, a chunk at a time. */
function chunks(values: Float64Array, from: number, to: number, take: (at: number, count: number) => void): void {
  desk ??= makeDesk()
  for (let at = from; at < to; at += CHUNK) {
    const count = Math.min(CHUNK, to - at)
    desk.arena.view(desk.values, count).set(values.subarray(at, at + count))
    take(at, count)
  }
}

/** Of each of equal parts, Σ (x − boundary)⁺ and Σ ((x − boundary)⁺)². */
export function exceedances(
  values: Float64Array,
  parts: number,
  boundary: number,
): { readonly sum: number; readonly squares: number }[] {
  desk ??= makeDesk()
  const { ops, out, arena } = desk
  const at = desk.values
  const size = values.length / parts
  return Array.from({ length: parts }, (_, part) => {
    let [sum, squares] = [0, 0]
    chunks(values, part * size, (part + 1) * size, (__, count) => {
      ops.exceedance(at, count, boundary, out)
      const found = arena.view(out, 2)
      sum += found[0]
      squares += found[1]
    })
    return { sum, squares }
  })
}

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
  desk ??= makeDesk()
  const { ops, words, arena } = desk
  const table = words(desk.buckets, buckets)
  for (let part = 0; part < parts; part++) {
    table.fill(0)
    const { values: column, buckets: at } = desk
    chunks(values, part * size, (part + 1) * size, (_, count) => ops.countBuckets(column, count, low, scale, at))
    counts.set(table, part * buckets)
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
  table.set(wanted.subarray(0, buckets))
  const { values: column, buckets: groupsAt, picked } = desk
  chunks(values, 0, n, (_, count) => {
    const found = ops.pickBuckets(column, count, low, scale, groupsAt, picked)
    const [pairs, own] = [words(picked, 2 * found), arena.view(column, count)]
    for (let k = 0; k < found; k++) {
      const group = pairs[2 * k + 1]
      groups[group].values[filled[group]++] = own[pairs[2 * k]]
    }
  })
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
