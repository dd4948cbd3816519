// Order statistics of kept values by selection instead of sorting: one pass counts values in buckets between the smallest and the
// largest, and a second collects the few buckets that matter, which are sorted when something reads them. Both passes also count each
// replicate, all of which have the same size.
import { firstIndex } from '../distributions/special/search.ts'
import type { Arena, Pointer } from '../kernel/arena.ts'
import { deskOf, eachPiece, lengthOf, load, roomIn, type Values, valuesIn } from './desk.ts'
import { type Excess, excessOf } from './excess.ts'
import type { Shares } from './sample.ts'

const MOST_BUCKETS = 4096
const FEW = 262_144

let made: ReturnType<typeof makeRooms> | undefined
function makeRooms(arena: Arena) {
  return {
    ends: arena.bytes(4 * MOST_BUCKETS),
    cursors: arena.bytes(8 * MOST_BUCKETS),
    unwanted: arena.column(1),
    sorting: arena.bytes(arena.kernel.ops.sortDesk()),
    counts: roomIn(arena),
    gathered: roomIn(arena),
    sorted: roomIn(arena),
    sums: roomIn(arena),
    each: roomIn(arena),
  }
}
const roomsOf = (arena: Arena) => (made ??= makeRooms(arena))

/** Ranks from one to another. They count from 0. */
export type RankRange = readonly [low: number, high: number]

/** Order statistics of some values. It is valid until the next selection, which uses the same memory. */
export interface Selection {
  /** The value at a rank of one of the ranges. */
  readonly at: (rank: number) => number
  /** The shares of each part's values. The value lies within one of the ranges. */
  readonly shares: (value: number) => Shares
  /** The excess of each part over the value at an edge. */
  readonly excess: (edge: number) => readonly Excess[]
}

/**
 * @param parts number of equal parts that the values consist of
 * @param low the smallest of the values, `high` the largest
 * @param ranges the ranks that will be asked for, ordered by their first rank
 * @param edges up to two ranks within the ranges
 */
export function select(
  values: Values,
  parts: number,
  low: number,
  high: number,
  ranges: readonly RankRange[],
  edges: readonly number[],
): Selection {
  if (low === high) return constant(low, parts)
  const buckets = lengthOf(values) < FEW ? 512 : MOST_BUCKETS
  const scale = (buckets - 1e-6) / (high - low)
  if (!(scale < Infinity)) return sorted(valuesIn(values), parts)
  return selectionOn(load(values), parts, { low, scale, buckets }, ranges, edges)
}

/** Buckets of equal width from the smallest value on. */
type Grid = { readonly low: number; readonly scale: number; readonly buckets: number }

function selectionOn(values: Values, parts: number, grid: Grid, ranges: readonly RankRange[], edges: readonly number[]): Selection {
  const { low, scale, buckets } = grid
  const { arena, ops } = deskOf()
  const rooms = roomsOf(arena)
  const size = lengthOf(values) / parts
  const counts = countInto(values, parts, grid)
  const each = rooms.each(16 * parts)
  const sums = rooms.sums(32 * parts)
  // A copy, since memory may still grow.
  const ends = wordsOf(arena, rooms.ends, buckets).slice()
  const bucketOf = (rank: number) => firstIndex(buckets, (bucket) => ends[bucket] > rank)
  const { begins, count } = bucketsOf(ends, bucketOf, ranges)
  const [from, out] = [rooms.gathered(8 * count), rooms.sorted(8 * count)]
  gather(values, parts, grid, begins, from, edges.map(bucketOf), sums)
  const inOrder = arena.view(out, count)
  const found = arena.view(each, 2 * parts)
  const isSorted = new Uint8Array(buckets)
  const at = (rank: number): number => {
    const bucket = bucketOf(rank)
    const [begin, before] = [begins[bucket], beforeOf(ends, bucket)]
    if (begin < 0) throw new Error(`rank ${rank} was not selected`)
    if (isSorted[bucket] === 0) ops.sortRun(from + 8 * begin, ends[bucket] - before, out + 8 * begin, rooms.sorting)
    isSorted[bucket] = 1
    return inOrder[begin + rank - before]
  }
  return {
    at,
    shares(value) {
      const bucket = Math.min(buckets - 1, Math.max(0, ((value - low) * scale) | 0))
      const own = begins[bucket] < 0 ? 0 : from + 8 * begins[bucket]
      const equal = ops.sharesAround(value, counts, buckets, bucket, parts, own, size, each)
      const upTo = Array.from(found.subarray(0, parts))
      return equal > 1 ? { upTo, below: Array.from(found.subarray(parts)) } : { upTo }
    },
    excess(edge) {
      const bucket = bucketOf(edge)
      const own = from + 8 * begins[bucket]
      ops.excesses(at(edge), low, counts, buckets, bucket, parts, own, size, sums + 16 * edges.indexOf(edge), each)
      return Array.from({ length: parts }, (_, part): Excess => ({ sum: found[2 * part], squares: found[2 * part + 1] }))
    },
  }
}

