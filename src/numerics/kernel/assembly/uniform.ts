// The three samplers share how a key becomes seed words and how bits become numbers in (0, 1). These are odd multiples of 2^-53: never 0
// or 1, symmetric about 1/2, with u and 1 − u both exact. (With one more bit the midpoints above 1/2 would not be doubles, and the last
// would round to 1.) A key is four words and belongs to one named stream of one seed.

/** 2^64 divided by the golden ratio, and an odd constant unrelated to it (Steele and Vigna's table of multipliers). */
const GOLDEN: u64 = 0x9e3779b97f4a7c15
const OTHER: u64 = 0xd1342543de82ef95

@inline
export function pair(high: u32, low: u32): u64 { return (<u64>high << 32) | <u64>low }

/** Finalizer of splitmix64 (Stafford's variant 13): a bijection in which every input bit reaches every output bit. */
@inline
export function mix(x: u64): u64 {
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9
  x = (x ^ (x >> 27)) * 0x94d049bb133111eb
  return x ^ (x >> 31)
}

/** Half of a key, a replicate and a block as one hashed word. Two halves make 128 bits, too many for two streams to collide. */
@inline
export function absorb(half: u64, replicate: u32, block: u64): u64 {
  return mix(mix(mix(half + GOLDEN) ^ block) + <u64>(replicate + 1) * OTHER)
}

/** Word number `place` that a stream derives from its hashed words. */
@inline
export function derived(a: u64, b: u64, place: u64): u64 {
  return mix(mix(a + (place + 1) * GOLDEN) ^ (b + (place + 1) * OTHER))
}

// V8 rebuilds vector constants in every turn of a loop, and moves plain arithmetic from before a loop into it. A value loaded from memory
// before the loop stays in a register, so constants and seed words are in tables here and in the neighboring files.
const SEEDS = memory.data(8 * 8, 16)
/** 1 and 1 − 2^-53 */
const UNIT = memory.data<f64>([1.0, 0.9999999999999999], 16)
const CONSTANTS = memory.data<u32>([0x3ff00000, 0x7feb352d, 0x846ca68b], 16)

/** Hashes a key and a replicate to eight pairs of seed words: one for a sum, and an odd one for a product. */
export function prepareSeeds(k0: u32, k1: u32, k2: u32, k3: u32, replicate: u32): void {
  const a = absorb(pair(k0, k1), replicate, 0)
  const b = absorb(pair(k2, k3), replicate, 0)
  for (let place: u64 = 0; place < 8; place++) store<u64>(SEEDS + (<usize>place << 3), derived(a, b, place) | (<u64>1 << 32))
}

/** The seed word for a sum, in every lane. */
@inline
export function addend(at: usize): v128 { return v128.load_splat<u32>(SEEDS + (at << 3)) }
/** The odd seed word for a product. */
@inline
export function factor(at: usize): v128 { return v128.load_splat<u32>(SEEDS + (at << 3), 4) }

@inline
export function one64(): v128 { return v128.load_splat<u64>(UNIT) }
@inline
export function below1(): v128 { return v128.load_splat<f64>(UNIT, 8) }
/** The upper halves of doubles in [1, 2). */
@inline
export function one32(): v128 { return v128.load_splat<u32>(CONSTANTS) }
/** The factors of `hash4`. */
@inline
export function hashFactor0(): v128 { return v128.load_splat<u32>(CONSTANTS, 4) }
@inline
export function hashFactor1(): v128 { return v128.load_splat<u32>(CONSTANTS, 8) }

/** Turns the 52 leading bits of each word into a number in (0, 1). */
@inline
export function unit(words: v128, one: v128, below1: v128): v128 {
  return v128.sub<f64>(v128.or(v128.shr<u64>(words, 12), one), below1)
}

/** Stores four numbers in (0, 1) whose leading 32 bits are `high` and whose next 20 are the leading ones of `low`. */
@inline
export function store4(out: usize, high: v128, low: v128, one: v128, below1: v128): void {
  const upper = v128.or(v128.shr<u32>(high, 12), one)
  const lower = v128.or(v128.shl<i32>(high, 20), v128.shr<u32>(low, 12))
  const first = v128.shuffle<u32>(lower, upper, 0, 4, 1, 5)
  const second = v128.shuffle<u32>(lower, upper, 2, 6, 3, 7)
  v128.store(out, v128.sub<f64>(first, below1))
  v128.store(out, v128.sub<f64>(second, below1), 16)
}

/** Wellons' lowbias32 without its last step, since only the leading bits are read. */
@inline
export function hash4(x: v128, m0: v128, m1: v128): v128 {
  x = v128.mul<i32>(v128.xor(x, v128.shr<u32>(x, 16)), m0)
  return v128.mul<i32>(v128.xor(x, v128.shr<u32>(x, 15)), m1)
}
