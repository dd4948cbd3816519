// The standard normal quantile: exactly (AS 241), and by table for columns.
import { splat } from './vector'

function ratio(r: f64, a7: f64, a6: f64, a5: f64, a4: f64, a3: f64, a2: f64, a1: f64, a0: f64, b7: f64, b6: f64, b5: f64, b4: f64, b3: f64, b2: f64, b1: f64): f64 {
  const above = ((((((a7 * r + a6) * r + a5) * r + a4) * r + a3) * r + a2) * r + a1) * r + a0
  const below = ((((((b7 * r + b6) * r + b5) * r + b4) * r + b3) * r + b2) * r + b1) * r + 1.0
  return above / below
}

/** z with P(Z < z) = p for p + q = 1, from whichever is smaller. Wichura, Applied Statistics 37 (1988), algorithm AS 241, PPND16. */
export function normalQuantile(p: f64, q: f64): f64 {
  const centred = p < q ? p - 0.5 : 0.5 - q
  if (abs(centred) <= 0.425) {
    const r = 0.180625 - centred * centred
    return centred * ratio(r,
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

// For tail probabilities t in [2^-53, 1/2): 128 segments a binade, a polynomial of degree 4 each in the fraction of the segment.
const SEGMENTS: i32 = 53 * 128
const FIRST: i32 = (1023 - 53) << 7 // the leading 18 bits of 2^-53 as a double: exponent and 7 bits of fraction
const RECORD: usize = 5 * 8
const TABLE = memory.data(53 * 128 * 40 + 40, 16)

/** Interpolates the quantile at five Chebyshev points of each segment. Called once by `start`. */
export function prepareNormal(): void {
  // Chebyshev points on [−1/2, 1/2], and Newton's divided differences turned into powers.
  const x0 = -0.47552825814757677
  const x1 = -0.29389262614623657
  const x3 = 0.29389262614623657
  const x4 = 0.47552825814757677
  for (let k = 0; k < SEGMENTS; k++) {
    const from = reinterpret<f64>(<u64>(FIRST + k) << 45)
    const width = reinterpret<f64>(<u64>(FIRST + k + 1) << 45) - from
    const f0 = tailQuantile(from + width * (x0 + 0.5))
    const f1 = tailQuantile(from + width * (x1 + 0.5))
    const f2 = tailQuantile(from + width * 0.5)
    const f3 = tailQuantile(from + width * (x3 + 0.5))
    const f4 = tailQuantile(from + width * (x4 + 0.5))
    const d01 = (f1 - f0) / (x1 - x0)
    const d12 = (f2 - f1) / -x1
    const d23 = (f3 - f2) / x3
    const d34 = (f4 - f3) / (x4 - x3)
    const d012 = (d12 - d01) / -x0
    const d123 = (d23 - d12) / (x3 - x1)
    const d234 = (d34 - d23) / x4
    const d0123 = (d123 - d012) / (x3 - x0)
    const d1234 = (d234 - d123) / (x4 - x1)
    const e = (d1234 - d0123) / (x4 - x0)
    // f0 + d01 (x − x0) + d012 (x − x0)(x − x1) + d0123 (x − x0)(x − x1) x + e (x − x0)(x − x1) x (x − x3)
    const s = x0 + x1
    const m = x0 * x1
    const at = TABLE + <usize>k * RECORD
    store<f64>(at, f0 - d01 * x0 + d012 * m)
    store<f64>(at, d01 - d012 * s + d0123 * m - e * m * x3, 8)
    store<f64>(at, d012 - d0123 * s + e * (m + s * x3), 16)
    store<f64>(at, d0123 - e * (s + x3), 24)
    store<f64>(at, e, 32)
  }
  // t = 1/2 itself, at the end of the last binade.
  for (let k: usize = 0; k < 5; k++) store<f64>(TABLE + <usize>SEGMENTS * RECORD + (k << 3), 0)
}

function tailQuantile(t: f64): f64 {
  return -normalQuantile(t, 1 - t)
}

// @ts-ignore: decorator
@inline
function pair(first: usize, second: usize, offset: usize): v128 {
  return v128.load_lane<u64>(second + offset, v128.load_zero<u64>(first + offset), 1)
}

/** out = the standard normal quantile of u in [2^-53, 1 − 2^-53], within 2e-14. */
export function normals(u: usize, out: usize, n: i32): void {
  const half = splat(0.5)
  const one = splat(1)
  const fraction = i64x2.splat(0x1fffffffffff)
  const unitBits = i64x2.splat(0x3ff0000000000000)
  const centre = splat(1.5)
  for (let i: usize = 0, end = <usize>n << 3; i < end; i += 16) {
    const x = v128.load(u + i)
    const tail = v128.min<f64>(x, v128.sub<f64>(one, x))
    const place = v128.shr<u64>(tail, 45)
    const first = TABLE + <usize>(<i32>v128.extract_lane<i64>(place, 0) - FIRST) * RECORD
    const second = TABLE + <usize>(<i32>v128.extract_lane<i64>(place, 1) - FIRST) * RECORD
    const t = v128.sub<f64>(v128.or(v128.shl<i64>(v128.and(tail, fraction), 7), unitBits), centre)
    let z = pair(first, second, 32)
    z = v128.add<f64>(v128.mul<f64>(z, t), pair(first, second, 24))
    z = v128.add<f64>(v128.mul<f64>(z, t), pair(first, second, 16))
    z = v128.add<f64>(v128.mul<f64>(z, t), pair(first, second, 8))
    z = v128.add<f64>(v128.mul<f64>(z, t), pair(first, second, 0))
    const negative = v128.and(v128.lt<f64>(x, half), splat(-0.0))
    v128.store(out + i, v128.xor(z, negative))
  }
}
