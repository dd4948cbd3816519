// The parts of a sum in its worst trials: E[part | total beyond its percentile]. They add up to the expected shortfall (Euler allocation;
// Tasche, "Capital allocation to business units and sub-portfolios: the Euler principle", 2007).
import { estimateOf, type Figure, linear, meanFigure } from './figure.ts'
import { shortfallFigure } from './figures.ts'
import { MOMENTS, noErrorOf } from './infinite.ts'
import { boundaryRank } from './ordered.ts'
import type { SampledColumn } from './sorted.ts'
import { tied } from './ties.ts'
import { unseenFrom, unseenMean } from './unseen.ts'

/**
 * The mean of each part over the worst 1 − p of trials of the total. A trial at the boundary counts in part, so that exactly (1 − p)·N
 * trials count. To first order, the error of a part is that of the mean of its excess over its own level at the boundary. A heavy tail of the
 * total widens it as many times as the error of the total.
 * @param parts columns that add up to the total, on the same trials
 */
export function tailParts(total: SampledColumn, parts: readonly SampledColumn[], p: number): Figure[] {
  const tail = tailOf(total, p)
  return parts.map((part) => partIn(tail, part).figure)
}

/**
 * The share of each part in the mean of the worst 1 − p of trials. Shares add up to 1. Undefined if that mean is 0.
 * @param parts columns that add up to the total, on the same trials
 */
export function tailShares(total: SampledColumn, parts: readonly SampledColumn[], p: number): Figure[] | undefined {
  const tail = tailOf(total, p)
  const whole = partIn(tail, total)
  const { value: mean } = whole.figure
  if (mean === 0) return undefined
  return parts.map((part) => {
    const { figure, level } = partIn(tail, part)
    const share = figure.value / mean
    const moves = figure.moves.map((move, r) => (move - share * whole.figure.moves[r]) / mean)
    const rare = unseenFrom([total.beyond.unseen, part.beyond.unseen], ([all, own], i) =>
      all[i] > tail.boundary ? (own[i] - level - share * (all[i] - whole.level)) / mean : 0,
    )
    return { value: share, moves, least: unseenMean(rare) / (1 - p), noError: figure.noError, under: linear(share, moves) }
  })
}

interface Tail {
  readonly total: SampledColumn
  readonly p: number
  readonly boundary: number
  /** The number of trials that count, and how far each does. */
  readonly counted: number
  readonly weight: (trial: number) => number
  /** The totals between which a part's level at the boundary is taken. */
  readonly near: readonly [low: number, high: number]
  readonly wider: number
  readonly noError: string | undefined
}

function tailOf(total: SampledColumn, p: number): Tail {
  const { values, sorted } = total
  const n = values.length
  const rank = boundaryRank(p, n)
  const boundary = sorted[rank]
  const [above, equal] = countsFrom(sorted, boundary)
  const counted = (1 - p) * n
  const shared = Math.min(1, Math.max(0, (counted - above) / equal))
  const half = Math.ceil(Math.sqrt(n))
  const whole = shortfallFigure(total, p)
  return {
    ...{ total, p, boundary, counted },
    weight: (i) => (tied(values[i], boundary) ? shared : values[i] > boundary ? 1 : 0),
    near: [sorted[Math.max(0, rank - half)], sorted[Math.min(n - 1, rank + half)]],
    wider: total.heavy.length > 0 ? wideningOf(whole) : 1,
    noError: whole.noError,
  }
}

/** The mean of a part in the tail, and its level at the boundary. */
function partIn(
  tail: Tail,
  { values: part, beyond, heaviness }: SampledColumn,
): { readonly figure: Figure; readonly level: number } {
  const { total, p, boundary, counted, weight, near, wider } = tail
  const { values, design } = total
  const n = values.length
  const level = meanBetween(values, part, ...near)
  const { value, moves } = meanFigure(design.starts, (i) => weight(i) * (part[i] - level), 0)
  const scaled = moves.map((move) => (wider * move * n) / counted)
  const mean = level + (value * n) / counted
  const rare = unseenFrom([total.beyond.unseen, beyond.unseen], ([all, own], i) => (all[i] > boundary ? own[i] - level : 0))
  const least = unseenMean(rare) / (1 - p)
  const noError = tail.noError ?? noErrorOf({ heaviness }, MOMENTS.mean)
  return { figure: { value: mean, moves: scaled, least, noError, under: linear(mean, scaled) }, level }
}

/** By how many times the error of a figure exceeds the spread of its replicates. */
function wideningOf({ noError: _, se, ...figure }: Figure): number {
  const spread = estimateOf(figure).se
  return se !== undefined && spread > 0 && se < Infinity ? Math.max(1, se / spread) : 1
}

/** The number of sorted values above one of them, and equal to it but for rounding: trials at a cap do not differ by their last digits. */
function countsFrom(sorted: Float64Array, boundary: number): readonly [above: number, equal: number] {
  let [above, equal] = [0, 0]
  for (let k = sorted.length - 1; k >= 0; k--) {
    const same = tied(sorted[k], boundary)
    if (!same && sorted[k] < boundary) break
    if (same) equal += 1
    else above += 1
  }
  return [above, equal]
}

/** The mean of a part over the trials whose total lies between two amounts. */
function meanBetween(values: Float64Array, part: Float64Array, low: number, high: number): number {
  let [sum, count] = [0, 0]
  for (let i = 0; i < values.length; i++) {
    if (values[i] < low || values[i] > high) continue
    sum += part[i]
    count += 1
  }
  return sum / count
}
