// Forecasts the rest of the year from its closed months. Each trial of the plan weighs by how likely it makes those months (importance
// sampling; for the effective number of trials see Kong, Liu and Wong, Journal of the American Statistical Association 89, 1994).
import { subsetOf } from '../../simulation/recorded.ts'
import { UsageError } from '../../errors.ts'
import { unseenFrom } from '../../numerics/estimators/unseen.ts'
import { BeyondTrials } from '../../simulation/beyond.ts'
import type { Node } from '../../simulation/graph.ts'
import { formatMonth } from '../../months.ts'
import { compile } from '../../compile/compile.ts'
import { type Pace, paced, type Steps } from '../../pace.ts'
import type { Reader } from '../../scenario/resolve/resolve.ts'
import { checkOptions } from '../../options/check.ts'
import { type ReforecastOptions, reforecasting } from '../../options/questions.ts'
import type { Plan } from '../../numerics/random/plan.ts'
import type { Estimate } from '../../summary/summary.ts'
import { readScenario } from '../../scenario/read.ts'
import type { Actuals, ResolvedScenario } from '../../scenario/resolved.ts'
import type { Program } from '../../compile/program.ts'
import { modelOf } from '../../simulation/model.ts'
import { staysWithin } from '../../numerics/estimators/ties.ts'
import { Weighted, type WeightedColumn } from '../../numerics/estimators/weighted.ts'
import { settled } from '../open-plan.ts'
import { type Agreement, agreementOf } from './agreement.ts'
import { type ForeignInvoices, foreignInvoices } from './invoiced.ts'
import { costMonths } from '../cost-months.ts'
import { sampled } from '../trials.ts'
import { formatNumber } from '../../notation/number.ts'

export interface Rest {
  readonly mean: Estimate
  readonly percentiles: Readonly<Record<'p10' | 'p50' | 'p80' | 'p90' | 'p95', Estimate>>
}

export interface ReforecastOffer {
  /** Cost of the closed months: the invoices if they are known, otherwise the bill that the contract gives. */
  readonly closed: Estimate
  /** Cost of the open months. */
  readonly remaining: Rest
  /** Cost of all months. */
  readonly horizon: Rest
  /** Mean and P80 of each open month. */
  readonly months: readonly { readonly month: string; readonly mean: Estimate; readonly p80: Estimate }[]
}

export interface Reforecast {
  readonly currency: string
  readonly measure: 'bill' | 'total'
  readonly closed: readonly string[]
  /** Which columns of the closed months and of other files were read, and a doubt about the plan. */
  readonly notes: readonly string[]
  /** Absent if the invoices are in the plan's currency. */
  readonly invoices?: ForeignInvoices
  readonly trials: number
  /** The number of equally weighted trials that would be as informative. */
  readonly effective: number
  /** Whether the closed months are as the plan expects. */
  readonly agreement: Agreement
  readonly offers: Readonly<Record<string, ReforecastOffer>>
  /** The mean of each input that is drawn once a trial, before and after the closed months are known. */
  readonly inputs: Readonly<Record<string, { readonly before: Estimate; readonly after: Estimate }>>
  readonly budget?: {
    readonly offer: string
    readonly amount: number
    readonly confidence: number
    /** The part of the amount that is left for the open months. */
    readonly left: Estimate
    /** The probability that the amount is enough. */
    readonly holds: Estimate
    /** The amount that is enough at the stated confidence. */
    readonly needed: Estimate
    readonly met: boolean
  }
}

const TRIALS = 262_144
/** Fewer effective trials than this give no reliable percentile. */
const FEWEST = 200
const LEVELS = [0.1, 0.5, 0.8, 0.9, 0.95] as const

/** @throws ScenarioError for the plan and its actuals, UsageError if the plan excludes them, or hardly any trial agrees with them */
export async function reforecastOf(input: string | object, options: ReforecastOptions, reader: Reader): Promise<Reforecast> {
  checkOptions(options, reforecasting)
  return paced(options, (pace) => reforecastWith(input, options, reader, pace))
}

