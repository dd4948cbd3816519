// A resolved scenario: plain data with every reference (files, catalogue) already in, every default filled in and every
// notation read. Its canonical JSON is what a run's identity is made from. Rates and shares are fractions, money is in the
// scenario's currency unless it says otherwise, months are integers (12·year + month).
import type { ResolvedOffer } from '../contract/offer.ts'
import type { Uncertain } from '../numerics/distributions/distribution.ts'
import type { ValueSource } from './sources.ts'

export interface ResolvedScenario {
  readonly name: string
  readonly currency: string
  readonly start: number
  readonly months: number
  readonly counting: 'expected' | 'sampled'
  readonly conversations: Conversations
  /** Absent where no offer needs a resolution rate. */
  readonly resolution?: Resolution
  readonly correlations: readonly Correlation[]
  /** What one unit of another currency costs in the scenario's. */
  readonly exchange?: Readonly<Record<string, Uncertain>>
  /** `minutes` a contact takes people; `cashable`: the share of freed work that really leaves the budget. */
  readonly human?: { readonly cost: Uncertain; readonly uplift: Uncertain; readonly minutes?: number; readonly cashable: number }
  /** Named what-ifs: what stands in some fields instead. */
  readonly stress?: Readonly<Record<string, Readonly<Record<string, string | number>>>>
  /** Months that are closed, from the first on. */
  readonly actuals?: Actuals
  /** A year, of present values. */
  readonly discountRate?: number
  /** The month, from 1, in which fiscal years begin. */
  readonly fiscalYearStart?: number
  /** What an offer shall cost at most over the horizon, in so large a share of futures. */
  readonly budget?: { readonly offer: string; readonly amount: number; readonly confidence: number }
  /** In the order in which they are written. */
  readonly offers: readonly ResolvedOffer[]
  /** Where figures come from, for the report's assumptions; absent where nothing is said. */
  readonly sources?: readonly ValueSource[]
}

/** What happened in the first months of the horizon. */
export interface Actuals {
  readonly conversations: readonly number[]
  /** Genuine resolutions of the shared resolution. */
  readonly resolutions?: readonly number[]
  /** What `offer` was invoiced for. */
  readonly invoices?: readonly number[]
  readonly offer?: string
}

/** Either `monthly` stands, or `base` with growth and seasonality. */
export interface Conversations {
  readonly base?: Uncertain
  readonly growth?: { readonly value: Uncertain; readonly per: 'month' | 'year' }
  /** Twelve factors from January, as written: the program normalises them to mean 1. */
  readonly seasonality?: readonly number[]
  /** Expected volume of each month. */
  readonly monthly?: readonly number[]
  readonly noise?: { readonly cv: number; readonly autocorrelation: number }
  /** Volume of the month before the first one, from which the noise goes on; without it the noise starts anywhere. */
  readonly last?: number
  /** In place of `noise`: what past months were by what was expected of them, drawn in blocks of so many months. */
  readonly bootstrap?: { readonly block: number; readonly ratios: readonly number[] }
  readonly spikes?: { readonly probability: number; readonly size: Uncertain; readonly months: number }
  /** Share of conversations that the AI takes part in; stages in time order, the last without `until`. */
  readonly involvement: Uncertain | readonly { readonly until?: number; readonly value: Uncertain }[]
  /** Actions per conversation. */
  readonly actions: Uncertain
}

export interface Resolution {
  readonly rate: Uncertain
  /** `points`: a fraction (0.01 = one point) added; `relative`: a fraction compounding. */
  readonly improvement?: { readonly value: Uncertain; readonly kind: 'points' | 'relative'; readonly per: 'month' | 'year' }
  readonly approach: 'linear' | 'saturating'
  readonly ceiling: Uncertain
  /** `sd` as a fraction: 0.02 = two points. */
  readonly noise?: { readonly sd: number; readonly autocorrelation: number }
  /** `size` as a fraction: 0.05 = five points. */
  readonly setbacks?: { readonly probability: number; readonly size: Uncertain; readonly months: number }
}

export interface Correlation {
  readonly between: readonly [string, string]
  readonly rho: number
}

/** How the scenario asks to be run; the command line and the API may override each. */
export interface RunOptions {
  readonly trials: number
  readonly seed: string
  readonly method: 'sobol' | 'latin' | 'random'
  readonly measure: 'bill' | 'total'
  readonly keepTrials?: boolean
  /** `auto`: of up to 12 offers. */
  readonly pairs: 'auto' | 'all' | 'none'
  /** False: of months means only. */
  readonly monthly?: boolean
  readonly preintegration: boolean
}
