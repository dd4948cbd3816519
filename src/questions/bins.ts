// Trials by the value of an input: classes of equally many, and figures within each.
import type { Figure } from '../numerics/estimators/figure.ts'

export interface Bins {
  readonly count: number
  /** Lowest, those between classes, highest. */
  readonly edges: readonly number[]
  /** The class of each trial. */
  readonly of: Uint16Array
}

/** Classes of equally many trials; values that are the same stay together, so that there may be fewer. */
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

/** Means of `number(trial)` within each class, as ratios of what its trials add up to in each replicate. */
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
    const told = moves.map((move) => (Math.abs(move) <= rounding ? 0 : move))
    return { value, moves: told, least: probability && all > 0 ? Math.sqrt(replicates) / 2 / all : 0, under: () => value }
  })
}
