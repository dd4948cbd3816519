// A statistic as one record: its key, how it is read, its name in requests, and its documentation. The records in `statistics/` define
// the type of the summary, the tables of docs/results.md, the columns of months.arrow and the names that `optimize` accepts.
import type { Estimate } from '../numerics/estimators/estimate.ts'
import type { Figure } from '../numerics/estimators/figure.ts'
import { type OrderFigures, PERCENTILE_LEVELS, type SHORTFALL_LEVELS } from '../numerics/estimators/levels.ts'
import type { SampledColumn } from '../numerics/estimators/sorted.ts'

export type Percentile = `p${(typeof PERCENTILE_LEVELS)[number]}`
export const PERCENTILES = PERCENTILE_LEVELS.map((p) => `p${p}` as const)

export type Shortfall = `p${(typeof SHORTFALL_LEVELS)[number]}`

/** Estimates by name. An estimate without a known error is absent. */
export type Estimates<Key extends string> = { readonly [K in Key]?: Estimate }

/** Integrated figures. One replaces a sampled percentile whose standard error is at most `gap`. */
export interface Integrated {
  readonly percentile: (key: Percentile) => Estimate | undefined
  readonly expectedShortfall: (key: Shortfall) => Estimate | undefined
  readonly gap: number
}

/** The source of the statistics of a cost. Money. */
export interface CostSource {
  /** Over all trials. */
  readonly mean: Estimate
  readonly moments: { readonly sd: Estimate; readonly skewness: Estimate | undefined; readonly min: number; readonly max: number }
  readonly order: OrderFigures
  /** Moments of order 1 / heaviness and above are infinite. */
  readonly heaviness: number
  readonly integrated?: Integrated
}

/** A statistic that every cost in the summary has. */
export interface CostReading {
  /** A mean needs no kept values. Moments and order statistics do. */
  readonly needs: 'mean' | 'moments' | 'order'
  readonly read: (source: CostSource) => unknown
  /** Columns of months.arrow by name, from the result of `read`. */
  readonly columns?: (figure: never) => Readonly<Record<string, Estimate | undefined>>
}

/** The trials of one offer, from which a figure is computed. */
export interface AskedSource {
  readonly own: SampledColumn
  /** The costs of all offers on the same trials, and the place of the offer among them. */
  readonly all: () => readonly SampledColumn[]
  readonly place: () => number
  /** The amount of the scenario's budget, if it states one, and the offer's cost by its measure. */
  readonly budget: { readonly amount: number; readonly cost: () => SampledColumn } | undefined
}

export interface AskedFigure {
  /** The name in results, such as `p80`. */
  readonly name: string
  /** The name in texts, such as P80. */
  readonly title: string
  readonly unit: 'money' | 'share' | 'number'
  /** Whether the figure depends on the costs of all offers. */
  readonly all: boolean
  readonly figure: (source: AskedSource) => Figure
}

/** A statistic that users can ask for by name, in `optimize` and in conditions. */
export interface Asking {
  /** How to write it, for error messages and the docs. */
  readonly written: string
  /** Whether `optimize` can minimize it, because less is better. */
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
    /** Its place in the summary, or the call that returns it. */
    readonly where: string
    readonly meaning: string
    readonly error: string
  }
}

/** Keeps the exact type of a record, which the type of the summary depends on. */
export const statistic = <const Own extends StatisticRecord>(own: Own): Own => own

/** A percent in a name: `95` or `97.5`, above 0 and below 100. */
export function percentIn(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d{1,2}(\.\d{1,3})?$/.test(text)) return undefined
  const percent = Number(text)
  return percent > 0 ? percent : undefined
}
