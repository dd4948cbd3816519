// The standard normal quantile: AS 241 for single numbers, a table for columns.
import { splat } from './vector'

function ratio(r: f64, a7: f64, a6: f64, a5: f64, a4: f64, a3: f64, a2: f64, a1: f64, a0: f64, b7: f64, b6: f64, b5: f64, b4: f64, b3: f64, b2: f64, b1: f64): f64 {
  const above = ((((((a7 * r + a6) * r + a5) * r + a4) * r + a3) * r + a2) * r + a1) * r + a0
  const below = ((((((b7 * r + b6) * r + b5) * r + b4) * r + b3) * r + b2) * r + b1) * r + 1.0
  return above / below
}

/** The z with P(Z < z) = p for p + q = 1, from the smaller of both. Wichura, Applied Statistics 37 (1988), algorithm AS 241, PPND16. */
export function normalQuantile(p: f64, q: f64): f64 {
  const centered = p < q ? p - 0.5 : 0.5 - q
  if (abs(centered) <= 0.425) {
    const r = 0.180625 - centered * centered
    return centered * ratio(r,
      2.5090809287301226727e3, 3.3430575583588128105e4, 6.7265770927008700853e4, 4.5921953931549871457e4,
      1.3731693765509461125e4, 1.9715909503065514427e3, 1.3314166789178437745e2, 3.387132872796366608,
      5.226495278852854561e3, 2.8729085735721942674e4, 3.9307895800092710610e4, 2.1213794301586595867e4,
      5.3941960214247511077e3, 6.8718700749205790830e2, 4.2313330701600911252e1)
  }
  const tail = min(p, q)
  if (!(tail > 0)) return tail === 0 ? (p < q ? -Infinity : Infinity) : NaN
  let r = Math.sqrt(-NativeMath.log(tail))
  let z: f64
  if (r <= 5) {
    r -= 1.6
    z = ratio(r,
      7.7454501427834140764e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1, 1.27045825245236838258,
      3.64784832476320460504, 5.76949722146069140550, 4.63033784615654529590, 1.42343711074968357734,
      1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2, 1.48103976427480074590e-1,
      6.89767334985100004550e-1, 1.67638483018380384940, 2.05319162663775882187)
  } else {
    r -= 5
    z = ratio(r,
      2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3, 2.65321895265761230930e-2,
      2.96560571828504891230e-1, 1.78482653991729133580, 5.46378491116411436990, 6.65790464350110377720,
      2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5, 7.86869131145613259100e-4,
      1.48753612908506148525e-2, 1.36929880922735805310e-1, 5.99832206555887937690e-1)
  }
  return p < q ? -z : z
}

// For tail probabilities t in [2^-53, 1/2): 512 segments per power of two, with a cubic in the fraction of the segment. A record is four
// coefficients, so that two loads fetch it. The records in use stay in the nearest caches, since half of all numbers share one power.
const FINE: i32 = 9
const SEGMENTS: i32 = 53 << FINE
const FIRST: i32 = (1023 - 53) << FINE // the leading bits of 2^-53 as a double: exponent and 9 bits of fraction
const RECORD: usize = 4 * 8
const TABLE = memory.data((53 << 9) * 32 + 32, 32)
/** 1, 3/2, the bits of the fraction below a segment's, 1/2 and the sign. Loops load them once: see `uniform.ts`. */
const CONSTANTS = memory.data<u64>([0x3ff0000000000000, 0x3ff8000000000000, 0x7ffffffffff, 0x3fe0000000000000, 0x8000000000000000], 16)

