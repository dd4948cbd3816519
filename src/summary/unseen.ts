// Rare values in the statistics of a run: each series and each mean in trials that have one. See `simulation/unseen.ts`.
import type { Measure } from '../compile/program.ts'
import { shareOfCheapest } from '../numerics/estimators/figures.ts'
import type { Functional } from '../numerics/estimators/layout.ts'
import { tied } from '../numerics/estimators/ties.ts'
import { unseenColumn, type UnseenValues, unseenFrom } from '../numerics/estimators/unseen.ts'
import type { Outcome } from '../run/run.ts'
import type { Node } from '../simulation/graph.ts'
import { measuredOf } from '../simulation/measured.ts'
import { type Model, modelOf } from '../simulation/model.ts'
import { farthest, type ValueRange, Reach, sumOf } from '../simulation/reach.ts'
import { firstOf, UnseenTrials } from '../simulation/unseen.ts'

export class RunUnseen {
  readonly #outcome: Outcome
  #model: Model | undefined
  #reach: Reach | undefined
  readonly #all: UnseenTrials | undefined
  readonly #monthly: UnseenTrials | undefined

  constructor(outcome: Outcome) {
    const { program, plan, measured, monthlyTrials, seed } = outcome
    this.#outcome = outcome
    if (program.dimensions.length === 0) return
    this.#all = UnseenTrials.of(this.#built, plan, seed)
    const points = plan.method === 'random' ? monthlyTrials : monthlyTrials / plan.replicates
    const monthly = firstOf(plan, { trials: monthlyTrials, points })
    this.#monthly = monthlyTrials > 0 ? UnseenTrials.of(this.#built, monthly, seed) : undefined
    this.#all?.of([...measured.costs, ...this.#built.costs, ...measured.means.reductions.flat()])
  }

  get #built(): Model {
    if (this.#model) return this.#model
    this.#model = modelOf(this.#outcome.program)
    // Reductions refer to nodes that the measures add.
    measuredOf(this.#model)
    return this.#model
  }

  get #bounds(): Reach {
    this.#reach ??= new Reach(this.#built.graph)
    return this.#reach
  }

  #values(nodes: readonly Node[]): readonly (UnseenValues | undefined)[] {
    return this.#all?.of(nodes) ?? nodes.map(() => undefined)
  }

  /** A series: the cost of an offer, or the difference of two. */
  series(series: number): UnseenValues | undefined {
    const { costs, pairs } = this.#outcome.measured
    if (series < costs.length) return this.#values([costs[series]])[0]
    const { a, b } = pairs[series - costs.length]
    const own = this.#costs()
    return unseenFrom([own[a], own[b]], ([one, other], i) => one[i] - other[i])
  }

  #costs(): readonly (UnseenValues | undefined)[] {
    return this.#all ? this.#all.of(this.#built.costs) : []
  }

  /** The amount whose mean a functional is. */
  amount({ constant, terms }: Functional): UnseenValues | undefined {
    const { reductions } = this.#outcome.measured.means
    const parts = terms.map(({ coefficient, sum }) => ({ coefficient, nodes: reductions[sum] }))
    const nodes = parts.flatMap((part) => part.nodes)
    // A constant has the trials of any other node.
    const columns = nodes.length > 0 ? this.#values(nodes) : this.#costs().slice(0, 1)
    return unseenColumn(columns, (values, trials) => {
      const all = new Float64Array(trials).fill(constant)
      let place = 0
      for (const { coefficient, nodes } of parts) {
        const [one, other] = [values[place], values[place + 1]]
        if (nodes.length === 1) for (let i = 0; i < trials; i++) all[i] += coefficient * one[i]
        else for (let i = 0; i < trials; i++) all[i] += coefficient * (one[i] * other[i])
        place += nodes.length
      }
      return all
    })
  }

  /** How far a trial of a series could go. */
  seriesReach(series: number): ValueRange {
    const { costs, pairs } = this.#outcome.measured
    if (series < costs.length) return this.#bounds.of(costs[series])
    const { a, b } = pairs[series - costs.length]
    return this.#bounds.difference(this.#built.costs[a], this.#built.costs[b])
  }

  /** The farthest that a trial could be from a value of a series. */
  seriesDistance(series: number, value: number): number {
    return farthest(this.seriesReach(series), value)
  }

  /** The farthest that a trial could be from a value of an amount. */
  distance({ constant, terms }: Functional, value: number): number {
    const { reductions } = this.#outcome.measured.means
    const parts = terms.map(({ coefficient, sum }) => [coefficient, this.#bounds.product(reductions[sum])] as const)
    return farthest(sumOf(constant, parts), value)
  }

  /** The most that an offer can cost more than another one. */
  loss(offer: number): number {
    return this.#bounds.loss(this.#built.costs, offer)
  }

  /** The share of a trial in which an offer is the cheapest. */
  cheapest(offer: number): UnseenValues | undefined {
    return unseenFrom(this.#costs(), (costs, i) => shareOfCheapest(costs, offer, i))
  }

  /** Whether one offer costs less than another. */
  cheaper(a: number, b: number): UnseenValues | undefined {
    const own = this.#costs()
    return unseenFrom([own[a], own[b]], ([one, other], i) => (one[i] < other[i] && !tied(one[i], other[i]) ? 1 : 0))
  }

  /** An offer's cost in each month, among the trials that months keep. */
  months(offer: number, measure: Measure): readonly UnseenValues[] | undefined {
    return this.#monthly?.of(this.#monthsOf(offer, measure))
  }

  /** The most that a weighted sum of an offer's months could be. */
  highestSum(offer: number, measure: Measure, weightOf: (month: number) => number): number {
    const nodes = this.#monthsOf(offer, measure)
    const terms = nodes.flatMap((node, m) => (weightOf(m) === 0 ? [] : [[weightOf(m), this.#bounds.of(node)] as const]))
    return sumOf(0, terms)[1]
  }

  /** How far the largest of some periods of an offer could go. A period is a list of months. */
  largestReach(offer: number, measure: Measure, periods: readonly (readonly number[])[]): ValueRange {
    const nodes = this.#monthsOf(offer, measure)
    const ranges = periods.map((months) =>
      sumOf(
        0,
        months.map((m) => [1, this.#bounds.of(nodes[m])] as const),
      ),
    )
    return [Math.max(...ranges.map(([low]) => low)), Math.max(...ranges.map(([, high]) => high))]
  }

  #monthsOf(offer: number, measure: Measure): readonly Node[] {
    const { billMonth, totalMonth } = this.#built.offers[offer]
    return Array.from({ length: this.#outcome.program.months }, (_, m) => (measure === 'bill' ? billMonth(m) : totalMonth(m)))
  }
}
