// A program is a compiled scenario, as plain data and typed arrays that can be sent to workers.
import type { ContractProgram, Price, PriceIndex } from '../contract/compiled.ts'
import type { QuantityPerOne } from '../contract/meters.ts'
import type { PartShares } from '../contract/shares.ts'
import type { Layer, Value } from '../contract/operation.ts'
import type { Dimension } from '../numerics/random/source.ts'
import type { Jumps } from '../numerics/estimators/jumps.ts'
import type { HistoryProgram } from './jumping.ts'

/** The vendor's invoices, or these plus the cost of people and the buyer's own running costs. */
export type Measure = 'bill' | 'total'

export interface Program {
  readonly months: number
  readonly dimensions: readonly Dimension[]
  /** Inputs that are drawn once a trial: a table maps a normal score to the value. */
  readonly inputs: readonly {
    readonly name: string
    readonly dimension: number
    readonly table: Uint8Array
    readonly mean: number
    /** Moments of this order and above are infinite. Absent if all are finite. */
    readonly moments?: number
    /** Present if the value is divided by another drawn one, as an exchange rate between two currencies is. */
    readonly divisor?: Draw
  }[]
  /** The inputs that jump, in the order of `inputs`. */
  readonly jumps: readonly InputJumps[]
  /** Correlated dimensions, of which row k of the factor mixes the first k + 1 into the k-th. */
  readonly mixes: readonly Mix[]
  /** What the volumes of all segments share. */
  readonly volume: SharedVolume
  /** In the order of their names. A plan without segments has one, without a name. */
  readonly segments: readonly SegmentProgram[]
  /** Noises of rates. Each has the standard deviation of the rate and month in which it is first stated. */
  readonly noises: readonly NoiseProgram[]
  readonly setbacks: readonly EventProgram[]
  readonly rates: readonly RateProgram[]
  /** Whether every segment has a rate before any offer's own. */
  readonly sharedRate: boolean
  readonly meters: readonly MeterProgram[]
  readonly prices: readonly Price[]
  readonly offers: readonly OfferProgram[]
  /** Pools of heads. Empty if no people are on the payroll. */
  readonly staff: readonly StaffProgram[]
  readonly actuals?: ActualsProgram
  readonly measure: Measure
  readonly distinctTotal: boolean
  readonly pairs: boolean
}

/** The closed months, from the first on. */
export interface ActualsProgram extends ActualCounts {
  /** By segment of the program; absent if only totals are known. */
  readonly segments?: readonly ActualCounts[]
  /** The place of the offer whose contracts resolved them; absent if they were resolved at the plan's own rates. */
  readonly offer?: number
  /** Resolutions of each part of that offer, by segment (one for all of them if only totals are known) and month. */
  readonly parts?: readonly (readonly (readonly number[])[])[]
}

interface ActualCounts {
  readonly volumes: readonly number[]
  readonly resolved?: readonly number[]
}

/** What a program draws, whatever it bills. */
export type DrawnProgram = Pick<Program, 'dimensions' | 'inputs' | 'jumps' | 'mixes' | 'setbacks' | 'offers'> & {
  readonly volume: Pick<SharedVolume, 'spikes' | 'history'>
  readonly segments: readonly Pick<SegmentProgram, 'spikes' | 'counting' | 'history'>[]
}

/** A number that is drawn once a trial. */
export interface Draw {
  readonly dimension: number
  readonly table: Uint8Array
}

/** An input that jumps, as a discrete one does. */
export interface InputJumps extends Jumps {
  /** Its place among the inputs. */
  readonly input: number
  /** False if it only rises steeply, as between two parts of a mixture. */
  readonly stepped: boolean
  /** Whether it has no other values than those between its jumps. */
  readonly discrete: boolean
}

export interface NoiseProgram {
  readonly name: string
  readonly phi: number
  readonly sd: number
  readonly dimensions: readonly number[]
  /** The number of its dimensions that belong to months before the plan. Absent if none do. */
  readonly earlier?: number
  /** The number of first months in which it has no part, since their volumes are known. Absent if there are none. */
  readonly closed?: number
}

export interface Mix {
  readonly dimensions: readonly number[]
  readonly factor: readonly (readonly number[])[]
  /** Present if a t copula joins the scores. */
  readonly tail?: StudentTail
}

/** The common factor √(df / W) of the scores that a t copula joins. */
export interface StudentTail {
  /** That of W. */
  readonly dimension: number
  /** Degrees of freedom. */
  readonly df: number
  /** Maps the score of W to the factor. */
  readonly widening: Uint8Array
  /** Maps `perUnit · ln(1 + t²/df) − 9` to normal score over t. */
  readonly ratio: Uint8Array
  readonly perUnit: number
}

/** Noise on the log-odds of a rate, whose logit it also shifts, so that the rate keeps its mean. */
export interface NoiseLevel {
  readonly sd: number
  readonly shift: number
}

/** Factors of past months, drawn in blocks: one normal score per block, with one table for each of its months. */
export interface ResampledProgram {
  readonly name: string
  /** One per block, which has as many months as there are tables. */
  readonly dimensions: readonly number[]
  readonly tables: readonly Uint8Array[]
}

