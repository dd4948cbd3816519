// Order statistics of kept values by selection instead of sorting: one pass counts values in buckets between the least and the
// largest, one collects the few buckets that matter. The values stand in equal parts, the replicates, whose own counts come with it.

import { Arena } from '../kernel/arena.ts'
import { createKernel } from '../kernel/kernel.ts'

const MOST_BUCKETS = 4096
const FEW = 262_144
/** Values that go through the kernel at a time: they stay in the second cache. */
const CHUNK = 16_384

const wanted = new Int32Array(MOST_BUCKETS)

/** A table of counts for each part, as many as were ever asked for. */
let tables = { at: 0, size: 0 }
let desk: ReturnType<typeof makeDesk> | undefined
function makeDesk() {
  const arena = new Arena(createKernel(), false)
  const [values, others, buckets, picked, out] = [
    arena.column(CHUNK),
    arena.column(CHUNK),
    arena.bytes(4 * MOST_BUCKETS),
    arena.bytes(8 * CHUNK + 16),
    arena.column(4),
  ]
  const words = (at: number, count: number) => new Int32Array(arena.kernel.memory.buffer, at, count)
  return { ops: arena.kernel.ops, values, others, buckets, picked, out, arena, words }
}

/** Kept values, or the differences of two kept columns, which are never stored. */
export type Values = Float64Array | { readonly of: Float64Array; readonly less: Float64Array }

export const lengthOf = (values: Values): number => (values instanceof Float64Array ? values : values.of).length

/** Hands a range of values to the kernel, a chunk at a time. */
function chunks(values: Values, from: number, to: number, take: (at: number, count: number) => void): void {
  desk ??= makeDesk()
  for (let at = from; at < to; at += CHUNK) {
    const count = Math.min(CHUNK, to - at)
    if (values instanceof Float64Array) desk.arena.view(desk.values, count).set(values.subarray(at, at + count))
    else {
      desk.arena.view(desk.values, count).set(values.of.subarray(at, at + count))
      desk.arena.view(desk.others, count).set(values.less.subarray(at, at + count))
      desk.ops.addScaled(desk.others, desk.values, (count + 1) & ~1, -1)
    }
    take(at, count)
  }
}

/** Values at ranks and counts below thresholds, for one set of values at a time: the next one uses the same memory. */
export interface Selection {
  /** The sorted values at the ranks, from 0; increasing. */
  readonly at: readonly number[]
  /** How many values of a part lie below a threshold, and up to it. It lies at one of the ranks asked for, or between them. */
  readonly count: (part: number, threshold: number) => PartCount
  /** Of each part, what lies above the value at each of the edges. */
  readonly above: readonly (readonly Excess[])[]
}

export interface PartCount {
  readonly below: number
  readonly upTo: number
}

/** Σ (x − boundary)⁺ and Σ ((x − boundary)⁺)². */
export interface Excess {
  readonly sum: number
  readonly squares: number
}

type Desk = ReturnType<typeof makeDesk>

/** Buckets of equal width from the least value on. */
interface Grid {
  readonly low: number
  readonly scale: number
  readonly buckets: number
}

/** A bucket that holds a rank, with room for its values. */
interface Group {
  readonly bucket: number
  readonly values: Float64Array
}

const tableOf = (part: number, { buckets }: Grid): number => tables.at + 4 * part * buckets

/** Counts the values of each part by bucket, and those of all parts on the desk. */
function countInto(desk: Desk, values: Values, parts: number, grid: Grid): void {
  const { ops, words, arena, values: column } = desk
  const { low, scale, buckets } = grid
  const size = lengthOf(values) / parts
  if (tables.size < parts * buckets) tables = { at: arena.bytes(4 * parts * buckets), size: parts * buckets }
  words(tables.at, parts * buckets).fill(0)
  words(desk.buckets, buckets).fill(0)
  for (let part = 0; part < parts; part++) {
    const table = tableOf(part, grid)
    chunks(values, part * size, (part + 1) * size, (_, count) => ops.countBuckets(column, count, low, scale, table))
    ops.addWords(table, desk.buckets, buckets)
  }
}

/** The buckets that hold the ranks, and the place of each rank in its bucket. `wanted` then names the group of a bucket. */
function bucketsOf(
  pooled: Int32Array,
  ranks: readonly number[],
): { readonly places: readonly { readonly group: number; readonly within: number }[]; readonly groups: readonly Group[] } {
  wanted.fill(-1, 0, pooled.length)
  const places: { readonly group: number; readonly within: number }[] = []
  const groups: Group[] = []
  let [bucket, before] = [0, 0]
  for (const rank of ranks) {
    while (before + pooled[bucket] <= rank) before += pooled[bucket++]
    if (wanted[bucket] < 0) wanted[bucket] = groups.push({ bucket, values: new Float64Array(pooled[bucket]) }) - 1
    places.push({ group: wanted[bucket], within: rank - before })
  }
  return { places, groups }
}