const wordsOf = (arena: Arena, at: Pointer, count: number) => new Int32Array(arena.kernel.memory.buffer, at, count)

/** The number of values below a bucket. */
const beforeOf = (ends: Int32Array, bucket: number): number => (bucket === 0 ? 0 : ends[bucket - 1])

/** Counts the values of each part by bucket, in adjacent tables, and those of all parts up to the end of each bucket. */
function countInto(values: Values, parts: number, { low, scale, buckets }: Grid): Pointer {
  const { arena, ops } = deskOf()
  const rooms = roomsOf(arena)
  const tables = rooms.counts(4 * parts * buckets)
  wordsOf(arena, tables, parts * buckets).fill(0)
  eachPiece(values, parts, (at, size, number, part) =>
    ops.countBuckets(at, size, number, low, scale, tables + 4 * part * buckets, buckets),
  )
  ops.sumBuckets(tables, buckets, parts, rooms.ends)
  return tables
}

/** By bucket, the place of its first value among those to gather, or -1 for a bucket outside the ranges. */
function bucketsOf(
  ends: Int32Array,
  bucketOf: (rank: number) => number,
  ranges: readonly RankRange[],
): { readonly begins: Int32Array; readonly count: number } {
  const begins = new Int32Array(ends.length).fill(-1)
  let [next, count] = [0, 0]
  for (const [low, high] of ranges) {
    const last = bucketOf(high)
    for (next = Math.max(next, bucketOf(low)); next <= last; next++) {
      begins[next] = count
      count += ends[next] - beforeOf(ends, next)
    }
  }
  return { begins, count }
}

/**
 * Gathers the values: bucket by bucket, and within a bucket in the order of the parts.
 * @param sums receives for each part and edge the sums of the values beyond the edge's bucket, and of their squares
 */
function gather(
  values: Values,
  parts: number,
  { low, scale, buckets }: Grid,
  begins: Int32Array,
  place: Pointer,
  [first = Infinity, second = Infinity]: readonly number[],
  sums: Pointer,
): void {
  const { arena, ops } = deskOf()
  const { cursors, unwanted } = roomsOf(arena)
  arena.view(sums, 4 * parts).fill(0)
  const steps = wordsOf(arena, cursors, 2 * buckets)
  for (let bucket = 0; bucket < buckets; bucket++) {
    steps[2 * bucket] = begins[bucket] < 0 ? unwanted : place + 8 * begins[bucket]
    steps[2 * bucket + 1] = begins[bucket] < 0 ? 0 : 8
  }
  eachPiece(values, parts, (at, size, number, part) =>
    ops.gatherBuckets(at, size, number, low, scale, cursors, first + 1, second + 1, sums + 32 * part),
  )
}

/** The selection from values that are all the same. */
function constant(value: number, parts: number): Selection {
  const shares = (isIn: boolean) => Array.from({ length: parts }, () => (isIn ? 1 : 0))
  return {
    at: () => value,
    shares: (threshold) => ({ upTo: shares(threshold >= value), below: shares(threshold > value) }),
    excess: () => Array.from({ length: parts }, (): Excess => ({ sum: 0, squares: 0 })),
  }
}

/** Sorts instead, if differences are too small to divide by. */
function sorted(values: Float64Array, parts: number): Selection {
  const order = values.slice().sort()
  const size = values.length / parts
  const each = Array.from({ length: parts }, (_, part) => values.subarray(part * size, (part + 1) * size))
  const share = (passes: (value: number) => boolean) => each.map((own) => own.filter(passes).length / size)
  return {
    at: (rank) => order[rank],
    shares(value) {
      const [upTo, below] = [share((own) => own <= value), share((own) => own < value)]
      const equal = values.filter((own) => own === value).length
      return equal > 1 ? { upTo, below } : { upTo }
    },
    excess: (edge) => each.map((own) => excessOf(own, order[edge])),
  }
}
