// Order statistics of kept values by selection instead of sorting: one pass counts values in buckets between the smallest and the
// largest, and a second collects the few buckets that matter. It also counts each replicate, all of which have the same size.
import { Arena, type Pointer } from '../kernel/arena.ts'
import { createKernel } from '../kernel/kernel.ts'
import { type Excess, excessOf } from './excess.ts'

const MOST_BUCKETS = 4096
const FEW = 262_144
/** Values that go through the kernel at a time. They fit into the second-level cache. */
const CHUNK = 16_384

let desk: ReturnType<typeof makeDesk> | undefined
function makeDesk() {
  const arena = new Arena(createKernel(), false)
  const { ops, memory } = arena.kernel
  return {
    ops,
    arena,
    words: (at: Pointer, count: number) => new Int32Array(memory.buffer, at, count),
    values: arena.column(CHUNK),
    others: arena.column(CHUNK),
    pooled: arena.bytes(4 * MOST_BUCKETS),
    cursors: arena.bytes(4 * MOST_BUCKETS),
    sums: arena.column(4),
    sorting: arena.bytes(ops.sortDesk()),
    tables: roomIn(arena),
    gathered: roomIn(arena),
    sorted: roomIn(arena),
  }
}

/** A place in the kernel's memory that only grows. */
function roomIn(arena: Arena): (bytes: number) => Pointer {
  let [at, size] = [0, 0]
  return (bytes) => {
    if (bytes > size) [at, size] = [arena.bytes(bytes), bytes]
    return at
  }
}

/** Kept values, or the differences of two kept columns, which are computed when they are read. */
export type Values = Float64Array | { readonly of: Float64Array; readonly less: Float64Array }

export const lengthOf = (values: Values): number => (values instanceof Float64Array ? values : values.of).length

/** Passes a range of values to the kernel, a chunk at a time. */
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

/** Values at ranks, and counts below thresholds. It is valid until the next selection, which uses the same memory. */
export interface Selection {
  /** The sorted values at the ranks. Ranks count from 0 and increase. */
  readonly at: readonly number[]
  /** The number of a part's values below a threshold and up to it. The threshold lies at one of the ranks or between them. */
  readonly count: (part: number, threshold: number) => PartCount
  /** For each edge, the excess of each part over the value at that rank. */
  readonly above: readonly (readonly Excess[])[]
}

type PartCount = { readonly below: number; readonly upTo: number }

type Desk = ReturnType<typeof makeDesk>

/** Buckets of equal width from the smallest value on. */
type Grid = { readonly low: number; readonly scale: number; readonly buckets: number }

/** Counts the values of each part by bucket, in adjacent tables, and the values of all parts in `pooled`. */
function countInto(desk: Desk, values: Values, parts: number, { low, scale, buckets }: Grid): Pointer {
  const { ops, words, pooled, values: column } = desk
  const size = lengthOf(values) / parts
  const tables = desk.tables(4 * parts * buckets)
  words(tables, parts * buckets).fill(0)
  words(pooled, buckets).fill(0)
  for (let part = 0; part < parts; part++) {
    const table = tables + 4 * part * buckets
    chunks(values, part * size, (part + 1) * size, (_, count) => ops.countBuckets(column, count, low, scale, table))
    ops.addWords(table, pooled, buckets)
  }
  return tables
}

/** The values of the buckets that hold a rank: bucket by bucket, and within a bucket in the order of the parts. */
interface Gathered {
  /** By rank, its place among the gathered values when each bucket is sorted. */
  readonly places: Int32Array
  /** By rank, its bucket. */
  readonly bucketOf: Int32Array
  /** By bucket, the place of its first value, or -1 for a bucket without a rank. */
  readonly begins: Int32Array
  readonly count: number
}

function bucketsOf(pooled: Int32Array, ranks: readonly number[]): Gathered {
  const begins = new Int32Array(pooled.length).fill(-1)
  const places = new Int32Array(ranks.length)
  const bucketOf = new Int32Array(ranks.length)
  let [bucket, before, count] = [0, 0, 0]
  for (let k = 0; k < ranks.length; k++) {
    while (before + pooled[bucket] <= ranks[k]) before += pooled[bucket++]
    if (begins[bucket] < 0) {
      begins[bucket] = count
      count += pooled[bucket]
    }
    places[k] = begins[bucket] + ranks[k] - before
    bucketOf[k] = bucket
  }
  return { places, bucketOf, begins, count }
}

