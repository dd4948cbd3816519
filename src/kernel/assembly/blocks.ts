// Operations over one block: columns of Float64, `n` of them, 16-byte aligned and padded to an even length.
// Element-wise operations run over the padding too; reductions do not.
import { expPair, splat, total } from './vector'

// ── element-wise ────────────────────────────────────────────────────────────────────────────────────────────────────

export function fill(out: usize, n: i32, c: f64): void {
  const value = splat(c)
  for (let p = out, end = out + (<usize>n << 3); p < end; p += 16) v128.store(p, value)
}

export function copy(from: usize, out: usize, n: i32): void {
  memory.copy(out, from, <usize>n << 3)
}

/** out = c · a */
export function scale(a: usize, out: usize, n: i32, c: f64): void {
  const factor = splat(c)
  for (let i: usize = 0, end = <usize>n << 3; i < end; i += 16) v128.store(out + i, v128.mul<f64>(v128.load(a + i), factor))
}

/** out = a + c */
export function shift(a: usize, out: usize, n: i32, c: f64): void {
  const term = splat(c)
  for (let i: usize = 0, end = <usize>n << 3; i < end; i += 16) v128.store(out + i, v128.add<f64>(v128.load(a + i), term))
}

/** out += a */
export function add(a: usize, out: usize, n: i32): void {
  for (let i: usize = 0, end = <usize>n << 3; i < end; i += 16) v128.store(out + i, v128.add<f64>(v128.load(out + i), v128.load(a + i)))
}

