// Sorts values that were gathered bucket by bucket.
import { splat } from './vector'

/** A run up to this length is sorted without branches, by counting each value's rank. */
const SHORT: i32 = 48
/** The most slots that a longer run is spread over. */
const SLOTS: i32 = 2048

/** The size of the memory that `sortRun` works in: the ends of the slots, then a short run. */
export function sortDesk(): i32 { return 4 * SLOTS + 8 * (SHORT + 2) }

/** Writes the values of a bucket in order. */
export function sortRun(from: usize, n: i32, out: usize, desk: usize): void {
  if (n <= SHORT) sortShort(from, n, out)
  else sortLong(from, n, out, desk)
}

/** Equal values have the same rank, so the places after the first of them are filled from it. */
function sortShort(from: usize, n: i32, out: usize): void {
  for (let k: i32 = 0; k < n; k++) store<f64>(out + (<usize>k << 3), NaN)
  for (let i: i32 = 0; i < n; i++) {
    const value = load<f64>(from + (<usize>i << 3))
    const all = splat(value)
    let below = i64x2.splat(0)
    let j: i32 = 0
    for (; j + 2 <= n; j += 2) below = v128.sub<i64>(below, v128.lt<f64>(v128.load(from + (<usize>j << 3)), all))
    let rank = <i32>(i64x2.extract_lane(below, 0) + i64x2.extract_lane(below, 1))
    if (j < n && load<f64>(from + (<usize>j << 3)) < value) rank += 1
    store<f64>(out + (<usize>rank << 3), value)
  }
  for (let k: i32 = 1; k < n; k++) {
    const at = out + (<usize>k << 3)
    if (isNaN(load<f64>(at))) store<f64>(at, load<f64>(at - 8))
  }
}

/** Spreads the values over slots of equal width, then sorts each slot. */
function sortLong(from: usize, n: i32, out: usize, desk: usize): void {
  let low = load<f64>(from)
  let high = low
  for (let i: i32 = 1; i < n; i++) {
    const value = load<f64>(from + (<usize>i << 3))
    low = min(low, value)
    high = max(high, value)
  }
  const slots = min(SLOTS, n >> 3)
  const scale = (<f64>slots - 1e-6) / (high - low)
  if (!(scale < Infinity)) {
    // All values are equal, or their distance is too small to divide by.
    memory.copy(out, from, <usize>n << 3)
    sortAnyway(out, n)
    return
  }
  memory.fill(desk, 0, <usize>slots << 2)
  for (let i: i32 = 0; i < n; i++) {
    const slot = desk + (<usize>(<i32>((load<f64>(from + (<usize>i << 3)) - low) * scale)) << 2)
    store<u32>(slot, load<u32>(slot) + 1)
  }
  let at = out
  for (let k: usize = 0, end = <usize>slots << 2; k < end; k += 4) {
    const count = <usize>load<u32>(desk + k)
    store<u32>(desk + k, <u32>at)
    at += count << 3
  }
  for (let i: i32 = 0; i < n; i++) {
    const value = load<f64>(from + (<usize>i << 3))
    const slot = desk + (<usize>(<i32>((value - low) * scale)) << 2)
    const place = load<u32>(slot)
    store<f64>(<usize>place, value)
    store<u32>(slot, place + 8)
  }
  const copy = desk + 4 * SLOTS
  let begin = out
  for (let k: usize = 0, end = <usize>slots << 2; k < end; k += 4) {
    const last = <usize>load<u32>(desk + k)
    const count = <i32>((last - begin) >> 3)
    if (count > SHORT) sortAnyway(begin, count)
    else if (count > 1) {
      memory.copy(copy, begin, <usize>count << 3)
      sortShort(copy, count, begin)
    }
    begin = last
  }
}

/** Shell's sort with gaps that grow by 9/4 (Tokuda 1992). It is slower on average, but no order of the values makes it much slower. */
function sortAnyway(values: usize, n: i32): void {
  let gap: i32 = 1
  while ((gap * 9) / 4 + 1 < n) gap = (gap * 9) / 4 + 1
  for (; gap > 0; gap = gap == 1 ? 0 : ((gap - 1) * 4 + 8) / 9) {
    for (let i = gap; i < n; i++) {
      const value = load<f64>(values + (<usize>i << 3))
      let hole = i
      for (; hole >= gap; hole -= gap) {
        const before = load<f64>(values + (<usize>(hole - gap) << 3))
        if (before <= value) break
        store<f64>(values + (<usize>hole << 3), before)
      }
      store<f64>(values + (<usize>hole << 3), value)
    }
  }
}
