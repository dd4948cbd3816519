// Figures of costs that remember how much each replicate moved them: differences of two figures on the same futures then have their
// own standard error, which is far smaller than that of either.
import type { Plan } from '../numerics/random/plan.ts'
import type { Estimate } from '../summary/summary.ts'
import { WINDOW } from '../numerics/estimators/spread.ts'

export interface Figure {
  readonly value: number
  /** By how much each replicate's own trials moved the figure; they add up to nearly 0. */
  readonly moves: Float64Array
  /** What the standard error is at least. */
  readonly least: number
  /** The figure where each replicate counts so many times; the weights' mean is 1. */
  readonly under: (weights: Float64Array) => number
}

/** Of a figure that is linear in its replicates. */
const linear =
  (value: number, moves: Float64Array) =>
  (weights: Float64Array): number =>
    moves.reduce((sum, move, r) => sum + ((weights[r] - 1) * move) / moves.length, value)

/** Where each replicate's trials begin, and where the last ends; one more than there are replicates. */
export const startsOf = ({ replicates, points, trials }: Plan): number[] =>
  Array.from({ length: replicates + 1 }, (_, r) => Math.min(trials, r * points))

const errorOf = ({ moves, least }: Figure): number => {
  const r = moves.length
  if (r < 2) return least
  const squares = moves.reduce((sum, move) => sum + move * move, 0)
  return Math.max(least, Math.sqrt(squares / r / (r - 1)))
}

export const estimateOf = (figure: Figure): Estimate => ({ value: figure.value, se: errorOf(figure) })

/**
 * Σ weight · figure. Where the weights cancel, the same rare events come in all: what hardly a trial meets leaves no error in a
 * difference.
 */
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
  return { value, moves, least: Math.abs(all) < 1e-9 ? 0 : least, under }
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

/** A mean of `number(trial)` from what it adds up to in each replicate. */
export function meanFigure(starts: readonly number[], number: (trial: number) => number, least: number): Figure {
  const replicates = starts.length - 1
  const n = starts[replicates]
  // Sums of what exceeds the first keep their digits.
  const origin = n > 0 ? number(0) : 0
  const sums = new Float64Array(replicates)
  for (let r = 0; r < replicates; r++) {
    let sum = 0
    for (let i = starts[r]; i < starts[r + 1]; i++) sum += number(i) - origin
    sums[r] = sum
  }
  const mean = sums.reduce((a, b) => a + b, 0) / n
  const moves = sums.map((sum, r) => (replicates / n) * (sum - mean * (starts[r + 1] - starts[r])))
  // What is the same in every trial differs between replicates by rounding alone.
  const rounding = 1e-14 * Math.abs(origin + mean)
  const told = moves.map((move) => (Math.abs(move) <= rounding ? 0 : move))
  return { value: origin + mean, moves: told, least, under: linear(origin + mean, told) }
}

/** @param jumps whether rare events may not show in any trial: a mean is then never surer than half a root of replicates of trials */
export function meanOf(costs: Float64Array, starts: readonly number[], jumps: boolean): Figure {
  const replicates = starts.length - 1
  const least = jumps ? (rangeOf(costs) * Math.sqrt(replicates)) / 2 / costs.length : 0
  return meanFigure(starts, (i) => costs[i], least)
}

function rangeOf(values: Float64Array): number {
  let [low, high] = [values[0], values[0]]
  for (const value of values) {
    if (value < low) low = value
    if (value > high) high = value
  }
  return high - low
}

/** Sorted once for all percentiles of a column. */
export const sortedOf = (costs: Float64Array): Float64Array => costs.slice().sort()

/** Hyndman and Fan's type 7. */
export function quantileOf(sorted: Float64Array, p: number): number {
  const h = (sorted.length - 1) * p
  const below = Math.floor(h)
  const above = Math.min(sorted.length - 1, below + 1)
  return sorted[below] + (h - below) * (sorted[above] - sorted[below])
}

/** The share of a sample below a value, ties by half. */
export function shareBelow(sorted: Float64Array, value: number): number {
  const count = (below: (x: number) => boolean) => {
    let [from, to] = [0, sorted.length]
    while (from < to) {
      const middle = (from + to) >> 1
      if (below(sorted[middle])) from = middle + 1
      else to = middle
    }
    return from
  }
  return (count((x) => x < value) + count((x) => x <= value)) / 2 / sorted.length
}

