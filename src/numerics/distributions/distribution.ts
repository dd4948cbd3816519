// What every distribution offers to the rest.

/**
 * A law of one real value.
 * Parameters are in the value's units; `mean` and `sd` are the distribution's own.
 */
export interface Distribution {
  readonly name: string
  readonly mean: number
  readonly sd: number
  /** Smallest and largest value, possibly infinite. */
  readonly support: readonly [number, number]
  /** Probabilities, increasing and inside (0, 1), at which the quantile jumps or its formula changes. */
  readonly kinks: readonly number[]
  /** Probabilities, inside (0, 1), at which the quantile jumps, or all but jumps: from one part of a mixture to another far from it. */
  readonly jumps?: readonly number[]
  /** Present where the law is discrete: its values, increasing, and P(X ≤ value), the last being 1. */
  readonly atoms?: { readonly values: Float64Array; readonly cumulative: Float64Array }
  /** The value at probability `p`; `q` = 1 − p is given too, so that neither tail loses digits. Both lie in [0, 1]. */
  quantile(p: number, q: number): number
  /** P(X ≤ x). */
  cdf(x: number): number
  /** P(X > x), which keeps its digits where `cdf` is nearly 1. */
  survival(x: number): number
}

/**
 * A distribution as plain data, as it stands in a resolved scenario: its name and its parameters, e.g.
 * `{ distribution: 'pert', min: 1, mode: 1.5, max: 3.5 }`.
 */
export interface DistributionSpec {
  readonly distribution: string
  readonly [parameter: string]: unknown
}

/** A number, or what we do not know about it. */
export type Uncertain = number | DistributionSpec
