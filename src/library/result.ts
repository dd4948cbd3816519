// What `simulate` gives back: the summary as data, and questions to it as methods.
import type { Table } from 'apache-arrow'
import { UsageError } from '../errors.ts'
import { monthsTable, trialsTable } from '../files/tables.ts'
import type { Estimate, Percentile, Summary } from '../result/summary.ts'
import type { Finished } from './run.ts'

export class SimulationResult {
  readonly summary: Summary
  readonly warnings: readonly string[]
  readonly #finished: Finished

  constructor(finished: Finished) {
    this.#finished = finished
    this.summary = finished.summary
    this.warnings = finished.warnings
  }

  /**
   * The amount that suffices with probability p: the p-th percentile of the horizon's cost, of the chosen measure.
   * @param p one of 0.01 0.05 0.1 0.25 0.5 0.75 0.8 0.9 0.95 0.99
   */
  budget(offer: string, p: number): Estimate {
    const { offers, comparison } = this.summary
    if (!Object.hasOwn(offers, offer))
      throw new UsageError(`there is no offer "${offer}": the offers are ${Object.keys(offers).join(', ')}`)
    const key = `p${Math.round(p * 100)}` as Percentile
    const found = offers[offer][comparison.measure].percentiles[key]
    if (!found || Math.abs(p * 100 - Math.round(p * 100)) > 1e-9)
      throw new UsageError(`expected a probability of the list (0.5, 0.8, 0.9, 0.95 …), got ${p}`)
    return found
  }

  /** Each offer's probability of being the cheapest, ties shared. */
  cheapest(): ReadonlyMap<string, Estimate> {
    return new Map(Object.entries(this.summary.comparison.cheapest))
  }

  /** Arrow table: `trial`, then one column an offer. */
  trials(): Table {
    return trialsTable(this.#finished.outcome)
  }

  /** Arrow table: month × offer × measure, with standard errors. */
  months(): Table {
    return monthsTable(this.summary)
  }
}
