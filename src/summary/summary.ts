// The summary of a run: summary.json, key by key. It holds no time, duration, path or thread count, so that the same
// scenario, seed, trials and method give the same bytes anywhere. Records keyed by offer are in the order as written.

import type { Method } from '../numerics/random/plan.ts'
import type { Measure } from '../compile/program.ts'
import type { Estimate } from '../numerics/estimators/estimate.ts'
import type { Estimates, Percentile } from './statistic.ts'
import type { statistics } from './statistics.generated.ts'

export type { Estimate }

export { type Estimates, type Percentile, PERCENTILES, type Shortfall, SHORTFALLS } from './statistic.ts'

export type { Measure } from '../compile/program.ts'
export type { Method }

type Statistics = typeof statistics
type CostKey = { [K in keyof Statistics]: Statistics[K] extends { readonly cost: object } ? K : never }[keyof Statistics]
type ReadOf<K> = K extends CostKey ? ReturnType<Statistics[K]['cost']['read']> : never
/** Statistics that a cost may lack: nothing varies. */
type PartialKey = { [K in CostKey]: undefined extends ReadOf<K> ? K : never }[CostKey]
/** Statistics of any number of trials. */
type MeanKey = { [K in CostKey]: Statistics[K]['cost']['needs'] extends 'mean' ? K : never }[CostKey]

/** The statistics of a cost, made from the list in `statistics/`. Money, except for the skewness. */
export type CostStatistics = { readonly [K in Exclude<CostKey, PartialKey>]: ReadOf<K> } & {
  readonly [K in PartialKey]?: Exclude<ReadOf<K>, undefined>
}

/** One month's cost. Under 1,024 monthly trials only `point` and `mean` are stated. Money. */
export type MonthlyCost = { readonly point: number } & Pick<CostStatistics, MeanKey> & Partial<Omit<CostStatistics, MeanKey>>

/** The horizon's cost. Money. */
export interface Cost extends CostStatistics {
  /** Every driver at its mean or stated value: what a spreadsheet gives. */
  readonly point: number
  readonly monthly: readonly MonthlyCost[]
  /** Payments discounted from the middle of their month to the start; present where the scenario states a `discountRate`. */
  readonly presentValue?: PartialCost
  /** By fiscal years, named by the calendar year in which they end; present where the scenario states `fiscalYearStart`. */
  readonly fiscalYears?: readonly FiscalYear[]
}

/** A weighted sum of the months: its spread comes from the monthly trials, its mean from all. */
export type PartialCost = MonthlyCost

export type FiscalYear = PartialCost & { readonly year: number }

/** Whether a stated budget holds. */
export interface BudgetCheck {
  readonly offer: string
  readonly amount: number
  readonly confidence: number
  readonly measure: Measure
  /** In so many futures the cost is at most the amount. */
  readonly holds: Estimate
  /** What the confidence needs. */
  readonly needed: Estimate
  readonly met: boolean
  /** The probability of staying within shares of the amount: "90%", "100%", "110%" … */
  readonly within: Readonly<Record<string, Estimate>>
}

/** A mean that stands alone, in an object so that more may be said later. */
export interface Mean {
  readonly mean: Estimate
}

export interface Overage {
  /** Probability that some charge bills overage within the horizon. */
  readonly any: Estimate
  /** The same, month by month. */
  readonly months: readonly Estimate[]
  /** Mean number of months with overage. */
  readonly monthsMean: Estimate
  /** Mean units above commitments and included quantities, over the horizon. */
  readonly quantity: Estimate
  /** What they cost, in money. */
  readonly amount: Estimate
  /** Mean units committed and not used. */
  readonly unused: Estimate
}

export interface OfferSummary {
  /** What the vendor invoices. */
  readonly bill: Cost
  /** The bill, people for what the AI did not resolve, and the buyer's own running costs. */
  readonly total: Cost
  /** Genuine resolutions over the horizon; absent where the scenario states no resolution rate. */
  readonly resolutions?: Mean
  /** Resolutions that the vendor bills. */
  readonly billable?: Mean
  /** Mean bill over mean conversations; absent where there are none. */
  readonly costPerConversation?: Mean
  /** Mean bill over mean genuine resolutions; absent where there are none. */
  readonly costPerResolution?: Mean
  readonly overage: Overage
  /** Mean amount of each layer over the horizon; they add up to the mean bill. */
  readonly layers: { readonly [layer: string]: Estimate }
  /** What `total` has beyond the bill. */
  readonly beyondBill: { readonly people?: Estimate; readonly running?: Estimate }
}

export interface DriverSummary {
  readonly mean: Estimate
  readonly monthly: readonly Mean[]
}

export interface CostDifference {
  readonly mean: Estimate
  readonly sd: Estimate
  readonly percentiles: Estimates<Percentile>
}

export interface Comparison {
  readonly measure: Measure
  /** Probability of being the cheapest, ties shared. */
  readonly cheapest: { readonly [offer: string]: Estimate }
  /** `cheaper.a.b`: probability that a costs less than b. With many offers, only where pairs were asked for. */
  readonly cheaper?: { readonly [offer: string]: { readonly [other: string]: Estimate } }
  /** Mean cost of the offer above the cheapest of the same trial. */
  readonly regret: { readonly [offer: string]: Estimate }
  /** `difference.a.b`: cost of a − cost of b. */
  readonly difference?: { readonly [offer: string]: { readonly [other: string]: CostDifference } }
}

export interface Summary {
  readonly format: 2
  /** Number of the random streams: it rises when any draw changes. */
  readonly streams: number
  readonly name: string
  readonly currency: string
  /** The number that was run, which may be a little more than was asked for. */
  readonly trials: number
  /** Trials behind the months' percentiles. */
  readonly monthlyTrials: number
  readonly seed: string
  readonly method: Method
  /** "2027-01" … */
  readonly months: readonly string[]
  readonly offers: { readonly [offer: string]: OfferSummary }
  readonly drivers: { readonly conversations: DriverSummary; readonly rate?: DriverSummary }
  readonly comparison: Comparison
  /** Present where the scenario states a budget. */
  readonly budget?: BudgetCheck
  /** Present where shards of a run were merged that are not all of it: how many trials they hold, of how many. */
  readonly partial?: { readonly trials: number; readonly of: number }
}