/** Spikes or setbacks: a table maps one normal score per month to a size, or to the neutral value if none starts. */
export interface EventProgram {
  readonly name: string
  readonly probability: number
  readonly months: number
  readonly table: Uint8Array
  /** Maps a normal score to the size alone; absent if the size has atoms. */
  readonly sizes?: Uint8Array
  /** As for an input. */
  readonly moments?: number
  /** The value of a month in which none starts. */
  readonly neutral: number
  /** The probability below each jump of a month's value: where an event starts, and where its size jumps. */
  readonly at: readonly number[]
  readonly dimensions: readonly number[]
}

export const eventsOf = ({
  volume,
  segments,
  setbacks,
}: Pick<DrawnProgram, 'volume' | 'segments' | 'setbacks'>): readonly EventProgram[] => [
  ...[volume, ...segments].flatMap(({ spikes }) => (spikes ? [spikes] : [])),
  ...setbacks,
]

/** The dimensions of sampled counts, which are numbers in (0, 1) and no scores. */
export const countingIn = ({ segments }: Pick<DrawnProgram, 'segments'>): ReadonlySet<number> =>
  new Set(segments.flatMap(({ counting }) => (counting ? Object.values(counting).flat() : [])))

/** The noises of volumes: the shared one, then those of segments. */
export const volumeNoises = ({ volume, segments }: Pick<Program, 'volume' | 'segments'>): readonly NoiseProgram[] =>
  [volume, ...segments].flatMap(({ noise }) => (noise ? [noise] : []))

/** The past months that are drawn again, of the plan and of its segments. */
export const resampledOf = ({ volume, segments }: Pick<Program, 'volume' | 'segments'>): readonly ResampledProgram[] =>
  [volume, ...segments].flatMap(({ resampled }) => (resampled ? [resampled] : []))

/** Whether the plan states segments. */
export const hasSegments = ({ segments }: Pick<Program, 'segments'>): boolean => segments.some(({ name }) => name !== '')

/** The input of an uncertain growth, from which the factor of a month is computed. */
export interface GrowthStep {
  readonly input: number
  readonly yearly: boolean
}

/** The expected volume of each month. */
export interface LevelProgram {
  /** For a base of 1, with growth as far as it is certain; or as listed in `monthly`. */
  readonly levels: Float64Array
  /** By month; absent if `monthly` states the volumes. */
  readonly bases?: readonly Value[]
  /** For each month, the uncertain growth that leads to it from the month before. */
  readonly growths?: readonly (GrowthStep | undefined)[]
  /** For each month, the month in which its stage of the base begins. Growth counts from there. */
  readonly since: readonly number[]
  /** The expected volume of the month before the first one, for a base of 1 and certain growth. */
  readonly before: number
}

export interface SharedVolume {
  readonly noise?: NoiseProgram
  /** Its months deviate together. `noise` has their scores. */
  readonly history?: HistoryProgram
  /** The volume of the month before the first one, of all segments. */
  readonly last?: number
  readonly resampled?: ResampledProgram
  readonly spikes?: EventProgram
}

/** The people who handle what the AI does not resolve: each contact costs so much, or a pool of heads does the work. */
export type HumanProgram = {
  /** By month. */
  readonly uplift: readonly Value[]
} & (
  | {
      /** By month. */
      readonly cost: readonly Value[]
      /** The share of the work that the AI takes off them that really leaves the budget. */
      readonly cashable: readonly number[]
      /** The time that a contact takes, by month, if the plan states it. */
      readonly minutes?: readonly Value[]
    }
  | {
      /** Its place among the pools. */
      readonly pool: number
    }
)

/** A value for a month, or for 1 / `times` months. */
interface ValueForMonths {
  readonly value: Value
  readonly times: number
}

/** A pool of heads on the payroll. Lists are by month. */
export interface StaffProgram {
  /** The segments whose contacts they handle, and the time that each contact takes. */
  readonly segments: readonly { readonly segment: number; readonly minutes: readonly Value[] }[]
  readonly pay: { readonly price: PriceIndex; readonly times: number }
  readonly hours: readonly ValueForMonths[]
  readonly shrinkage: readonly Value[]
  readonly occupancy: readonly Value[]
  readonly start: Value
  readonly attrition: readonly { readonly value: Value; readonly per: 'month' | 'year' }[]
  readonly hire: { readonly lag: number; readonly ramp: number; readonly cost: readonly Value[] }
  /** Absent if heads only leave by attrition. */
  readonly release?: {
    readonly immediate: boolean
    readonly notice: number
    readonly cost: readonly Value[]
    readonly most?: readonly ValueForMonths[]
  }
  /** The cost of a contact that nobody is there for. */
  readonly shortfall: readonly Value[]
}