/** Interpolates the quantile at four Chebyshev points of each segment. */
export function prepareNormal(): void {
  // Chebyshev points on [−1/2, 1/2], and Newton's divided differences turned into powers.
  const x0 = -0.46193976625564337
  const x1 = -0.19134171618254490
  const x2 = 0.19134171618254490
  const x3 = 0.46193976625564337
  for (let k = 0; k < SEGMENTS; k++) {
    const from = reinterpret<f64>(<u64>(FIRST + k) << (52 - FINE))
    const width = reinterpret<f64>(<u64>(FIRST + k + 1) << (52 - FINE)) - from
    const f0 = tailQuantile(from + width * (x0 + 0.5))
    const f1 = tailQuantile(from + width * (x1 + 0.5))
    const f2 = tailQuantile(from + width * (x2 + 0.5))
    const f3 = tailQuantile(from + width * (x3 + 0.5))
    const d01 = (f1 - f0) / (x1 - x0)
    const d12 = (f2 - f1) / (x2 - x1)
    const d23 = (f3 - f2) / (x3 - x2)
    const d012 = (d12 - d01) / (x2 - x0)
    const d123 = (d23 - d12) / (x3 - x1)
    const e = (d123 - d012) / (x3 - x0)
    // f0 + d01 (x − x0) + d012 (x − x0)(x − x1) + e (x − x0)(x − x1)(x − x2)
    const s = x0 + x1
    const m = x0 * x1
    const at = TABLE + <usize>k * RECORD
    store<f64>(at, f0 - d01 * x0 + d012 * m - e * m * x2)
    store<f64>(at, d01 - d012 * s + e * (m + s * x2), 8)
    store<f64>(at, d012 - e * (s + x2), 16)
    store<f64>(at, e, 24)
  }
  // t = 1/2 itself, after the last segment.
  for (let k: usize = 0; k < 4; k++) store<f64>(TABLE + <usize>SEGMENTS * RECORD + (k << 3), 0)
}

function tailQuantile(t: f64): f64 { return -normalQuantile(t, 1 - t) }

@inline
function constant(at: usize): v128 { return v128.load_splat<u64>(CONSTANTS + (at << 3)) }

/** The quantiles of two numbers. */
@inline
function quantiles(x: v128, one: v128, center: v128, fraction: v128, half: v128, sign: v128): v128 {
  const tail = v128.min<f64>(x, v128.sub<f64>(one, x))
  const place = v128.shr<u64>(tail, 52 - FINE)
  const first = TABLE + (<usize>(<i32>v128.extract_lane<i64>(place, 0) - FIRST) << 5)
  const second = TABLE + (<usize>(<i32>v128.extract_lane<i64>(place, 1) - FIRST) << 5)
  const a01 = v128.load(first)
  const b01 = v128.load(second)
  const a23 = v128.load(first, 16)
  const b23 = v128.load(second, 16)
  const t = v128.sub<f64>(v128.or(v128.shl<i64>(v128.and(tail, fraction), FINE), one), center)
  let z = v128.shuffle<u64>(a23, b23, 1, 3)
  z = v128.add<f64>(v128.mul<f64>(z, t), v128.shuffle<u64>(a23, b23, 0, 2))
  z = v128.add<f64>(v128.mul<f64>(z, t), v128.shuffle<u64>(a01, b01, 1, 3))
  z = v128.add<f64>(v128.mul<f64>(z, t), v128.shuffle<u64>(a01, b01, 0, 2))
  return v128.xor(z, v128.and(v128.lt<f64>(x, half), sign))
}

/** out = the standard normal quantile of u in [2^-53, 1 − 2^-53], within 5e-14. */
export function normals(u: usize, out: usize, n: i32): void {
  const one = constant(0)
  const center = constant(1)
  const fraction = constant(2)
  const half = constant(3)
  const sign = constant(4)
  for (let i: usize = 0, end = <usize>n << 3; i < end; i += 16) {
    v128.store(out + i, quantiles(v128.load(u + i), one, center, fraction, half, sign))
  }
}

const STEP = memory.data(16, 16)

/** One step of a first-order autoregression with its draw: out = phi · x + s · (normal quantile of u). */
export function step(u: usize, x: usize, out: usize, n: i32, phi: f64, s: f64): void {
  const one = constant(0)
  const center = constant(1)
  const fraction = constant(2)
  const half = constant(3)
  const sign = constant(4)
  store<f64>(STEP, phi)
  store<f64>(STEP, s, 8)
  const keep = v128.load_splat<f64>(STEP)
  const innovate = v128.load_splat<f64>(STEP, 8)
  for (let i: usize = 0, end = <usize>n << 3; i < end; i += 16) {
    const z = quantiles(v128.load(u + i), one, center, fraction, half, sign)
    v128.store(out + i, v128.add<f64>(v128.mul<f64>(keep, v128.load(x + i)), v128.mul<f64>(innovate, z)))
  }
}
