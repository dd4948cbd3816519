// Operations over one block: columns of Float64, `n` of them, 16-byte aligned and padded to an even length.
// Element-wise operations run over the padding too; reductions do not.
import { TIE } from './tie'
import { expPair, splat, total } from './vector'

export function fill(out: usize, n: i32, c: f64): void {
  const value = splat(c)
  for (let p = out, end = out + (<usize>n << 3); p < end; p += 16) v128.store(p, value)
}

/** out = c · a */
export function scale(a: usize, out: usize, n: i32, c: f64): void {
  const factor = splat(c)
  for (let i: usize = 0, end = <usize>n << 3; i < end; i += 16) v128.store(out + i, v128.mul<f64>(v128.load(a + i), factor))
}

/** out = constant + c · a */
export function affine(a: usize, out: usize, n: i32, constant: f64, c: f64): void {
  const term = splat(constant)
  const factor = splat(c)
  for (let i: usize = 0, end = <usize>n << 3; i < end; i += 16) {
    v128.store(out + i, v128.add<f64>(term, v128.mul<f64>(factor, v128.load(a + i))))
  }
}

/** out += a */
export function add(a: usize, out: usize, n: i32): void {
  for (let i: usize = 0, end = <usize>n << 3; i < end; i += 16) v128.store(out + i, v128.add<f64>(v128.load(out + i), v128.load(a + i)))
}

/** out = a · b */
export function multiply(a: usize, b: usize, out: usize, n: i32): void {
  for (let i: usize = 0, end = <usize>n << 3; i < end; i += 16) v128.store(out + i, v128.mul<f64>(v128.load(a + i), v128.load(b + i)))
}

/** out = a / b, and 0 where b is 0 */
export function divide(a: usize, b: usize, out: usize, n: i32): void {
  const zero = splat(0)
  for (let i: usize = 0, end = <usize>n << 3; i < end; i += 16) {
    const divisor = v128.load(b + i)
    v128.store(out + i, v128.andnot(v128.div<f64>(v128.load(a + i), divisor), v128.eq<f64>(divisor, zero)))
  }
}

/** out += c · a */
export function addScaled(a: usize, out: usize, n: i32, c: f64): void {
  const factor = splat(c)
  for (let i: usize = 0, end = <usize>n << 3; i < end; i += 16) {
    v128.store(out + i, v128.add<f64>(v128.load(out + i), v128.mul<f64>(factor, v128.load(a + i))))
  }
}

/** out += a · b */
export function addProduct(a: usize, b: usize, out: usize, n: i32): void {
  for (let i: usize = 0, end = <usize>n << 3; i < end; i += 16) {
    v128.store(out + i, v128.add<f64>(v128.load(out + i), v128.mul<f64>(v128.load(a + i), v128.load(b + i))))
  }
}

/** out = a + b · c */
export function alongEach(a: usize, b: usize, c: usize, out: usize, n: i32): void {
  for (let i: usize = 0, end = <usize>n << 3; i < end; i += 16) {
    v128.store(out + i, v128.add<f64>(v128.load(a + i), v128.mul<f64>(v128.load(b + i), v128.load(c + i))))
  }
}

/** out = a + c · b */
export function along(a: usize, b: usize, out: usize, n: i32, c: f64): void {
  const factor = splat(c)
  for (let i: usize = 0, end = <usize>n << 3; i < end; i += 16) {
    v128.store(out + i, v128.add<f64>(v128.load(a + i), v128.mul<f64>(factor, v128.load(b + i))))
  }
}

/** out = min(max(a, low), high) */
export function clamp(a: usize, out: usize, n: i32, low: f64, high: f64): void {
  const least = splat(low)
  const most = splat(high)
  for (let i: usize = 0, end = <usize>n << 3; i < end; i += 16) {
    v128.store(out + i, v128.min<f64>(v128.max<f64>(v128.load(a + i), least), most))
  }
}

/** out = min(a, b) */
export function lesser(a: usize, b: usize, out: usize, n: i32): void {
  for (let i: usize = 0, end = <usize>n << 3; i < end; i += 16) v128.store(out + i, v128.min<f64>(v128.load(a + i), v128.load(b + i)))
}