/** Gathers the values, part by part. Returns their place, and the sums of each part's values beyond the edges. */
function gather(
  desk: Desk,
  values: Values,
  parts: number,
  { low, scale, buckets }: Grid,
  { begins, count }: Gathered,
  [firstEdge = Infinity, secondEdge = Infinity]: readonly number[],
): { readonly at: Pointer; readonly far: readonly Float64Array[] } {
  const { ops, words, arena, values: column, sums } = desk
  const size = lengthOf(values) / parts
  const at = desk.gathered(8 * count)
  const cursors = words(desk.cursors, buckets)
  for (let bucket = 0; bucket < buckets; bucket++) cursors[bucket] = begins[bucket] < 0 ? 0 : at + 8 * begins[bucket]
  const far = Array.from({ length: parts }, (_, part) => {
    arena.view(sums, 4).fill(0)
    chunks(values, part * size, (part + 1) * size, (_, count) =>
      ops.gatherBuckets(column, count, low, scale, desk.cursors, firstEdge, secondEdge, sums),
    )
    return arena.view(sums, 4).slice()
  })
  return { at, far }
}

/** A copy of the gathered values, each bucket sorted. */
function sortEach(
  { ops, arena, sorted, cursors, pooled, sorting }: Desk,
  at: Pointer,
  count: number,
  buckets: number,
): Float64Array {
  const out = sorted(8 * count)
  ops.sortRuns(cursors, pooled, buckets, at, out, sorting)
  return arena.view(out, count)
}

/**
 * @param parts number of equal parts that the values consist of
 * @param low the smallest of the values, `high` the largest
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
  return selectionOn(desk, values, parts, { low, scale, buckets }, ranks, edges)
}

function selectionOn(
  desk: Desk,
  values: Values,
  parts: number,
  grid: Grid,
  ranks: readonly number[],
  edges: readonly number[],
): Selection {
  const { low, scale, buckets } = grid
  const size = lengthOf(values) / parts
  const tables = countInto(desk, values, parts, grid)
  const gathered = bucketsOf(desk.words(desk.pooled, buckets), ranks)
  const edgesOf = edges.map((rank) => gathered.bucketOf[ranks.indexOf(rank)] + 1)
  const { at: place, far } = gather(desk, values, parts, grid, gathered, edgesOf)
  const inOrder = sortEach(desk, place, gathered.count, buckets)
  const at = Array.from(gathered.places, (where) => inOrder[where])
  const valuesOf = partsOf(desk.words(tables, parts * buckets), desk.arena.view(place, gathered.count), gathered.begins, parts)
  const countBefore = (part: number, bucket: number) => desk.ops.sumWords(tables + 4 * part * buckets, bucket)
  return {
    at,
    count(part, threshold) {
      const bucket = Math.min(buckets - 1, Math.max(0, ((threshold - low) * scale) | 0))
      const before = countBefore(part, bucket)
      return gathered.begins[bucket] < 0 ? { below: before, upTo: before } : counted(valuesOf(part, bucket), threshold, before)
    },
    above: edges.map((rank, k) => {
      const boundary = at[ranks.indexOf(rank)]
      const height = boundary - low
      return far.map((sums, part): Excess => {
        const number = size - countBefore(part, edgesOf[k])
        const [first, second] = [sums[2 * k], sums[2 * k + 1]]
        const beyond = { sum: first - number * height, squares: second - 2 * height * first + number * height * height }
        const own = valuesOf(part, edgesOf[k] - 1)
        const { sum, squares } = excessOf(own, boundary, 0, own.length, beyond)
        return { sum, squares: Math.max(0, squares) }
      })
    }),
  }
}

/** The gathered values of a part in a bucket. `counts` has by part and bucket the number of values. */
function partsOf(counts: Int32Array, gathered: Float64Array, begins: Int32Array, parts: number) {
  // By bucket, the place of each part's first value. Few buckets are asked for.
  const known = new Map<number, Int32Array>()
  const beginsIn = (bucket: number) => {
    const found = new Int32Array(parts + 1)
    found[0] = begins[bucket]
    for (let part = 0; part < parts; part++) found[part + 1] = found[part] + counts[part * begins.length + bucket]
    known.set(bucket, found)
    return found
  }
  return (part: number, bucket: number): Float64Array => {
    const places = known.get(bucket) ?? beginsIn(bucket)
    return gathered.subarray(places[part], places[part + 1])
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

/** Sorts instead, if differences are too small to divide by. */
function sorted(given: Values, parts: number, ranks: readonly number[], edges: readonly number[]): Selection {
  const values = given instanceof Float64Array ? given : given.of.map((x, i) => x - given.less[i])
  const order = values.slice().sort()
  const size = values.length / parts
  const each = Array.from({ length: parts }, (_, part) => values.subarray(part * size, (part + 1) * size))
  return {
    at: ranks.map((rank) => order[rank]),
    count: (part, threshold) => counted(each[part], threshold, 0),
    above: edges.map((rank) => each.map((own) => excessOf(own, order[rank]))),
  }
}
