// Sorts trials into classes by the value of an input, and computes figures within each class.
import type { Figure } from '../numerics/estimators/figure.ts'

export interface Bins {
  readonly count: number
  /** The lowest value, the limits between classes, and the highest value. */
  readonly edges: readonly number[]
  /** The class of each trial. */
  readonly of: Uint16Array
}

/** Forms classes of equal size. Equal values stay together, so that there may be fewer classes than wanted. */
export function binsOf(values: Float64Array, wanted: number): Bins {
  const sorted = values.slice().sort()
  const n = sorted.length
  const inner = Array.from({ length: wanted - 1 }, (_, k) => sorted[Math.floor(((k + 1) * n) / wanted)])
  const cuts = [...new Set(inner)].filter((cut) => cut > sorted[0])
  const of = new Uint16Array(n)
  for (let i = 0; i < n; i++) {
    let [low, high] = [0, cuts.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (values[i] >= cuts[middle]) low = middle + 1
      else high = middle
    }
    of[i] = low
  }
  return { count: cuts.length + 1, edges: [sorted[0], ...cuts, sorted[n - 1]], of }
}

/** Means of `number(trial)` within each class. Their errors come from the sums of each replicate. */
export function meansWithin(
  { count, of }: Pick<Bins, 'count' | 'of'>,
  starts: readonly number[],
  number: (trial: number) => number,
  probability: boolean,
): Figure[] {
  const replicates = starts.length - 1
  const sums = new Float64Array(count * replicates)
  const sizes = new Float64Array(count * replicates)
  for (let r = 0; r < replicates; r++) {
    for (let i = starts[r]; i < starts[r + 1]; i++) {
      sums[of[i] * replicates + r] += number(i)
      sizes[of[i] * replicates + r] += 1
    }
  }
  return Array.from({ length: count }, (_, bin): Figure => {
    const own = (all: Float64Array) => all.subarray(bin * replicates, (bin + 1) * replicates)
    const [sum, size] = [own(sums), own(sizes)]
    const all = size.reduce((a, b) => a + b, 0)
    const value = all > 0 ? sum.reduce((a, b) => a + b, 0) / all : 0
    const moves = sum.map((part, r) => (all > 0 ? (replicates * (part - value * size[r])) / all : 0))
    const rounding = 1e-14 * Math.abs(value)
    const kept = moves.map((move) => (Math.abs(move) <= rounding ? 0 : move))
    return { value, moves: kept, least: probability && all > 0 ? Math.sqrt(replicates) / 2 / all : 0, under: () => value }
  })
}
