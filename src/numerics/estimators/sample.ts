// One view of a sample, whether it is a kept column, a histogram or weighted trials. Every percentile, expected shortfall and probability
// is read through it, so that a figure has one value and one error wherever it appears.

/** Shares of each replicate's values, relative to one value. */
export interface Shares {
  /** The share of each replicate that is not above the value. */
  readonly upTo: readonly number[]
  /** The share of each replicate that lies below the value. Present where several values are equal to it. */
  readonly below?: readonly number[]
}

/** The values `low` and `high`, whose ranks are `share` below and `share` above a percentile. */
export interface RankReach {
  readonly share: number
  /** The number of values between the two ranks. */
  readonly ranks: number
  readonly low: number
  readonly high: number
}

/** Costs above a boundary. */
export interface Tail {
  readonly boundary: number
  /** Mean of (x − boundary)⁺ and of its square. */
  readonly mean: number
  readonly square: number
  /** The mean of each replicate. */
  readonly means: readonly number[]
}

export interface Sample {
  /** The number of values, or of equally weighted values that would be as informative. */
  readonly size: number
  readonly min: number
  readonly max: number
  /** One random sample has binomial errors. Other samples consist of independent replicates, whose spread is the error. */
  readonly random: boolean
  /** 1 for one random sample. */
  readonly replicates: number
  /** The smallest error of a share: one value more or less, or a jump. */
  readonly leastShare: number
  /** The value below which a share p lies. */
  readonly quantile: (p: number) => number
  readonly shares: (value: number) => Shares
  /** The narrowest known pair of values at least `share` away from p on both sides, or the widest pair. */
  readonly around: (p: number, share: number) => RankReach | undefined
  /** The error of a value whose place in a histogram's bin is unknown. */
  readonly placeError: (value: number) => number
  /** The costs above the percentile p. */
  readonly tail: (p: number) => Tail
  /** The most extreme values at the upper (1) or lower (−1) end, the farthest last. It ends a selection, so read other figures before. */
  readonly extreme: (count: number, sign: -1 | 1) => Float64Array
}
