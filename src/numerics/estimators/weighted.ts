// Figures of weighted trials are ratios of weighted means, so that their errors include the effect of the weights.
import { firstIndex } from '../distributions/special/search.ts'
import type { Steps } from '../../pace.ts'
import type { Estimate } from './estimate.ts'
import { estimateOf, type Figure, meanFigure, ratioOf } from './figure.ts'
import { orderOf } from './order-of.ts'
import { percentileOf } from './percentile.ts'
import { exp } from '../kernel/math.ts'
import { heavyTailsOf, joinedError, missedBy, type SampleSize } from './heavy-tail.ts'
import { MOMENTS, orNoError } from './infinite.ts'
import type { Sample, Shares } from './sample.ts'
import { type Beyond, SampledColumn } from './sorted.ts'
import { unseenFrom, unseenMean, type UnseenValues } from './unseen.ts'

/** Values of the trials, with what the plan says of them. */
export interface WeightedColumn {
  readonly values: Float64Array
  readonly beyond: Pick<Beyond, 'heaviness' | 'unseen'>
}

export class Weighted {
  readonly weights: Float64Array
  readonly starts: readonly number[]
  /** The number of equally weighted trials that would be as informative (Kish). */
  readonly effective: number
  readonly #all: Figure
  /** The weights of trials with a rare value, relative to the mean weight. */
  readonly #unseen: UnseenValues | undefined

  /**
   * @param logs logarithms of the weights, up to a constant
   * @param unseen the logarithms in trials with a rare value
   */
  constructor(logs: Float64Array, starts: readonly number[], unseen?: UnseenValues) {
    const most = logs.reduce((a, b) => Math.max(a, b), -Infinity)
    this.weights = logs.map((log) => exp(log - most))
    this.starts = starts
    this.#all = meanFigure(starts, (i) => this.weights[i], 0)
    const squares = this.weights.reduce((sum, weight) => sum + weight * weight, 0)
    const sum = this.weights.reduce((a, b) => a + b, 0)
    this.effective = (sum * sum) / squares
    const mean = sum / logs.length
    this.#unseen = unseenFrom([unseen], ([own], i) => exp(own[i] - most) / mean)
  }

