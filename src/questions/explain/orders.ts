// Balanced random orders, in which inputs could become known.
import { seedKey, streamKey } from '../../numerics/random/seed.ts'
import { draws } from '../resample.ts'

/** The numbers from 0 to n − 1, each once. */
export type Order = readonly number[]

/**
 * The shifts of a random order, each followed by its reverse. With all n shifts each number stands at each place twice. Each two numbers stand
 * in both orders equally often (antithetic permutations: Mitchell, Cooper, Frank and Holmes, Journal of Machine Learning Research 23, 2022).
 * @param passes the most passes over the trials, of which each order takes n − 1. Then some shifts at equal distances are taken, at least one
 * @param seed a text. The same one gives the same orders
 */
export function squareOf(n: number, passes: number, seed: string): Order[] {
  const [start] = streamKey(seedKey(seed), 'orders')
  const next = draws(start === 0 ? 1 : start)
  const base = Array.from({ length: n }, (_, k) => k)
  for (let k = n - 1; k > 0; k--) {
    const j = next(k + 1)
    ;[base[k], base[j]] = [base[j], base[k]]
  }
  const shifts = Math.max(1, Math.min(n, Math.floor(passes / (2 * (n - 1)))))
  return Array.from({ length: shifts }, (_, k) => {
    const by = Math.floor((k * n) / shifts)
    const order = [...base.slice(by), ...base.slice(0, by)]
    return [order, [...order].reverse()]
  }).flat()
}
