// Sobol' points in Gray-code order (Antonov and Saleev 1979), Owen-scrambled by hashing (Burley, JCGT 9(4), 2020).
import { addend, below1, factor, hash4, hashFactor0, hashFactor1, one32, prepareSeeds, store4 } from './uniform'

/** Three factors of the scramble, a mask of nibbles, and a table of reversed nibbles. */
const CONSTANTS = memory.data<u32>(
  [0x3d20adea, 0x05526c56, 0x53a22864, 0x0f0f0f0f, 0x0c040800, 0x0e060a02, 0x0d050901, 0x0f070b03],
  16,
)

@inline
function constant(at: usize): v128 { return v128.load_splat<u32>(CONSTANTS + (at << 2)) }

/** The bit-reversed integer of point `index`. `directions` are bit-reversed too, so that scrambling needs no reversal before it. */
@inline
function pointAt(index: u32, directions: usize): u32 {
  let x: u32 = 0
  for (let gray = index ^ (index >> 1); gray !== 0; gray &= gray - 1) x ^= load<u32>(directions + (<usize>ctz<u32>(gray) << 2))
  return x
}

const QUARTET = memory.data(16, 16)

/** The bits in which the points 4 j … 4 j + 3 differ from the first of them. */
@inline
function quartet(directions: usize): v128 {
  const half = load<u32>(directions)
  const quarter = load<u32>(directions, 4)
  store<u32>(QUARTET, 0)
  store<u32>(QUARTET, half, 4)
  store<u32>(QUARTET, half ^ quarter, 8)
  store<u32>(QUARTET, quarter, 12)
  return v128.load(QUARTET)
}

/** The bits in which points `next` − 4 and `next` differ. */
@inline
function leap(directions: usize, next: u32): u32 {
  return load<u32>(directions, 4) ^ load<u32>(directions + (<usize>(ctz<u32>(next) & 31) << 2))
}

/** Hash of Laine and Karras with the steps of Vegdahl ("Building a better LK hash", 2021). It is an Owen scramble of bit-reversed numbers. */
@inline
function scramble(x: v128, addend: v128, factor: v128, c0: v128, c1: v128, c2: v128): v128 {
  x = v128.xor(x, v128.mul<i32>(x, c0))
  x = v128.mul<i32>(v128.add<i32>(x, addend), factor)
  x = v128.xor(x, v128.mul<i32>(x, c1))
  return v128.xor(x, v128.mul<i32>(x, c2))
}

/** Reverses the bits of each 32-bit lane: the bytes by a shuffle, then both nibbles of each byte by a table. */
@inline
function reverse(x: v128, nibbles: v128, table: v128): v128 {
  const bytes = v128.shuffle<u8>(x, x, 3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12)
  const low = v128.swizzle(table, v128.and(bytes, nibbles))
  const high = v128.swizzle(table, v128.and(v128.shr<u32>(bytes, 4), nibbles))
  return v128.or(v128.shl<i32>(low, 4), high)
}

/**
 * Points first … first + n − 1 of one coordinate, scrambled by (key, replicate); `first` is a multiple of 4. `directions` holds 32
 * bit-reversed direction integers. The bits after the 32nd are hashed, which equals scrambling them.
 */
export function fillSobol(
  out: usize, n: i32, first: u32, directions: usize, k0: u32, k1: u32, k2: u32, k3: u32, replicate: u32,
): void {
  prepareSeeds(k0, k1, k2, k3, replicate)
  const a = addend(0)
  const f = factor(0)
  const behind = addend(1)
  const c0 = constant(0)
  const c1 = constant(1)
  const c2 = constant(2)
  const nibbles = constant(3)
  const reversed = v128.load(CONSTANTS, 16)
  const h0 = hashFactor0()
  const h1 = hashFactor1()
  const one = one32()
  const limit = below1()
  const within = quartet(directions)
  let base = pointAt(first, directions)
  for (let end = out + (<usize>n << 3); out < end; out += 32) {
    const x = scramble(v128.xor(i32x4.splat(base), within), a, f, c0, c1, c2)
    store4(out, reverse(x, nibbles, reversed), hash4(v128.add<i32>(x, behind), h0, h1), one, limit)
    first += 4
    base ^= leap(directions, first)
  }
}

/** The unscrambled points as 32-bit integers (times 2^-32), for known answers. */
export function sobolIntegers(out: usize, n: i32, first: u32, directions: usize): void {
  const nibbles = constant(3)
  const reversed = v128.load(CONSTANTS, 16)
  const within = quartet(directions)
  let base = pointAt(first, directions)
  for (let end = out + (<usize>n << 2); out < end; out += 16) {
    v128.store(out, reverse(v128.xor(i32x4.splat(base), within), nibbles, reversed))
    first += 4
    base ^= leap(directions, first)
  }
}
