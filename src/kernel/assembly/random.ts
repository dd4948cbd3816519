// Uniform numbers in (0, 1): 52-bit midpoints (k + 1/2) · 2^-52, exact in a double, never 0 or 1.
import { splat } from './vector'

// @ts-ignore: decorator
@inline
function rotate(x: v128, k: i32): v128 {
  return v128.or(v128.shl<i64>(x, k), v128.shr<u64>(x, 64 - k))
}

/** The 52 leading bits of each word as a number in (0, 1). */
// @ts-ignore: decorator
@inline
function unit(word: v128): v128 {
  const between1and2 = v128.or(v128.shr<u64>(word, 12), i64x2.splat(0x3ff0000000000000))
  return v128.sub<f64>(between1and2, splat(1.0 - 1.1102230246251565e-16))
}

/** Finaliser of Stafford's variant 13 (splitmix64): every bit of the input reaches every bit of the output. */
// @ts-ignore: decorator
@inline
function mix(x: u64): u64 {
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9
  x = (x ^ (x >> 27)) * 0x94d049bb133111eb
  return x ^ (x >> 31)
}

// @ts-ignore: decorator
@inline
function word(high: u32, low: u32): u64 {
  return (<u64>high << 32) | <u64>low
}

const STATE = memory.data(4 * 4 * 8, 16)

/**
 * One state word of a lane: a hash of key, block and place. The key is 128 bits; the two halves enter at different
 * rounds, so that no two (key, block, lane) share a window of the same sequence.
 */
function stateWord(a: u64, b: u64, block: u64, place: u64): u64 {
  return mix(mix(mix(a + block * 0x9e3779b97f4a7c15) ^ b) + (place + 1) * 0xd1342543de82ef95)
}

/** xoshiro256++ (Blackman and Vigna 2021) in four lanes, seeded by a hash of (key, block, lane); output i comes from lane i mod 4. */
export function fillRandom(out: usize, n: i32, k0: u32, k1: u32, k2: u32, k3: u32, blockLow: u32, blockHigh: u32): void {
  const a = word(k0, k1)
  const b = word(k2, k3)
  const block = word(blockHigh, blockLow)
  for (let i: u64 = 0; i < 16; i++) store<u64>(STATE + (<usize>i << 3), stateWord(a, b, block, i))
  let a0 = v128.load(STATE)
  let b0 = v128.load(STATE, 16)
  let a1 = v128.load(STATE, 32)
  let b1 = v128.load(STATE, 48)
  let a2 = v128.load(STATE, 64)
  let b2 = v128.load(STATE, 80)
  let a3 = v128.load(STATE, 96)
  let b3 = v128.load(STATE, 112)
  for (let p = out, end = out + (<usize>n << 3); p < end; p += 32) {
    v128.store(p, unit(v128.add<i64>(rotate(v128.add<i64>(a0, a3), 23), a0)))
    const ta = v128.shl<i64>(a1, 17)
    a2 = v128.xor(a2, a0)
    a3 = v128.xor(a3, a1)
    a1 = v128.xor(a1, a2)
    a0 = v128.xor(a0, a3)
    a2 = v128.xor(a2, ta)
    a3 = rotate(a3, 45)
    v128.store(p, unit(v128.add<i64>(rotate(v128.add<i64>(b0, b3), 23), b0)), 16)
    const tb = v128.shl<i64>(b1, 17)
    b2 = v128.xor(b2, b0)
    b3 = v128.xor(b3, b1)
    b1 = v128.xor(b1, b2)
    b0 = v128.xor(b0, b3)
    b2 = v128.xor(b2, tb)
    b3 = rotate(b3, 45)
  }
}

/** Raw words of one xoshiro256++ whose state of four words stands at `state`, for known answers and test batteries. */
export function rawWords(state: usize, out: usize, n: i32): void {
  let s0 = load<u64>(state)
  let s1 = load<u64>(state, 8)
  let s2 = load<u64>(state, 16)
  let s3 = load<u64>(state, 24)
  for (let i = 0; i < n; i++) {
    store<u64>(out + (<usize>i << 3), rotl<u64>(s0 + s3, 23) + s0)
    const t = s1 << 17
    s2 ^= s0
    s3 ^= s1
    s1 ^= s2
    s0 ^= s3
    s2 ^= t
    s3 = rotl<u64>(s3, 45)
  }
  store<u64>(state, s0)
  store<u64>(state, s1, 8)
  store<u64>(state, s2, 16)
  store<u64>(state, s3, 24)
}

