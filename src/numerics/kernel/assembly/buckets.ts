// Selection among kept values: counts and gathers them in buckets of equal width, and sums the largest ones.
import { splat, total } from './vector'

@inline
function places(x: v128, low: v128, scale: v128): v128 {
  return i32x4.trunc_sat_f64x2_s_zero(v128.mul<f64>(v128.sub<f64>(x, low), scale))
}

/**
 * Counts the values of each of `parts` adjacent parts by bucket, in adjacent tables: counts[bucket of a value] += 1, buckets being
 * ⌊(x − low) · scale⌋.
 */
export function countBuckets(values: usize, n: i32, parts: i32, low: f64, scale: f64, counts: usize, buckets: i32): void {
  for (let part: i32 = 0; part < parts; part++) {
    countPart(values + (<usize>(part * n) << 3), n, low, scale, counts + (<usize>(part * buckets) << 2))
  }
}

@inline
function countPart(values: usize, n: i32, low: f64, scale: f64, counts: usize): void {
  const from = splat(low)
  const factor = splat(scale)
  let i: i32 = 0
  for (; i + 2 <= n; i += 2) {
    const place = places(v128.load(values + (<usize>i << 3)), from, factor)
    const first = counts + (<usize>i32x4.extract_lane(place, 0) << 2)
    store<u32>(first, load<u32>(first) + 1)
    const second = counts + (<usize>i32x4.extract_lane(place, 1) << 2)
    store<u32>(second, load<u32>(second) + 1)
  }
  if (i < n) {
    const at = counts + (<usize>(<i32>((load<f64>(values + (<usize>i << 3)) - low) * scale)) << 2)
    store<u32>(at, load<u32>(at) + 1)
  }
}

/** ends[bucket] = the number of all parts' values up to the end of the bucket. */
export function sumBuckets(counts: usize, buckets: i32, parts: i32, ends: usize): void {
  const table = <usize>buckets << 2
  for (let at: usize = 0; at < table; at += 16) {
    let sum = v128.load(counts + at)
    for (let part: i32 = 1; part < parts; part++) sum = v128.add<i32>(sum, v128.load(counts + at + <usize>part * table))
    v128.store(ends + at, sum)
  }
  let before: u32 = 0
  for (let at: usize = 0; at < table; at += 4) {
    before += load<u32>(ends + at)
    store<u32>(ends + at, before)
  }
}

/**
 * Appends each value at its bucket's place in `cursors`, which has for each bucket a place and a step of 8 bytes. Buckets that are not wanted
 * have a step of 0. For each part and each of two edges, adds Σ (x − low) and Σ (x − low)² of the values in buckets from there on to the
 * part's four sums.
 */
export function gatherBuckets(
  values: usize, n: i32, parts: i32, low: f64, scale: f64, cursors: usize, edge0: f64, edge1: f64, sums: usize,
): void {
  for (let part: i32 = 0; part < parts; part++) {
    gatherPart(values + (<usize>(part * n) << 3), n, low, scale, cursors, edge0, edge1, sums + (<usize>part << 5))
  }
}

@inline
function gatherPart(values: usize, n: i32, low: f64, scale: f64, cursors: usize, edge0: f64, edge1: f64, sums: usize): void {
  const from = splat(low)
  const factor = splat(scale)
  const above0 = splat(edge0)
  const above1 = splat(edge1)
  let s0 = splat(0)
  let q0 = splat(0)
  let s1 = splat(0)
  let q1 = splat(0)
  for (let i: i32 = 0; i < n; i += 2) {
    // A column is padded, so that its last pair can be read. The number after the end is ignored.
    const pair = v128.load(values + (<usize>i << 3))
    const x = v128.sub<f64>(pair, from)
    const scaled = v128.mul<f64>(x, factor)
    const both = i + 1 < n
    const inside = both ? splat(Infinity) : v128.replace_lane<f64>(splat(Infinity), 1, -Infinity)
    const capped = v128.pmin<f64>(inside, scaled)
    const squared = v128.mul<f64>(x, x)
    const in0 = v128.ge<f64>(capped, above0)
    const in1 = v128.ge<f64>(capped, above1)
    s0 = v128.add<f64>(s0, v128.and(in0, x))
    q0 = v128.add<f64>(q0, v128.and(in0, squared))
    s1 = v128.add<f64>(s1, v128.and(in1, x))
    q1 = v128.add<f64>(q1, v128.and(in1, squared))
    const place = i32x4.trunc_sat_f64x2_s_zero(scaled)
    append(cursors + (<usize>i32x4.extract_lane(place, 0) << 3), f64x2.extract_lane(pair, 0))
    if (both) append(cursors + (<usize>i32x4.extract_lane(place, 1) << 3), f64x2.extract_lane(pair, 1))
  }
  store<f64>(sums, load<f64>(sums) + total(s0))
  store<f64>(sums, load<f64>(sums, 8) + total(q0), 8)
  store<f64>(sums, load<f64>(sums, 16) + total(s1), 16)
  store<f64>(sums, load<f64>(sums, 24) + total(q1), 24)
}

/** Whether a bucket is wanted is as good as random, so a step of 0 is faster than a branch. */
@inline
function append(cursor: usize, value: f64): void {
  const at = load<u64>(cursor)
  store<f64>(<usize>(<u32>at), value)
  store<u64>(cursor, at + (at >>> 32))
}

