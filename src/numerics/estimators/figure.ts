// A figure remembers how much each replicate moved it. The difference of two figures on the same trials then has its own standard error,
// which is far smaller than that of either.
import type { Plan } from '../random/plan.ts'
import type { Estimate } from './estimate.ts'

export interface Figure {
  readonly value: number
  /** The amount by which each replicate's own trials moved the figure. These add up to nearly 0. */
  readonly moves: Float64Array
  /** The smallest standard error that may be stated. */
  readonly least: number
  /** The standard error of the figure by itself, if the replicates' moves do not give it. */
  readonly se?: number
  /** Why the figure has no standard error. */
  readonly noError?: string | undefined
  /** The figure if replicates are weighted. The mean of the weights is 1. */
  readonly under: (weights: Float64Array) => number
}

/** Reweights a figure that is linear in its replicates. */
export const linear =
  (value: number, moves: Float64Array) =>
  (weights: Float64Array): number =>
    moves.reduce((sum, move, r) => sum + ((weights[r] - 1) * move) / moves.length, value)

/** The first trial of each replicate, then the end of the last. */
export const startsOf = ({ replicates, points, trials }: Plan): number[] =>
  Array.from({ length: replicates + 1 }, (_, r) => Math.min(trials, r * points))

const errorOf = ({ moves, least }: Figure): number => {
  const r = moves.length
  if (r < 2) return least
  const squares = moves.reduce((sum, move) => sum + move * move, 0)
  return Math.max(least, Math.sqrt(squares / r / (r - 1)))
}

export function estimateOf(figure: Figure): Estimate {
  const { value, se, noError } = figure
  return noError === undefined ? { value, se: se ?? errorOf(figure) } : { value, se: Infinity, noError }
}

/** Σ weight · figure. If the weights cancel, all parts meet the same rare events, which then leave no error in a difference. */
export function combined(parts: readonly (readonly [weight: number, figure: Figure])[]): Figure {
  const moves = new Float64Array(parts[0]?.[1].moves.length ?? 0)
  let [value, least, all] = [0, 0, 0]
  for (const [weight, figure] of parts) {
    value += weight * figure.value
    all += weight
    least = Math.max(least, Math.abs(weight) * figure.least)
    figure.moves.forEach((move, r) => (moves[r] += weight * move))
  }
  const under = (weights: Float64Array) => parts.reduce((sum, [weight, figure]) => sum + weight * figure.under(weights), 0)
  const noError = parts.find(([weight, figure]) => weight !== 0 && figure.noError !== undefined)?.[1].noError
  return { value, moves, least: Math.abs(all) < 1e-9 ? 0 : least, under, noError }
}

export const difference = (a: Figure, b: Figure): Figure =>
  combined([
    [1, a],
    [-1, b],
  ])

/** a / b. */
export function ratioOf(a: Figure, b: Figure): Figure {
  const value = a.value / b.value
  const moves = a.moves.map((move, r) => (move - value * b.moves[r]) / b.value)
  return { value, moves, least: 0, under: (weights) => a.under(weights) / b.under(weights) }
}

/** The mean of `number(trial)`, from its sum in each replicate. */
export function meanFigure(starts: readonly number[], number: (trial: number) => number, least: number): Figure {
  const replicates = starts.length - 1
  const n = starts[replicates]
  // Sums of differences from the first value keep their digits.
  const origin = n > 0 ? number(0) : 0
  const sums = new Float64Array(replicates)
  for (let r = 0; r < replicates; r++) {
    let sum = 0
    for (let i = starts[r]; i < starts[r + 1]; i++) sum += number(i) - origin
    sums[r] = sum
  }
  const mean = sums.reduce((a, b) => a + b, 0) / n
  const moves = sums.map((sum, r) => (replicates / n) * (sum - mean * (starts[r + 1] - starts[r])))
  // A value that is the same in every trial differs between replicates by rounding alone.
  const rounding = 1e-14 * Math.abs(origin + mean)
  const moved = moves.map((move) => (Math.abs(move) <= rounding ? 0 : move))
  return { value: origin + mean, moves: moved, least, under: linear(origin + mean, moved) }
}