/** out = max(a, b) */
export function greater(a: usize, b: usize, out: usize, n: i32): void {
  for (let i: usize = 0, end = <usize>n << 3; i < end; i += 16) v128.store(out + i, v128.max<f64>(v128.load(a + i), v128.load(b + i)))
}

/** out = exp(a) */
export function exponential(a: usize, out: usize, n: i32): void {
  for (let i: usize = 0, end = <usize>n << 3; i < end; i += 16) v128.store(out + i, expPair(v128.load(a + i)))
}

/** out = log(1 + a) */
export function logarithm1p(a: usize, out: usize, n: i32): void {
  for (let i: usize = 0, end = <usize>n << 3; i < end; i += 8) store<f64>(out + i, NativeMath.log1p(load<f64>(a + i)))
}

/** One step of a first-order autoregression: out = phi · x + s · z. */
export function autoregress(x: usize, z: usize, out: usize, n: i32, phi: f64, s: f64): void {
  const keep = splat(phi)
  const innovate = splat(s)
  for (let i: usize = 0, end = <usize>n << 3; i < end; i += 16) {
    v128.store(out + i, v128.add<f64>(v128.mul<f64>(keep, v128.load(x + i)), v128.mul<f64>(innovate, v128.load(z + i))))
  }
}

/**
 * out = the tabulated function of z. A table has f64 lowest z, f64 cells per unit, i32 last cell, i32 degree, and i32 offsets of the guide
 * and the segments. The guide holds for each cell the first segment that reaches into it. A segment is its upper end, its middle, the
 * inverse of its half width, and the coefficients of a polynomial on [−1, 1].
 */
export function tabulated(z: usize, out: usize, n: i32, table: usize): void {
  const low = load<f64>(table)
  // Sampled scores are within ±8.3. A line through the space of scores may leave this range, where the polynomials are wrong.
  const high = -low
  const perUnit = load<f64>(table, 8)
  const lastCell = load<i32>(table, 16)
  const degree = load<i32>(table, 20)
  const guide = table + <usize>load<i32>(table, 24)
  const segments = table + <usize>load<i32>(table, 28)
  const stride = <usize>(degree + 4) << 3
  const top = <usize>(degree + 3) << 3
  for (let i: usize = 0, end = <usize>n << 3; i < end; i += 8) {
    const x = min(max(load<f64>(z + i), low), high)
    const place = (x - low) * perUnit
    let cell = place > 0 ? <i32>min(place, <f64>lastCell) : 0
    let segment = segments + <usize>load<i32>(guide + (<usize>cell << 2)) * stride
    while (x >= load<f64>(segment)) segment += stride
    const t = (x - load<f64>(segment, 8)) * load<f64>(segment, 16)
    let p = segment + top
    let value = load<f64>(p)
    for (let k = degree; k > 0; k--) {
      p -= 8
      value = value * t + load<f64>(p)
    }
    store<f64>(out + i, value)
  }
}

/** out = table[place] · x, for whole places */
export function picked(place: usize, x: usize, out: usize, n: i32, table: usize): void {
  for (let i: usize = 0, end = <usize>n << 3; i < end; i += 8) {
    const k = <usize>(<i32>load<f64>(place + i)) << 3
    store<f64>(out + i, load<f64>(table + k) * load<f64>(x + i))
  }
}

/** out = max(0, q − above) */
export function excess(q: usize, out: usize, n: i32, above: f64): void {
  const bound = splat(above)
  const zero = splat(0)
  for (let i: usize = 0, end = <usize>n << 3; i < end; i += 16) {
    v128.store(out + i, v128.max<f64>(zero, v128.sub<f64>(v128.load(q + i), bound)))
  }
}

@inline
function slack(x: f64): f64 { return 1e-9 * max(1.0, x) }

/** out = 1 where q exceeds the bound by more than the slack of 1e-9, else 0 */
export function exceeds(q: usize, out: usize, n: i32, above: f64): void {
  const bound = splat(above)
  const tolerance = splat(slack(above))
  const one = splat(1)
  for (let i: usize = 0, end = <usize>n << 3; i < end; i += 16) {
    v128.store(out + i, v128.and(v128.gt<f64>(v128.sub<f64>(v128.load(q + i), bound), tolerance), one))
  }
}

