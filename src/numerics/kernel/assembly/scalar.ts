// Scalar functions. NativeMath is AssemblyScript's port of musl's libm: the same bits on every machine, with an error below 1 ulp.

export function exp(x: f64): f64 { return NativeMath.exp(x) }
export function expm1(x: f64): f64 { return NativeMath.expm1(x) }
export function log(x: f64): f64 { return NativeMath.log(x) }
export function log1p(x: f64): f64 { return NativeMath.log1p(x) }
export function pow(x: f64, y: f64): f64 { return NativeMath.pow(x, y) }
export function sin(x: f64): f64 { return NativeMath.sin(x) }

/** The first byte after the tables, where columns may begin. */
export function heapBase(): usize { return __heap_base }

export function logistic(x: f64): f64 {
  if (x >= 0) return 1 / (1 + NativeMath.exp(-x))
  const e = NativeMath.exp(x)
  return e / (1 + e)
}
