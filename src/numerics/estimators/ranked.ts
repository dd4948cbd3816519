// Integrals of quantile functions, ∫ w(p) Q(p) dp, and how much each replicate moves them. A trial's influence is the weighted distance from
// the smallest value to its own: the derivative of Q at p is moved by −(F_r − F) over the density there (von Mises expansion).
import { allAtOnce } from '../../pace.ts'
import { orderOf } from './order-of.ts'
import { type Design, replicatesOf } from './sorted.ts'

/** Values in order. */
export interface RankedValues {
  readonly sorted: Float64Array
  /** By rank, the replicate that the value comes from. */
  readonly replicate: Uint8Array
  /** The number of values of each replicate. */
  readonly sizes: Float64Array
}

/** At most 255 replicates. */
export function rankedOf(values: Float64Array, design: Design): RankedValues {
  const order = allAtOnce(orderOf(values))
  const { starts } = design
  const own = new Uint8Array(values.length)
  const sizes = new Float64Array(replicatesOf(design))
  for (let r = 0; r < sizes.length; r++) {
    own.fill(r, starts[r], starts[r + 1])
    sizes[r] = starts[r + 1] - starts[r]
  }
  const sorted = new Float64Array(values.length)
  const replicate = new Uint8Array(values.length)
  for (let k = 0; k < order.length; k++) {
    sorted[k] = values[order[k]]
    replicate[k] = own[order[k]]
  }
  return { sorted, replicate, sizes }
}

/** How much each replicate moves the mean of weight · quantile. @param weights by rank */
export function movesOf({ sorted, replicate, sizes }: RankedValues, weights: Float64Array): Float64Array {
  const n = sorted.length
  const sums = new Float64Array(sizes.length)
  let [influence, total] = [0, 0]
  for (let k = 1; k < n; k++) {
    influence += weights[k - 1] * (sorted[k] - sorted[k - 1])
    sums[replicate[k]] += influence
    total += influence
  }
  return sums.map((sum, r) => (sizes.length / n) * (sum - (total / n) * sizes[r]))
}
