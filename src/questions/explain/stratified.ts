// Means over trials whose cells have known probabilities: each cell counts with its probability, and not with the share of trials that
// happened to fall into it (post-stratification: Cochran, Sampling Techniques, 1977, section 5A.9).
import { type Figure, linear, meanFigure } from '../../numerics/estimators/figure.ts'
import { joinedError } from '../../numerics/estimators/heavy-tail.ts'
import { unseenMean, type UnseenValues } from '../../numerics/estimators/unseen.ts'
import type { Cells } from './cells.ts'

/** Trials with the cells of all inputs. */
export interface Stratified {
  /** Where each replicate begins, and where the last one ends. */
  readonly starts: readonly number[]
  readonly cells: Cells
  /** Of trials with a rare value: the weights without those of inputs, whose cells have known probabilities. */
  readonly eventWeights?: Float64Array | undefined
}

/** A cell with fewer trials says little about its own spread. */
const FEW = 4

/**
 * The mean of `number(trial)`. Without known probabilities it is the plain mean. Of a cell with hardly any trial, the error is its
 * probability times the largest number of all trials, those with a rare value included.
 * @param unseen the number in trials with a rare value
 */
export function stratifiedMean(
  { starts, cells, eventWeights }: Stratified,
  number: (trial: number) => number,
  unseen: UnseenValues | undefined,
): Figure {
  const { of, masses, count } = cells
  if (!masses || count === 1) return meanFigure(starts, number, unseenMean(unseen))
  const replicates = starts.length - 1
  const sums = Array.from({ length: replicates }, () => new Float64Array(count))
  const sizes = Array.from({ length: replicates }, () => new Float64Array(count))
  let most = unseen ? unseen.rare.reduce((far, value) => Math.max(far, Math.abs(value)), 0) : 0
  for (let r = 0; r < replicates; r++) {
    for (let i = starts[r]; i < starts[r + 1]; i++) {
      const value = number(i)
      most = Math.max(most, Math.abs(value))
      sums[r][of[i]] += value
      sizes[r][of[i]] += 1
    }
  }
  const moves = new Float64Array(replicates)
  let [value, least] = [0, 0]
  for (let cell = 0; cell < count; cell++) {
    const size = sizes.reduce((sum, own) => sum + own[cell], 0)
    if (size < FEW) least += masses[cell] * most
    if (size === 0) continue
    const mean = sums.reduce((sum, own) => sum + own[cell], 0) / size
    value += masses[cell] * mean
    // The mean of few trials lies closer to them than to the mean of all.
    const wider = Math.sqrt(size / Math.max(1, size - 1))
    for (let r = 0; r < replicates; r++)
      moves[r] += ((wider * masses[cell] * replicates) / size) * (sums[r][cell] - mean * sizes[r][cell])
  }
  if (unseen && eventWeights) least = joinedError(least, unseenMean({ ...unseen, weights: eventWeights }))
  const rounding = 1e-14 * most
  const moved = moves.map((move) => (Math.abs(move) <= rounding ? 0 : move))
  return { value, moves: moved, least, under: linear(value, moved) }
}

/** The largest minus the smallest of the numbers. */
export function rangeOf(count: number, number: (trial: number) => number): number {
  let [low, high] = [Infinity, -Infinity]
  for (let i = 0; i < count; i++) {
    const value = number(i)
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  return high - low
}
