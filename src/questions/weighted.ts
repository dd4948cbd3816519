// Figures of weighted futures: ratios of weighted means, so that their errors hold what the weights add.

import type { Estimate } from '../summary/summary.ts'
import { WINDOW } from '../numerics/estimators/spread.ts'
import { estimateOf, type Figure, meanFigure, ratioOf } from './figures.ts'

export class Weighted {
  readonly weights: Float64Array
  readonly starts: readonly number[]
  /** How many equally weighted futures would say as much (Kish). */
  readonly effective: number
  readonly #all: Figure

  /** @param logs logarithms of the weights, but for a constant */
  constructor(logs: Float64Array, starts: readonly number[], exp: (x: number) => number) {
    const most = logs.reduce((a, b) => Math.max(a, b), -Infinity)
    this.weights = logs.map((log) => exp(log - most))
    this.starts = starts
    this.#all = meanFigure(starts, (i) => this.weights[i], 0)
    const squares = this.weights.reduce((sum, weight) => sum + weight * weight, 0)
    const sum = this.weights.reduce((a, b) => a + b, 0)
    this.effective = (sum * sum) / squares
  }

  mean(number: (trial: number) => number): Estimate {
    const origin = number(0)
    const found = ratioOf(
      meanFigure(this.starts, (i) => this.weights[i] * (number(i) - origin), 0),
      this.#all,
    )
    const { value, se } = estimateOf(found)
    return { value: origin + value, se }
  }

  /** P(number ≤ bound): never surer than half a future among the effective ones. */
  share(is: (trial: number) => boolean): Estimate {
    const { value, se } = this.mean((i) => (is(i) ? 1 : 0))
    return { value, se: Math.max(se, 0.5 / this.effective) }
  }

  percentiles(values: Float64Array, ps: readonly number[]): Estimate[] {
    const order = Uint32Array.from(values, (_, i) => i).sort((a, b) => values[a] - values[b])
    const total = this.weights.reduce((a, b) => a + b, 0)
    const ranks = new Float64Array(values.length)
    let sum = 0
    order.forEach((i, k) => {
      sum += this.weights[i]
      ranks[k] = (sum - this.weights[i] / 2) / total
    })
    const at = (p: number): number => {
      let [low, high] = [0, ranks.length - 1]
      while (high - low > 1) {
        const middle = (low + high) >> 1
        if (ranks[middle] < p) low = middle
        else high = middle
      }
      const [a, b] = [values[order[low]], values[order[high]]]
      const gap = ranks[high] - ranks[low]
      return gap > 0 ? a + (b - a) * Math.min(1, Math.max(0, (p - ranks[low]) / gap)) : a
    }
    return ps.map((p) => {
      const value = at(p)
      const half = WINDOW * Math.sqrt((p * (1 - p)) / this.effective)
      const [low, high] = [Math.max(0, p - half), Math.min(1, p + half)]
      const slope = (at(high) - at(low)) / (high - low)
      return { value, se: slope * this.share((i) => values[i] <= value).se }
    })
  }
}
