// Direction integers of Sobol's sequence from the published numbers of Joe and Kuo (SIAM J. Sci. Comput. 30, 2008).
import { directionNumbers } from './direction-numbers.generated.ts'

/** The number of dimensions that have direction numbers. */
export const COORDINATES = 1024

let rows: readonly string[] | undefined

/** The 32 direction integers of a coordinate (from 0), bit-reversed: bit 0 is the half. */
export function directions(coordinate: number): Uint32Array {
  if (coordinate === 0) return Uint32Array.from({ length: 32 }, (_, k) => 1 << k)
  rows ??= directionNumbers.split('\n').filter((line) => /^\s*\d/.test(line))
  const [, degree, polynomial, ...initial] = rows[coordinate - 1].trim().split(/\s+/).map(Number)
  const plain = new Uint32Array(32)
  for (let k = 0; k < 32; k++) {
    if (k < degree) {
      plain[k] = initial[k] << (31 - k)
      continue
    }
    let value = plain[k - degree] ^ (plain[k - degree] >>> degree)
    for (let j = 1; j < degree; j++) if ((polynomial >>> (degree - 1 - j)) & 1) value ^= plain[k - j]
    plain[k] = value
  }
  return plain.map(reversed)
}

function reversed(x: number): number {
  let out = 0
  for (let k = 0; k < 32; k++) if ((x >>> k) & 1) out |= 1 << (31 - k)
  return out >>> 0
}
