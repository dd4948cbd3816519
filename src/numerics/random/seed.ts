// Turns a seed into the key words of each named stream.
import seedrandom from 'seedrandom'
import { ParameterError } from '../../errors.ts'

/** Four words of 32 bits. */
export type Key = readonly [number, number, number, number]

/**
 * The key of a run. A number is the same as its decimal text.
 * @throws ParameterError if a number is not an exact integer
 */
export function seedKey(seed: string | number): Key {
  if (typeof seed === 'number' && !Number.isSafeInteger(seed))
    throw new ParameterError('seed', 'a text or a whole number below 2^53', seed)
  const source = seedrandom(distinct(String(seed)))
  const word = () => source.int32() >>> 0
  return [word(), word(), word(), word()]
}

/**
 * A text that no other seed shares in ARC4. seedrandom keeps the low 8 bits of each UTF-16 unit, and ARC4 repeats a key until it has 256
 * bytes. Then 1 and 11, ab and abab, or a and š would be one seed. Bytes of UTF-8 after their number are distinct.
 */
function distinct(seed: string): string {
  const bytes = new TextEncoder().encode(seed)
  // ARC4 folds bytes beyond 256 over the beginning. The length still differs, and the folding mixes the rest.
  return `${bytes.length}:${Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')}`
}

/** In place of 0, which many quantiles take to minus infinity. */
const SMALLEST = 1 / 18_014_398_509_481_984

/** Independent uniform numbers inside (0, 1), the same for a seed on every machine. */
export function seededUniforms(seed: string | number): () => number {
  const source = seedrandom(distinct(String(seed)))
  return () => source.double() || SMALLEST
}

/** Finalizer of MurmurHash3 (Appleby): every bit reaches every bit. */
function mix(x: number): number {
  let h = x >>> 0
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** The key of a named stream: a hash of the run's key and the name. Streams share no state, and a new stream changes no other. */
export function streamKey(key: Key, name: string): Key {
  let [a, b, c, d] = key
  for (let i = 0; i < name.length; i++) {
    const code = name.charCodeAt(i)
    a = mix(Math.imul(a ^ code, 0x9e3779b1) + b)
    b = mix(Math.imul(b ^ code, 0x85ebca77) + c)
    c = mix(Math.imul(c ^ code, 0xc2b2ae3d) + d)
    d = mix(Math.imul(d ^ code, 0x27d4eb2f) + a)
  }
  const length = name.length
  return [mix(a ^ length), mix(b + mix(a)), mix(c + mix(b ^ length)), mix(d + mix(c))]
}
