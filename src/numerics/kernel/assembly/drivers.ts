// Volumes and resolution. Noise states come in steps of ln 2 / 128, so that exp needs no range reduction beyond rounding:
// e^(x · ln 2 / 128) = 2^(k/128) · e^(r · ln 2 / 128), k = round(x), |r| ≤ 1/2, by a table of 128 powers and a polynomial of degree 4
// whose fifth term is economized (Chebyshev). The error is 4e-16. States are within ±90,000 steps, so that no result is subnormal.

const POWERS = memory.data(128 * 8, 16)
const H: f64 = 0.005415212348514945 // ln 2 / 128
const C5: f64 = (H * H * H * H * H) / 120
/** 1.5 · 2^52, whose addition leaves round(x) in the low bits, then ~127, the polynomial, and 1. Loops load them once: see `uniform.ts`. */
const CONSTANTS = memory.data(8 * 8, 16)
const SCALARS = memory.data(2 * 8, 16)

export function prepareSteps(): void {
  for (let j = 0; j < 128; j++) store<f64>(POWERS + (<usize>j << 3), NativeMath.pow(2, <f64>j / 128))
  store<f64>(CONSTANTS, 6755399441055744.0)
  store<u64>(CONSTANTS, ~(<u64>127), 8)
  store<f64>(CONSTANTS, H - 0.01953125 * C5, 16)
  store<f64>(CONSTANTS, (H * H) / 2, 24)
  store<f64>(CONSTANTS, (H * H * H) / 6 + 0.3125 * C5, 32)
  store<f64>(CONSTANTS, (H * H * H * H) / 24, 40)
  store<f64>(CONSTANTS, 1, 48)
}

@inline
function constant(at: usize): v128 { return v128.load_splat<u64>(CONSTANTS + (at << 3)) }

@inline
function expSteps(x: v128, round: v128, whole: v128, c1: v128, c2: v128, c3: v128, c4: v128): v128 {
  const shifted = v128.add<f64>(x, round)
  const r = v128.sub<f64>(x, v128.sub<f64>(shifted, round))
  const lane0 = <usize>v128.extract_lane<i64>(shifted, 0)
  const lane1 = <usize>v128.extract_lane<i64>(shifted, 1)
  const power = v128.load_lane<u64>(POWERS + ((lane1 & 127) << 3), v128.load_zero<u64>(POWERS + ((lane0 & 127) << 3)), 1)
  const exponent = v128.shl<i64>(v128.and(shifted, whole), 45)
  const low = v128.add<f64>(c1, v128.mul<f64>(c2, r))
  const high = v128.add<f64>(c3, v128.mul<f64>(c4, r))
  const p = v128.mul<f64>(r, v128.add<f64>(low, v128.mul<f64>(high, v128.mul<f64>(r, r))))
  return v128.add<i64>(v128.add<f64>(power, v128.mul<f64>(power, p)), exponent)
}

/** out = level · e^x, x in steps */
export function growths(x: usize, out: usize, n: i32, level: f64): void {
  const round = constant(0)
  const whole = constant(1)
  const c1 = constant(2)
  const c2 = constant(3)
  const c3 = constant(4)
  const c4 = constant(5)
  store<f64>(SCALARS, level)
  const scale = v128.load_splat<f64>(SCALARS)
  for (let i: usize = 0, end = <usize>n << 3; i < end; i += 16) {
    v128.store(out + i, v128.mul<f64>(scale, expSteps(v128.load(x + i), round, whole, c1, c2, c3, c4)))
  }
}

/**
 * out = logistic(logit(mu) − log(odds) − y) = mu / (mu + (1 − mu) · odds · e^y), y in steps. It needs no logarithm and is exact at mu = 0
 * and 1. `odds` is one factor for all trials.
 */
export function rates(y: usize, mu: usize, out: usize, n: i32, odds: f64): void {
  const round = constant(0)
  const whole = constant(1)
  const c1 = constant(2)
  const c2 = constant(3)
  const c3 = constant(4)
  const c4 = constant(5)
  const one = constant(6)
  store<f64>(SCALARS, odds)
  const factor = v128.load_splat<f64>(SCALARS)
  for (let i: usize = 0, end = <usize>n << 3; i < end; i += 16) {
    const m = v128.load(mu + i)
    const left = v128.mul<f64>(factor, v128.sub<f64>(one, m))
    const failed = v128.mul<f64>(left, expSteps(v128.load(y + i), round, whole, c1, c2, c3, c4))
    v128.store(out + i, v128.div<f64>(m, v128.add<f64>(m, failed)))
  }
}

/** out = v · logistic(logit(mu) − log(odds) − y), with one rate mu and one factor for all trials. */
export function resolved(y: usize, v: usize, out: usize, n: i32, mu: f64, odds: f64): void {
  const round = constant(0)
  const whole = constant(1)
  const c1 = constant(2)
  const c2 = constant(3)
  const c3 = constant(4)
  const c4 = constant(5)
  store<f64>(SCALARS, mu)
  store<f64>(SCALARS, (1 - mu) * odds, 8)
  const m = v128.load_splat<f64>(SCALARS)
  const rest = v128.load_splat<f64>(SCALARS, 8)
  for (let i: usize = 0, end = <usize>n << 3; i < end; i += 16) {
    const failed = v128.mul<f64>(rest, expSteps(v128.load(y + i), round, whole, c1, c2, c3, c4))
    v128.store(out + i, v128.div<f64>(v128.mul<f64>(m, v128.load(v + i)), v128.add<f64>(m, failed)))
  }
}
