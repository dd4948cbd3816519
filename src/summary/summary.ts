// The content of summary.json. It holds no time, path or thread count, so that the same scenario, seed, trials and method give the same
// bytes anywhere. Records by offer keep the order of the plan.
import type { Method } from '../numerics/random/plan.ts'
import type { Measure } from '../compile/program.ts'
import type { Estimate } from '../numerics/estimators/estimate.ts'
import type { Estimates, Percentile, Shortfall } from './statistic.ts'
import type { statistics } from './statistics.generated.ts'

export type { Estimate, Measure, Method }
export { type Estimates, type Percentile, PERCENTILES, type Shortfall } from './statistic.ts'

type Statistics = typeof statistics
type CostKey = { [K in keyof Statistics]: Statistics[K] extends { readonly cost: object } ? K : never }[keyof Statistics]
type ReadOf<K> = K extends CostKey ? ReturnType<Statistics[K]['cost']['read']> : never
/** Statistics that a cost lacks if it does not vary. */
type PartialKey = { [K in CostKey]: undefined extends ReadOf<K> ? K : never }[CostKey]
/** Statistics that any number of trials gives. */
type MeanKey = { [K in CostKey]: Statistics[K]['cost']['needs'] extends 'mean' ? K : never }[CostKey]

/** The statistics of a cost, from the records in `statistics/`. Money, except for the skewness. */
export type CostStatistics = { readonly [K in Exclude<CostKey, PartialKey>]: ReadOf<K> } & {
  readonly [K in PartialKey]?: Exclude<ReadOf<K>, undefined>
}

/** One month's cost. Money. With fewer than 1,024 monthly trials it has only `point` and `mean`. */
export type MonthlyCost = { readonly point: number } & Pick<CostStatistics, MeanKey> & Partial<Omit<CostStatistics, MeanKey>>

/** The horizon's cost. Money. */
export interface Cost extends CostStatistics {
  /** The single-number plan: the cost with every driver at its mean, as a spreadsheet gives it. */
  readonly point: number
  readonly monthly: readonly MonthlyCost[]
  /** Quarters of the calendar year, or of the fiscal year if the scenario states a `fiscalYearStart`. */
  readonly quarterly: readonly QuarterlyCost[]
  /** The largest month of each trial, which may be another month in each. Absent with fewer than 1,024 monthly trials. */
  readonly worstMonth?: WorstCost
  /** The largest quarter of each trial. */
  readonly worstQuarter?: WorstCost
  /** Payments discounted from the middle of their month to the start, if the scenario states a `discountRate`. */
  readonly presentValue?: PartialCost
  /** Fiscal years, named by the calendar year in which they end, if the scenario states a `fiscalYearStart`. */
  readonly fiscalYears?: readonly FiscalYear[]
}

/** A weighted sum of months. Its mean comes from all trials, its other statistics from the monthly trials. */
export type PartialCost = MonthlyCost

export type FiscalYear = PartialCost & { readonly year: number }

/** A quarter that the horizon cuts has only its months within the horizon. */
export type QuarterlyCost = PartialCost & {
  /** Such as "2027-Q1", or "FY2028-Q1" for a fiscal year that does not start in January. */
  readonly quarter: string
  /** Such as "2027-01". */
  readonly months: readonly string[]
}

/** The largest month or quarter of a trial. All its statistics come from the monthly trials. */
export type WorstCost = { readonly point: number } & CostStatistics

/** Whether a stated budget holds. */
export interface BudgetCheck {
  readonly offer: string
  readonly amount: number
  readonly confidence: number
  /** The measure of the budget, which may be another one than offers are compared by. */
  readonly measure: Measure
  /** The share of trials in which the cost is at most the amount. */
  readonly holds: Estimate
  /** The amount that the confidence needs. Money. */
  readonly needed: Estimate
  readonly met: boolean
  /** The probability of staying within a share of the amount, by share: "90%", "100%", "110%" and so on. */
  readonly within: Readonly<Record<string, Estimate>>
}

/** An object, so that other statistics can be added later. */
export interface Mean {
  readonly mean: Estimate
}

export interface Overage {
  /** Probability that a charge bills overage within the horizon. */
  readonly any: Estimate
  /** The same probability for each month. */
  readonly months: readonly Estimate[]
  /** Mean number of months with overage. */
  readonly monthsMean: Estimate
  /** Mean units above commitments and included quantities, over the horizon. */
  readonly quantity: Estimate
  /** The mean cost of these units. Money. */
  readonly amount: Estimate
  /** Mean units that are committed but not used. */
  readonly unused: Estimate
}

export interface PeopleSummary {
  /** Heads of each month, those under notice included. */
  readonly heads: { readonly monthly: readonly Mean[] }
  /** Heads that the contacts of each month need. */
  readonly need: { readonly monthly: readonly Mean[] }
  /** Arrivals over the horizon. */
  readonly hires: Mean
  /** Departures by release over the horizon. */
  readonly releases: Mean
  /** Contacts over the horizon that nobody is there for. */
  readonly shortfall: Mean
}

