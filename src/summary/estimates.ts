// Turns the sums of a run into estimates, each with its standard error.
import type { Outcome } from '../run/run.ts'
import { replicateError } from '../numerics/estimators/errors.ts'
import type { Estimate } from '../numerics/estimators/estimate.ts'
import type { SampleSize } from '../numerics/estimators/heavy-tail.ts'
import { extremesAt, type Functional, functionalMean, seriesAt, sumAt } from '../numerics/estimators/layout.ts'
import { type OrderFigures, type Unmet, withUnseen } from '../numerics/estimators/levels.ts'
import { sdErrorOf } from '../numerics/estimators/moments.ts'
import { rareTurns, unmetMean, unmetSd } from '../numerics/estimators/regret.ts'
import { skewnessErrorOf, skewnessMove, skewnessOf, type ThreeMoments } from '../numerics/estimators/skewness.ts'
import { unseenFrom, unseenMean, unseenSd, unseenSkewness, type UnseenValues } from '../numerics/estimators/unseen.ts'
import type { Turn } from '../simulation/measured.ts'
import { RunUnseen } from './unseen.ts'
import { MOMENTS, orNoError } from '../numerics/estimators/infinite.ts'
import { type CostTail, seriesTails, settledMean, settledSd, settledSkewness } from './tails.ts'

/** Replicates may agree by chance. No error of a part grows by more than this. */
const WIDEST = 1e6
/** The weight at which the influence of a value is measured. */
const NUDGE = 1e-6

/** What the kept trials of a month may not show. */
export type KeptMonths = Omit<Unmet, 'trials'>

/** The error of a stratified run comes from the spread of its replicates. A random sample has its own variance, or the spread of batches. */
export class RunEstimates {
  readonly #outcome: Outcome
  readonly #pooled: Float64Array
  readonly #n: number
  readonly #random: boolean
  readonly #certain: boolean
  /** The least error of a share is about one trial, since replicates can agree by chance and miss a rare event. */
  readonly #floor: number
  /** By series. */
  readonly #tails: readonly CostTail[]
  /** Of the latest list that a statistic read. */
  #amounts: { readonly functionals: readonly Functional[]; readonly values: readonly (UnseenValues | undefined)[] } | undefined
  /** Rare values that the trials may not contain. */
  readonly unseen: RunUnseen

  constructor(outcome: Outcome) {
    const { program, plan, replicates, pooled } = outcome
    this.#outcome = outcome
    this.#pooled = pooled
    this.#n = pooled[0]
    this.#random = plan.method === 'random'
    this.#certain = program.dimensions.length === 0
    this.#floor = this.#certain ? 0 : (this.#random ? 1 : Math.sqrt(replicates.length) / 2) / this.#n
    this.#tails = seriesTails(outcome)
    this.unseen = new RunUnseen(outcome)
  }

