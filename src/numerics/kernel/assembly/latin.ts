// Latin hypercube: a keyed permutation of the strata after Kensler (Pixar technical memo 13-01, 2013), which gives any point directly.
import { addend, below1, factor, hash4, hashFactor0, hashFactor1, one32, prepareSeeds, store4 } from './uniform'

const FIRST = memory.data<u32>([0, 1, 2, 3, 4], 16)
const RANGE = memory.data(2 * 4, 16)

/**
 * One invertible step on the low bits: product and sum carry upwards, and the shift brings the upper half down. Six of them leave no
 * visible preference among permutations of 32 or more strata, and a preference of a few percent among those of 4.
 */
@inline
function round(x: v128, a: v128, f: v128, mask: v128, half: i32): v128 {
  x = v128.and(v128.add<i32>(v128.mul<i32>(x, f), a), mask)
  return v128.xor(x, v128.shr<u32>(x, half))
}

/** Points first … first + n − 1 of one coordinate of a hypercube of 2^bits points (bits ≤ 32), each jittered in its own stratum. */
export function fillLatin(out: usize, n: i32, first: u32, bits: i32, k0: u32, k1: u32, k2: u32, k3: u32, replicate: u32): void {
  prepareSeeds(k0, k1, k2, k3, replicate)
  // Shift counts are taken modulo 32. With 32 bits the stratum fills the leading word, and no jitter may enter it.
  const widest = bits >= 32
  store<u32>(RANGE, widest ? -1 : (1 << bits) - 1)
  store<u32>(RANGE, widest ? 0 : -1, 4)
  const mask = v128.load_splat<u32>(RANGE)
  const inside = v128.load_splat<u32>(RANGE, 4)
  const up = 32 - bits
  const half = max<i32>(1, (bits + 1) >> 1)
  const a0 = addend(0)
  const f0 = factor(0)
  const a1 = addend(1)
  const f1 = factor(1)
  const a2 = addend(2)
  const f2 = factor(2)
  const a3 = addend(3)
  const f3 = factor(3)
  const a4 = addend(4)
  const f4 = factor(4)
  const a5 = addend(5)
  const f5 = factor(5)
  const a6 = addend(6)
  const f6 = factor(6)
  const a7 = addend(7)
  const h0 = hashFactor0()
  const h1 = hashFactor1()
  const one = one32()
  const limit = below1()
  const four = v128.load_splat<u32>(FIRST, 16)
  let index = v128.add<i32>(i32x4.splat(first), v128.load(FIRST))
  for (let end = out + (<usize>n << 3); out < end; out += 32) {
    let x = round(index, a0, f0, mask, half)
    x = round(x, a1, f1, mask, half)
    x = round(x, a2, f2, mask, half)
    x = round(x, a3, f3, mask, half)
    x = round(x, a4, f4, mask, half)
    x = round(x, a5, f5, mask, half)
    // The last sum makes the stratum of each point exactly uniform.
    x = v128.and(v128.add<i32>(x, a6), mask)
    const jitter = hash4(v128.add<i32>(v128.mul<i32>(x, f6), a7), h0, h1)
    const high = v128.or(v128.shl<i32>(x, up), v128.and(v128.shr<u32>(jitter, bits), inside))
    store4(out, high, hash4(jitter, h0, h1), one, limit)
    index = v128.add<i32>(index, four)
  }
}
