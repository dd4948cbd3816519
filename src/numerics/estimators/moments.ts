// Moments of one kept column, with standard errors.
import { replicateError } from './errors.ts'
import { jumpError } from './jumps.ts'

export interface Moments {
  readonly mean: number
  /** With n − 1. */
  readonly sd: number
  readonly sdError: number
  readonly min: number
  readonly max: number
}

/**
 * The moments of values that stand in equal parts, one a replicate; one part is one random sample.
 * @param jumps as in `spreadOf`
 */
export function momentsOf(values: Float64Array, parts: number, jumps: readonly number[] = []): Moments {
  const n = values.length
  const size = n / parts
  const origin = values[0]
  let [min, max] = [origin, origin]
  let [s1, s2, s3, s4] = [0, 0, 0, 0]
  const own: { readonly first: number; readonly second: number }[] = []
  for (let part = 0, i = 0; part < parts; part++) {
    let [t1, t2, t3, t4] = [0, 0, 0, 0]
    for (const end = (part + 1) * size; i < end; i++) {
      const x = values[i]
      const d = x - origin
      t1 += d
      t2 += d * d
      t3 += d * d * d
      t4 += d * d * d * d
      min = x < min ? x : min
      max = x > max ? x : max
    }
    own.push({ first: t1 / size, second: t2 / size })
    s1 += t1
    s2 += t2
    s3 += t3
    s4 += t4
  }
  const m = s1 / n
  const second = Math.max(0, s2 / n - m * m)
  const fourth = Math.max(0, s4 / n - (4 * m * s3) / n + (6 * m * m * s2) / n - 3 * m * m * m * m)
  const sd = Math.sqrt((second * n) / Math.max(1, n - 1))
  const squares = own.map((part) => part.second - 2 * m * part.first + m * m)
  const plain = Math.sqrt(Math.max(0, fourth - second * second) / n)
  const error = parts > 1 ? Math.max(replicateError(squares), (max - min) * (max - min) * jumpError(jumps, parts, size)) : plain
  // And n − 1 where n would be nearer for a net belongs to the error.
  const sdError = sd > 0 ? Math.max(error / (2 * sd), sd / (2 * n)) : 0
  return { mean: origin + m, sd, sdError, min, max }
}