/** The same for a question that has begun already. */
export async function reforecastWith(
  input: string | object,
  options: ReforecastOptions,
  reader: Reader,
  pace: Pace,
): Promise<Reforecast> {
  const written = readScenario(input)
  const data = withActuals(written.data, options)
  const asked = { ...options, trials: options.trials ?? TRIALS }
  const { scenario, measure, plan, seed, tables } = await settled({ ...written, data }, reader, asked)
  const { actuals } = scenario
  if (!actuals)
    throw new UsageError('a reforecast needs closed months: add `actuals: closed.csv` to the plan, or use --actuals closed.csv')
  const program = compile(scenario, { measure, pairs: 'auto' })
  // The figures of each offer count as one more pass over the trials.
  pace.expect(plan.trials * (1 + scenario.offers.length))
  const year = await pace.through(recordedYear(program, plan, seed, actuals.conversations.length))
  const { weighted, costs, inputs } = year
  if (!(weighted.effective >= FEWEST))
    throw new UsageError(
      `the closed months are so far from the plan that only ${weighted.effective.toFixed(1)} of ${formatNumber(plan.trials)} trials support them, and at least ${FEWEST} are needed: widen the plan's uncertainty (conversations.noise, conversations.base, resolution.rate), or run more trials`,
    )
  const agreement = await agreementOf(year, scenario.start, plan, seed, pace)
  const foreign = foreignInvoices(actuals, scenario.currency)
  const equal = new Weighted(new Float64Array(plan.trials), weighted.starts, year.equal)
  const offers: [name: string, forecast: Forecast][] = []
  for (const [k, { name }] of scenario.offers.entries()) {
    offers.push([name, await pace.through(forecastOf(scenario, actuals, name, costs[k], weighted))])
    await pace.did(plan.trials)
  }
  const known: [name: string, means: Reforecast['inputs'][string]][] = []
  for (const [k, { name }] of program.inputs.entries())
    known.push([
      name,
      { before: await pace.through(equal.meanOf(inputs[k])), after: await pace.through(weighted.meanOf(inputs[k])) },
    ])
  const check = offers.find(([name]) => name === scenario.budget?.offer)?.[1].budget
  return {
    currency: scenario.currency,
    measure,
    ...(foreign && { invoices: foreign }),
    closed: actuals.conversations.map((_, m) => formatMonth(scenario.start + m)),
    notes: agreement.doubt === undefined ? tables : [...tables, agreement.doubt],
    trials: plan.trials,
    effective: weighted.effective,
    agreement,
    offers: Object.fromEntries(offers.map(([name, { offer }]) => [name, offer])),
    inputs: Object.fromEntries(known),
    ...(check && { budget: check }),
  }
}

/** An offer's cost in each trial: the sum of the closed months, and each open month. */
type Costs = { readonly before: WeightedColumn; readonly months: readonly WeightedColumn[] }

/** Simulates the plan and weighs each trial by how likely it makes the closed months. */
function* recordedYear(program: Program, plan: Plan, seed: string, closed: number) {
  const model = modelOf(program)
  const { closed: known } = model
  if (!known) throw new Error('the model of a plan with closed months has no likelihood')
  const offers = model.offers.map((_, k) => {
    const months = costMonths(model, k, program.measure)
    return { before: model.graph.add(...months.slice(0, closed)), months: months.slice(closed) }
  })
  const inputs = program.inputs.map((_, k) => model.inputs.input(k))
  const nodes = [known.likelihood, known.surprise, ...inputs, ...offers.flatMap(({ before, months }) => [before, ...months])]
  const column = yield* sampled(model, plan, seed, nodes)
  const { starts } = subsetOf(plan, plan.trials)
  const logs = column(known.likelihood)
  const distinct = [...new Set(nodes)]
  const beyond = new BeyondTrials(model, plan, seed).of(distinct)
  const about = (node: Node): WeightedColumn => ({ values: column(node), beyond: beyond[distinct.indexOf(node)] })
  const unseen = about(known.likelihood).beyond.unseen
  return {
    model,
    closed: known,
    logs: column(known.surprise),
    weighted: new Weighted(logs, starts, unseen),
    equal: unseenFrom([unseen], () => 0),
    costs: offers.map(({ before, months }) => ({ before: about(before), months: months.map(about) })),
    inputs: inputs.map(about),
  }
}

