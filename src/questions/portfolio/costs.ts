// The costs of a portfolio and of its plans with their statistics, from one run of the common trials.
import type { Estimate } from '../../numerics/estimators/estimate.ts'
import { estimateOf, linear, startsOf } from '../../numerics/estimators/figure.ts'
import { MOMENTS, orNoError } from '../../numerics/estimators/infinite.ts'
import { type Beyond, type Design, SampledColumn } from '../../numerics/estimators/sorted.ts'
import { prepared } from '../../numerics/estimators/sorting.ts'
import { unseenFrom, unseenMean } from '../../numerics/estimators/unseen.ts'
import type { Plan } from '../../numerics/random/plan.ts'
import { BeyondTrials } from '../../simulation/beyond.ts'
import type { Node } from '../../simulation/graph.ts'
import type { CostNodes, PortfolioModel } from '../../simulation/portfolio.ts'
import { type PartSums, portfolioTrials } from '../../simulation/portfolio-trials.ts'
import { formatMonth } from '../../months.ts'
import type { Quarter } from '../../summary/periods.ts'
import type { Cost, CostStatistics, MonthlyCost, WorstCost } from '../../summary/summary.ts'
import { costStatistics } from './cost.ts'
import { type PeriodsOfCosts, periodStatistics, type PortfolioSampling } from './periods.ts'

/** The portfolio's first month, and its quarters. */
export interface Calendar {
  readonly start: number
  readonly quarters: readonly Quarter[]
}

export class PortfolioCosts {
  readonly #columns: ReadonlyMap<Node, SampledColumn>
  readonly #mean: (nodes: readonly Node[]) => Estimate
  readonly #calendar: Calendar
  readonly #periods: PeriodsOfCosts
  readonly #statistics = new Map<SampledColumn, CostStatistics>()

  /** Runs the trials of a portfolio. */
  static async of(model: PortfolioModel, calendar: Calendar, sampling: PortfolioSampling): Promise<PortfolioCosts> {
    const { plan, seed, pace } = sampling
    const costs = [model.all, ...model.plans].flatMap(({ bill, total }) => [bill, total])
    const kept = [...new Set(costs.map(({ horizon }) => horizon))]
    const added = [...new Set(costs.flatMap(({ months }) => months))]
    pace.expect(plan.trials)
    const trials = await pace.through(portfolioTrials({ graph: model.graph, kept, added }, model.program.dimensions, plan, seed))
    const beyond = new BeyondTrials(model, plan, seed).of([...kept, ...added])
    const design = (starts: readonly number[]) => designOf(model, plan, starts)
    const columns = new Map<Node, SampledColumn>()
    for (const [k, node] of kept.entries())
      columns.set(node, await pace.through(prepared(new SampledColumn(trials.column(node), design(startsOf(plan)), beyond[k]))))
    const beyondOf = (node: Node) => beyond[kept.length + added.indexOf(node)]
    const mean = (nodes: readonly Node[]) => meanOf(nodes.map(trials.summed), plan, nodes.map(beyondOf))
    return new PortfolioCosts(columns, mean, calendar, await periodStatistics(model, calendar.quarters, sampling, design))
  }

  private constructor(
    columns: ReadonlyMap<Node, SampledColumn>,
    mean: (nodes: readonly Node[]) => Estimate,
    calendar: Calendar,
    periods: PeriodsOfCosts,
  ) {
    this.#columns = columns
    this.#mean = mean
    this.#calendar = calendar
    this.#periods = periods
  }

  /** A cost over the horizon in all trials. */
  column({ horizon }: CostNodes): SampledColumn {
    const found = this.#columns.get(horizon)
    if (!found) throw new Error('the cost was not sampled')
    return found
  }

  /** @param point the point estimate of each month @param detailed whether its months and quarters have more than means */
  cost(nodes: CostNodes, point: readonly number[], detailed = false): Cost {
    const { start, quarters } = this.#calendar
    const own = detailed ? this.#periods.get(nodes.months[0]) : undefined
    const added = (months: readonly number[]) => months.reduce((sum, m) => sum + point[m], 0)
    const part = (months: readonly number[], statistics: CostStatistics | undefined): MonthlyCost => ({
      point: added(months),
      ...statistics,
      mean: this.#mean(months.map((m) => nodes.months[m])),
    })
    const worst = (periods: readonly (readonly number[])[], statistics: CostStatistics): WorstCost => ({
      point: Math.max(...periods.map(added)),
      ...statistics,
    })
    return {
      point: point.reduce((a, b) => a + b, 0),
      ...this.#statisticsOf(this.column(nodes)),
      monthly: nodes.months.map((_, m) => part([m], own?.months[m])),
      quarterly: quarters.map(({ name, months }, k) => ({
        ...{ quarter: name, months: months.map((m) => formatMonth(start + m)) },
        ...part(months, own?.quarters[k]),
      })),
      ...(own && {
        worstMonth: worst(
          nodes.months.map((_, m) => [m]),
          own.worstMonth,
        ),
        worstQuarter: worst(
          quarters.map(({ months }) => months),
          own.worstQuarter,
        ),
      }),
    }
  }

  /** A bill and a total without people are one column. */
  #statisticsOf(column: SampledColumn): CostStatistics {
    const found = this.#statistics.get(column) ?? costStatistics(column)
    this.#statistics.set(column, found)
    return found
  }
}

const designOf = ({ program: { jumps, dimensions } }: PortfolioModel, plan: Plan, starts: readonly number[]): Design => ({
  starts,
  jumps,
  random: plan.method === 'random',
  certain: dimensions.length === 0,
})

/** The mean of a sum of nodes in all trials, with the error of the parts, at least that of rare values. */
function meanOf(nodes: readonly PartSums[], { trials }: Plan, beyond: readonly Beyond[]): Estimate {
  const [{ sums: first, sizes }] = nodes
  const sums = nodes.length === 1 ? first : first.map((_, r) => nodes.reduce((sum, own) => sum + own.sums[r], 0))
  const heaviness = Math.max(...beyond.map((own) => own.heaviness))
  const unseen = unseenFrom(
    beyond.map((own) => own.unseen),
    (values, i) => values.reduce((sum, own) => sum + own[i], 0),
  )
  const parts = sums.length
  const value = sums.reduce((a, b) => a + b, 0) / trials
  const rounding = 1e-13 * Math.abs(value)
  const moves = sums.map((sum, r) => {
    const move = (parts / trials) * (sum - value * sizes[r])
    return Math.abs(move) <= rounding ? 0 : move
  })
  const estimate = estimateOf({ value, moves, least: unseenMean(unseen), under: linear(value, moves) })
  return orNoError(estimate, { heaviness }, MOMENTS.mean)
}