/** Fills the groups with their values, part by part, and sums what lies beyond the edges in each part. */
function collect(
  { ops, words, arena, values: column, picked, out, buckets: groupsAt }: Desk,
  values: Values,
  parts: number,
  { low, scale, buckets }: Grid,
  groups: readonly Group[],
  edges: readonly number[],
): readonly Float64Array[] {
  const size = lengthOf(values) / parts
  const [firstEdge = Infinity, secondEdge = Infinity] = edges
  const filled = new Uint32Array(groups.length)
  words(groupsAt, buckets).set(wanted.subarray(0, buckets))
  const sums = arena.view(out, 4)
  return Array.from({ length: parts }, (_, part) => {
    sums.fill(0)
    chunks(values, part * size, (part + 1) * size, (_, count) => {
      const found = ops.pickBuckets(column, count, low, scale, groupsAt, picked, firstEdge, secondEdge, out)
      const [pairs, own] = [words(picked, 2 * found), arena.view(column, count)]
      for (let k = 0; k < found; k++) {
        const group = pairs[2 * k + 1]
        groups[group].values[filled[group]++] = own[pairs[2 * k]]
      }
    })
    return sums.slice()
  })
}

/**
 * @param parts number of equal parts that the values stand in
 * @param low least of the values, `high` the largest
 * @param edges up to two of the ranks
 */
export function select(
  values: Values,
  parts: number,
  low: number,
  high: number,
  ranks: readonly number[],
  edges: readonly number[],
): Selection {
  const n = lengthOf(values)
  const size = n / parts
  if (low === high) {
    const none = Array.from({ length: parts }, (): Excess => ({ sum: 0, squares: 0 }))
    return {
      at: ranks.map(() => low),
      count: (_, threshold) => ({ below: threshold > low ? size : 0, upTo: threshold >= low ? size : 0 }),
      above: edges.map(() => none),
    }
  }
  const buckets = n < FEW ? 512 : MOST_BUCKETS
  const scale = (buckets - 1e-6) / (high - low)
  if (!(scale < Infinity)) return sorted(values, parts, ranks, edges)
  desk ??= makeDesk()
  const { ops, words } = desk
  const grid = { low, scale, buckets }
  countInto(desk, values, parts, grid)
  const { places, groups } = bucketsOf(words(desk.buckets, buckets).slice(), ranks)
  const placeOf = (rank: number) => places[ranks.indexOf(rank)]
  const edgesOf = edges.map((rank) => groups[placeOf(rank).group].bucket + 1)
  const far = collect(desk, values, parts, grid, groups, edgesOf)
  const ordered = groups.map((group) => group.values.slice().sort())
  const at = places.map(({ group, within }) => ordered[group][within])
  const counts = words(tables.at, parts * buckets)
  const countOf = (part: number, bucket: number) => counts[part * buckets + bucket]
  const countBefore = (part: number, bucket: number) => ops.sumWords(tableOf(part, grid), bucket)
  /** The values of a part in a bucket that was picked: they were collected in the order of the parts. */
  const begins = groups.map(({ bucket }) => {
    let from = 0
    return Array.from({ length: parts }, (_, part) => {
      const begin = from
      from += countOf(part, bucket)
      return begin
    })
  })
  const valuesOf = (part: number, group: number) => {
    const from = begins[group][part]
    return groups[group].values.subarray(from, from + countOf(part, groups[group].bucket))
  }
  return {
    at,
    count(part, threshold) {
      const edge = Math.min(buckets - 1, Math.max(0, ((threshold - low) * scale) | 0))
      const before = countBefore(part, edge)
      const group = wanted[edge]
      return group < 0 ? { below: before, upTo: before } : counted(valuesOf(part, group), threshold, before)
    },
    above: edges.map((rank, k) => {
      const boundary = at[ranks.indexOf(rank)]
      const { group } = placeOf(rank)
      const height = boundary - low
      return far.map((sum, part): Excess => {
        const number = size - countBefore(part, edgesOf[k])
        let total = sum[2 * k] - number * height
        let squares = sum[2 * k + 1] - 2 * height * sum[2 * k] + number * height * height
        for (const value of valuesOf(part, group)) {
          const over = Math.max(0, value - boundary)
          total += over
          squares += over * over
        }
        return { sum: total, squares: Math.max(0, squares) }
      })
    }),
  }
}

function counted(values: Float64Array, threshold: number, before: number): PartCount {
  let [below, upTo] = [before, before]
  for (const value of values) {
    if (value < threshold) below += 1
    if (value <= threshold) upTo += 1
  }
  return { below, upTo }
}

/** Where differences are too small to divide by. */
function sorted(given: Values, parts: number, ranks: readonly number[], edges: readonly number[]): Selection {
  const values = given instanceof Float64Array ? given : given.of.map((x, i) => x - given.less[i])
  const order = values.slice().sort()
  const size = values.length / parts
  const each = Array.from({ length: parts }, (_, part) => values.subarray(part * size, (part + 1) * size))
  return {
    at: ranks.map((rank) => order[rank]),
    count: (part, threshold) => counted(each[part], threshold, 0),
    above: edges.map((rank) =>
      each.map((own) => {
        const over = own.map((value) => Math.max(0, value - order[rank]))
        return { sum: over.reduce((sum, x) => sum + x, 0), squares: over.reduce((sum, x) => sum + x * x, 0) }
      }),
    ),
  }
}
