// Runs a list of operations in one call. A call from JavaScript takes about as long as an operation on a hundred trials, and ten times as long
// in a process that has just started.
import * as blocks from './blocks'
import { binomial, poisson } from './counts'
import { growths, rates, resolved } from './drivers'
import { normals, step } from './normal'
import * as codes from './operations'

/** Runs `count` operations on `n` trials, a multiple of four. */
export function runList(list: usize, count: i32, n: i32): void {
  for (let end = list + codes.OPERATION * count; list < end; list += codes.OPERATION) {
    const a = <usize>load<u32>(list, 4)
    const b = <usize>load<u32>(list, 8)
    const c = <usize>load<u32>(list, 12)
    const out = <usize>load<u32>(list, 16)
    const x = load<f64>(list, 24)
    const y = load<f64>(list, 32)
    switch (load<i32>(list)) {
      case codes.FILL: blocks.fill(out, n, x); break
      case codes.AFFINE: blocks.affine(a, out, n, x, y); break
      case codes.ADD: blocks.add(a, out, n); break
      case codes.ADD_SCALED: blocks.addScaled(a, out, n, x); break
      case codes.SCALE: blocks.scale(a, out, n, x); break
      case codes.TABULATED: blocks.tabulated(a, out, n, b); break
      case codes.AUTOREGRESS: blocks.autoregress(a, b, out, n, x, y); break
      case codes.GROWTHS: growths(a, out, n, x); break
      case codes.RATES: rates(a, b, out, n, x); break
      case codes.RESOLVED: resolved(a, b, out, n, x, y); break
      case codes.MULTIPLY: blocks.multiply(a, b, out, n); break
      case codes.DIVIDE: blocks.divide(a, b, out, n); break
      case codes.LESSER: blocks.lesser(a, b, out, n); break
      case codes.GREATER: blocks.greater(a, b, out, n); break
      case codes.CLAMP: blocks.clamp(a, out, n, x, y); break
      case codes.EXCESS: blocks.excess(a, out, n, x); break
      case codes.EXCEEDS: blocks.exceeds(a, out, n, x); break
      case codes.ABOVE: blocks.above(a, out, n, x); break
      case codes.PACKAGES: blocks.packages(a, out, n, x, y); break
      case codes.EXPONENTIAL: blocks.exponential(a, out, n); break
      case codes.LOGARITHM_1P: blocks.logarithm1p(a, out, n); break
      case codes.POISSON: poisson(a, b, out, n); break
      case codes.BINOMIAL: binomial(a, b, c, out, n); break
      case codes.NORMALS: normals(a, out, n); break
      case codes.STEP: step(a, b, out, n, x, y); break
      case codes.ALONG: blocks.along(a, b, out, n, x); break
      case codes.PICKED: blocks.picked(a, b, out, n, c); break
      case codes.ALONG_EACH: blocks.alongEach(a, b, c, out, n); break
    }
  }
}
