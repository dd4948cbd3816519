// The parts of a sum in its worst trials: E[part | total beyond its percentile]. They add up to the expected shortfall (Euler allocation;
// Tasche, "Capital allocation to business units and sub-portfolios: the Euler principle", 2007).
import { estimateOf, type Figure, linear, meanFigure } from './figure.ts'
import { shortfallFigure } from './figures.ts'
import { MOMENTS, noErrorOf } from './infinite.ts'
import { boundaryRank } from './ordered.ts'
import type { SampledColumn } from './sorted.ts'
import { unseenFrom, unseenMean } from './unseen.ts'

/**
 * The mean of each part over the worst 1 − p of trials of the total. A trial at the boundary counts in part, so that exactly (1 − p)·N
 * trials count. To first order, the error of a part is that of the mean of its excess over its own level at the boundary. A heavy tail of the
 * total widens it as many times as the error of the total.
 * @param parts columns that add up to the total, on the same trials
 */
export function tailParts(total: SampledColumn, parts: readonly SampledColumn[], p: number): Figure[] {
  const { values, sorted, design } = total
  const n = values.length
  const rank = boundaryRank(p, n)
  const boundary = sorted[rank]
  const [above, equal] = countsFrom(sorted, boundary)
  const counted = (1 - p) * n
  const shared = Math.min(1, Math.max(0, (counted - above) / equal))
  const weight = (i: number) => (values[i] > boundary ? 1 : values[i] === boundary ? shared : 0)
  const half = Math.ceil(Math.sqrt(n))
  const [low, high] = [sorted[Math.max(0, rank - half)], sorted[Math.min(n - 1, rank + half)]]
  const whole = shortfallFigure(total, p)
  const wider = total.heavy.length > 0 ? wideningOf(whole) : 1
  return parts.map(({ values: part, beyond, heaviness }) => {
    const level = meanBetween(values, part, low, high)
    const { value, moves } = meanFigure(design.starts, (i) => weight(i) * (part[i] - level), 0)
    const scaled = moves.map((move) => (wider * move * n) / counted)
    const mean = level + (value * n) / counted
    const rare = unseenFrom([total.beyond.unseen, beyond.unseen], ([all, own], i) => (all[i] > boundary ? own[i] - level : 0))
    const least = unseenMean(rare) / (1 - p)
    const noError = whole.noError ?? noErrorOf({ heaviness }, MOMENTS.mean)
    return { value: mean, moves: scaled, least, noError, under: linear(mean, scaled) }
  })
}

/** By how many times the error of a figure exceeds the spread of its replicates. */
function wideningOf({ noError: _, se, ...figure }: Figure): number {
  const spread = estimateOf(figure).se
  return se !== undefined && spread > 0 && se < Infinity ? Math.max(1, se / spread) : 1
}

/** The number of sorted values above one of them, and equal to it. */
function countsFrom(sorted: Float64Array, boundary: number): readonly [above: number, equal: number] {
  let [above, equal] = [0, 0]
  for (let k = sorted.length - 1; k >= 0 && sorted[k] >= boundary; k--) {
    if (sorted[k] > boundary) above += 1
    else equal += 1
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