/** Laine and Karras' hash with the constants of Vegdahl (2021): on bit-reversed numbers it is an Owen scramble. */
// @ts-ignore: decorator
@inline
function scramble(x: u32, seed: u32): u32 {
  x ^= x * 0x3d20adea
  x += seed
  x *= (seed >> 16) | 1
  x ^= x * 0x05526c56
  x ^= x * 0x53a22864
  return x
}

// @ts-ignore: decorator
@inline
function reverse(x: u32): u32 {
  x = (x << 16) | (x >> 16)
  x = ((x & 0x00ff00ff) << 8) | ((x & 0xff00ff00) >> 8)
  x = ((x & 0x0f0f0f0f) << 4) | ((x & 0xf0f0f0f0) >> 4)
  x = ((x & 0x33333333) << 2) | ((x & 0xcccccccc) >> 2)
  return ((x & 0x55555555) << 1) | ((x & 0xaaaaaaaa) >> 1)
}

/**
 * Points first … first + n − 1 of one coordinate of Sobol's sequence in Gray-code order, Owen-scrambled by hashing
 * (Burley, JCGT 9(4), 2020). `directions` holds 32 bit-reversed direction integers. The bits below the 32nd are hashed
 * a point, which is what scrambling on would give. `seed` of 0 with `plain` leaves the points as they are.
 */
export function fillSobol(out: usize, n: i32, first: u32, directions: usize, seedHigh: u32, seedLow: u32, plain: i32): void {
  let x: u32 = 0
  let gray = first ^ (first >> 1)
  for (let k: usize = 0; gray !== 0; k++, gray >>= 1) if (gray & 1) x ^= load<u32>(directions + (k << 2))
  const seed = word(seedHigh, seedLow)
  for (let i: i32 = 0; i < n; i++) {
    if (plain) {
      store<f64>(out + (<usize>i << 3), <f64>reverse(x) * 2.3283064365386963e-10)
    } else {
      const high = <u64>reverse(scramble(x, seedLow))
      const low = mix(seed + (<u64>first + <u64>i) * 0x9e3779b97f4a7c15) >> 44
      const bits = (((high << 20) | low) & 0xfffffffffffff) | 0x3ff0000000000000
      store<f64>(out + (<usize>i << 3), reinterpret<f64>(bits) - (1.0 - 1.1102230246251565e-16))
    }
    x ^= load<u32>(directions + (<usize>ctz<u32>(first + <u32>i + 1) << 2))
  }
}

/** A keyed permutation of 0 … 2^bits − 1 (invertible steps as in Kensler, Pixar memo 13-01), random access. */
function permute(i: u32, bits: u32, k0: u32, k1: u32): u32 {
  if (bits === 0) return 0
  const mask: u32 = bits >= 32 ? 0xffffffff : (<u32>1 << bits) - 1
  const half = max<u32>(1, bits >> 1)
  for (let round: u32 = 0; round < 4; round++) {
    const key = <u32>mix(word(k0, k1) + <u64>round * 0x9e3779b97f4a7c15)
    i = (i + key) & mask
    i = (i * (((key >> 5) << 3) | 5)) & mask
    i ^= i >> half
    i = (i * 0x2c1b3c6d) & mask
    i ^= i >> max<u32>(1, bits - half)
    i = (i ^ (key >> 7)) & mask
  }
  return i
}

/** Points first … first + n − 1 of one coordinate of a Latin hypercube of 2^bits points: a stratum each, jittered inside. */
export function fillLatin(out: usize, n: i32, first: u32, bits: u32, k0: u32, k1: u32): void {
  const width = 1.0 / <f64>(<u64>1 << <u64>bits)
  for (let i: i32 = 0; i < n; i++) {
    const stratum = permute(first + <u32>i, bits, k0, k1)
    const jitter = (<f64>(mix(word(k1, k0) + (<u64>first + <u64>i + 1) * 0xd1342543de82ef95) >> 32) + 0.5) * 2.3283064365386963e-10
    const u = (<f64>stratum + jitter) * width
    store<f64>(out + (<usize>i << 3), min(max(u, 1.1102230246251565e-16), 1.0 - 1.1102230246251565e-16))
  }
}