  /** The mean of a column, whose error allows for rare values and for the trials that a heavy tail misses. */
  *meanOf({ values, beyond }: WeightedColumn): Steps<Estimate> {
    const { value, se } = this.mean((i) => values[i])
    const rare = this.#unseenError(beyond.unseen, (own) => own - value)
    yield 0
    const missed = missedBy(heavyTailsOf(yield* this.#resampled(values)), this.#drawn, (x) => x)
    return orNoError({ value, se: joinedError(Math.max(se, rare), missed) }, beyond, MOMENTS.mean)
  }

  /** The share of trials whose value meets a condition. */
  shareOf({ values, beyond }: WeightedColumn, is: (value: number) => boolean): Estimate {
    const { value, se } = this.share((i) => is(values[i]))
    return {
      value,
      se: Math.max(
        se,
        this.#unseenError(beyond.unseen, (own) => (is(own) ? 1 : 0) - value),
      ),
    }
  }

  #unseenError(values: UnseenValues | undefined, influence: (value: number) => number): number {
    return unseenMean(unseenFrom([this.#unseen, values], ([weights, own], i) => weights[i] * influence(own[i])))
  }

  get #drawn(): SampleSize {
    return { size: this.effective, replicates: this.starts.length - 1 }
  }

  /**
   * As many equally weighted values as the trials are worth: those at even steps of the sum of the weights (systematic resampling: Kitagawa,
   * Journal of Computational and Graphical Statistics 5, 1996).
   */
  *#resampled(values: Float64Array): Steps<Sample> {
    const { weights } = this
    const size = Math.max(1, Math.floor(this.effective))
    const total = weights.reduce((a, b) => a + b, 0)
    const found = new Float64Array(size)
    let [k, sum] = [0, 0]
    for (let i = 0; i < weights.length && k < size; i++) {
      sum += weights[i]
      while (k < size && (k + 0.5) * (total / size) <= sum) found[k++] = values[i]
    }
    found.fill(found[Math.max(0, k - 1)], k)
    yield 0
    return new SampledColumn(found, { starts: [0, size], random: true, jumps: [], certain: false }).sample
  }

  mean(number: (trial: number) => number): Estimate {
    const origin = number(0)
    const { value, se } = estimateOf(this.#ratio((i) => number(i) - origin))
    return { value: origin + value, se }
  }

  #ratio(number: (trial: number) => number): Figure {
    return ratioOf(
      meanFigure(this.starts, (i) => this.weights[i] * number(i), 0),
      this.#all,
    )
  }

  /** The share of trials that meet a condition. Its error is at least half an effective trial. */
  share(is: (trial: number) => boolean): Estimate {
    const { value, se } = this.mean((i) => (is(i) ? 1 : 0))
    return { value, se: Math.max(se, this.#leastShare) }
  }

  get #leastShare(): number {
    return 0.5 / this.effective
  }

  *percentiles(values: Float64Array, ps: readonly number[]): Steps<Estimate[]> {
    const sample = yield* this.sample(values)
    const found: Estimate[] = []
    for (const p of ps) {
      yield 0
      const { value, se } = percentileOf(sample, p)
      found.push({ value, se })
    }
    return found
  }

  *sample(values: Float64Array): Steps<Sample> {
    const { weights, effective } = this
    const order = yield* orderOf(values)
    const quantile = quantilesOf(values, weights, order)
    const valueAt = (p: number) => quantile(Math.min(1, Math.max(0, p)))
    const max = values[order[order.length - 1]]
    const excess = (boundary: number) => (i: number) => Math.max(0, values[i] - boundary)
    return {
      size: effective,
      min: values[order[0]],
      max,
      random: false,
      replicates: this.starts.length - 1,
      leastShare: this.#leastShare,
      quantile,
      shares: (value) => this.#shares(values, value),
      around: (p, share) => ({ share, ranks: 2 * share * effective, low: valueAt(p - share), high: valueAt(p + share) }),
      placeError: () => 0,
      // The weights, not the values, decide how far weighted trials reach.
      extreme: () => new Float64Array(0),
      tail: (p) => {
        const boundary = quantile(p)
        const over = excess(boundary)
        const mean = this.#ratio(over)
        return { boundary, mean: mean.value, square: this.#ratio((i) => over(i) * over(i)).value, means: each(mean) }
      },
    }
  }

  #shares(values: Float64Array, value: number): Shares {
    const upTo = each(this.#ratio((i) => (values[i] <= value ? 1 : 0)))
    const equal = values.reduce((count, x) => count + (x === value ? 1 : 0), 0)
    return equal > 1 ? { upTo, below: each(this.#ratio((i) => (values[i] < value ? 1 : 0))) } : { upTo }
  }
}

/** The figure of each replicate alone, to first order. */
const each = ({ value, moves }: Figure): number[] => Array.from(moves, (move) => value + move)

/** Interpolates between the middles of the values' weights. */
function quantilesOf(values: Float64Array, weights: Float64Array, order: Uint32Array): (p: number) => number {
  const total = weights.reduce((a, b) => a + b, 0)
  const ranks = new Float64Array(values.length)
  let sum = 0
  order.forEach((i, k) => {
    sum += weights[i]
    ranks[k] = (sum - weights[i] / 2) / total
  })
  return (p) => {
    const last = ranks.length - 1
    const high = Math.min(last, 1 + firstIndex(Math.max(0, last - 1), (k) => !(ranks[k + 1] < p)))
    const low = Math.max(0, high - 1)
    const [a, b] = [values[order[low]], values[order[high]]]
    const gap = ranks[high] - ranks[low]
    return gap > 0 ? a + (b - a) * Math.min(1, Math.max(0, (p - ranks[low]) / gap)) : a
  }
}
