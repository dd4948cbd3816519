// The values that a distribution is fitted to, with the sums that several families need.
import { type ValueCells, valueCells } from './cells.ts'

export interface FitSample {
  /** In rising order, at least two of them different. */
  readonly values: Float64Array
  readonly count: number
  readonly min: number
  readonly max: number
  readonly mean: number
  /** The root of the mean squared deviation: divided by the count, as the likelihood has it. */
  readonly sd: number
  /** Whether the values are shares, so that their percentiles describe log-odds. */
  readonly shares: boolean
  /** Present if the values are whole or rounded, and repeat. */
  readonly cells?: ValueCells
}

/** @param values finite numbers in any order; they are not changed */
export function sampleOf(values: ArrayLike<number>, shares = false): FitSample {
  const sample = plainSample(values, shares)
  const cells = sample.min < sample.max ? valueCells(sample.values) : undefined
  return { ...sample, ...(cells && { cells }) }
}

/** The values as exact numbers, whether or not they repeat. */
export function plainSample(values: ArrayLike<number>, shares: boolean): FitSample {
  const sorted = Float64Array.from(values).sort()
  const { mean, sd } = centerOf(sorted)
  const last = sorted.length - 1
  return { values: sorted, count: sorted.length, min: sorted[0], max: sorted[last], mean, sd, shares }
}

/** Mean and standard deviation, divided by the count, in two passes. */
export function centerOf(values: Float64Array): { readonly mean: number; readonly sd: number } {
  const mean = values.reduce((sum, x) => sum + x / values.length, 0)
  const variance = values.reduce((sum, x) => sum + ((x - mean) * (x - mean)) / values.length, 0)
  return { mean, sd: Math.sqrt(variance) }
}

/** The mean of a function of the values. */
export function meanOf(values: Float64Array, of: (x: number) => number): number {
  let sum = 0
  for (const x of values) sum += of(x)
  return sum / values.length
}

/** Points that spread values have at most. They only give a fit by cells its start. */
const MOST_SPREAD = 5_000

/**
 * The values of cells spread evenly over them, for methods that need a density. Amounts of 0 or more stay so, and shares stay shares.
 * @returns the sample itself if it has no cells
 */
export function spreadOver(sample: FitSample): FitSample {
  const { cells, count, min, max, shares } = sample
  if (!cells) return sample
  const { width, values, counts } = cells
  const thinning = Math.min(1, MOST_SPREAD / count)
  const spread: number[] = []
  values.forEach((x, k) => {
    const own = Math.max(1, Math.round(thinning * counts[k]))
    const low = min >= 0 ? Math.max(0, x - width / 2) : x - width / 2
    const high = shares && max <= 1 ? Math.min(1, x + width / 2) : x + width / 2
    for (let i = 0; i < own; i++) spread.push(low + ((high - low) * (i + 0.5)) / own)
  })
  return plainSample(spread, shares)
}
