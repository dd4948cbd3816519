// The tables of a run: trials, months and drawn inputs.
import type { Trials } from '../../questions/trials.ts'
import { recordedTrials } from '../../simulation/recorded.ts'
import type { DrawnOutcome } from '../../run/run.ts'
import { COST_STATISTICS } from '../../summary/list.ts'
import type { Estimate, MonthlyCost, Summary } from '../../summary/summary.ts'
import type { OwnColumn } from '../../scenario/table-columns.ts'
import { keptColumn } from '../../simulation/block.ts'
import { type Column, type Dataset, dataset, indexColumn, numberColumn, textColumn } from './dataset.ts'

type Origin = Dataset['origin']

/** `trial`, then each offer's cost by the chosen measure. */
export function trialsOf(outcome: DrawnOutcome, currency: string, origin: Origin): Dataset {
  const { program, trials, plan } = outcome
  if (!trials) throw new Error('this run did not keep its trials. Run it with keepTrials: true, or with fewer trials')
  const costs = program.offers.map(({ name }, k) => numberColumn(name, trials[keptColumn(program, k, program.measure)], currency))
  return dataset({ name: 'trials', rows: plan.trials, columns: [indexColumn('trial'), ...costs], origin })
}

/** The estimates of a cost by the names of their columns, in the order of the statistics. */
function estimatesIn(cost: MonthlyCost): ReadonlyMap<string, Estimate> {
  const found = COST_STATISTICS.flatMap(({ key, cost: { columns } }) => {
    const figure = (cost as unknown as Readonly<Record<string, unknown>>)[key]
    return columns && figure !== undefined ? Object.entries(columns(figure as never)) : []
  })
  return new Map(found.flatMap(([name, estimate]) => (estimate ? [[name, estimate] as const] : [])))
}

/** Why a row's figures have no standard error: "sd: no standard error …". Empty if all have one. */
function reasonsOf(figures: ReadonlyMap<string, Estimate>): string {
  const found = [...figures].flatMap(([name, { noError }]) => (noError === undefined ? [] : [`${name}: ${noError}`]))
  return found.join('; ')
}

/**
 * One row for each month, offer and measure. A statistic has a column, with its standard error, if every row states
 * it. A standard error that does not exist is Infinity, and `no_error` then says why.
 */
export function monthsOf(summary: Summary, origin: Origin): Dataset {
  const rows = Object.entries(summary.offers).flatMap(([offer, { bill, total }]) =>
    (['bill', 'total'] as const).flatMap((measure) =>
      (measure === 'bill' ? bill : total).monthly.map((cost, m) => ({ month: summary.months[m], offer, measure, cost })),
    ),
  )
  const figures = rows.map(({ cost }) => estimatesIn(cost))
  const names = [...new Set(figures.flatMap((found) => [...found.keys()]))]
  const numbers = names.flatMap((name): Column[] => {
    const found = figures.map((own) => own.get(name))
    if (found.some((estimate) => estimate === undefined)) return []
    const column = (own: string, value: (estimate: Estimate | undefined) => number) =>
      numberColumn(own, Float64Array.from(found, value), summary.currency)
    return [column(name, (estimate) => estimate?.value ?? 0), column(`${name}_se`, (estimate) => estimate?.se ?? 0)]
  })
  const texts = (['month', 'offer', 'measure'] as const satisfies readonly OwnColumn[]).map((name) =>
    textColumn(
      name,
      rows.map((row) => row[name]),
    ),
  )
  const reasons = figures.map(reasonsOf)
  const missing = reasons.some((reason) => reason !== '') ? [textColumn('no_error', reasons)] : []
  return dataset({ name: 'months', rows: rows.length, columns: [...texts, ...numbers, ...missing], origin })
}

/**
 * The inputs drawn in each of the first trials, and their conversations and rate. `trial` is the row in the table of trials.
 * @param all whether to draw them in every trial
 */
export function inputsOf(trials: Trials, currency: string, origin: Origin, all = false): Dataset {
  const { plan } = trials.outcome
  const numbers = recordedTrials(plan, all ? plan.trials : undefined)
  const names = trials.drivers()
  const values = all ? trials.driversInAll() : names.map((name) => trials.driver(name))
  const columns = names.map((name, k) => numberColumn(name, values[k], unitOf(name, currency)))
  const trial: Column = { ...indexColumn('trial'), values: (from, to) => numbers.slice(from, to) }
  return dataset({ name: 'inputs', rows: numbers.length, columns: [trial, ...columns], origin })
}

const MONEY = new Set(['price', 'fee', 'cost', 'running', 'minimum', 'maximum', 'payment', 'paid'])
const SHARES = new Set([
  ...['share', 'rate', 'ceiling', 'offset', 'improvement', 'involvement', 'resolved', 'unresolved', 'reopened', 'uplift', 'growth'],
])
const CONVERSATIONS = new Set(['conversations', 'base'])

/** The unit of an input, by the last word of its name. */
function unitOf(name: string, currency: string): string | undefined {
  const words = name.split(/[.[\]]+/).filter((word) => word !== '' && word !== 'value' && !/^\d+$/.test(word))
  const last = words[words.length - 1]
  if (MONEY.has(last)) return currency
  if (SHARES.has(last)) return 'share'
  return CONVERSATIONS.has(last) ? 'conversations' : undefined
}
