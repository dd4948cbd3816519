// What the tests of random numbers share: reference figures, columns as arrays, and a few statistics.
import { readFileSync } from 'node:fs'
import { Arena } from '../../../src/numerics/kernel/arena.ts'
import type { RandomSource } from '../../../src/numerics/random/source.ts'

export const reference = (name: string) => JSON.parse(readFileSync(new URL(`../../reference/${name}`, import.meta.url), 'utf8'))

export const arena = new Arena()
export const out = arena.column()

/** A block's numbers of one dimension. */
export function drawn(source: RandomSource, dimension: number, replicate = 0, block = 0): Float64Array {
  source.fill(dimension, replicate, block, out, 1024)
  return arena.view(out).slice()
}

/** Kolmogorov and Smirnov's √n·D against the uniform distribution; above 2.225 has p < 1e-4. */
export function distanceFromUniform(values: Float64Array): number {
  const sorted = values.slice().sort()
  const n = sorted.length
  const distance = sorted.reduce((most, u, i) => Math.max(most, (i + 1) / n - u, u - i / n), 0)
  return distance * Math.sqrt(n)
}

/** Correlation of two columns of uniform numbers, in standard errors. */
export function correlation(x: Float64Array, y: Float64Array): number {
  const sum = x.reduce((s, u, i) => s + (u - 0.5) * (y[i] - 0.5), 0)
  return (12 * sum) / Math.sqrt(x.length)
}
