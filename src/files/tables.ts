// Results as Arrow tables: trials, and months.
import {
  type Data,
  Field,
  Float64,
  makeData,
  makeVector,
  RecordBatch,
  Schema,
  Struct,
  Table,
  tableFromArrays,
  Uint32,
} from 'apache-arrow'
import type { Outcome } from '../engine/run.ts'
import type { MonthlyCost, Summary } from '../result/summary.ts'
import { PERCENTILES } from '../result/summary.ts'
import { keptColumn } from '../simulation/block.ts'

/** `trial`, then one Float64 column an offer, of the chosen measure. No copy is made of the costs. */
export function trialsTable(outcome: Outcome): Table {
  const { program, trials } = outcome
  if (!trials) throw new Error('the trials were not kept: run with keepTrials, or fewer of them')
  const length = outcome.plan.trials
  const index = new Uint32Array(length).map((_, i) => i)
  const costs = program.offers.map((offer, k) => {
    return { name: offer.name, data: trials[keptColumn(program, k, program.measure)] }
  })
  const fields = [new Field('trial', new Uint32(), false), ...costs.map(({ name }) => new Field(name, new Float64(), false))]
  const schema = new Schema(fields)
  const children: Data[] = [
    makeData({ type: new Uint32(), data: index, length }),
    ...costs.map(({ data }) => makeData({ type: new Float64(), data: data as Float64Array<ArrayBuffer>, length })),
  ]
  return new Table(schema, new RecordBatch(schema, makeData({ type: new Struct(fields), length, nullCount: 0, children })))
}

/** One row a month, offer and measure: mean, sd, percentiles and shortfall, each with its standard error; a figure that is not stated of every row has no column. */
export function monthsTable(summary: Summary): Table {
  const rows = Object.entries(summary.offers).flatMap(([offer, { bill, total }]) =>
    (['bill', 'total'] as const).flatMap((measure) =>
      (measure === 'bill' ? bill : total).monthly.map((cost, m) => ({ month: summary.months[m], offer, measure, cost })),
    ),
  )
  const text = {
    month: rows.map(({ month }) => month),
    offer: rows.map(({ offer }) => offer),
    measure: rows.map(({ measure }) => measure as string),
  }
  const estimates: readonly (readonly [
    string,
    (cost: MonthlyCost) => { readonly value: number; readonly se: number } | undefined,
  ])[] = [
    ['mean', (cost) => cost.mean],
    ['sd', (cost) => cost.sd],
    ...PERCENTILES.map((p) => [p, (cost: MonthlyCost) => cost.percentiles?.[p]] as const),
    ['shortfall90', (cost) => cost.shortfall?.p90],
    ['shortfall95', (cost) => cost.shortfall?.p95],
  ]
  const numbers = estimates.flatMap(([name, read]) => {
    const found = rows.map(({ cost }) => read(cost))
    if (found.some((estimate) => estimate === undefined)) return []
    return [
      [name, makeVector(Float64Array.from(found, (estimate) => estimate?.value ?? 0))] as const,
      [`${name}_se`, makeVector(Float64Array.from(found, (estimate) => estimate?.se ?? 0))] as const,
    ]
  })
  const texts = tableFromArrays(text)
  return texts.assign(new Table(Object.fromEntries(numbers)))
}
