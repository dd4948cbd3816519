// A program: what a worker needs to run a scenario, as plain data and typed arrays that can be sent to it.
import type { ContractProgram, Price } from '../contract/compiled.ts'
import type { Layer, Value } from '../contract/operation.ts'
import type { Dimension } from '../numerics/random/source.ts'

/** What a vendor invoices, or that with people and the buyer's own running costs. */
export type Measure = 'bill' | 'total'

export interface Program {
  readonly months: number
  readonly dimensions: readonly Dimension[]
  /** Once-a-trial inputs: a normal score through a table. */
  readonly inputs: readonly {
    readonly name: string
    readonly dimension: number
    readonly table: Uint8Array
    readonly mean: number
  }[]
  /** Probabilities at which an input jumps, where it has few such: many jumps show in the spread of replicates. */
  readonly jumps: readonly number[]
  /** Correlated dimensions: row k of the factor mixes the first k + 1 of them into the k-th. */
  readonly mixes: readonly { readonly dimensions: readonly number[]; readonly factor: readonly (readonly number[])[] }[]
  readonly volume: VolumeProgram
  readonly noises: readonly NoiseProgram[]
  readonly setbacks: readonly EventProgram[]
  /** The shared resolution first, where there is one. */
  readonly rates: readonly RateProgram[]
  /** Whether the first of the rates is that of the scenario's own `resolution`. */
  readonly sharedRate: boolean
  /** Present where counts are whole: the dimensions of each month's draws. */
  readonly counting?: {
    readonly volume: readonly number[]
    readonly involved: readonly number[]
    readonly resolved: readonly number[]
  }
  readonly human?: { readonly cost: Value; readonly uplift: Value }
  readonly meters: readonly MeterProgram[]
  /** Every amount of money that the contracts name, by its place. */
  readonly prices: readonly Price[]
  readonly offers: readonly OfferProgram[]
  /** Months that are closed, from the first on; `rho`: correlation of the two noises. */
  readonly actuals?: { readonly volumes: readonly number[]; readonly resolved?: readonly number[]; readonly rho: number }
  readonly measure: Measure
  /** Whether total and bill differ for any offer. */
  readonly distinctTotal: boolean
  readonly pairs: boolean
}

export interface NoiseProgram {
  readonly name: string
  readonly phi: number
  /** Stationary standard deviation. */
  readonly sd: number
  /** One a month. */
  readonly dimensions: readonly number[]
}

/** Factors of past months, drawn in blocks: one normal score a block, through one table for each place in it. */
export interface ResampledProgram {
  readonly name: string
  /** One a block, of as many months as there are tables. */
  readonly dimensions: readonly number[]
  readonly tables: readonly Uint8Array[]
}

/** Spikes or setbacks: one normal score a month through a table that gives the size, or the neutral value where none starts. */
export interface EventProgram {
  readonly name: string
  /** That one starts in a month. */
  readonly probability: number
  readonly months: number
  readonly table: Uint8Array
  /** The size alone, of a normal score; absent where it has atoms. */
  readonly sizes?: Uint8Array
  /** What a month has in which none starts. */
  readonly neutral: number
  readonly dimensions: readonly number[]
}

/** All kinds of events of a program: spikes, and the setbacks of its rates. */
export const eventsOf = ({ volume, setbacks }: Pick<Program, 'volume' | 'setbacks'>): readonly EventProgram[] =>
  volume.spikes ? [volume.spikes, ...setbacks] : setbacks

/** Whether something jumps that most trials may have alike. */
export const hasJumps = (program: Program): boolean => program.jumps.length > 0 || eventsOf(program).length > 0

export interface VolumeProgram {
  /** Expected volume of each month for a base of 1, or as listed. */
  readonly levels: Float64Array
  readonly base?: Value
  /** Present where growth is drawn: the monthly factor is made from it. */
  readonly growth?: { readonly input: number; readonly yearly: boolean }
  readonly noise?: NoiseProgram
  /** The month before the first one: its volume, and what a base of 1 expects of it where growth is a number. */
  readonly last?: { readonly volume: number; readonly level: number }
  readonly resampled?: ResampledProgram
  readonly spikes?: EventProgram
  readonly involvement: readonly Value[]
  readonly actions: Value
}

export interface RateProgram {
  readonly rate: Value
  readonly ceiling: Value
  readonly offset?: Value
  readonly improvement?: { readonly value: Value; readonly kind: 'points' | 'relative'; readonly per: 'month' | 'year' }
  readonly approach: 'linear' | 'saturating'
  /** Place in `noises` and `setbacks`. */
  readonly noise?: number
  readonly setbacks?: number
}

export type MeterProgram =
  | { readonly kind: 'tickets' | 'conversations' | 'actions' }
  | { readonly kind: 'genuine' | 'escalations' | 'people'; readonly rate: number }
  | {
      readonly kind: 'billable'
      readonly rate: number
      readonly resolved: Value
      readonly unresolved: Value
      readonly reopened: Value
      readonly lag: number
    }

export interface OfferProgram {
  readonly name: string
  readonly title: string
  /** Place in `rates`; absent where nothing depends on one. */
  readonly rate?: number
  readonly genuine?: number
  readonly billable?: number
  readonly people?: number
  readonly contract: ContractProgram
  readonly running?: { readonly value: Value; readonly times: number }
  readonly layers: readonly Layer[]
  readonly overage: boolean
}
