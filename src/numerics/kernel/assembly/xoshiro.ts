// xoshiro256++ (Blackman and Vigna, ACM Trans. Math. Softw. 47, 2021) in four lanes. Output i comes from lane i mod 4.
import { absorb, below1, derived, one64, pair, unit } from './uniform'

/** State word j of lane l is at 4 j + l. */
const STATE = memory.data(16 * 8, 16)

function seedLanes(k0: u32, k1: u32, k2: u32, k3: u32, replicate: u32, blockLow: u32, blockHigh: u32): void {
  const block = pair(blockHigh, blockLow)
  const a = absorb(pair(k0, k1), replicate, block)
  const b = absorb(pair(k2, k3), replicate, block)
  for (let place: u64 = 0; place < 16; place++) store<u64>(STATE + (<usize>place << 3), derived(a, b, place))
}

@inline
function rotate(x: v128, k: i32): v128 { return v128.or(v128.shl<i64>(x, k), v128.shr<u64>(x, 64 - k)) }

/** Fills whole groups of four, as numbers in (0, 1) or, for T = u64, as the words themselves. */
@inline
function generate<T>(state: usize, out: usize, n: i32): void {
  let a0 = v128.load(state)
  let b0 = v128.load(state, 16)
  let a1 = v128.load(state, 32)
  let b1 = v128.load(state, 48)
  let a2 = v128.load(state, 64)
  let b2 = v128.load(state, 80)
  let a3 = v128.load(state, 96)
  let b3 = v128.load(state, 112)
  const one = one64()
  const limit = below1()
  for (let end = out + (<usize>n << 3); out < end; out += 32) {
    const a = v128.add<i64>(rotate(v128.add<i64>(a0, a3), 23), a0)
    const b = v128.add<i64>(rotate(v128.add<i64>(b0, b3), 23), b0)
    v128.store(out, isFloat<T>() ? unit(a, one, limit) : a)
    v128.store(out, isFloat<T>() ? unit(b, one, limit) : b, 16)
    const ta = v128.shl<i64>(a1, 17)
    const tb = v128.shl<i64>(b1, 17)
    a2 = v128.xor(a2, a0)
    b2 = v128.xor(b2, b0)
    a3 = v128.xor(a3, a1)
    b3 = v128.xor(b3, b1)
    a1 = v128.xor(a1, a2)
    b1 = v128.xor(b1, b2)
    a0 = v128.xor(a0, a3)
    b0 = v128.xor(b0, b3)
    a2 = v128.xor(a2, ta)
    b2 = v128.xor(b2, tb)
    a3 = rotate(a3, 45)
    b3 = rotate(b3, 45)
  }
}

/** Numbers of one block of a named stream. Each lane's state is a hash of (key, replicate, block, lane). */
export function fillRandom(
  out: usize, n: i32, k0: u32, k1: u32, k2: u32, k3: u32, replicate: u32, blockLow: u32, blockHigh: u32,
): void {
  seedLanes(k0, k1, k2, k3, replicate, blockLow, blockHigh)
  generate<f64>(STATE, out, n)
}

/** The 64-bit words behind `fillRandom`, for test batteries. */
export function randomWords(
  out: usize, n: i32, k0: u32, k1: u32, k2: u32, k3: u32, replicate: u32, blockLow: u32, blockHigh: u32,
): void {
  seedLanes(k0, k1, k2, k3, replicate, blockLow, blockHigh)
  generate<u64>(STATE, out, n)
}

/** The words that follow a given state of the four lanes (16 words, as in STATE), for known answers. */
export function rawWords(state: usize, out: usize, n: i32): void {
  generate<u64>(state, out, n)
}
