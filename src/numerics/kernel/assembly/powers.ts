// Sums of the powers of a column of trials, for each of its equal parts.
import { splat } from './vector'

/** Bytes of a part's row. */
const ROW: usize = 48

/**
 * For each part, adds Σ d, Σ d², Σ d³ and Σ d⁴ of d = x − origin to its row, which ends with the smallest and the largest value. Two parts
 * share each vector, so that each sum adds the values of its part in their order.
 */
export function sumPowers(values: usize, size: i32, parts: i32, origin: f64, out: usize): void {
  const from = splat(origin)
  for (let part: i32 = 0; part < parts; part += 2) {
    const first = values + (<usize>(part * size) << 3)
    const both = part + 1 < parts
    const second = both ? first + (<usize>size << 3) : first
    const row = out + <usize>part * ROW
    const next = both ? row + ROW : row
    let t1 = pairAt(row, next)
    let t2 = pairAt(row + 8, next + 8)
    let t3 = pairAt(row + 16, next + 16)
    let t4 = pairAt(row + 24, next + 24)
    let low = pairAt(row + 32, next + 32)
    let high = pairAt(row + 40, next + 40)
    for (let at: usize = 0, end = <usize>size << 3; at < end; at += 8) {
      const x = pairAt(first + at, second + at)
      const d = v128.sub<f64>(x, from)
      const square = v128.mul<f64>(d, d)
      const cube = v128.mul<f64>(square, d)
      t1 = v128.add<f64>(t1, d)
      t2 = v128.add<f64>(t2, square)
      t3 = v128.add<f64>(t3, cube)
      t4 = v128.add<f64>(t4, v128.mul<f64>(cube, d))
      low = v128.pmin<f64>(low, x)
      high = v128.pmax<f64>(high, x)
    }
    writePair(row, next, t1)
    writePair(row + 8, next + 8, t2)
    writePair(row + 16, next + 16, t3)
    writePair(row + 24, next + 24, t4)
    writePair(row + 32, next + 32, low)
    writePair(row + 40, next + 40, high)
  }
}

@inline
function pairAt(first: usize, second: usize): v128 {
  return v128.load_lane<u64>(second, v128.load_zero<u64>(first), 1)
}

@inline
function writePair(first: usize, second: usize, pair: v128): void {
  store<f64>(second, f64x2.extract_lane(pair, 1))
  store<f64>(first, f64x2.extract_lane(pair, 0))
}