export interface OfferSummary {
  /** The amount that the vendor invoices. */
  readonly bill: Cost
  /** The bill, the people who handle the rest, and the buyer's own running costs. */
  readonly total: Cost
  /** Genuine resolutions over the horizon, if the scenario states a resolution rate. */
  readonly resolutions?: Mean
  /** Resolutions that the vendor bills. */
  readonly billable?: Mean
  /** Mean bill divided by mean conversations, if there are any. */
  readonly costPerConversation?: Mean
  /** Mean bill divided by mean genuine resolutions, if there are any. */
  readonly costPerResolution?: Mean
  readonly overage: Overage
  /** Mean amount of each layer over the horizon. The layers add up to the mean bill. */
  readonly layers: { readonly [layer: string]: Estimate }
  /** The other parts of `total`. */
  readonly beyondBill: { readonly people?: Estimate; readonly running?: Estimate }
  /** People on the payroll, if the plan has any (`human.staff`). */
  readonly people?: PeopleSummary
  /** Costs by segment, if the plan has segments. They add up to those of the offer. */
  readonly segments?: { readonly [segment: string]: SegmentCostSummary }
}

export interface SegmentCostSummary {
  readonly bill: Pointed<DriverSummary>
  readonly total: Pointed<Mean>
  /** The segment's part of the bill's P80. Money. */
  readonly budget: { readonly p80?: Estimate }
  readonly risk: SegmentRisk
}

/** A figure of a segment beside that of the plan with every driver at its mean. */
export type Pointed<T> = { readonly point: number } & (T extends DriverSummary
  ? Pick<T, 'mean'> & { readonly monthly: readonly Pointed<Mean>[] }
  : T)

/** A segment's shares of the bill's risk by Euler's rule. Those of all segments add up to 1. */
export interface SegmentRisk {
  /** Of the variance. Absent if the bill does not vary. */
  readonly variance?: Estimate
  /** Of the mean of the worst trials. Absent for a bill of 0, and with `monthly: false`. */
  readonly expectedShortfall?: Estimates<Shortfall>
}

export interface DriversSummary {
  readonly conversations: DriverSummary
  readonly rate?: DriverSummary
}

export interface SegmentDrivers {
  readonly conversations: Pointed<DriverSummary>
  readonly rate?: Pointed<DriverSummary>
}

/** A mean over the horizon and those of its months. */
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
  /** Probability of being the cheapest. Ties are shared. */
  readonly cheapest: { readonly [offer: string]: Estimate }
  /** `cheaper.a.b` is the probability that a costs less than b. With many offers it is absent unless you ask for pairs. */
  readonly cheaper?: { readonly [offer: string]: { readonly [other: string]: Estimate } }
  /** Mean cost of the offer above the cheapest of the same trial. */
  readonly regret: { readonly [offer: string]: Estimate }
  /** `difference.a.b` is the cost of a minus the cost of b. */
  readonly difference?: { readonly [offer: string]: { readonly [other: string]: CostDifference } }
}

export type Grade = 'clear' | 'leaning' | 'toss-up'

/** Which offer to sign, and how clear that is. docs/model.md states the rules. */
export interface StatedVerdict {
  readonly grade: Grade
  /** The offer to sign, if one leads. In a toss-up, the one with the smallest budget (P80). */
  readonly offer: string
  /** The offers that the verdict names as equal or as better at something. The only one if an offer leads. */
  readonly offers: readonly string[]
  /** The odds of being cheapest that a clear verdict asks for. */
  readonly clearAt: number
  /** Short sentences. The first one states the choice. */
  readonly sentences: readonly string[]
}

export interface Summary {
  readonly format: 2
  /** The version of the random numbers. It rises when any draw changes. */
  readonly streams: number
  readonly name: string
  readonly currency: string
  /** The number of trials that ran. It can be a little higher than requested. */
  readonly trials: number
  /** The number of trials behind the percentiles of months. */
  readonly monthlyTrials: number
  readonly seed: string
  readonly method: Method
  /** Such as "2027-01". */
  readonly months: readonly string[]
  readonly offers: { readonly [offer: string]: OfferSummary }
  readonly drivers: DriversSummary & {
    /** The same by segment, if the plan has segments. */
    readonly segments?: { readonly [segment: string]: SegmentDrivers }
  }
  readonly comparison: Comparison
  /** Absent if the run states no P80. */
  readonly verdict?: StatedVerdict
  /** Present if the scenario states a budget. */
  readonly budget?: BudgetCheck
  /** Present if only some shards of a run were merged: their number of trials, and that of the whole run. */
  readonly partial?: { readonly trials: number; readonly of: number }
}
