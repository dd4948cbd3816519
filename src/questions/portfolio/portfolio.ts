// Many plans in one total: its distribution, what diversification saves, and a budget for each plan that adds up.
import { UsageError } from '../../errors.ts'
import { pointEstimates } from '../../invoice/point.ts'
import { formatMonth } from '../../months.ts'
import { formatNumber } from '../../notation/number.ts'
import type { Measure } from '../../compile/program.ts'
import { compilePortfolio, type PlanProgram, type PortfolioProgram } from '../../compile/portfolio.ts'
import type { Estimate } from '../../numerics/estimators/estimate.ts'
import { combined, estimateOf, linear, startsOf } from '../../numerics/estimators/figure.ts'
import { percentileFigure } from '../../numerics/estimators/figures.ts'
import { type Design, SampledColumn } from '../../numerics/estimators/sorted.ts'
import { prepared } from '../../numerics/estimators/sorting.ts'
import { smallestUnits } from '../../notation/currency.ts'
import { roundMoney } from '../../notation/money.ts'
import { planTrials, type Method, type Plan } from '../../numerics/random/plan.ts'
import { checkOptions } from '../../options/check.ts'
import { combining, type PortfolioOptions } from '../../options/questions.ts'
import { type Pace, paced } from '../../pace.ts'
import { readPortfolio } from '../../scenario/portfolio/read.ts'
import { type ResolvedPortfolio, resolvePortfolio } from '../../scenario/portfolio/resolve.ts'
import type { Reader } from '../../scenario/resolve/resolve.ts'
import { BeyondTrials } from '../../simulation/beyond.ts'
import type { Node } from '../../simulation/graph.ts'
import { portfolioModel, type PortfolioModel } from '../../simulation/portfolio.ts'
import { type PartSums, portfolioTrials, type PortfolioTrials } from '../../simulation/portfolio-trials.ts'
import { recording, subsetOf } from '../../simulation/recorded.ts'
import { firstOf } from '../../simulation/unseen.ts'
import type { Cost, MonthlyCost } from '../../summary/summary.ts'
import { allocated, type Part } from '../budget/phased.ts'
import { type Centered, centered, columnCorrelation } from './correlation.ts'
import { costStatistics } from './cost.ts'

/** The confidences of budgets, in percent. */
export const BUDGETS = [50, 80, 90, 95] as const
type ByBudget<T> = Readonly<Record<`p${(typeof BUDGETS)[number]}`, T>>

/** A plan's part of the portfolio's budget. */
export interface PlanBudget extends Estimate {
  /** Money, rounded so that the plans add up to the portfolio's budget. */
  readonly amount: number
}

/** A plan's cost in the portfolio's currency. Its months have only their means. */
export interface PlanCosts {
  readonly offer: string
  readonly bill: Cost
  readonly total: Cost
  /** Its part of the portfolio's budget at each confidence: its mean, and a share of the contingency (Euler allocation). */
  readonly budget: ByBudget<PlanBudget>
  /** Its share of the portfolio's variance, which is also its share of the contingency. The shares add up to 1. */
  readonly risk: Estimate
}

export interface Portfolio {
  readonly name: string
  readonly currency: string
  readonly trials: number
  /** The number of trials behind the percentiles of months. */
  readonly monthlyTrials: number
  readonly seed: string
  readonly method: Method
  /** The cost that budgets, diversification and correlations are of. */
  readonly measure: Measure
  readonly months: readonly string[]
  readonly portfolio: { readonly bill: Cost; readonly total: Cost }
  readonly plans: Readonly<Record<string, PlanCosts>>
  /** The sum of the plans' own percentiles, less that of their sum. Money. */
  readonly diversification: ByBudget<Estimate>
  /** `correlations.a.b`: the correlation of two plans' costs. Absent for a plan whose cost does not vary. */
  readonly correlations: Readonly<Record<string, Readonly<Record<string, Estimate>>>>
  readonly warnings: readonly string[]
}

/** The most trials of monthly percentiles. */
const MONTHLY = 65_536
const FEWEST_MONTHLY = 1_024
/** Memory for the costs of all plans in all trials. Bytes. */
const MOST_BYTES = 2 ** 30

/** @throws ScenarioError for the portfolio and its plans, UsageError for the options */
export async function portfolioOf(input: string | object, reader: Reader, options: PortfolioOptions = {}): Promise<Portfolio> {
  checkOptions(options, combining)
  return paced(options, async (pace) => {
    const resolved = await resolvePortfolio(readPortfolio(input), reader)
    const { run } = resolved
    const measure = options.measure ?? run.measure
    const plan = planTrials(options.trials ?? run.trials, options.method ?? run.method)
    const seed = options.seed === undefined ? run.seed : String(options.seed)
    checkMemory(resolved, plan, options.memory)
    const program = compilePortfolio(resolved, measure)
    return new Adding(resolved, program, { measure, plan, seed, pace }).answer()
  })
}

