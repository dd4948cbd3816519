// The rest of the year, given the months that are closed: futures of the plan weigh by how likely those months are in them
// (importance sampling; Kong, Liu and Wong, Journal of the American Statistical Association 89, 1994, for how many count), and go on
// from where they ended.
import { recorded, subsetOf } from '../../simulation/recorded.ts'
import { UsageError } from '../../errors.ts'
import { exp } from '../../numerics/kernel/math.ts'
import { formatMonth } from '../../months.ts'
import { compile } from '../../compile/compile.ts'
import { type Reader, resolve } from '../../scenario/resolve/resolve.ts'
import { checkOptions } from '../../options/check.ts'
import { type ReforecastOptions, reforecasting } from '../../options/questions.ts'
import { planTrials } from '../../numerics/random/plan.ts'
import type { Estimate } from '../../summary/summary.ts'
import { readScenario } from '../../scenario/read.ts'
import type { Node } from '../../simulation/graph.ts'
import { modelOf } from '../../simulation/model.ts'
import { staysWithin } from '../../numerics/estimators/ties.ts'
import { Weighted } from '../../numerics/estimators/weighted.ts'

export interface Rest {
  readonly mean: Estimate
  readonly percentiles: Readonly<Record<'p10' | 'p50' | 'p80' | 'p90' | 'p95', Estimate>>
}

export interface ReforecastOffer {
  /** The closed months: invoiced where that is known, else as the contract bills them. */
  readonly closed: Estimate
  readonly remaining: Rest
  /** Both. */
  readonly horizon: Rest
  /** Mean and P80 of each open month. */
  readonly months: readonly { readonly month: string; readonly mean: Estimate; readonly p80: Estimate }[]
}

export interface Reforecast {
  readonly currency: string
  readonly measure: 'bill' | 'total'
  readonly closed: readonly string[]
  readonly trials: number
  /** How many futures of the plan, equally weighted, would say as much. */
  readonly effective: number
  readonly offers: Readonly<Record<string, ReforecastOffer>>
  /** What the closed months say about inputs drawn once a trial. */
  readonly inputs: Readonly<Record<string, { readonly before: Estimate; readonly after: Estimate }>>
  readonly budget?: {
    readonly offer: string
    readonly amount: number
    readonly confidence: number
    /** What is left of the amount for the open months. */
    readonly left: Estimate
    readonly holds: Estimate
    readonly needed: Estimate
    readonly met: boolean
  }
}

const TRIALS = 262_144
/** Fewer futures than this say too little. */
const FEWEST = 200
const LEVELS = [0.1, 0.5, 0.8, 0.9, 0.95] as const

/** @throws ScenarioError for the scenario and its actuals, UsageError where hardly a future of the plan agrees with them */
export async function reforecastOf(input: string | object, options: ReforecastOptions, reader: Reader): Promise<Reforecast> {
  checkOptions(options, reforecasting)
  const { trials = TRIALS, method } = options
  const written = readScenario(input)
  const data = options.actuals === undefined ? written.data : withActuals(written.data, options.actuals)
  const { scenario, run } = await resolve({ ...written, data }, reader)
  const { actuals, start, months } = scenario
  if (!actuals)
    throw new UsageError('a reforecast needs closed months: expected actuals: closed.csv in the scenario, or --actuals closed.csv')
  const measure = options.measure ?? run.measure
  const program = compile(scenario, { measure, pairs: 'auto' })
  const model = modelOf(program)
  if (model.likelihood === undefined) throw new Error('closed months without a likelihood')
  const plan = planTrials(trials, method ?? run.method)
  const seed = options.seed === undefined ? run.seed : String(options.seed)
  const closed = actuals.conversations.length
  const open = Array.from({ length: months - closed }, (_, k) => closed + k)
  const costs = model.offers.map((offer) => {
    const month = measure === 'bill' ? offer.billMonth : offer.totalMonth
    return {
      before: model.graph.linear(
        0,
        Array.from({ length: closed }, (_, m) => [1, month(m)] as const),
      ),
      months: open.map((m) => month(m)),
    }
  })
  const inputs = program.inputs.map((_, k) => model.inputs.input(k))
  const nodes: Node[] = [model.likelihood, ...inputs, ...costs.flatMap((own) => [own.before, ...own.months])]
  const distinct = [...new Set(nodes)]
  const columns = recorded(model, plan, seed, distinct, plan.trials)
  const column = (node: Node) => columns[distinct.indexOf(node)]
  const { starts } = subsetOf(plan, plan.trials)
  const futures = new Weighted(column(model.likelihood), starts, exp)
  if (!(futures.effective >= FEWEST)) {
    throw new UsageError(
      `the closed months are so far from the plan that only ${futures.effective.toFixed(1)} of ${plan.trials} futures speak for them: expected at least ${FEWEST}; widen the plan's uncertainty (conversations.noise, base, resolution) or run more trials`,
    )
  }
  const plain = new Weighted(new Float64Array(plan.trials), starts, exp)
  const { budget } = scenario
  let check: Reforecast['budget']
  const offers = scenario.offers.map(({ name }, k) => {
    const invoiced = actuals.offer === name ? actuals.invoices : undefined
    const known = invoiced?.reduce((a, b) => a + b, 0)
    const before = column(costs[k].before)
    const spent = known === undefined ? futures.mean((i) => before[i]) : { value: known, se: 0 }
    const rest = new Float64Array(plan.trials)
    for (const node of costs[k].months) column(node).forEach((value, i) => (rest[i] += value))
    const whole = rest.map((value, i) => value + (known ?? before[i]))
    if (budget?.offer === name) {
      const [needed] = futures.percentiles(whole, [budget.confidence])
      const holds = futures.share((i) => whole[i] <= budget.amount)
      const left = { value: budget.amount - spent.value, se: spent.se }
      check = { ...budget, left, holds, needed, met: staysWithin(needed.value, budget.amount) }
    }
    const offer: ReforecastOffer = {
      closed: spent,
      remaining: restOf(futures, rest),
      horizon: restOf(futures, whole),
      months: costs[k].months.map((node, j) => {
        const values = column(node)
        return {
          month: formatMonth(start + open[j]),
          mean: futures.mean((i) => values[i]),
          p80: futures.percentiles(values, [0.8])[0],
        }
      }),
    }
    return [name, offer] as const
  })
  return {
    currency: scenario.currency,
    measure,
    closed: actuals.conversations.map((_, m) => formatMonth(start + m)),
    trials: plan.trials,
    effective: futures.effective,
    offers: Object.fromEntries(offers),
    inputs: Object.fromEntries(
      program.inputs.map(({ name }, k) => {
        const values = column(inputs[k])
        return [name, { before: plain.mean((i) => values[i]), after: futures.mean((i) => values[i]) }]
      }),
    ),
    ...(check && { budget: check }),
  }
}

function restOf(futures: Weighted, values: Float64Array): Rest {
  const found = futures.percentiles(values, LEVELS)
  return {
    mean: futures.mean((i) => values[i]),
    percentiles: { p10: found[0], p50: found[1], p80: found[2], p90: found[3], p95: found[4] },
  }
}

function withActuals(data: unknown, file: string): unknown {
  const stated = (data as { readonly actuals?: unknown } | null)?.actuals
  const offer = typeof stated === 'object' && stated !== null && 'offer' in stated ? stated.offer : undefined
  return { ...(data as object), actuals: offer === undefined ? file : { file, offer } }
}
