// Skewness E[(x − μ)³]/σ³, and the influence of each replicate on it.

/** Mean of (x − μ), (x − μ)² and (x − μ)³ about the mean μ of all trials. */
export interface ThreeMoments {
  readonly first: number
  readonly second: number
  readonly third: number
}

/** A variance below this share of the squared mean is rounding. */
const ROUNDING = 1e-24

/** @returns undefined if nothing varies */
export function skewnessOf({ second, third }: ThreeMoments, mean: number): number | undefined {
  if (!(second > ROUNDING * mean * mean)) return undefined
  const skewness = third / (second * Math.sqrt(second))
  return Number.isFinite(skewness) ? skewness : undefined
}

/** The influence of some trials on the skewness of all, to first order: the mean of their own influences. */
export function skewnessMove(all: ThreeMoments, skewness: number, own: ThreeMoments): number {
  const { second, third } = all
  const cube = second * Math.sqrt(second)
  return (own.third - third - 3 * second * own.first) / cube - (1.5 * skewness * (own.second - second)) / second
}

/** The influence of one value on the skewness of all. */
export const skewnessInfluence =
  (all: ThreeMoments, skewness: number, mean: number) =>
  (value: number): number => {
    const d = value - mean
    return skewnessMove(all, skewness, { first: d, second: d * d, third: d * d * d })
  }

/**
 * Adds to the standard error from the replicates: few trials at one end decide the skewness, and one such trial more or less stands for
 * those that were not drawn.
 */
export function skewnessErrorOf(
  all: ThreeMoments,
  skewness: number,
  { mean, min, max, size }: { readonly mean: number; readonly min: number; readonly max: number; readonly size: number },
  spread: number,
): number {
  const influence = skewnessInfluence(all, skewness, mean)
  const one = Math.max(Math.abs(influence(min)), Math.abs(influence(max))) / size
  return Math.sqrt(spread * spread + one * one)
}
