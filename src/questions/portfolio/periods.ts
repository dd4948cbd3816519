// Months and quarters of a portfolio's own costs, and the largest of each trial, on the first trials of each replicate.
import { type Beyond, type Design, SampledColumn } from '../../numerics/estimators/sorted.ts'
import { prepared } from '../../numerics/estimators/sorting.ts'
import { unseenFrom } from '../../numerics/estimators/unseen.ts'
import type { Plan } from '../../numerics/random/plan.ts'
import type { Pace } from '../../pace.ts'
import { BeyondTrials } from '../../simulation/beyond.ts'
import type { Node } from '../../simulation/graph.ts'
import type { CostNodes, PortfolioModel } from '../../simulation/portfolio.ts'
import { recording, subsetOf } from '../../simulation/recorded.ts'
import { firstOf } from '../../simulation/unseen.ts'
import { largestOf, type Quarter } from '../../summary/periods.ts'
import type { CostStatistics } from '../../summary/summary.ts'
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

export interface PeriodStatistics {
  readonly months: readonly CostStatistics[]
  readonly quarters: readonly CostStatistics[]
  readonly worstMonth: CostStatistics
  readonly worstQuarter: CostStatistics
}

/** By the first month's node of a cost: a bill and a total without people are the same nodes. */
export type PeriodsOfCosts = ReadonlyMap<Node, PeriodStatistics>

/** The statistics of the portfolio's own months and quarters. None with too few trials. */
export async function periodStatistics(
  model: PortfolioModel,
  quarters: readonly Quarter[],
  { plan, seed, pace }: PortfolioSampling,
  design: (starts: readonly number[]) => Design,
): Promise<PeriodsOfCosts> {
  const subset = subsetOf(plan, MONTHLY)
  const found = new Map<Node, PeriodStatistics>()
  if (subset.trials < FEWEST_MONTHLY) return found
  const nodes = [...new Set([...model.all.bill.months, ...model.all.total.months])]
  const values = await pace.through(recording(model, plan, seed, nodes, MONTHLY), 0)
  const beyond = new BeyondTrials(model, firstOf(plan, subset), seed).of(nodes)
  const columns = nodes.map((_, k) => new SampledColumn(values[k], design(subset.starts), beyond[k]))
  const read = async (column: SampledColumn) => costStatistics(await pace.through(prepared(column)))
  const all = async (some: readonly SampledColumn[]) => {
    const own: CostStatistics[] = []
    for (const column of some) own.push(await read(column))
    return own
  }
  const statistics = async ({ months }: CostNodes): Promise<PeriodStatistics> => {
    const own = months.map((node) => columns[nodes.indexOf(node)])
    const [byMonth, byQuarter] = largestOf({ quarters }, months.length)
    return {
      months: await all(own),
      quarters: await all(byQuarter.map((quarter) => largestColumn(own, [quarter]))),
      worstMonth: await read(largestColumn(own, byMonth)),
      worstQuarter: await read(largestColumn(own, byQuarter)),
    }
  }
  for (const cost of [model.all.bill, model.all.total])
    if (!found.has(cost.months[0])) found.set(cost.months[0], await statistics(cost))
  return found
}

/** The largest of some periods, trial by trial. A period is a list of months. */
function largestColumn(months: readonly SampledColumn[], periods: readonly (readonly number[])[]): SampledColumn {
  const largest = (of: (month: number) => number) => Math.max(...periods.map((period) => period.reduce((sum, m) => sum + of(m), 0)))
  const [first] = months
  const highest = () => largest((m) => months[m].beyond.highest?.() ?? Infinity)
  const inside = periods.flat().map((m) => months[m])
  const beyond: Beyond = {
    heaviness: Math.max(...inside.map((month) => month.beyond.heaviness)),
    ...(first.beyond.capped !== undefined && { capped: first.beyond.capped }),
    constant: inside.every((month) => month.beyond.constant),
    distance: (value) => (Number.isFinite(highest()) ? Math.max(0, highest() - value) : 0),
    highest,
    unseen: unseenFrom(
      months.map((month) => month.beyond.unseen),
      (values, i) => largest((m) => values[m][i]),
    ),
  }
  return new SampledColumn(
    first.values.map((_, i) => largest((m) => months[m].values[i])),
    first.design,
    beyond,
  )
}
