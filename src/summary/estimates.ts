// From the states of a run to estimates: a value and its standard error.
import type { Outcome } from '../run/run.ts'
import { eventsOf } from '../compile/program.ts'
import { type Functional, functionalMean } from '../numerics/estimators/functional.ts'
import { jumpError } from '../numerics/estimators/jumps.ts'
import { extremesAt, seriesAt, sumAt } from '../numerics/estimators/layout.ts'
import { replicateError } from '../numerics/estimators/errors.ts'
import type { Estimate } from '../numerics/estimators/estimate.ts'

export interface Estimates {
  /** Of the column of a series. */
  readonly seriesMean: (series: number) => Estimate
  readonly sd: (series: number) => Estimate
  readonly extremes: (series: number) => { readonly min: number; readonly max: number }
  /** @param chance that there is anything at all, where it is mostly 0 */
  readonly mean: (functional: Functional, chance?: number) => Estimate
  /** A mean of counts: never surer than one trial more or less would make it. */
  readonly counted: (functional: Functional) => Estimate
  /** Share of trials, from a sum of events; where trials count in part, from that of their squares too. */
  readonly share: (sum: number, squares?: number) => Estimate
  /** Absent where the divisor is not above 0, or so near that the ratio is no finite number. */
  readonly ratio: (above: Functional, below: Functional) => Estimate | undefined
}

/** Nets by the spread of replicates; one random sample by its own variance, or by the spread of its batches. */
export function estimatesOf({ program, plan, measured, replicates, pooled }: Outcome): Estimates {
  const { layout } = measured
  const random = plan.method === 'random'
  const n = pooled[0]
  const certain = program.dimensions.length === 0
  // Stratified replicates may all count alike, and a rare event may not show at all: both leave an error of about one trial.
  const floor = certain ? 0 : (random ? 1 : Math.sqrt(replicates.length) / 2) / n
  // A jump that no replicate happens to straddle leaves the same error in a mean.
  const events = eventsOf(program).length > 0
  const jump = random ? 0 : jumpError(program.jumps, plan.replicates, plan.points)
  const rangeOf = (series: number) => rangeAt(pooled, series)
  const height = heightOf(measured, pooled)
  /** The share of a mean that a jump may leave: not more than all of it. */
  const moved = (times: number): number => (jump > 0 ? Math.min(1, jump * times) : 0)
  const spread = (f: (state: Float64Array) => number, value: number): number => {
    if (certain) return 0
    const error = random ? batchError(replicates, f, value, n) : replicateError(replicates.map(f))
    // What is the same in every trial differs between replicates by rounding alone.
    return error <= 1e-14 * Math.abs(value) ? 0 : error
  }
  const mean = (functional: Functional, chance = 1): Estimate => {
    const value = functionalMean(layout, functional, pooled)
    if (functional.terms.length === 0) return { value, se: 0 }
    return {
      value,
      se: Math.max(
        events ? Math.abs(value) / n : 0,
        Math.abs(value) * moved(Math.max(height, 1 / chance)),
        spread((state) => functionalMean(layout, functional, state), value),
      ),
    }
  }
  return {
    seriesMean(series) {
      const at = seriesAt(series)
      const value = pooled[at]
      if (random) return { value, se: Math.sqrt(pooled[at + 1] / Math.max(1, n - 1) / n) }
      const least = rangeOf(series) * (events ? floor : jump)
      return {
        value,
        se: Math.max(
          least,
          spread((state) => state[at], value),
        ),
      }
    },
    sd(series) {
      const at = seriesAt(series)
      const value = Math.sqrt(pooled[at + 1] / Math.max(1, n - 1))
      if (value === 0) return { value, se: 0 }
      const second = pooled[at + 1] / n
      if (random)
        return {
          value,
          se: Math.max(Math.sqrt(Math.max(0, pooled[at + 3] / n - second * second) / n), (value * value) / n) / (2 * value),
        }
      // The error of a spread by that of the mean square about the common mean, which is linear in the replicates; and n − 1 where n
      // would be nearer for a net belongs to the error.
      const square = (state: Float64Array) => state[at + 1] / state[0] + (state[at] - pooled[at]) * (state[at] - pooled[at])
      const error = Math.max(replicateError(replicates.map(square)), rangeOf(series) * rangeOf(series) * jump)
      return { value, se: Math.max(error / (2 * value), value / (2 * n)) }
    },
    extremes: (series) => extremesAt(pooled, series),
    mean,
    counted(functional) {
      const { value, se } = mean(functional)
      return { value, se: Math.max(se, floor) }
    },
    share(sum, squares = sum) {
      const at = sumAt(layout, sum)
      const value = pooled[at] / n
      const plain = () => Math.sqrt(Math.max(0, pooled[sumAt(layout, squares)] / n - value * value) / n)
      return { value, se: Math.max(floor, random ? plain() : spread((state) => state[at] / state[0], value)) }
    },
    ratio(above, below) {
      const divisor = functionalMean(layout, below, pooled)
      if (!(divisor > 0)) return undefined
      const value = functionalMean(layout, above, pooled) / divisor
      const of = (state: Float64Array) => {
        const own = functionalMean(layout, below, state)
        return own > 0 ? functionalMean(layout, above, state) / own : value
      }
      const least = above.terms.length + below.terms.length > 0 ? Math.abs(value) * moved(height) : 0
      const se = Math.max(spread(of, value), least)
      // A divisor next to 0 may leave no number.
      return Number.isFinite(value) && Number.isFinite(se) ? { value, se } : undefined
    },
  }
}

function rangeAt(state: Float64Array, series: number): number {
  const { min, max } = extremesAt(state, series)
  return max - min
}

/** How far a jump may move what is no cost of a horizon: as far, for its size, as the cost that moves most. */
function heightOf({ offers }: Outcome['measured'], pooled: Float64Array): number {
  const heights = offers.flatMap(({ bill, total }) =>
    [bill, total].map(({ series }) => rangeAt(pooled, series) / Math.abs(pooled[seriesAt(series)])),
  )
  return Math.max(1, ...heights.filter(Number.isFinite))
}

/** The spread of batches of unequal size: their weighted squares about the pooled value. */
function batchError(batches: readonly Float64Array[], f: (state: Float64Array) => number, value: number, n: number): number {
  const r = batches.length
  if (r < 2) return 0
  const error = (scale: number) => {
    const squares = batches.reduce((sum, state) => {
      const gap = (f(state) - value) / scale
      return sum + ((state[0] * state[0]) / (n * n)) * gap * gap
    }, 0)
    return scale * Math.sqrt((squares * r) / (r - 1))
  }
  const plain = error(1)
  // As in `replicateError`.
  return Number.isFinite(plain) ? plain : error(Math.abs(value))
}
