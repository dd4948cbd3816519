// Draws some outcomes more often than they occur, in fixed shares of a net's points. Weights make up for it.

/** The largest double below 1. */
export const BELOW_1 = 0.999_999_999_999_999_9

/** Shares are multiples of 1/PARTS, so that each interval holds its exact part of a net's points. */
export const PARTS = 32

/** The uniform numbers in [from, from + share). */
export interface Interval {
  readonly from: number
  readonly share: number
}

/**
 * An interval for each outcome. Shares lie halfway between the probabilities, as in plain sampling, and their square roots, which suit the
 * spread within outcomes better.
 * @param masses probabilities that add up to 1, of at most PARTS outcomes
 */
export function intervalsOf(masses: readonly number[]): Interval[] {
  const roots = masses.reduce((sum, mass) => sum + Math.sqrt(mass), 0)
  const wished = masses.map((mass) => (PARTS * (mass + Math.sqrt(mass) / roots)) / 2)
  const parts = wished.map((wish) => Math.max(1, Math.floor(wish)))
  for (let over = PARTS - parts.reduce((a, b) => a + b, 0); over !== 0; over -= Math.sign(over)) {
    // Add where the wish is least fulfilled, or take where it is most exceeded.
    const gaps = wished.map((wish, k) => (over < 0 && parts[k] === 1 ? Infinity : Math.sign(over) * (parts[k] - wish)))
    parts[gaps.indexOf(Math.min(...gaps))] += Math.sign(over)
  }
  let from = 0
  return masses.map((_, k) => {
    const share = parts[k] / PARTS
    from += share
    return { share, from: from - share }
  })
}

/** The place of the interval that holds a uniform number. */
export function placeIn(intervals: readonly Interval[], u: number): number {
  let k = intervals.length - 1
  while (k > 0 && u < intervals[k].from) k -= 1
  return k
}

/** Maps uniform numbers to uniform numbers, so that each of a few parts of (0, 1) gets a fixed share of the points. */
export class FixedShares {
  readonly #intervals: readonly Interval[]
  /** The probability below each part, then 1. */
  readonly #edges: readonly number[]

  /** @param edges probabilities between the parts, increasing */
  constructor(edges: readonly number[]) {
    this.#edges = [0, ...edges, 1]
    this.#intervals = intervalsOf([...edges, 1].map((edge, k) => edge - this.#edges[k]))
  }

  /** Moves the numbers in place, and multiplies the weights to make up for it. */
  apply(numbers: Float64Array, weights: Float64Array): void {
    const [edges, intervals] = [this.#edges, this.#intervals]
    for (let row = 0; row < numbers.length; row++) {
      const u = numbers[row]
      const k = placeIn(intervals, u)
      const { from, share } = intervals[k]
      const mass = edges[k + 1] - edges[k]
      numbers[row] = Math.min(BELOW_1, edges[k] + ((u - from) / share) * mass)
      weights[row] *= mass / share
    }
  }
}
