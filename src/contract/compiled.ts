// A contract as the simulation and the invoice read it: charges with their operations, period by period, and the terms of the whole.
// Everything that a calendar decides (from, until, cut-off periods, ramps, schedules) is settled here, at compile time.
import type { Layer, Value } from './operation.ts'

/**
 * An entry of the price table: an amount of money, month by month. In month m it is
 * `factors[m] · values[m] · Π (plus + value of the uncertain factors that hold from then on)`.
 */
export interface Price {
  /** As written for each month of the horizon: a schedule may change it. */
  readonly values: readonly Value[]
  /** Escalator, discount, exchange rate and renewal as far as they are known numbers. */
  readonly factors: readonly number[]
  /** Drawn factors: an exchange rate (plus 0, from month 0), a renewal's change (plus 1, from its month). */
  /** The currency it is invoiced in, and what one unit of it costs (in `factors` or `uncertain` already). */
  readonly foreign?: { readonly currency: string; readonly rate: Value }
  readonly uncertain: readonly { readonly input: number; readonly plus: 0 | 1; readonly from: number }[]
}

/** A place in the program's price table. */
export type PriceIndex = number

export interface Line {
  /** The invoice line: "usage", "commitment", "tier 2" … */
  readonly line: string
  readonly layer: Layer
  /** Its kind, where several lines are of one kind: each "tier 2" is a "tier". The line names its own kind if absent. */
  readonly role?: string
}

/** `times · price · max(0, q − above)`; thresholds are those of this period, pro rata where it is cut off. */
export interface Hinge extends Line {
  readonly kind: 'hinge'
  readonly price: PriceIndex
  readonly times: number
  readonly above: number
  /** Counts as overage: above a commitment, or above what a charge includes. */
  readonly overage?: boolean
  /** `above` is a commitment: what of it is left at the period's end is unused. */
  readonly committed?: boolean
}

/** `times · price · [q > above]` */
export interface Step extends Line {
  readonly kind: 'step'
  readonly price: PriceIndex
  readonly times: number
  readonly above: number
  /** Its money counts as overage; the quantity is that of the hinges beside it. */
  readonly overage?: boolean
}

/** `times · price · ⌈max(0, q − above) / size⌉` */
export interface Package extends Line {
  readonly kind: 'package'
  readonly price: PriceIndex
  readonly times: number
  readonly above: number
  readonly size: number
  readonly overage?: boolean
}

export type Operation = Hinge | Step | Package

/** Months start … end − 1; `share` of a whole period. */
export interface Span {
  readonly start: number
  readonly end: number
  readonly share: number
}

/** What a quantity accumulated in one period costs. A month bills the increment, F(Q_m) − F(Q_{m−1}), at its own prices. */
export interface PeriodProgram extends Span {
  readonly operations: readonly Operation[]
}

/** `times[m] · price` in month m, whatever is used: fees, seats of a stated number, commitments paid for. */
export interface FixedProgram extends Line {
  readonly price: PriceIndex
  readonly times: readonly number[]
}

/** A free quantity, by spans of its own; what is left lasts for `rollover` further spans, oldest used first. */
export interface IncludedProgram {
  /** `quantity` of the span (pro rata), and `perSeat` for each seat of the seats charge, a month of the span. */
  readonly spans: readonly (Span & { readonly quantity: number; readonly perSeat: number })[]
  readonly rollover: number
  /** Seats of each month where `perSeat` stands: a stated number, or one for each started `perAgent` conversations of people. */
  readonly seats?: { readonly months: readonly number[] } | { readonly perAgent: number }
}

/** A floor or a cap: in each span `times · share · price`. */
export interface BoundProgram {
  readonly spans: readonly Span[]
  readonly price: PriceIndex
  readonly times: number
}

export interface ChargeProgram {
  /** As the canonical names say it: `charges[0]`, or its id behind `charges.`. */
  readonly name: string
  /** What it counts: meters with weights (credits weigh several); empty where it counts nothing. */
  readonly quantity: readonly { readonly meter: number; readonly weight: number }[]
  /** The quantity is the largest of any period so far, not this period's own. */
  readonly ratchet: boolean
  readonly included?: IncludedProgram
  /** In order, without overlap; the charge bills nothing by quantity outside them. */
  readonly periods: readonly PeriodProgram[]
  readonly fixed: readonly FixedProgram[]
  /** What the prices of operations and fees have been multiplied by: a limit of money looks at the amount before discount. */
  readonly discounted?: number
  /** Caps the running sum of each span, what is above it taken off in the charge's own layer; usage goes on. */
  readonly maximum?: BoundProgram & Line
  /** Trued up in each span's last month, after the cap, in the charge's own layer. */
  readonly minimum?: BoundProgram & Line
}

/** Usage stops: what exceeds it goes to people. By quantity of a charge, or where the offer's usage charges reach an amount. */
export type LimitProgram =
  | { readonly kind: 'quantity'; readonly charge: number; readonly spans: readonly (Span & { readonly quantity: number })[] }
  | { readonly kind: 'money'; readonly spans: readonly Span[]; readonly price: PriceIndex; readonly times: number }

export interface ContractProgram {
  readonly charges: readonly ChargeProgram[]
  readonly limits: readonly LimitProgram[]
  /** A floor under the sum of usage, commitment and overage, trued up in layer commitment; `upfront`: billed first, drawn down. */
  readonly minimum?: BoundProgram & { readonly upfront: boolean }
  /** The spend of the first `months` months (usage, commitment, overage, add-on) comes back, `share` of it, up to `maximum`. */
  readonly refund?: { readonly months: number; readonly below: number; readonly share: number; readonly maximum?: PriceIndex }
  readonly guarantee?: { readonly months: number; readonly notAbove: number; readonly payment: PriceIndex }
}
