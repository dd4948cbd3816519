// Sorts trials into classes by the value of an input, and computes figures within each class.
import { firstIndex } from '../numerics/distributions/special/search.ts'
import type { Figure } from '../numerics/estimators/figure.ts'
import type { UnseenValues } from '../numerics/estimators/unseen.ts'

export interface Bins {
  readonly count: number
  /** The class of a value. */
  readonly place: (value: number) => number
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
  const place = (value: number): number => firstIndex(cuts.length, (k) => value < cuts[k])
  return { count: cuts.length + 1, place, edges: [sorted[0], ...cuts, sorted[n - 1]], of: Uint16Array.from(values, place) }
}

/** The number of trials in each class. */
export function sizesOf({ count, of }: Pick<Bins, 'count' | 'of'>): Float64Array {
  const sizes = new Float64Array(count)
  for (const bin of of) sizes[bin] += 1
  return sizes
}

/** The classes of trials with a rare value, and of the same trials with the usual one. A rare value may move a trial to another class. */
export interface RareClasses {
  readonly usual: Uint16Array
  readonly rare: Uint16Array
}

export const rareClasses = (values: UnseenValues | undefined, { place }: Pick<Bins, 'place'>): RareClasses | undefined =>
  values && { usual: Uint16Array.from(values.usual, place), rare: Uint16Array.from(values.rare, place) }

/**
 * The standard errors that rare values leave in the mean of each class.
 * @param sizes the number of trials in each class
 * @param means of the classes
 */
export function rareWithin(
  sizes: Float64Array,
  classes: RareClasses | undefined,
  values: UnseenValues | undefined,
  means: (bin: number) => number,
): Float64Array {
  const squares = new Float64Array(sizes.length)
  if (!classes || !values) return squares
  const trials = sizes.reduce((a, b) => a + b, 0)
  values.weights.forEach((weight, i) => {
    const [from, to] = [classes.usual[i], classes.rare[i]]
    const [left, came] = [values.usual[i] - means(from), values.rare[i] - means(to)]
    if (from === to) squares[to] += weight * (came - left) * (came - left)
    else {
      squares[from] += weight * left * left
      squares[to] += weight * came * came
    }
  })
  return squares.map((sum, bin) => (sizes[bin] > 0 ? (Math.sqrt(sum) * trials) / sizes[bin] : 0))
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
