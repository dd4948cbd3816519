// Apart from the trials, so that a result's questions do not load the reader of scenarios.
import type { Measure } from '../compile/program.ts'
import type { Node } from '../simulation/graph.ts'
import type { Model } from '../simulation/model.ts'

/** The nodes of an offer's cost in each month. */
export function costMonths({ offers, program }: Model, offer: number, measure: Measure): Node[] {
  const month = measure === 'bill' ? offers[offer].billMonth : offers[offer].totalMonth
  return Array.from({ length: program.months }, (_, m) => month(m))
}
