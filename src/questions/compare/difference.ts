// The difference of two offers' costs, trial by trial.
import { shown, UsageError } from '../../errors.ts'
import { estimateOf } from '../../numerics/estimators/figure.ts'
import { beyondFigure, columnMean, percentileFigure, shortfallFigure, skewnessFigure } from '../../numerics/estimators/figures.ts'
import { PERCENTILE_LEVELS } from '../../numerics/estimators/levels.ts'
import type { SampledColumn } from '../../numerics/estimators/sorted.ts'
import { tailParts } from '../../numerics/estimators/tail-parts.ts'
import type { CostDifference, Estimate, Summary } from '../../summary/summary.ts'
import { checkedProbability } from '../budget/budget.ts'
import { StatedFigures } from '../budget/curve.ts'
import { sdFigure } from '../column-sd.ts'
import { percentilesOf } from '../percentiles.ts'
import type { Trials } from '../trials.ts'

export interface DifferenceShortfall {
  readonly level: number
  /** The mean difference in the worst 1 − level of trials for the first offer. Money. */
  readonly expectedShortfall: Estimate
  /** What each offer adds: its mean cost in these trials, with a minus for the second. They add up to the expected shortfall. */
  readonly offers: readonly [DifferencePart, DifferencePart]
}

export interface DifferencePart {
  readonly offer: string
  readonly amount: Estimate
}

/** The cost of an offer minus that of another, over the horizon, by the chosen measure. Money. */
export class Difference {
  readonly offer: string
  readonly minus: string
  readonly mean: Estimate
  readonly sd: Estimate
  readonly percentiles: CostDifference['percentiles']
  readonly #column: SampledColumn
  #trials: Float64Array | undefined
  readonly #costs: readonly [SampledColumn, SampledColumn]

  /**
   * @internal
   * @throws UsageError for an unknown offer, or the same offer twice
   */
  static of(trials: Trials, summary: Summary, offer: string, minus: string): Difference {
    return new Difference(trials, summary, offer, minus)
  }

  private constructor(trials: Trials, { comparison }: Summary, offer: string, minus: string) {
    const [a, b] = [trials.cost(trials.offer(offer)), trials.cost(trials.offer(minus))]
    if (offer === minus) throw new UsageError(`difference: expected two different offers, got "${offer}" twice`)
    this.#costs = [a, b]
    this.#column = trials.difference(trials.offer(offer), trials.offer(minus))
    const known = comparison.difference?.[offer]?.[minus]
    this.offer = offer
    this.minus = minus
    this.mean = known?.mean ?? estimateOf(columnMean(this.#column))
    this.sd = known?.sd ?? sdFigure(this.#column)
    this.percentiles = known?.percentiles ?? percentilesOf(this.#column, PERCENTILE_LEVELS)
  }

  /** The difference in each trial, as a copy: sorting it changes no figure. Money. */
  get trials(): Float64Array {
    this.#trials ??= this.#column.values.slice()
    return this.#trials
  }

  /** The skewness of the difference. 0 without error if it does not vary. */
  get skewness(): Estimate {
    return estimateOf(skewnessFigure(this.#column))
  }

  /** The name of the class, which bundlers shorten. */
  get [Symbol.toStringTag](): string {
    return 'Difference'
  }

  /** The difference that a share p of trials stays within. @throws UsageError unless 0 < p < 1 */
  percentile(p: number): Estimate {
    const stated = new StatedFigures(this.percentiles).at(checkedProbability(p, 'p'))
    return stated ?? estimateOf(percentileFigure(this.#column, p))
  }

  /** The probability that the first offer costs more than the second by more than an amount in the plan's currency, 0 or below too. */
  above(amount: number): Estimate {
    if (typeof amount !== 'number' || !Number.isFinite(amount))
      throw new UsageError(`amount: expected a number such as 10000 or -5000, got ${shown(amount)}`)
    return estimateOf(beyondFigure(this.#column, amount))
  }

  /** The mean of the worst 1 − level of differences, and what each offer adds to it. @throws UsageError unless 0 < level < 1 */
  expectedShortfall(level: number): DifferenceShortfall {
    const p = checkedProbability(level, 'level')
    const [own, other] = tailParts(this.#column, this.#costs, p).map(estimateOf)
    return {
      level: p,
      expectedShortfall: estimateOf(shortfallFigure(this.#column, p)),
      offers: [
        { offer: this.offer, amount: own },
        { offer: this.minus, amount: { ...other, value: 0 - other.value } },
      ],
    }
  }
}
