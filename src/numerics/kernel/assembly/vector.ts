// Two doubles at a time. Every function here gives the same bits in both lanes.

// exp(x) = 2^(k/64) · exp(r), k = round(64 x / ln 2), |r| ≤ ln 2 / 128: a table of 64 powers and a polynomial of degree 5
// (Tang, ACM Trans. Math. Softw. 15, 1989). Truncation 3e-17, result within 1.1 ulp.
const INV_STEP: f64 = 92.33248261689366 // 64 / ln 2
const STEP_HI: f64 = 0.01083042469326756 // ln 2 / 64: the leading 32 bits, so that k · STEP_HI is exact
const STEP_LO: f64 = 2.9815858269852933e-12
const ROUND: f64 = 6755399441055744.0 // 1.5 · 2^52: adding it leaves round(x) in the low bits
/** Beyond this range a result may not be a normal double, and the scalar function takes over. */
const EXP_RANGE: f64 = 708.0

const POWERS = memory.data(64 * 8, 16)

/** Fills the table of 2^(j/64). */
export function preparePowers(): void {
  for (let j = 0; j < 64; j++) store<f64>(POWERS + (<usize>j << 3), NativeMath.pow(2, <f64>j / 64))
}

@inline
export function splat(x: f64): v128 { return f64x2.splat(x) }

@inline
function within(x: v128, limit: f64): bool {
  return v128.all_true<i64>(v128.lt<f64>(v128.abs<f64>(x), splat(limit)))
}

@inline
function expNear(x: v128): v128 {
  const shifted = v128.add<f64>(v128.mul<f64>(x, splat(INV_STEP)), splat(ROUND))
  const k = v128.sub<f64>(shifted, splat(ROUND))
  const r = v128.sub<f64>(v128.sub<f64>(x, v128.mul<f64>(k, splat(STEP_HI))), v128.mul<f64>(k, splat(STEP_LO)))
  const lane0 = <usize>v128.extract_lane<i64>(shifted, 0)
  const lane1 = <usize>v128.extract_lane<i64>(shifted, 1)
  const table = v128.load_lane<u64>(
    POWERS + ((lane1 & 63) << 3),
    v128.load_zero<u64>(POWERS + ((lane0 & 63) << 3)),
    1,
  )
  // (shifted's bits − those of ROUND) >> 6 is the binary exponent; the low 6 bits are shifted out, ROUND's own bits leave at the top.
  const exponent = v128.shl<i64>(v128.shr<i64>(v128.shl<i64>(shifted, 13), 19), 52)
  const r2 = v128.mul<f64>(r, r)
  let p = v128.add<f64>(v128.mul<f64>(r, splat(1.0 / 120.0)), splat(1.0 / 24.0))
  p = v128.add<f64>(v128.mul<f64>(p, r2), v128.add<f64>(v128.mul<f64>(r, splat(1.0 / 6.0)), splat(0.5)))
  p = v128.add<f64>(v128.mul<f64>(p, r2), r)
  const value = v128.add<f64>(table, v128.mul<f64>(table, p))
  return v128.add<i64>(value, exponent)
}

function expFar(x: v128): v128 {
  const first = NativeMath.exp(v128.extract_lane<f64>(x, 0))
  const second = NativeMath.exp(v128.extract_lane<f64>(x, 1))
  return v128.replace_lane<f64>(splat(first), 1, second)
}

/** exp of both lanes, within 2 ulp on the whole range. 0, infinities and NaN follow IEEE. */
@inline
export function expPair(x: v128): v128 { return within(x, EXP_RANGE) ? expNear(x) : expFar(x) }

/** Sum of both lanes. */
@inline
export function total(x: v128): f64 { return v128.extract_lane<f64>(x, 0) + v128.extract_lane<f64>(x, 1) }