/** The sum of 32-bit words. */
function sumWords(a: usize, n: i32): i32 {
  let sums = i32x4.splat(0)
  let i: i32 = 0
  for (; i + 4 <= n; i += 4) sums = v128.add<i32>(sums, v128.load(a + (<usize>i << 2)))
  let sum = i32x4.extract_lane(sums, 0) + i32x4.extract_lane(sums, 1) + i32x4.extract_lane(sums, 2) + i32x4.extract_lane(sums, 3)
  for (; i < n; i++) sum += load<i32>(a + (<usize>i << 2))
  return sum
}

/**
 * Writes for each part the share of its `size` values that are not above a threshold, and then for each the share below it. `gathered` has
 * the values of the threshold's bucket, part by part, or is 0 if they were not gathered.
 * @returns the number of values that equal the threshold
 */
export function sharesAround(
  threshold: f64, counts: usize, buckets: i32, bucket: i32, parts: i32, gathered: usize, size: f64, out: usize,
): i32 {
  let equal = 0
  let at = gathered
  for (let part: i32 = 0; part < parts; part++) {
    const table = counts + (<usize>(part * buckets) << 2)
    const before = sumWords(table, bucket)
    let below = before
    let upTo = before
    const end = gathered == 0 ? at : at + (<usize>load<u32>(table + (<usize>bucket << 2)) << 3)
    for (; at < end; at += 8) {
      const value = load<f64>(at)
      below += i32(value < threshold)
      upTo += i32(value <= threshold)
    }
    equal += upTo - below
    store<f64>(out + (<usize>part << 3), <f64>upTo / size)
    store<f64>(out + (<usize>(parts + part) << 3), <f64>below / size)
  }
  return equal
}

/**
 * Writes for each part Σ (x − boundary)⁺ and its squares. `gathered` has the values of the boundary's bucket, part by part, and `sums` the
 * part's Σ (x − low) and Σ (x − low)² of the buckets after it, four doubles a part.
 */
export function excesses(
  boundary: f64, low: f64, counts: usize, buckets: i32, bucket: i32, parts: i32, gathered: usize, size: i32, sums: usize, out: usize,
): void {
  const height = boundary - low
  let at = gathered
  for (let part: i32 = 0; part < parts; part++) {
    const table = counts + (<usize>(part * buckets) << 2)
    const number = <f64>(size - sumWords(table, bucket + 1))
    const far = sums + (<usize>part << 5)
    const first = load<f64>(far)
    let sum = first - number * height
    let squares = load<f64>(far, 8) - 2 * height * first + number * height * height
    const end = at + (<usize>load<u32>(table + (<usize>bucket << 2)) << 3)
    for (; at < end; at += 8) {
      const over = max(0, load<f64>(at) - boundary)
      sum += over
      squares += over * over
    }
    store<f64>(out + (<usize>part << 4), sum)
    store<f64>(out + (<usize>part << 4), max(0, squares), 8)
  }
}

/**
 * Counts the values a − b − origin (a − origin if b is 0) by the leading bits of their doubles, from the `from`-th on. A record has the
 * number of values within ±floor, then for each sign and exponent the place of its page of 2^bits counts, all as 32-bit words.
 * @returns n, or the first value whose page is missing
 */
export function countBits(a: usize, b: usize, from: i32, n: i32, origin: f64, floor: f64, bits: i32, record: usize): i32 {
  const shift = 20 - bits
  const mask = (1 << bits) - 1
  const pages = record + 4
  for (let i = from; i < n; i++) {
    const at = <usize>i << 3
    const d = b == 0 ? load<f64>(a + at) - origin : load<f64>(a + at) - load<f64>(b + at) - origin
    if (abs(d) <= floor) {
      store<u32>(record, load<u32>(record) + 1)
      continue
    }
    const high = <u32>(reinterpret<u64>(d) >> 32)
    const page = <usize>load<u32>(pages + (<usize>(high >> 20) << 2))
    if (page == 0) return i
    const bin = page + (<usize>((high >> shift) & mask) << 2)
    store<u32>(bin, load<u32>(bin) + 1)
  }
  return n
}

/**
 * Writes pairs of the number of a nonempty count, from `first` on, and the count, and sets the `n` counts to 0. They are a multiple of 4.
 * @returns the number of pairs
 */
export function drainCounts(counts: usize, n: i32, first: u32, out: usize): i32 {
  let at = out
  for (let i: i32 = 0; i < n; i += 4) {
    const place = counts + (<usize>i << 2)
    const four = v128.load(place)
    if (!v128.any_true(four)) continue
    v128.store(place, i32x4.splat(0))
    at = putCount(at, first + i, i32x4.extract_lane(four, 0))
    at = putCount(at, first + i + 1, i32x4.extract_lane(four, 1))
    at = putCount(at, first + i + 2, i32x4.extract_lane(four, 2))
    at = putCount(at, first + i + 3, i32x4.extract_lane(four, 3))
  }
  return <i32>((at - out) >> 3)
}

@inline
function putCount(at: usize, number: u32, count: u32): usize {
  if (count == 0) return at
  store<u32>(at, number)
  store<u32>(at, count, 4)
  return at + 8
}