/** out = 1 where a > bound, else 0 */
export function above(a: usize, out: usize, n: i32, bound: f64): void {
  const limit = splat(bound)
  const one = splat(1)
  for (let i: usize = 0, end = <usize>n << 3; i < end; i += 16) {
    v128.store(out + i, v128.and(v128.gt<f64>(v128.load(a + i), limit), one))
  }
}

/** out = ⌈max(0, q − above) / size⌉. A remainder below 1e-9 · max(1, quotient) does not start a package. */
export function packages(q: usize, out: usize, n: i32, above: f64, size: f64): void {
  for (let i: usize = 0, end = <usize>n << 3; i < end; i += 8) {
    const x = max(0, load<f64>(q + i) - above) / size
    store<f64>(out + i, max(0, ceil(x - slack(x))))
  }
}

export function sum(a: usize, n: i32): f64 {
  let s0 = splat(0)
  let s1 = splat(0)
  let i: i32 = 0
  for (; i + 4 <= n; i += 4) {
    const p = a + (<usize>i << 3)
    s0 = v128.add<f64>(s0, v128.load(p))
    s1 = v128.add<f64>(s1, v128.load(p, 16))
  }
  let s = total(v128.add<f64>(s0, s1))
  for (; i < n; i++) s += load<f64>(a + (<usize>i << 3))
  return s
}

/** Σ a · b */
export function dot(a: usize, b: usize, n: i32): f64 {
  let s0 = splat(0)
  let i: i32 = 0
  for (; i + 2 <= n; i += 2) {
    const at = <usize>i << 3
    s0 = v128.add<f64>(s0, v128.mul<f64>(v128.load(a + at), v128.load(b + at)))
  }
  let s = total(s0)
  for (; i < n; i++) s += load<f64>(a + (<usize>i << 3)) * load<f64>(b + (<usize>i << 3))
  return s
}

/** `TIE` in memory, so that loops load a vector of it once. */
const TIES = memory.data<f64>([TIE], 8)

/** Writes mean, Σ(x − mean)^2, ^3, ^4, minimum and maximum of a column. */
export function moments(a: usize, n: i32, out: usize): void {
  reduce<i32>(a, a, n, out)
}

/** Writes the same for the differences a − b, then how often a < b and how often b < a. A tie counts as neither. */
export function differences(a: usize, b: usize, n: i32, out: usize): void {
  reduce<f64>(a, b, n, out)
}

/** Sums about the first value, so that a large common amount costs no digits. For T = f64 it reduces a difference of columns. */
@inline
function reduce<T>(a: usize, b: usize, n: i32, out: usize): void {
  const share = v128.load_splat<f64>(TIES)
  const first = isFloat<T>() ? load<f64>(a) - load<f64>(b) : load<f64>(a)
  const origin = splat(first)
  let s1 = splat(0)
  let s2 = splat(0)
  let s3 = splat(0)
  let s4 = splat(0)
  let low = origin
  let high = origin
  let less = i64x2.splat(0)
  let more = i64x2.splat(0)
  let i: i32 = 0
  for (; i + 2 <= n; i += 2) {
    const at = <usize>i << 3
    let x = v128.load(a + at)
    if (isFloat<T>()) {
      const y = v128.load(b + at)
      const tolerance = v128.mul<f64>(share, v128.max<f64>(v128.abs<f64>(x), v128.abs<f64>(y)))
      x = v128.sub<f64>(x, y)
      less = v128.sub<i64>(less, v128.lt<f64>(x, v128.neg<f64>(tolerance)))
      more = v128.sub<i64>(more, v128.gt<f64>(x, tolerance))
    }
    const d = v128.sub<f64>(x, origin)
    const d2 = v128.mul<f64>(d, d)
    s1 = v128.add<f64>(s1, d)
    s2 = v128.add<f64>(s2, d2)
    s3 = v128.add<f64>(s3, v128.mul<f64>(d2, d))
    s4 = v128.add<f64>(s4, v128.mul<f64>(d2, d2))
    low = v128.pmin<f64>(low, x)
    high = v128.pmax<f64>(high, x)
  }
  let t1 = total(s1)
  let t2 = total(s2)
  let t3 = total(s3)
  let t4 = total(s4)
  let least = min(v128.extract_lane<f64>(low, 0), v128.extract_lane<f64>(low, 1))
  let most = max(v128.extract_lane<f64>(high, 0), v128.extract_lane<f64>(high, 1))
  let below = v128.extract_lane<i64>(less, 0) + v128.extract_lane<i64>(less, 1)
  let above = v128.extract_lane<i64>(more, 0) + v128.extract_lane<i64>(more, 1)
  if (i < n) {
    const at = <usize>i << 3
    let x = load<f64>(a + at)
    if (isFloat<T>()) {
      const y = load<f64>(b + at)
      const tolerance = TIE * max(abs(x), abs(y))
      x -= y
      below += i64(x < -tolerance)
      above += i64(x > tolerance)
    }
    const d = x - first
    t1 += d
    t2 += d * d
    t3 += d * d * d
    t4 += d * d * d * d
    least = min(least, x)
    most = max(most, x)
  }
  central(out, first, <f64>n, t1, t2, t3, t4, least, most)
  if (isFloat<T>()) {
    store<f64>(out, <f64>below, 48)
    store<f64>(out, <f64>above, 56)
  }
}

