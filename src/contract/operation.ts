// What a charge compiles to: a sum of simple functions of the quantity q that its meter has counted in the current period.
// Each operation carries the name and layer of its invoice line, so that simulation and invoice read one list.

export type Meter = 'conversations' | 'tickets' | 'resolutions' | 'actions' | 'escalations' | 'people'

export type Layer = 'usage' | 'commitment' | 'overage' | 'platform' | 'add-on' | 'set-up' | 'management' | 'credits'

export type Period = 'month' | 'quarter' | 'year'

/** A number, or the once-a-trial input it is drawn from (its place in the program's list of inputs). */
export type Value = number | { readonly input: number }

/** The same data with every distribution replaced by the input that it became. */
export type Bound<T> = T extends { readonly distribution: string }
  ? { readonly input: number }
  : T extends readonly (infer Item)[]
    ? readonly Bound<Item>[]
    : T extends object
      ? { readonly [Key in keyof T]: Bound<T[Key]> }
      : T

/** A quantity written with its own period: `30k/month`. */
export interface PerPeriod {
  readonly quantity: number
  readonly per: Period
}

interface LineItem {
  /** The invoice line: "usage", "commitment", "tier 2" … */
  readonly line: string
  readonly layer: Layer
}

/** `price · max(0, q − above)`; thresholds are for a whole period. */
export interface Hinge extends LineItem {
  readonly kind: 'hinge'
  readonly price: Value
  readonly above: number
  /** Counts as overage (above a commitment, or above what a committed charge includes). */
  readonly overage?: boolean
  /** Months of the commitment's period. */
  readonly period?: number
}

/** `amount · [q > above]` */
export interface Step extends LineItem {
  readonly kind: 'step'
  readonly amount: Value
  readonly above: number
}

/** `amount · ⌈max(0, q − above) / size⌉` */
export interface Package extends LineItem {
  readonly kind: 'package'
  readonly amount: Value
  readonly times: number
  readonly above: number
  readonly size: number
}

/** `amount · times` every month, in equal months of a quarter or year (or all in its first month), or once. */
export interface Fixed extends LineItem {
  readonly kind: 'fixed'
  readonly amount: Value
  readonly times: number
  readonly per: Period | 'once'
  readonly upfront: boolean
}

export type Operation = Hinge | Step | Package | Fixed
