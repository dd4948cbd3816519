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
import type { Measure, Program } from '../../compile/program.ts'
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
  /** Cost of the closed months: the invoices if they are known, otherwise the bill that the contract gives. A total adds people and running costs. */
  readonly closed: Estimate
  /** Cost of the open months. */
  readonly remaining: Rest
  /** Cost of all months. */
  readonly horizon: Rest
  /** Mean and P80 of each open month. */
  readonly months: readonly { readonly month: string; readonly mean: Estimate; readonly p80: Estimate }[]
}

/** The conversations of an open month, given the closed ones. */
export interface OpenMonth {
  readonly month: string
  readonly mean: Estimate
  readonly percentiles: Readonly<Record<'p5' | 'p25' | 'p50' | 'p75' | 'p95', Estimate>>
}

export interface Reforecast {
  readonly currency: string
  readonly measure: Measure
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
  /** The open months. */
  readonly conversations: readonly OpenMonth[]
  readonly offers: Readonly<Record<string, ReforecastOffer>>
  /** The mean of each input that is drawn once a trial, before and after the closed months are known. */
  readonly inputs: Readonly<Record<string, { readonly before: Estimate; readonly after: Estimate }>>
  readonly budget?: {
    readonly offer: string
    readonly amount: number
    readonly confidence: number
    readonly measure: Measure
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
    throw new UsageError(
      'a reforecast needs closed months: add `actuals: closed.csv` to the plan, or name the file in the option actuals',
    )
  const program = compile(scenario, { measure, pairs: 'auto' })
  // The figures of each offer count as one more pass over the trials.
  pace.expect(plan.trials * (1 + scenario.offers.length))
  const { budget } = scenario
  const place = scenario.offers.findIndex(({ name }) => name === budget?.offer)
  // A budget of another measure has costs of its own.
  const apart = budget && budget.measure !== measure ? { offer: place, measure: budget.measure } : undefined
  const year = await pace.through(recordedYear(program, plan, seed, actuals.conversations.length, apart))
  const { weighted, costs, inputs, budgeted } = year
  if (!(weighted.effective >= FEWEST))
    throw new UsageError(
      `the closed months are so far from the plan that only ${weighted.effective.toFixed(1)} of ${formatNumber(plan.trials)} trials support them, and at least ${FEWEST} are needed: widen the plan's uncertainty (conversations.noise, conversations.base, resolution.rate), or run more trials`,
    )
  const agreement = await agreementOf(year, scenario.start, plan, seed, pace)
  const foreign = foreignInvoices(actuals, scenario.currency)
  const open: OpenMonth[] = []
  for (const [k, volume] of year.volumes.entries())
    open.push(await pace.through(openMonth(formatMonth(scenario.start + actuals.conversations.length + k), volume, weighted)))
  const equal = new Weighted(new Float64Array(plan.trials), weighted.starts, year.equal)
  const offers: [name: string, forecast: ReforecastOffer][] = []
  for (const [k, { name }] of scenario.offers.entries()) {
    offers.push([name, await pace.through(forecastOf(scenario.start, actuals, name, costs[k], weighted))])
    await pace.did(plan.trials)
  }
  const check = budget && (await pace.through(checkOf(budget, actuals, budgeted ?? costs[place], weighted)))
  const known: [name: string, means: Reforecast['inputs'][string]][] = []
  for (const [k, { name }] of program.inputs.entries())
    known.push([
      name,
      { before: await pace.through(equal.meanOf(inputs[k])), after: await pace.through(weighted.meanOf(inputs[k])) },
    ])
  return {
    currency: scenario.currency,
    measure,
    ...(foreign && { invoices: foreign }),
    closed: actuals.conversations.map((_, m) => formatMonth(scenario.start + m)),
    notes: agreement.doubt === undefined ? tables : [...tables, agreement.doubt],
    trials: plan.trials,
    effective: weighted.effective,
    agreement,
    conversations: open,
    offers: Object.fromEntries(offers),
    inputs: Object.fromEntries(known),
    ...(check && { budget: check }),
  }
}

/** An offer's cost in each trial: the sum of the closed months, that of its part beyond the bill, and each open month. */
interface Costs {
  readonly before: WeightedColumn
  readonly beyondBill?: WeightedColumn
  readonly months: readonly WeightedColumn[]
}

/**
 * Simulates the plan and weighs each trial by how likely it makes the closed months.
 * @param apart a cost that is asked for besides those of the program's measure
 */
function* recordedYear(
  program: Program,
  plan: Plan,
  seed: string,
  closed: number,
  apart: { readonly offer: number; readonly measure: Measure } | undefined,
) {
  const model = modelOf(program)
  const { closed: known } = model
  if (!known) throw new Error('the model of a plan with closed months has no likelihood')
  const nodesOf = (k: number, measure: Measure) => {
    const months = costMonths(model, k, measure)
    const before = model.graph.add(...months.slice(0, closed))
    const beyondBill =
      measure === 'total' && program.distinctTotal
        ? model.graph.subtract(before, model.graph.add(...costMonths(model, k, 'bill').slice(0, closed)))
        : undefined
    return { before, beyondBill, months: months.slice(closed) }
  }
  const offers = model.offers.map((_, k) => nodesOf(k, program.measure))
  const others = apart ? [nodesOf(apart.offer, apart.measure)] : []
  const inputs = program.inputs.map((_, k) => model.inputs.input(k))
  const volumes = model.conversations.volume.slice(closed)
  const nodes = [known.likelihood, known.surprise, ...inputs, ...volumes, ...[...offers, ...others].flatMap(allOf)]
  const column = yield* sampled(model, plan, seed, nodes)
  const { starts } = subsetOf(plan, plan.trials)
  const logs = column(known.likelihood)
  const distinct = [...new Set(nodes)]
  const beyond = new BeyondTrials(model, plan, seed).of(distinct)
  const about = (node: Node): WeightedColumn => ({ values: column(node), beyond: beyond[distinct.indexOf(node)] })
  const columnsOf = ({ before, beyondBill, months }: CostNodes): Costs => ({
    before: about(before),
    ...(beyondBill !== undefined && { beyondBill: about(beyondBill) }),
    months: months.map(about),
  })
  const unseen = about(known.likelihood).beyond.unseen
  return {
    model,
    closed: known,
    logs: column(known.surprise),
    weighted: new Weighted(logs, starts, unseen),
    equal: unseenFrom([unseen], () => 0),
    costs: offers.map(columnsOf),
    budgeted: others.map(columnsOf).at(0),
    inputs: inputs.map(about),
    volumes: volumes.map(about),
  }
}

interface CostNodes {
  readonly before: Node
  readonly beyondBill: Node | undefined
  readonly months: readonly Node[]
}

const allOf = ({ before, beyondBill, months }: CostNodes): Node[] => [
  before,
  ...(beyondBill === undefined ? [] : [beyondBill]),
  ...months,
]

/** The cost of the closed months, that of the open ones, and that of both. Invoices take the place of the bills that the contract gives. */
function* wholeOf(actuals: Actuals, name: string, { before, beyondBill, months }: Costs, weighted: Weighted) {
  const known = actuals.offer === name ? actuals.invoices?.reduce((a, b) => a + b, 0) : undefined
  const count = before.values.length
  const rest = sumOf(count, months, 0)
  const parts = known === undefined ? [before] : beyondBill ? [beyondBill] : []
  const spent = parts.length > 0 ? yield* weighted.meanOf(parts[0]) : { value: 0, se: 0 }
  const closed: Estimate = { ...spent, value: spent.value + (known ?? 0) }
  return { closed, rest, whole: sumOf(count, [rest, ...parts], known ?? 0) }
}

function* openMonth(month: string, volume: WeightedColumn, weighted: Weighted): Steps<OpenMonth> {
  const mean = yield* weighted.meanOf(volume)
  const [p5, p25, p50, p75, p95] = yield* weighted.percentiles(volume.values, [0.05, 0.25, 0.5, 0.75, 0.95])
  return { month, mean, percentiles: { p5, p25, p50, p75, p95 } }
}

/** Forecasts an offer's cost at the end of the horizon. */
function* forecastOf(start: number, actuals: Actuals, name: string, costs: Costs, weighted: Weighted): Steps<ReforecastOffer> {
  const { closed, rest, whole } = yield* wholeOf(actuals, name, costs, weighted)
  yield 0
  const open: ReforecastOffer['months'][number][] = []
  for (const [k, month] of costs.months.entries()) {
    const mean = yield* weighted.meanOf(month)
    const [p80] = yield* weighted.percentiles(month.values, [0.8])
    open.push({ month: formatMonth(start + actuals.conversations.length + k), mean, p80 })
  }
  return { closed, remaining: yield* restOf(weighted, rest), horizon: yield* restOf(weighted, whole), months: open }
}

/** Checks the budget that the plan states for one of its offers. */
function* checkOf(
  budget: NonNullable<ResolvedScenario['budget']>,
  actuals: Actuals,
  costs: Costs,
  weighted: Weighted,
): Steps<NonNullable<Reforecast['budget']>> {
  const { closed, whole } = yield* wholeOf(actuals, budget.offer, costs, weighted)
  const [needed] = yield* weighted.percentiles(whole.values, [budget.confidence])
  const holds = weighted.shareOf(whole, (value) => value <= budget.amount)
  const left = { value: budget.amount - closed.value, se: closed.se }
  return { ...budget, left, holds, needed, met: staysWithin(needed.value, budget.amount) }
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
