// Selecting among kept values: which of equally wide buckets each falls into, and what exceeds a boundary.
import { splat, total } from './vector'

// @ts-ignore: decorator
@inline
function places(x: v128, low: v128, scale: v128): v128 {
  return i32x4.trunc_sat_f64x2_s_zero(v128.mul<f64>(v128.sub<f64>(x, low), scale))
}

/** counts[bucket of a value] += 1, buckets being ⌊(x − low) · scale⌋. */
export function countBuckets(values: usize, n: i32, low: f64, scale: f64, counts: usize): void {
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

/**
 * Appends to `out`, as pairs of 32-bit words, the place and the group of each value whose bucket has a group ≥ 0; returns how many.
 */
export function pickBuckets(values: usize, n: i32, low: f64, scale: f64, groups: usize, out: usize): i32 {
  const from = splat(low)
  const factor = splat(scale)
  let found: i32 = 0
  for (let i: i32 = 0; i < n; i += 2) {
    // A column is padded, so that its last pair can be read; what is behind the end is not taken.
    const place = places(v128.load(values + (<usize>i << 3)), from, factor)
    const first = load<i32>(groups + (<usize>i32x4.extract_lane(place, 0) << 2))
    const second = i + 1 < n ? load<i32>(groups + (<usize>i32x4.extract_lane(place, 1) << 2)) : -1
    // Seldom any of the two.
    if ((first & second) >= 0 || first >= 0 || second >= 0) {
      if (first >= 0) {
        store<i32>(out + (<usize>found << 3), i)
        store<i32>(out + (<usize>found << 3), first, 4)
        found += 1
      }
      if (second >= 0) {
        store<i32>(out + (<usize>found << 3), i + 1)
        store<i32>(out + (<usize>found << 3), second, 4)
        found += 1
      }
    }
  }
  return found
}

/** Writes Σ (x − boundary)⁺ and Σ ((x − boundary)⁺)². */
export function exceedance(values: usize, n: i32, boundary: f64, out: usize): void {
  const bound = splat(boundary)
  const zero = splat(0)
  let s = splat(0)
  let squares = splat(0)
  let i: i32 = 0
  for (; i + 2 <= n; i += 2) {
    const over = v128.max<f64>(zero, v128.sub<f64>(v128.load(values + (<usize>i << 3)), bound))
    s = v128.add<f64>(s, over)
    squares = v128.add<f64>(squares, v128.mul<f64>(over, over))
  }
  let t = total(s)
  let t2 = total(squares)
  if (i < n) {
    const over = max(0, load<f64>(values + (<usize>i << 3)) - boundary)
    t += over
    t2 += over * over
  }
  store<f64>(out, t)
  store<f64>(out, t2, 8)
}