function checkMemory({ plans }: ResolvedPortfolio, { trials }: Plan, most = MOST_BYTES): void {
  // A plan has a bill, and a total if people cost something.
  const each = 8 * 2 * (plans.length + 1)
  if (each * trials <= most) return
  throw new UsageError(
    `trials: expected at most ${formatNumber(Math.floor(most / each))} trials of ${formatNumber(plans.length)} plans, whose costs are all kept in memory, got ${formatNumber(trials)}. Run fewer trials, or allow more with \`memory\` (--memory 4GB)`,
  )
}

interface Setting {
  readonly measure: Measure
  readonly plan: Plan
  readonly seed: string
  readonly pace: Pace
}

class Adding {
  readonly #resolved: ResolvedPortfolio
  readonly #program: PortfolioProgram
  readonly #setting: Setting
  readonly #model: PortfolioModel

  constructor(resolved: ResolvedPortfolio, program: PortfolioProgram, setting: Setting) {
    this.#resolved = resolved
    this.#program = program
    this.#setting = setting
    this.#model = portfolioModel(program, resolved.months)
  }

  async answer(): Promise<Portfolio> {
    const { measure, plan, seed, pace } = this.#setting
    const { plans, all, graph } = this.#model
    const costs = [all, ...plans].flatMap(({ bill, total }) => [bill, total])
    pace.expect(plan.trials)
    const trials = await pace.through(
      portfolioTrials(
        { graph, kept: costs.map(({ horizon }) => horizon), added: costs.flatMap(({ months }) => months) },
        this.#program.dimensions,
        plan,
        seed,
      ),
    )
    const points = this.#program.plans.map(pointOf)
    const { start, months, name, names, currency, warnings } = this.#resolved
    const column = await this.#columns(
      costs.map(({ horizon }) => horizon),
      trials,
    )
    const ownMonths = await this.#monthly()
    const cost = (k: number, which: Measure): Cost => {
      const nodes = k < 0 ? all[which] : plans[k][which]
      const point =
        k < 0 ? addedUp(points, which, this.#program.plans, months) : ofPlan(points[k], which, this.#program.plans[k], months)
      const monthly = nodes.months.map(
        (node, m): MonthlyCost => ({
          point: point[m],
          ...(k < 0 && ownMonths[which][m]),
          mean: meanOf(trials.summed(node), plan),
        }),
      )
      return {
        point: point.reduce((a, b) => a + b, 0),
        ...costStatistics(column(nodes.horizon)),
        monthly,
      }
    }
    const own = plans.map((nodes) => column(nodes[measure].horizon))
    const whole = column(all[measure].horizon)
    const portfolio = { bill: cost(-1, 'bill'), total: cost(-1, 'total') }
    const budgets = this.#budgets(own, whole, portfolio[measure])
    return {
      ...{ name, currency, trials: plan.trials, monthlyTrials: subsetOf(plan, MONTHLY).trials, seed, method: plan.method, measure },
      months: Array.from({ length: months }, (_, m) => formatMonth(start + m)),
      portfolio,
      plans: Object.fromEntries(
        names.map((one) => {
          const k = this.#resolved.plans.findIndex((own) => own.name === one)
          const { offer } = this.#resolved.plans[k]
          return [one, { offer, bill: cost(k, 'bill'), total: cost(k, 'total'), ...budgets[k] }]
        }),
      ),
      diversification: byBudget((p) =>
        estimateOf(
          combined([...own.map((each) => [1, percentileFigure(each, p)] as const), [-1, percentileFigure(whole, p)] as const]),
        ),
      ),
      correlations: await this.#correlations(own),
      warnings,
    }
  }

  /** The costs in all trials, sorted, with what the plans say of values that no trial met. */
  async #columns(nodes: readonly Node[], trials: PortfolioTrials): Promise<(node: Node) => SampledColumn> {
    const { plan, seed, pace } = this.#setting
    const distinct = [...new Set(nodes)]
    const beyond = new BeyondTrials(this.#model, plan, seed).of(distinct)
    const design = this.#design(startsOf(plan))
    const found = new Map<Node, SampledColumn>()
    for (const [k, node] of distinct.entries())
      found.set(node, await pace.through(prepared(new SampledColumn(trials.column(node), design, beyond[k]))))
    return (node) => found.get(node) ?? new SampledColumn(trials.column(node), design)
  }

