// Many plans in one total: its distribution, what diversification saves, and a budget for each plan that adds up.
import { compilePortfolio, type PlanProgram } from '../../compile/portfolio.ts'
import type { Measure } from '../../compile/program.ts'
import { UsageError } from '../../errors.ts'
import { pointEstimates } from '../../invoice/point.ts'
import { formatMonth } from '../../months.ts'
import { smallestUnits } from '../../notation/currency.ts'
import { roundMoney } from '../../notation/money.ts'
import { formatNumber } from '../../notation/number.ts'
import type { Estimate } from '../../numerics/estimators/estimate.ts'
import { combined, estimateOf } from '../../numerics/estimators/figure.ts'
import { percentileFigure } from '../../numerics/estimators/figures.ts'
import type { SampledColumn } from '../../numerics/estimators/sorted.ts'
import { type Method, type Plan, planTrials } from '../../numerics/random/plan.ts'
import { planNotes } from '../../invoice/plan-notes.ts'
import { checkOptions } from '../../options/check.ts'
import { combining, type PortfolioOptions } from '../../options/questions.ts'
import { type Pace, paced } from '../../pace.ts'
import { readPortfolio } from '../../scenario/portfolio/read.ts'
import { type ResolvedPortfolio, resolvePortfolio } from '../../scenario/portfolio/resolve.ts'
import type { Reader } from '../../scenario/resolve/resolve.ts'
import { portfolioModel, type PortfolioModel } from '../../simulation/portfolio.ts'
import { quartersOf } from '../../summary/periods.ts'
import type { Cost } from '../../summary/summary.ts'
import { allocation } from '../budget/phased.ts'
import { type Centered, centered, columnCorrelation } from './correlation.ts'
import { PortfolioCosts } from './costs.ts'
import { monthlyTrials } from './periods.ts'

/** The confidences of budgets, in percent. */
const BUDGETS = [50, 80, 90, 95] as const
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
    const model = portfolioModel(program, resolved.months)
    const { name, currency, start, months, warnings } = resolved
    const quarters = quartersOf(start, months, fiscalStart(resolved))
    const costs = await PortfolioCosts.of(model, { start, quarters }, { plan, seed, pace })
    const own = model.plans.map((nodes) => costs.column(nodes[measure]))
    return {
      ...{ name, currency, trials: plan.trials, monthlyTrials: monthlyTrials(plan), seed, method: plan.method, measure },
      months: Array.from({ length: months }, (_, m) => formatMonth(start + m)),
      ...addedUp(resolved, program.plans, model, costs, measure),
      correlations: await correlationsOf(resolved, own, pace),
      warnings: [
        ...warnings,
        ...resolved.plans.flatMap(({ scenario, place }) => planNotes(scenario).map((words) => `${place}: ${words}`)),
      ],
    }
  })
}

/** The month in which the fiscal years of all plans start. Undefined if the plans differ. */
function fiscalStart({ plans }: ResolvedPortfolio): number | undefined {
  const [first, ...others] = new Set(plans.map(({ scenario }) => scenario.fiscalYearStart))
  return others.length === 0 ? first : undefined
}

function checkMemory({ plans }: ResolvedPortfolio, { trials }: Plan, most = MOST_BYTES): void {
  // A plan has a bill, and a total if people cost something.
  const each = 8 * 2 * (plans.length + 1)
  if (each * trials <= most) return
  throw new UsageError(
    `trials: expected at most ${formatNumber(Math.floor(most / each))} trials of ${formatNumber(plans.length)} plans, whose costs are all kept in memory, got ${formatNumber(trials)}. Run fewer trials, or allow more with \`memory\` (--memory 4GB)`,
  )
}

/** @param costs those of the portfolio's trials */
function addedUp(
  resolved: ResolvedPortfolio,
  programs: readonly PlanProgram[],
  model: PortfolioModel,
  costs: PortfolioCosts,
  measure: Measure,
): Pick<Portfolio, 'portfolio' | 'plans' | 'diversification'> {
  const { names, plans, months } = resolved
  const points = programs.map((program) => pointOf(program, months))
  const sum = (which: Measure) => Array.from({ length: months }, (_, m) => points.reduce((all, own) => all + own[which][m], 0))
  const whole = (which: Measure) => costs.cost(model.all[which], sum(which), true)
  const portfolio = { bill: whole('bill'), total: whole('total') }
  const own = model.plans.map((nodes) => costs.column(nodes[measure]))
  const total = costs.column(model.all[measure])
  const budgets = budgetsOf(own, total, portfolio[measure], resolved.currency)
  const planCosts = (name: string): PlanCosts => {
    const k = plans.findIndex((plan) => plan.name === name)
    const cost = (which: Measure) => costs.cost(model.plans[k][which], points[k][which])
    return { offer: plans[k].offer, bill: cost('bill'), total: cost('total'), ...budgets[k] }
  }
  const saved = (p: number) =>
    combined([...own.map((each) => [1, percentileFigure(each, p)] as const), [-1, percentileFigure(total, p)] as const])
  return {
    portfolio,
    plans: Object.fromEntries(names.map((name) => [name, planCosts(name)])),
    diversification: byBudget((p) => estimateOf(saved(p))),
  }
}

function budgetsOf(
  own: readonly SampledColumn[],
  total: SampledColumn,
  { percentiles }: Cost,
  currency: string,
): Pick<PlanCosts, 'budget' | 'risk'>[] {
  const divide = allocation(total.design, own, total)
  const parts = BUDGETS.map((percent) => {
    const budget = percentiles[`p${percent}`] ?? { value: 0, se: 0 }
    return divide(budget, { rounded: roundMoney(budget.value, currency), scale: smallestUnits(currency) })
  })
  const budget = (k: number, level: number): PlanBudget => ({ ...parts[level][k].exact, amount: parts[level][k].amount })
  return own.map((_, k) => ({ budget: byBudget((_p, level) => budget(k, level)), risk: parts[0][k].share }))
}

async function correlationsOf(
  { plans, names }: ResolvedPortfolio,
  own: readonly SampledColumn[],
  pace: Pace,
): Promise<Portfolio['correlations']> {
  const all: Centered[] = own.map(({ values, design }) => centered(values, design.starts))
  const found: Record<string, Record<string, Estimate>> = Object.fromEntries(names.map((name) => [name, {}]))
  for (let a = 0; a < all.length; a++)
    for (let b = a + 1; b < all.length; b++) {
      const one = columnCorrelation(all[a], all[b], own[a].design.starts)
      await pace.turn()
      if (one === undefined) continue
      found[plans[a].name][plans[b].name] = one
      found[plans[b].name][plans[a].name] = one
    }
  return found
}

const byBudget = <T>(read: (p: number, place: number) => T): ByBudget<T> =>
  Object.fromEntries(BUDGETS.map((percent, k) => [`p${percent}`, read(percent / 100, k)])) as unknown as ByBudget<T>

type Points = Readonly<Record<Measure, readonly number[]>>

/** A plan's point estimate in each month of the portfolio, in its currency. */
function pointOf({ certain, meanRate, from }: PlanProgram, months: number): Points {
  const [{ monthly }] = pointEstimates(certain)
  const placed = (values: readonly number[]) => Array.from({ length: months }, (_, m) => (values[m - from] ?? 0) * meanRate)
  return { bill: placed(monthly.bill), total: placed(monthly.total) }
}
