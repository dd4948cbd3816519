// A resolved scenario: plain data with every reference (files, catalog) already in, every default filled in and every
// notation read. Its canonical JSON is what a run's identity is made from. Rates and shares are fractions, money is in the
// scenario's currency unless it says otherwise, months are integers (12·year + month).
import type { Present, ResolvedOffer } from '../contract/offer.ts'
import type { Uncertain } from '../numerics/distributions/distribution.ts'
import type { RawScenario } from './schema.ts'
import type { ValueSource } from './sources.ts'

/** What is settled first, or what only a run reads. All other keys are those of the schema. */
type Settled = 'conversations' | 'resolution' | 'correlations' | 'exchange' | 'human' | 'actuals' | 'budget' | 'offers' | 'run'

export type ResolvedScenario = Present<Omit<RawScenario, Settled>> & {
  readonly conversations: Conversations
  /** Absent where no offer needs a resolution rate. */
  readonly resolution?: Resolution
  readonly correlations: readonly Correlation[]
  /** What one unit of another currency costs in the scenario's. */
  readonly exchange?: Readonly<Record<string, Uncertain>>
  readonly human?: Present<Omit<NonNullable<RawScenario['human']>, 'cost'>> & { readonly cost: Uncertain }
  /** Months that are closed, from the first on. */
  readonly actuals?: Actuals
  /** What an offer may cost at most over the horizon, and in which share of trials it must. */
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
export type Conversations = Present<Omit<RawScenario['conversations'], 'monthly' | 'history' | 'bootstrap'>> & {
  /** Expected volume of each month. */
  readonly monthly?: readonly number[]
  /** In place of `noise`: what past months were by what was expected of them, drawn in blocks of so many months. */
  readonly bootstrap?: { readonly block: number; readonly ratios: readonly number[] }
}

export type Resolution = Present<NonNullable<RawScenario['resolution']>>

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