  #design(starts: readonly number[]): Design {
    const { jumps } = this.#model.program
    return {
      ...{ starts, jumps },
      random: this.#setting.plan.method === 'random',
      certain: this.#program.dimensions.length === 0,
    }
  }

  /** The statistics of the portfolio's months, from the first trials of each replicate. */
  async #monthly(): Promise<Readonly<Record<Measure, readonly Partial<MonthlyCost>[]>>> {
    const { plan, seed, pace } = this.#setting
    const { all } = this.#model
    const subset = subsetOf(plan, MONTHLY)
    const { trials, starts } = subset
    if (trials < FEWEST_MONTHLY) return { bill: [], total: [] }
    const nodes = [...new Set([...all.bill.months, ...all.total.months])]
    const values = await pace.through(recording(this.#model, plan, seed, nodes, MONTHLY), 0)
    const beyond = new BeyondTrials(this.#model, firstOf(plan, subset), seed).of(nodes)
    const found = new Map<Node, Partial<MonthlyCost>>()
    for (const [k, node] of nodes.entries()) {
      const column = await pace.through(prepared(new SampledColumn(values[k], this.#design(starts), beyond[k])))
      found.set(node, costStatistics(column))
    }
    const read = (which: Measure) => all[which].months.map((node) => found.get(node) ?? {})
    return { bill: read('bill'), total: read('total') }
  }

  #budgets(own: readonly SampledColumn[], whole: SampledColumn, cost: Cost): Pick<PlanCosts, 'budget' | 'risk'>[] {
    const { currency } = this.#resolved
    const starts = startsOf(this.#setting.plan)
    const scale = smallestUnits(currency)
    const parts = BUDGETS.map((percent) => {
      const budget = cost.percentiles[`p${percent}`] ?? { value: 0, se: 0 }
      const rounded = roundMoney(budget.value, currency)
      return allocated({ starts }, own, whole, budget, { rounded, scale })
    })
    const read = (parts: readonly Part[], k: number): PlanBudget => ({ ...parts[k].exact, amount: parts[k].amount })
    return own.map((_, k) => ({ budget: byBudget((_p, j) => read(parts[j], k)), risk: parts[0][k].share }))
  }

  async #correlations(own: readonly SampledColumn[]): Promise<Portfolio['correlations']> {
    const { plans, names } = this.#resolved
    const starts = startsOf(this.#setting.plan)
    const all: Centered[] = own.map(({ values }) => centered(values, starts))
    const found: Record<string, Record<string, Estimate>> = Object.fromEntries(names.map((name) => [name, {}]))
    for (let a = 0; a < all.length; a++)
      for (let b = a + 1; b < all.length; b++) {
        const one = columnCorrelation(all[a], all[b], starts)
        await this.#setting.pace.turn()
        if (one === undefined) continue
        found[plans[a].name][plans[b].name] = one
        found[plans[b].name][plans[a].name] = one
      }
    return found
  }
}

const byBudget = <T>(read: (p: number, place: number) => T): ByBudget<T> =>
  Object.fromEntries(BUDGETS.map((percent, k) => [`p${percent}`, read(percent / 100, k)])) as unknown as ByBudget<T>

/** The mean of all trials, with the error of the parts. */
function meanOf({ sums, sizes }: PartSums, { trials }: Plan): Estimate {
  const parts = sums.length
  const value = sums.reduce((a, b) => a + b, 0) / trials
  const rounding = 1e-13 * Math.abs(value)
  const moves = sums.map((sum, r) => {
    const move = (parts / trials) * (sum - value * sizes[r])
    return Math.abs(move) <= rounding ? 0 : move
  })
  return estimateOf({ value, moves, least: 0, under: linear(value, moves) })
}

type Points = Readonly<Record<Measure, readonly number[]>>

/** A plan's point estimate by month, in the portfolio's currency. */
function pointOf({ certain, meanRate }: PlanProgram): Points {
  const [{ monthly }] = pointEstimates(certain)
  const converted = (values: readonly number[]) => values.map((amount) => amount * meanRate)
  return { bill: converted(monthly.bill), total: converted(monthly.total) }
}

function ofPlan(points: Points, which: Measure, { from }: PlanProgram, months: number): number[] {
  return Array.from({ length: months }, (_, m) => points[which][m - from] ?? 0)
}

function addedUp(points: readonly Points[], which: Measure, plans: readonly PlanProgram[], months: number): number[] {
  const all = points.map((own, k) => ofPlan(own, which, plans[k], months))
  return Array.from({ length: months }, (_, m) => all.reduce((sum, own) => sum + own[m], 0))
}
