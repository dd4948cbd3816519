// The parts of a sum in its worst trials: E[part | total beyond its percentile]. They add up to the expected shortfall (Euler allocation;
// Tasche, "Capital allocation to business units and sub-portfolios: the Euler principle", 2007).
import { type Figure, linear, meanFigure } from './figure.ts'
import { boundaryRank } from './ordered.ts'
import type { SampledColumn } from './sorted.ts'

/**
 * The mean of each part over the worst 1 − p of trials of the total. A trial at the boundary counts in part, so that exactly (1 − p)·N
 * trials count. To first order, the error of a part is that of the mean of its excess over its own level at the boundary.
 * @param parts columns that add up to the total, on the same trials
 */
export function tailParts({ values, sorted, design }: SampledColumn, parts: readonly Float64Array[], p: number): Figure[] {
  const n = values.length
  const rank = boundaryRank(p, n)
  const boundary = sorted[rank]
  const [above, equal] = countsFrom(sorted, boundary)
  const counted = (1 - p) * n
  const shared = Math.min(1, Math.max(0, (counted - above) / equal))
  const weight = (i: number) => (values[i] > boundary ? 1 : values[i] === boundary ? shared : 0)
  const half = Math.ceil(Math.sqrt(n))
  const [low, high] = [sorted[Math.max(0, rank - half)], sorted[Math.min(n - 1, rank + half)]]
  return parts.map((part) => {
    const level = meanBetween(values, part, low, high)
    const { value, moves } = meanFigure(design.starts, (i) => weight(i) * (part[i] - level), 0)
    const scaled = moves.map((move) => (move * n) / counted)
    const mean = level + (value * n) / counted
    return { value: mean, moves: scaled, least: 0, under: linear(mean, scaled) }
  })
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
