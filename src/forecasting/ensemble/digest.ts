// A digest of a driver's numbers. It shows whether a fit that is repeated, perhaps on another machine, gives the same bits.
import type { VolumeDriver } from './driver.ts'

const PRIMES = [0x01000193, 0x85ebca6b]

/** FNV-1a in two lanes over the words of all numbers, as 16 hexadecimal digits. */
export function fitDigest({ means, weights, shifts, factors, tops }: VolumeDriver): string {
  const lanes = [0x811c9dc5, 0x9e3779b9]
  for (const numbers of [means, weights, tops, ...shifts, ...factors.flat()]) {
    for (const word of new Uint32Array(numbers.buffer, numbers.byteOffset, 2 * numbers.length)) {
      lanes[0] = Math.imul(lanes[0] ^ word, PRIMES[0])
      lanes[1] = Math.imul(lanes[1] ^ word, PRIMES[1])
      lanes[1] ^= lanes[1] >>> 15
    }
  }
  return lanes.map((lane) => (lane >>> 0).toString(16).padStart(8, '0')).join('')
}