type Forecast = { readonly offer: ReforecastOffer; readonly budget: Reforecast['budget'] }

/** Forecasts an offer's cost at the end of the horizon, and checks the budget that the plan states for it. */
function* forecastOf(
  { budget, start }: ResolvedScenario,
  actuals: Actuals,
  name: string,
  { before, months }: Costs,
  weighted: Weighted,
): Steps<Forecast> {
  const invoiced = actuals.offer === name ? actuals.invoices : undefined
  const known = invoiced?.reduce((a, b) => a + b, 0)
  const closed = known === undefined ? yield* weighted.meanOf(before) : { value: known, se: 0 }
  const count = before.values.length
  const rest = sumOf(count, months, 0)
  const whole = known === undefined ? sumOf(count, [rest, before], 0) : sumOf(count, [rest], known)
  yield 0
  const check = function* (stated: NonNullable<ResolvedScenario['budget']>): Steps<Reforecast['budget']> {
    const [needed] = yield* weighted.percentiles(whole.values, [stated.confidence])
    const holds = weighted.shareOf(whole, (value) => value <= stated.amount)
    const left = { value: stated.amount - closed.value, se: closed.se }
    return { ...stated, left, holds, needed, met: staysWithin(needed.value, stated.amount) }
  }
  const open: ReforecastOffer['months'][number][] = []
  for (const [k, month] of months.entries()) {
    const mean = yield* weighted.meanOf(month)
    const [p80] = yield* weighted.percentiles(month.values, [0.8])
    open.push({ month: formatMonth(start + actuals.conversations.length + k), mean, p80 })
  }
  return {
    offer: { closed, remaining: yield* restOf(weighted, rest), horizon: yield* restOf(weighted, whole), months: open },
    budget: budget?.offer === name ? yield* check(budget) : undefined,
  }
}

/** The sum of columns and a constant. Terms are added in their order. */
function sumOf(count: number, columns: readonly WeightedColumn[], constant: number): WeightedColumn {
  const total = (parts: readonly Float64Array[], i: number): number => {
    let sum = 0
    for (const part of parts) sum += part[i]
    return sum + constant
  }
  const values = columns.map((column) => column.values)
  return {
    values: new Float64Array(count).map((_, i) => total(values, i)),
    beyond: {
      heaviness: Math.max(0, ...columns.map(({ beyond }) => beyond.heaviness)),
      unseen: unseenFrom(
        columns.map(({ beyond }) => beyond.unseen),
        total,
      ),
    },
  }
}

function* restOf(trials: Weighted, column: WeightedColumn): Steps<Rest> {
  const found = yield* trials.percentiles(column.values, LEVELS)
  return {
    mean: yield* trials.meanOf(column),
    percentiles: { p10: found[0], p50: found[1], p80: found[2], p90: found[3], p95: found[4] },
  }
}

/** The plan with the closed months that the options name, and their decimal sign. */
function withActuals(data: unknown, { actuals, decimal }: ReforecastOptions): unknown {
  if (actuals === undefined && decimal === undefined) return data
  const stated = (data as { readonly actuals?: unknown } | null)?.actuals
  const own = typeof stated === 'object' && stated !== null ? stated : { file: stated }
  // A file that the options name has its own decimal sign.
  const { decimal: _, ...kept } = own as { readonly decimal?: unknown }
  return {
    ...(data as object),
    actuals: { ...(actuals === undefined ? own : { ...kept, file: actuals }), ...(decimal && { decimal }) },
  }
}
