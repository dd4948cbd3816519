// A statistic as one record: its key, what it is read from, how people ask for it by name, and its documentation. The folder
// `statistics/` is the list. The type of the summary, the tables of docs/results.md, the columns of months.arrow and the names that
// `optimize` accepts are made from it.
import type { Estimate } from '../numerics/estimators/estimate.ts'
import type { Figure } from '../numerics/estimators/figure.ts'
import { type OrderFigures, PERCENTILE_LEVELS, SHORTFALL_LEVELS } from '../numerics/estimators/levels.ts'
import type { SampledColumn } from '../numerics/estimators/sorted.ts'

export type Percentile = `p${(typeof PERCENTILE_LEVELS)[number]}`
export const PERCENTILES = PERCENTILE_LEVELS.map((p) => `p${p}` as const)

export type Shortfall = `p${(typeof SHORTFALL_LEVELS)[number]}`
export const SHORTFALLS = SHORTFALL_LEVELS.map((p) => `p${p}` as const)

/** Several estimates by name. An estimate that cannot be stated with an error is absent. */
export type Estimates<Key extends string> = { readonly [K in Key]?: Estimate }

/** Figures that were integrated, and up to which standard error a sampled percentile can be replaced by one. */
export interface Integrated {
  readonly percentile: (key: Percentile) => Estimate | undefined
  readonly expectedShortfall: (key: Shortfall) => Estimate | undefined
  readonly gap: number
}

/** What the cost of a horizon, a month or a year is read from. */
export interface CostSource {
  /** Of all trials. */
  readonly mean: Estimate
  readonly moments: {
    readonly sd: Estimate
    readonly skewness: Estimate | undefined
    readonly min: number
    readonly max: number
  }
  readonly order: OrderFigures
  readonly integrated?: Integrated
}

/** A statistic that every cost in the summary has. */
export interface CostReading {
  /** A mean is stated of any number of trials, the others only where the values were kept. */
  readonly needs: 'mean' | 'moments' | 'order'
  readonly read: (source: CostSource) => unknown
  /** Columns of months.arrow, by name, from what `read` returns. */
  readonly columns?: (figure: never) => Readonly<Record<string, Estimate | undefined>>
}

/** The trials of one offer, from which a figure is read by its name. */
export interface AskedSource {
  readonly own: SampledColumn
  /** The costs of all offers on the same trials, and the place of the offer among them. */
  readonly all: () => readonly Float64Array[]
  readonly place: () => number
  /** The amount of the scenario's budget, where it states one. */
  readonly budget: number | undefined
}

export interface AskedFigure {
  /** The name in results, such as `p80`. */
  readonly name: string
  /** The name for people, such as P80. */
  readonly title: string
  readonly unit: 'money' | 'share' | 'number'
  /** Whether it needs the costs of all offers. */
  readonly all: boolean
  readonly figure: (source: AskedSource) => Figure
}

/** A statistic that people ask for by name, in `optimize` and in conditions. */
export interface Asking {
  /** How to write it, for error messages and the docs. */
  readonly written: string
  /** Whether less is better, so that `optimize` can minimize it. */
  readonly minimized: boolean
  /** @param name in lower case, without spaces */
  readonly parse: (name: string) => AskedFigure | undefined
}

export interface StatisticRecord {
  readonly key: string
  /** Its place among the statistics. */
  readonly order: number
  readonly cost?: CostReading
  readonly asked?: Asking
  readonly documentation: {
    /** Where it stands: in a cost of the summary, or in answer to a call. */
    readonly where: string
    readonly meaning: string
    readonly error: string
  }
}

/** Keeps the exact type of a record, from which the type of the summary is made. */
export const statistic = <const Own extends StatisticRecord>(own: Own): Own => own

/** A percent in a name: `95` or `97.5`, above 0 and below 100. */
export function percentIn(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d{1,2}(\.\d{1,3})?$/.test(text)) return undefined
  const percent = Number(text)
  return percent > 0 ? percent : undefined
}