/** Turns sums about an origin into central moments. */
function central(out: usize, origin: f64, count: f64, t1: f64, t2: f64, t3: f64, t4: f64, least: f64, most: f64): void {
  const m = t1 / count
  store<f64>(out, origin + m)
  store<f64>(out, max(0, t2 - t1 * m), 8)
  store<f64>(out, t3 - 3 * m * t2 + 2 * m * m * t1, 16)
  store<f64>(out, max(0, t4 - 4 * m * t3 + 6 * m * m * t2 - 3 * m * m * m * t1), 24)
  store<f64>(out, least, 32)
  store<f64>(out, most, 40)
}

@inline
function tied(x: v128, y: v128, share: v128): v128 {
  const tolerance = v128.mul<f64>(share, v128.max<f64>(v128.abs<f64>(x), v128.abs<f64>(y)))
  return v128.le<f64>(v128.sub<f64>(x, y), tolerance)
}

/** The number of trials in which a ties with the smallest cost. */
export function countTies(a: usize, least: usize, n: i32): f64 {
  const share = v128.load_splat<f64>(TIES)
  let count = i64x2.splat(0)
  let i: i32 = 0
  for (; i + 2 <= n; i += 2) {
    const at = <usize>i << 3
    count = v128.sub<i64>(count, tied(v128.load(a + at), v128.load(least + at), share))
  }
  let all = v128.extract_lane<i64>(count, 0) + v128.extract_lane<i64>(count, 1)
  if (i < n) {
    const x = load<f64>(a + (<usize>i << 3))
    const y = load<f64>(least + (<usize>i << 3))
    all += i64(x - y <= TIE * max(abs(x), abs(y)))
  }
  return <f64>all
}

/** out += 1 where a ties with the smallest cost */
export function addTies(a: usize, least: usize, out: usize, n: i32): void {
  const one = splat(1)
  const share = v128.load_splat<f64>(TIES)
  for (let i: usize = 0, end = <usize>n << 3; i < end; i += 16) {
    const tie = v128.and(tied(v128.load(a + i), v128.load(least + i), share), one)
    v128.store(out + i, v128.add<f64>(v128.load(out + i), tie))
  }
}

/** Writes Σ 1 / number and Σ 1 / number² over the trials in which a ties with the smallest cost. */
export function sumShares(a: usize, least: usize, number: usize, n: i32, out: usize): void {
  let sum: f64 = 0
  let squares: f64 = 0
  for (let i = 0; i < n; i++) {
    const x = load<f64>(a + (<usize>i << 3))
    const y = load<f64>(least + (<usize>i << 3))
    if (x - y > TIE * max(abs(x), abs(y))) continue
    const share = 1 / load<f64>(number + (<usize>i << 3))
    sum += share
    squares += share * share
  }
  store<f64>(out, sum)
  store<f64>(out, squares, 8)
}
