// The costs of a portfolio and of its plans with their statistics, from one run of the common trials.
import type { Estimate } from '../../numerics/estimators/estimate.ts'
import { estimateOf, linear, startsOf } from '../../numerics/estimators/figure.ts'
import { MOMENTS, orNoError } from '../../numerics/estimators/infinite.ts'
import { type Beyond, type Design, SampledColumn } from '../../numerics/estimators/sorted.ts'
import { prepared } from '../../numerics/estimators/sorting.ts'
import { unseenMean } from '../../numerics/estimators/unseen.ts'
import type { Plan } from '../../numerics/random/plan.ts'
import type { Pace } from '../../pace.ts'
import { BeyondTrials } from '../../simulation/beyond.ts'
import type { Node } from '../../simulation/graph.ts'
import type { CostNodes, PortfolioModel } from '../../simulation/portfolio.ts'
import { type PartSums, portfolioTrials } from '../../simulation/portfolio-trials.ts'
import { recording, subsetOf } from '../../simulation/recorded.ts'
import { firstOf } from '../../simulation/unseen.ts'
import type { Cost, CostStatistics, MonthlyCost } from '../../summary/summary.ts'
import { costStatistics } from './cost.ts'

export interface PortfolioSampling {
  readonly plan: Plan
  readonly seed: string
  readonly pace: Pace
}

/** The most trials of monthly percentiles. */
const MONTHLY = 65_536
const FEWEST_MONTHLY = 1_024

export const monthlyTrials = (plan: Plan): number => subsetOf(plan, MONTHLY).trials

export class PortfolioCosts {
  readonly #columns: ReadonlyMap<Node, SampledColumn>
  readonly #means: ReadonlyMap<Node, Estimate>
  readonly #months: ReadonlyMap<Node, CostStatistics>
  readonly #statistics = new Map<SampledColumn, CostStatistics>()

  /** Runs the trials of a portfolio. */
  static async of(model: PortfolioModel, sampling: PortfolioSampling): Promise<PortfolioCosts> {
    const { plan, seed, pace } = sampling
    const costs = [model.all, ...model.plans].flatMap(({ bill, total }) => [bill, total])
    const kept = [...new Set(costs.map(({ horizon }) => horizon))]
    const added = [...new Set(costs.flatMap(({ months }) => months))]
    pace.expect(plan.trials)
    const trials = await pace.through(portfolioTrials({ graph: model.graph, kept, added }, model.program.dimensions, plan, seed))
    const beyond = new BeyondTrials(model, plan, seed).of([...kept, ...added])
    const design = designOf(model, plan, startsOf(plan))
    const columns = new Map<Node, SampledColumn>()
    for (const [k, node] of kept.entries())
      columns.set(node, await pace.through(prepared(new SampledColumn(trials.column(node), design, beyond[k]))))
    const means = added.map((node, k) => [node, meanOf(trials.summed(node), plan, beyond[kept.length + k])] as const)
    return new PortfolioCosts(columns, new Map(means), await monthsOf(model, sampling))
  }

  private constructor(
    columns: ReadonlyMap<Node, SampledColumn>,
    means: ReadonlyMap<Node, Estimate>,
    months: ReadonlyMap<Node, CostStatistics>,
  ) {
    this.#columns = columns
    this.#means = means
    this.#months = months
  }

  /** A cost over the horizon in all trials. */
  column({ horizon }: CostNodes): SampledColumn {
    const found = this.#columns.get(horizon)
    if (!found) throw new Error('the cost was not sampled')
    return found
  }

  /** @param point the point estimate of each month @param detailed whether its months have more than means */
  cost(nodes: CostNodes, point: readonly number[], detailed = false): Cost {
    const monthly = nodes.months.map(
      (node, m): MonthlyCost => ({
        point: point[m],
        ...(detailed && this.#months.get(node)),
        mean: this.#means.get(node) ?? { value: 0, se: 0 },
      }),
    )
    return { point: point.reduce((a, b) => a + b, 0), ...this.#statisticsOf(this.column(nodes)), monthly }
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

/** The statistics of the portfolio's own months, from the first trials of each replicate. */
async function monthsOf(
  model: PortfolioModel,
  { plan, seed, pace }: PortfolioSampling,
): Promise<ReadonlyMap<Node, CostStatistics>> {
  const subset = subsetOf(plan, MONTHLY)
  const found = new Map<Node, CostStatistics>()
  if (subset.trials < FEWEST_MONTHLY) return found
  const nodes = [...new Set([...model.all.bill.months, ...model.all.total.months])]
  const values = await pace.through(recording(model, plan, seed, nodes, MONTHLY), 0)
  const beyond = new BeyondTrials(model, firstOf(plan, subset), seed).of(nodes)
  const design = designOf(model, plan, subset.starts)
  for (const [k, node] of nodes.entries())
    found.set(node, costStatistics(await pace.through(prepared(new SampledColumn(values[k], design, beyond[k])))))
  return found
}

/** The mean of all trials, with the error of the parts, at least that of rare values. */
function meanOf({ sums, sizes }: PartSums, { trials }: Plan, { unseen, heaviness }: Beyond): Estimate {
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