/** out = a − b */
export function subtract(a: usize, b: usize, out: usize, n: i32): void {
  for (let i: usize = 0, end = <usize>n << 3; i < end; i += 16) v128.store(out + i, v128.sub<f64>(v128.load(a + i), v128.load(b + i)))
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

/** out += c · a · b */
export function addProduct(a: usize, b: usize, out: usize, n: i32, c: f64): void {
  const factor = splat(c)
  for (let i: usize = 0, end = <usize>n << 3; i < end; i += 16) {
    const product = v128.mul<f64>(v128.load(a + i), v128.load(b + i))
    v128.store(out + i, v128.add<f64>(v128.load(out + i), v128.mul<f64>(factor, product)))
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

// ── drivers ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/** One step of a first-order autoregression: x = phi · x + s · z. */
export function autoregress(z: usize, x: usize, n: i32, phi: f64, s: f64): void {
  const keep = splat(phi)
  const innovate = splat(s)
  for (let i: usize = 0, end = <usize>n << 3; i < end; i += 16) {
    v128.store(x + i, v128.add<f64>(v128.mul<f64>(keep, v128.load(x + i)), v128.mul<f64>(innovate, v128.load(z + i))))
  }
}

/** out = level · exp(x − half), `half` being half the variance: noise of mean 1 around a level. */
export function lognormalNoise(x: usize, out: usize, n: i32, level: f64, half: f64): void {
  const factor = splat(level)
  const lowered = splat(half)
  for (let i: usize = 0, end = <usize>n << 3; i < end; i += 16) {
    v128.store(out + i, v128.mul<f64>(factor, expPair(v128.sub<f64>(v128.load(x + i), lowered))))
  }
}

/** out = logistic(logit(mu) + y) = mu / (mu + (1 − mu) · exp(−y)): no logarithm, and exact at mu = 0 and 1. */
export function logisticNoise(mu: usize, y: usize, out: usize, n: i32): void {
  const one = splat(1)
  for (let i: usize = 0, end = <usize>n << 3; i < end; i += 16) {
    const m = v128.load(mu + i)
    const odds = v128.mul<f64>(v128.sub<f64>(one, m), expPair(v128.neg<f64>(v128.load(y + i))))
    v128.store(out + i, v128.div<f64>(m, v128.add<f64>(m, odds)))
  }
}

/** The same around one rate for all trials. */
export function logisticNoiseAround(mu: f64, y: usize, out: usize, n: i32): void {
  const m = splat(mu)
  const rest = splat(1 - mu)
  for (let i: usize = 0, end = <usize>n << 3; i < end; i += 16) {
    v128.store(out + i, v128.div<f64>(m, v128.add<f64>(m, v128.mul<f64>(rest, expPair(v128.neg<f64>(v128.load(y + i)))))))
  }
}

/**
 * out = the tabulated function of z. A table is: f64 lowest z, f64 cells per unit, i32 last cell, i32 degree, i32 offsets
 * of guide and segments; the guide holds for each cell the first segment that reaches into it; a segment is its upper
 * end, its middle, the inverse of its half width, and the coefficients of a polynomial on [−1, 1].
 */
export function tabulated(z: usize, out: usize, n: i32, table: usize): void {
  const low = load<f64>(table)
  const perUnit = load<f64>(table, 8)
  const lastCell = load<i32>(table, 16)
  const degree = load<i32>(table, 20)
  const guide = table + <usize>load<i32>(table, 24)
  const segments = table + <usize>load<i32>(table, 28)
  const stride = <usize>(degree + 4) << 3
  const top = <usize>(degree + 3) << 3
  for (let i: usize = 0, end = <usize>n << 3; i < end; i += 8) {
    const x = load<f64>(z + i)
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

// ── billing ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/** out += price · max(0, q − above) */
export function hinge(q: usize, out: usize, n: i32, above: f64, price: f64): void {
  const bound = splat(above)
  const factor = splat(price)
  const zero = splat(0)
  for (let i: usize = 0, end = <usize>n << 3; i < end; i += 16) {
    const over = v128.max<f64>(zero, v128.sub<f64>(v128.load(q + i), bound))
    v128.store(out + i, v128.add<f64>(v128.load(out + i), v128.mul<f64>(factor, over)))
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

// @ts-ignore: decorator
@inline
function slack(x: f64): f64 {
  return 1e-9 * max(1.0, x)
}

/** out = 1 where q exceeds the bound by more than the slack of 1e-9, else 0 */
export function exceeds(q: usize, out: usize, n: i32, above: f64): void {
  const bound = splat(above)
  const tolerance = splat(slack(above))
  const one = splat(1)
  for (let i: usize = 0, end = <usize>n << 3; i < end; i += 16) {
    v128.store(out + i, v128.and(v128.gt<f64>(v128.sub<f64>(v128.load(q + i), bound), tolerance), one))
  }
}

/** out = ⌈max(0, q − above) / size⌉, a remainder below 1e-9 · max(1, quotient) not counting as a started package */
export function packages(q: usize, out: usize, n: i32, above: f64, size: f64): void {
  for (let i: usize = 0, end = <usize>n << 3; i < end; i += 8) {
    const x = max(0, load<f64>(q + i) - above) / size
    store<f64>(out + i, max(0, ceil(x - slack(x))))
  }
}

// ── reductions ──────────────────────────────────────────────────────────────────────────────────────────────────────

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

/** Writes mean, Σ(x − mean)^2, ^3, ^4, minimum and maximum of a column. Sums are taken about its first value, so that a large common amount costs no digits. */
export function moments(a: usize, n: i32, out: usize): void {
  const first = load<f64>(a)
  const origin = splat(first)
  let s1 = splat(0)
  let s2 = splat(0)
  let s3 = splat(0)
  let s4 = splat(0)
  let low = origin
  let high = origin
  let i: i32 = 0
  for (; i + 2 <= n; i += 2) {
    const x = v128.load(a + (<usize>i << 3))
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
  if (i < n) {
    const x = load<f64>(a + (<usize>i << 3))
    const d = x - first
    t1 += d
    t2 += d * d
    t3 += d * d * d
    t4 += d * d * d * d
    least = min(least, x)
    most = max(most, x)
  }
  const count = <f64>n
  const m = t1 / count
  store<f64>(out, first + m)
  store<f64>(out, max(0, t2 - t1 * m), 8)
  store<f64>(out, t3 - 3 * m * t2 + 2 * m * m * t1, 16)
  store<f64>(out, max(0, t4 - 4 * m * t3 + 6 * m * m * t2 - 3 * m * m * m * t1), 24)
  store<f64>(out, least, 32)
  store<f64>(out, most, 40)
}

/** Two costs tie when they differ by no more than this share of the larger. */
const TIE: f64 = 1e-11

/** Writes how often a < b and how often b < a, ties counting in neither. */
export function compare(a: usize, b: usize, n: i32, out: usize): void {
  let less = 0
  let more = 0
  for (let i = 0; i < n; i++) {
    const x = load<f64>(a + (<usize>i << 3))
    const y = load<f64>(b + (<usize>i << 3))
    const d = x - y
    const tolerance = TIE * max(abs(x), abs(y))
    less += i32(d < -tolerance)
    more += i32(d > tolerance)
  }
  store<f64>(out, <f64>less)
  store<f64>(out, <f64>more, 8)
}

/** out = 1 where a ties with the least cost, else 0 */
export function ties(a: usize, least: usize, out: usize, n: i32): void {
  const one = splat(1)
  const share = splat(TIE)
  for (let i: usize = 0, end = <usize>n << 3; i < end; i += 16) {
    const x = v128.load(a + i)
    const y = v128.load(least + i)
    const tolerance = v128.mul<f64>(share, v128.max<f64>(v128.abs<f64>(x), v128.abs<f64>(y)))
    v128.store(out + i, v128.and(v128.le<f64>(v128.sub<f64>(x, y), tolerance), one))
  }
}
