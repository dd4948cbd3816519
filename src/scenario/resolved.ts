// A resolved scenario: plain data in which references (files, catalog), defaults and notation are resolved. Its canonical JSON defines
// the identity of a run. Rates and shares are fractions, money is in the scenario's currency unless it names another, and months are
// integers (12·year + month − 1).
import type { Staged } from '../contract/stages.ts'
import type { Money } from '../contract/money.ts'
import type { Present, Quantities, ResolvedOffer } from '../contract/offer.ts'
import type { Period } from '../contract/operation.ts'
import type { PastVolumes } from '../forecasting/ensemble/past-fit.ts'
import type { Uncertain } from '../numerics/distributions/distribution.ts'
import type { Converted } from './exchange.ts'
import type { RawScenario, RawSegment } from './schema.ts'
import type { ValueSource } from './sources.ts'
import type { RawStaff } from './staff-schema.ts'

/** Keys that resolving changes. All others are those of the schema. */
type Settled =
  | 'conversations'
  | 'resolution'
  | 'correlations'
  | 'exchange'
  | 'human'
  | 'segments'
  | 'actuals'
  | 'budget'
  | 'ledger'
  | 'offers'
  | 'run'

export type ResolvedScenario = Present<Omit<RawScenario, Settled>> & {
  readonly conversations: Conversations
  /** Absent if no offer needs a resolution rate. */
  readonly resolution?: Resolution
  readonly correlations: readonly Correlation[]
  /** The price of one unit of each other currency in the scenario's. */
  readonly exchange?: Readonly<Record<string, Uncertain>>
  readonly human?: ResolvedHuman
  /** In the order of their names. Absent in a plan without segments. */
  readonly segments?: readonly ResolvedSegment[]
  readonly actuals?: Actuals
  /** The largest cost of an offer over the horizon, and the share of trials in which it should be enough. */
  readonly budget?: {
    readonly offer: string
    readonly amount: number
    readonly confidence: number
    readonly measure: RawScenario['run']['measure']
  }
  readonly ledger?: ResolvedLedger
  readonly offers: readonly ResolvedOffer[]
  /** The stated sources of figures, if any. */
  readonly sources?: readonly ValueSource[]
}

/** How the plan is booked. */
export interface ResolvedLedger {
  /** By layer. */
  readonly accounts: Readonly<Record<string, string>>
  /** The cost center of each segment that has one. Empty if shares are stated. */
  readonly bySegment: Readonly<Record<string, string>>
  /** Cost centers that share every amount. Shares add up to 1. Empty if none are stated. */
  readonly shares: readonly { readonly costCenter: string; readonly share: number }[]
  /** The months over which a layer is expensed. */
  readonly amortize: Readonly<Record<string, number>>
  /** Whether amounts that are paid upfront are expensed over their period. */
  readonly prepaid: boolean
  /** Of the budget columns. */
  readonly confidence?: number
}

/** The closed months, from the first month of the horizon on. */
export interface Actuals {
  readonly conversations: readonly number[]
  /** Genuine resolutions: before any offer's own rate, or as the contracts of `answered` resolved them. */
  readonly resolutions?: readonly number[]
  /** The same by segment, in the order of their names; absent if only totals are known. */
  readonly segments?: readonly Pick<Actuals, 'conversations' | 'resolutions'>[]
  /** Amounts invoiced for `offer`, in the scenario's currency. */
  readonly invoices?: readonly number[]
  /** The currency that the invoices were converted from, and its rate; absent if they are in the scenario's. */
  readonly invoiced?: Omit<Converted, 'value'>
  readonly offer?: string
  /** The offer whose contracts answered the closed months, if it has parts or the plan has no rate of its own. */
  readonly answered?: string
  /** Resolutions of each of its parts, by segment (one for all of them if only totals are known) and month. */
  readonly parts?: readonly (readonly (readonly number[])[])[]
}

/** People as a plan or a segment states them: what a contact costs, or the heads on the payroll. */
export type ResolvedHuman = Present<Omit<NonNullable<RawSegment['human']>, 'cost' | 'staff'>> & {
  /** Absent if the segments state it. */
  readonly cost?: Staged<Uncertain>
  readonly staff?: ResolvedStaff
}

export interface StaffPay {
  readonly value: Staged<Money>
  readonly per: Period
}

export type ResolvedStaff = Present<Omit<RawStaff, 'pay' | 'release'>> & {
  readonly pay: StaffPay | { readonly value: StaffPay; readonly escalator?: Staged<Uncertain> }
  readonly release?: Present<NonNullable<RawStaff['release']>>
}

/** Past volumes whose futures a plan draws, with those of its closed months. `monthly` has their means. */
export interface PlanHistory extends PastVolumes {
  /** Of the fitted futures. Equal fits have equal digests. */
  readonly digest: string
}

/** Either `monthly` is present, or `base` with growth and seasonality, or segments have volumes of their own. */
export type Conversations = Present<Omit<RawScenario['conversations'], 'monthly' | 'history' | 'bootstrap' | 'quantities'>> & {
  /** Expected volume of each month. */
  readonly monthly?: readonly number[]
  /** Replaces `noise`. */
  readonly history?: PlanHistory
  /** Replaces `noise`: past months divided by their expected volumes, drawn in blocks of `block` months. */
  readonly bootstrap?: { readonly block: number; readonly ratios: readonly number[] }
  readonly quantities?: Quantities
}

type RawConversations = NonNullable<RawSegment['conversations']>

/** A segment: the keys that it states itself. */
export interface ResolvedSegment {
  readonly name: string
  readonly share?: Staged<Uncertain>
  readonly conversations: Present<
    Partial<Omit<RawConversations, 'monthly' | 'history' | 'shared' | 'bootstrap' | 'quantities'>>
  > & {
    readonly monthly?: readonly number[]
    /** As for the plan. */
    readonly history?: PlanHistory
    /** Growth and seasons are its own, as a history gives them. */
    readonly fitted?: true
    /** The plan's own noise and spikes do not act on it. */
    readonly apart?: true
    readonly bootstrap?: NonNullable<Conversations['bootstrap']>
    readonly quantities?: Quantities
  }
  readonly resolution?: Present<NonNullable<RawSegment['resolution']>>
  readonly human?: ResolvedHuman
}

export type Resolution = Present<NonNullable<RawScenario['resolution']>>

export interface Correlation {
  readonly between: readonly [string, string]
  readonly rho: number
  /** From histories, not stated. */
  readonly estimated?: true
}

/** The run settings of a plan, which the command line and the API may override. */
export type RunOptions = Present<Omit<RawScenario['run'], 'pairs'>> & {
  /** `auto` compares all pairs of up to 12 offers. */
  readonly pairs: 'auto' | 'all' | 'none'
  /** If false, months only get means. */
  readonly monthly?: boolean
}