  /** How so many trials of the run were drawn, by default all. */
  drawn(size = this.#n): SampleSize {
    return { size, replicates: this.#random ? 1 : this.#outcome.replicates.length }
  }

  /** The mean of a series. */
  seriesMean(series: number): Estimate {
    return settledMean(this.#spreadMean(series), this.#tails[series], this.drawn())
  }

  /** The mean of a series, with the error that the replicates show. */
  #spreadMean(series: number): Estimate {
    const at = seriesAt(series)
    const value = this.#pooled[at]
    const unseen = unseenMean(this.unseen.series(series))
    const { min, max } = this.extremes(series)
    if (min === max) {
      return { value, se: unseen || this.#unmet(() => unmetMean(this.unseen.seriesDistance(series, value), this.#n)) }
    }
    if (this.#random) return { value, se: Math.max(unseen, Math.sqrt(this.#pooled[at + 1] / Math.max(1, this.#n - 1) / this.#n)) }
    return {
      value,
      se: Math.max(
        unseen,
        this.#spread((state) => state[at], value),
      ),
    }
  }

  /** The standard deviation of a series, with n − 1. */
  sd(series: number): Estimate {
    const mean = this.#pooled[seriesAt(series)]
    return settledSd(this.#spreadSd(series), mean, this.#tails[series], this.drawn())
  }

  #spreadSd(series: number): Estimate {
    const [at, n, pooled] = [seriesAt(series), this.#n, this.#pooled]
    const value = Math.sqrt(pooled[at + 1] / Math.max(1, n - 1))
    const unseen = unseenSd(this.unseen.series(series), pooled[at], value)
    if (value === 0) {
      return { value, se: unseen || this.#unmet(() => unmetSd(this.unseen.seriesDistance(series, pooled[at]), n)) }
    }
    return { value, se: Math.max(unseen, sdErrorOf(value, n, this.#squareError(series))) }
  }

  /** The error of the mean square about the mean, from the trials. */
  #squareError(series: number): number {
    const [at, n, pooled] = [seriesAt(series), this.#n, this.#pooled]
    const second = pooled[at + 1] / n
    if (this.#random) return Math.sqrt(Math.max(0, pooled[at + 3] / n - second * second) / n)
    const square = (state: Float64Array) => state[at + 1] / state[0] + (state[at] - pooled[at]) * (state[at] - pooled[at])
    return replicateError(this.#outcome.replicates.map(square))
  }

  /** The skewness of a series, or undefined if it does not vary. */
  skewness(series: number): Estimate | undefined {
    const mean = this.#pooled[seriesAt(series)]
    const all = momentsIn(this.#pooled, series, mean)
    const value = skewnessOf(all, mean)
    if (value === undefined) return undefined
    const { replicates } = this.#outcome
    const move = (state: Float64Array) => skewnessMove(all, value, momentsIn(state, series, mean))
    const spread = this.#random ? batchError(replicates, move, 0, this.#n) : replicateError(replicates.map(move))
    const se = skewnessErrorOf(all, value, { mean, size: this.#n, ...this.extremes(series) }, spread)
    const unseen = unseenSkewness(this.unseen.series(series), all, mean)
    const sd = Math.sqrt(all.second)
    return settledSkewness({ value, se: Math.max(se, unseen) }, mean, sd, this.#tails[series], this.drawn())
  }

  extremes(series: number): { readonly min: number; readonly max: number } {
    return extremesAt(this.#pooled, series)
  }

  /** The series of the cost whose mean its heavy tail widens most. */
  get heaviest(): number {
    const series = this.#outcome.measured.offers.flatMap(({ bill, total }) => [bill.series, total.series])
    return series.reduce((most, one) => (this.#widening(one) > this.#widening(most) ? one : most))
  }

  /** By how many times a heavy tail widens the error of the mean, or of the standard deviation, of a series. */
  #widening(series: number, moment: 'mean' | 'sd' = 'mean'): number {
    const spread = (moment === 'mean' ? this.#spreadMean(series) : this.#spreadSd(series)).se
    const settled = moment === 'mean' ? this.seriesMean(series) : this.sd(series)
    return spread > 0 ? settled.se / spread : 1
  }

  /** A part of a cost has no kept values. A heavy tail widens its error as many times as that of the cost. */
  #widened(part: Estimate, cost: number | undefined, moment: 'mean' | 'sd' = 'mean'): Estimate {
    if (cost === undefined || part.se === 0) return part
    const widened = { ...part, se: part.se * Math.max(1, Math.min(WIDEST, this.#widening(cost, moment))) }
    return orNoError(widened, this.#tails[cost], MOMENTS[moment])
  }

  /** @param cost the series of the cost that the amount belongs to */
  mean(functional: Functional, cost?: number): Estimate {
    const of = this.#meanOf(functional)
    const value = of(this.#pooled)
    if (functional.terms.length === 0) return { value, se: 0 }
    const se = Math.max(unseenMean(this.unseen.amount(functional)), this.#spread(of, value))
    if (se === 0) return { value, se: this.#unmet(() => unmetMean(this.unseen.distance(functional, value), this.#n)) }
    return this.#widened({ value, se }, cost)
  }

  /** The error that arrivals or departures leave in a mean of heads, if few trials have them or none. */
  turnError({ heads, lead }: Turn): number {
    if (this.#certain) return 0
    const beyond = this.#n * this.#meanOf(heads)(this.#pooled)
    const possible = heads.terms.length > 0 && (beyond > 0 || this.unseen.distance(heads, 0) > 0)
    return possible ? rareTurns(Math.abs(this.#meanOf(lead)(this.#pooled)), beyond, this.#n) : 0
  }

  /**
   * The mean of values that only some trials keep, with the error that they show.
   * @param distance the farthest that a trial could be from the mean
   */
  keptMean(
    { value, se }: Estimate,
    unseen: UnseenValues | undefined,
    tail: CostTail,
    size: number,
    distance: () => number,
  ): Estimate {
    const error = Math.max(se, unseenMean(unseen))
    const known = error > 0 ? error : this.#unmet(() => unmetMean(distance(), size))
    return settledMean({ value, se: known }, tail, this.drawn(size))
  }

  /** The error of a figure that was the same in all trials, but need not be in the next one. */
  #unmet(error: () => number): number {
    return this.#certain ? 0 : error()
  }

  /**
   * A function of the means of some functionals, with its error.
   * @param cost the series of the cost that the amount belongs to
   * @param moment the moment of the cost that the function depends on
   */
  statistic(
    of: (means: readonly number[]) => number,
    functionals: readonly Functional[],
    cost: number,
    moment: 'mean' | 'sd' = 'mean',
  ): Estimate {
    const meansIn = (state: Float64Array) => functionals.map((functional) => this.#meanOf(functional)(state))
    const means = meansIn(this.#pooled)
    const value = of(means)
    // The influence of a rare value: how the function moves as the value gets a little weight.
    const moved = unseenFrom(
      this.#amountsOf(functionals),
      (columns, i) => (of(means.map((mean, k) => mean + NUDGE * (columns[k][i] - mean))) - value) / NUDGE,
    )
    const spread = this.#spread((state) => of(meansIn(state)), value)
    return this.#widened({ value, se: Math.max(unseenMean(moved), spread) }, cost, moment)
  }

  /** The amounts of some functionals in trials with a rare value. Several statistics of the same list follow each other. */
  #amountsOf(functionals: readonly Functional[]): readonly (UnseenValues | undefined)[] {
    if (this.#amounts?.functionals !== functionals)
      this.#amounts = { functionals, values: functionals.map((functional) => this.unseen.amount(functional)) }
    return this.#amounts.values
  }

  /** A mean of counts. Its error is at least that of one trial. */
  counted(functional: Functional): Estimate {
    const { value, se } = this.mean(functional)
    return { value, se: Math.max(se, this.#floor) }
  }

  /**
   * @param unseen the share of each trial with a rare value
   * @param squares the sum of squares, if trials count in part
   */
  share(sum: number, unseen: UnseenValues | undefined, squares = sum): Estimate {
    const { layout } = this.#outcome.measured
    const at = sumAt(layout, sum)
    const value = this.#pooled[at] / this.#n
    const error = this.#random
      ? Math.sqrt(Math.max(0, this.#pooled[sumAt(layout, squares)] / this.#n - value * value) / this.#n)
      : this.#spread((state) => state[at] / state[0], value)
    return { value, se: Math.max(this.#floor, unseenMean(unseen), error) }
  }

  /** The ratio of two means, or undefined if it is not finite. */
  ratio(above: Functional, below: Functional, cost?: number): Estimate | undefined {
    const [over, under] = [this.#meanOf(above), this.#meanOf(below)]
    const divisor = under(this.#pooled)
    if (!(divisor > 0)) return undefined
    const value = over(this.#pooled) / divisor
    const of = (state: Float64Array) => {
      const own = under(state)
      return own > 0 ? over(state) / own : value
    }
    const moved = unseenFrom([this.unseen.amount(above), this.unseen.amount(below)], ([a, b], i) => (a[i] - value * b[i]) / divisor)
    const se = Math.max(this.#spread(of, value), unseenMean(moved))
    return Number.isFinite(value) && Number.isFinite(se) ? this.#widened({ value, se }, cost) : undefined
  }

  /** The order figures of a series, whose expected shortfalls have at least the error of what the trials may not show. */
  ordered(series: number, figures: OrderFigures): OrderFigures {
    if (this.#certain) return figures
    return withUnseen(figures, {
      unseen: this.unseen.series(series),
      trials: this.#n,
      highest: () => this.unseen.seriesReach(series)[1],
    })
  }

  /** The same of a cost by month, or of a weighted sum of months. */
  orderedMonths(figures: OrderFigures, months: KeptMonths): OrderFigures {
    return this.#certain ? figures : withUnseen(figures, { ...months, trials: this.#outcome.monthlyTrials })
  }

  #meanOf(functional: Functional): (state: Float64Array) => number {
    const { layout } = this.#outcome.measured
    return (state) => functionalMean(layout, functional, state)
  }

  #spread(of: (state: Float64Array) => number, value: number): number {
    if (this.#certain) return 0
    const { replicates } = this.#outcome
    const error = this.#random ? batchError(replicates, of, value, this.#n) : replicateError(replicates.map(of))
    // A constant differs between replicates by rounding alone.
    return error <= 1e-14 * Math.abs(value) ? 0 : error
  }
}

/** The moments of a series about another mean. */
function momentsIn(state: Float64Array, series: number, mean: number): ThreeMoments {
  const at = seriesAt(series)
  const [n, first] = [state[0], state[at] - mean]
  const [second, third] = [state[at + 1] / n, state[at + 2] / n]
  return { first, second: second + first * first, third: third + 3 * first * second + first * first * first }
}

/** The standard error from batches of unequal size: their weighted squares about the pooled value. */
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
  // Squares of huge values overflow, as in `replicateError`.
  return Number.isFinite(plain) ? plain : error(Math.abs(value))
}