/** The p-th percentile (Hyndman and Fan's type 7); its error is that of the share below it, over the density there. */
export function percentileOf(costs: Float64Array, sorted: Float64Array, p: number, starts: readonly number[]): Figure {
  const n = costs.length
  const value = quantileOf(sorted, p)
  const half = WINDOW * Math.sqrt((p * (1 - p)) / n)
  const [low, high] = [Math.max(0, p - half), Math.min(1, p + half)]
  const slope = (quantileOf(sorted, high) - quantileOf(sorted, low)) / (high - low)
  const below = meanFigure(starts, (i) => (costs[i] <= value ? 1 : 0), 0)
  const under = percentileUnder(costs, sorted, p, starts)
  return { value, moves: below.moves.map((move) => -slope * move), least: slope / n, under }
}

/** Half-width of the window of ranks in which a percentile of reweighted replicates is looked for, as `WINDOW`. */
const WIDE = 4.5

/** The percentile of reweighted replicates: at kinks and atoms it is not linear in them. */
function percentileUnder(costs: Float64Array, sorted: Float64Array, p: number, starts: readonly number[]): Figure['under'] {
  const n = costs.length
  const half = WIDE * Math.sqrt((p * (1 - p)) / n)
  const low = sorted[Math.max(0, Math.floor((n - 1) * (p - half)))]
  const high = sorted[Math.min(n - 1, Math.ceil((n - 1) * (p + half)))]
  const replicates = starts.length - 1
  const upToLow = new Float64Array(replicates)
  const inside: (readonly [value: number, replicate: number])[] = []
  for (let r = 0; r < replicates; r++) {
    for (let i = starts[r]; i < starts[r + 1]; i++) {
      const cost = costs[i]
      if (cost <= low) upToLow[r] += 1
      else if (cost < high) inside.push([cost, r])
    }
  }
  inside.sort(([a], [b]) => a - b)
  return (weights) => {
    const size = weights.reduce((sum, weight, r) => sum + weight * (starts[r + 1] - starts[r]), 0)
    let mass = upToLow.reduce((sum, count, r) => sum + weights[r] * count, 0)
    if (mass >= p * size) return low
    for (const [value, r] of inside) {
      mass += weights[r]
      if (mass >= p * size) return value
    }
    return high
  }
}

/** The mean of the worst (1 − p) of trials. */
export function shortfallOf(costs: Float64Array, sorted: Float64Array, p: number, starts: readonly number[]): Figure {
  const n = costs.length
  const boundary = sorted[Math.min(n - 1, Math.floor(n - (1 - p) * n + 1e-9))]
  const excess = meanFigure(starts, (i) => Math.max(0, costs[i] - boundary), 0)
  const share = 1 - p
  const value = boundary + excess.value / share
  const moves = excess.moves.map((move) => move / share)
  return { value, moves, least: 0, under: linear(value, moves) }
}

const TIE = 1e-11
const tied = (a: number, b: number): boolean => Math.abs(a - b) <= TIE * Math.max(Math.abs(a), Math.abs(b))

/** Stratified replicates may all count alike: a share is never surer than half a root of replicates of trials. */
export const leastOfShares = (starts: readonly number[]): number => Math.sqrt(starts.length - 1) / 2 / starts[starts.length - 1]

/** The share of trials in which the k-th is the cheapest; ties are shared. */
export function cheapestOf(columns: readonly Float64Array[], k: number, starts: readonly number[], least: number): Figure {
  const own = columns[k]
  const share = (i: number): number => {
    let ties = 1
    for (let other = 0; other < columns.length; other++) {
      if (other === k) continue
      if (tied(own[i], columns[other][i])) ties += 1
      else if (columns[other][i] < own[i]) return 0
    }
    return 1 / ties
  }
  return meanFigure(starts, share, least)
}

/** Whether both cost the same in every trial, but for rounding. */
export const alike = (a: Float64Array, b: Float64Array, slack: number): boolean =>
  a.every((value, i) => Math.abs(value - b[i]) <= slack * Math.max(Math.abs(value), Math.abs(b[i])))