export interface SegmentProgram {
  /** Empty in a plan without segments. */
  readonly name: string
  /** Its own level, or that of the plan if segments state shares. */
  readonly level: LevelProgram
  /** The shared noise and spikes do not act on it. */
  readonly apart?: true
  /** Its share by month, to be divided by the sum of all shares. */
  readonly shares?: readonly Value[]
  /** Its own noise and spikes come on top of the shared ones. */
  readonly noise?: NoiseProgram
  /** As for the plan. */
  readonly history?: HistoryProgram
  /** Its volume in the month before the first one, if it has no other noise than its own. */
  readonly last?: number
  readonly resampled?: ResampledProgram
  readonly spikes?: EventProgram
  readonly involvement: readonly Value[]
  /** Its place in `rates`, before any offer's own. */
  readonly rate?: number
  readonly human?: HumanProgram
  /** The dimensions of each month's draws, if counts are sampled. */
  readonly counting?: {
    readonly volume: readonly number[]
    readonly involved: readonly number[]
    readonly resolved: readonly number[]
    /** Absent if nothing comes back in the segment. */
    readonly returned?: readonly number[]
  }
}

/** The change of a rate from one month to the next. */
export interface ImprovementStep {
  readonly value: Value
  readonly kind: 'points' | 'relative'
  readonly per: 'month' | 'year'
}

/** A resolution rate by month. */
export interface RateProgram {
  readonly rates: readonly Value[]
  /** For each month, the month in which its stage of the rate begins. The trend counts from there. */
  readonly since: readonly number[]
  /** By month. */
  readonly ceilings: readonly Value[]
  readonly offsets?: readonly Value[]
  /** For each month, the step that leads to it from the month before. */
  readonly improvements?: readonly ImprovementStep[]
  readonly approach: 'linear' | 'saturating'
  /** The place of its noise, and the strength of that noise in each month. */
  readonly noise?: { readonly place: number; readonly levels: readonly NoiseLevel[] }
  /** The place of its setbacks. */
  readonly setbacks?: number
}

/** What is counted in one segment. An offer's own rate and involvement decide the counts of the AI. */
export type MeterProgram =
  | { readonly kind: 'tickets' | 'conversations'; readonly segment: number }
  | { readonly kind: 'seeming' | 'escalations'; readonly segment: number; readonly rate: number }
  | { readonly kind: 'genuine'; readonly segment: number; readonly rate: number; readonly returned: ReturnedProgram }
  | {
      readonly kind: 'people'
      readonly segment: number
      readonly rate: number
      /** Those who come back to people. */
      readonly returned?: ReturnedProgram
    }
  | {
      readonly kind: 'quantity'
      readonly segment: number
      /** `actions`, `minutes`, or as the plan names it. */
      readonly name: string
      /** By month. */
      readonly each: readonly Value[]
      readonly per: QuantityPerOne
      readonly rate?: number
    }
  | {
      readonly kind: 'billable'
      readonly segment: number
      readonly rate: number
      /** By month. A credit has the share of the month that it credits. */
      readonly resolved: readonly Value[]
      readonly unresolved: readonly Value[]
      readonly reopened: readonly Value[]
      readonly lag: number
      /** Resolutions that are credited when their customers come back. */
      readonly returned?: ReturnedProgram
    }

/** The share of each month's seeming resolutions that comes back, and the months until then. */
export interface ReturnedProgram {
  readonly shares: readonly Value[]
  readonly lag: number
}

export interface ReturnsProgram extends ReturnedProgram {
  readonly to: 'people' | 'ai'
}

export interface OfferSegmentProgram {
  /** Whether the AI works in the segment at all. */
  readonly served: boolean
  /** By month. */
  readonly involvement: readonly Value[]
  /** Index in `rates`; absent if nothing depends on a rate. */
  readonly rate?: number
  /** Absent if nothing that the AI resolves comes back. */
  readonly returns?: ReturnsProgram
  /** Meters: genuine resolutions, those that the vendor bills, and conversations of people. */
  readonly genuine?: number
  readonly billable?: number
  readonly people: number
}

/** An offer as one contract, or as several parts. */
export interface OfferProgram {
  readonly name: string
  readonly title: string
  /** What it does in each segment of the program. */
  readonly segments: readonly OfferSegmentProgram[]
  /** Empty if the offer has parts. */
  readonly contract: ContractProgram
  /** The months from `start` to before `end` in which its AI works. Absent if it works in all of them. */
  readonly live?: { readonly start: number; readonly end: number }
  /** Its parts, and the share of the conversations that each of them gets. */
  readonly parts?: { readonly contracts: readonly OfferProgram[]; readonly sharing: readonly PartShares<Value>[] }
  /** By month. */
  readonly running?: { readonly values: readonly Value[]; readonly times: number }
  readonly layers: readonly Layer[]
  readonly overage: boolean
}

/** Whether a contract's AI takes back what returns to it, whatever its involvement. */
export const isOpenIn = ({ segments, live }: OfferProgram, segment: number, m: number): boolean =>
  segments[segment].served && (live === undefined || (live.start <= m && m < live.end))

/** Whether conversations come back to the AI, so that a month depends on those before it. */
export const returnsToAi = (offer: OfferProgram): boolean =>
  contractsOf(offer).some(({ segments }) => segments.some(({ returns }) => returns?.to === 'ai'))

/** The contracts of an offer: its parts, or itself. */
export const contractsOf = (offer: OfferProgram): readonly OfferProgram[] => offer.parts?.contracts ?? [offer]
