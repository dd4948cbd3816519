// A compiled contract, which the simulation and the invoice read: charges as operations, period by period, and the offer's terms.
// It contains every decision of the calendar (from, until, cut-off periods, ramps, stages).
import type { Layer, Value } from './operation.ts'
import type { PlacedRule } from './rule.ts'
import type { FirstMonths } from './terms/refund.ts'

/**
 * An entry of the price table: an amount of money, month by month. In month m it is
 * `factors[m] · values[m] · Π (plus + min(value, cap))` over the uncertain factors with `from` ≤ m.
 */
export interface Price {
  /** The stated amount of each month of the horizon. */
  readonly values: readonly Value[]
  /** Escalator, discount, exchange rate and renewal, as far as they are plain numbers. */
  readonly factors: readonly number[]
  /** The currency of the invoice and its exchange rate, which `factors` or `uncertain` already contain. */
  readonly foreign?: { readonly currency: string; readonly rate: Value }
  /** Drawn factors: an exchange rate (plus 0, from month 0), a renewal's change (plus 1, from its month). */
  readonly uncertain: readonly { readonly input: number; readonly plus: 0 | 1; readonly from: number; readonly cap?: number }[]
}

/** A place in the program's price table. */
export type PriceIndex = number

export interface Line {
  /** The invoice line: "usage", "commitment", "tier 2" … */
  readonly line: string
  readonly layer: Layer
  /** The kind of the line if several lines share it, such as "tier" for "tier 2"; `line` if absent. */
  readonly role?: string
}

interface Priced extends Line {
  readonly price: PriceIndex
  readonly times: number
  /** The threshold in this period, pro rata if it is cut off. */
  readonly above: number
  /** Whether it counts as overage, beyond a commitment or an included quantity. */
  readonly overage?: boolean
}

/** `times · price · max(0, q − above)` */
export interface Hinge extends Priced {
  readonly kind: 'hinge'
  /** Whether `above` is a commitment, whose remainder at the period's end is unused. */
  readonly committed?: boolean
}

/** `times · price · [q > above]`. The quantity of its overage is that of the hinges beside it. */
export interface Step extends Priced {
  readonly kind: 'step'
}

/** `times · price · ⌈max(0, q − above) / size⌉` */
export interface Package extends Priced {
  readonly kind: 'package'
  readonly size: number
}

export type Operation = Hinge | Step | Package

/** Months start … end − 1 of a period, which is `share` of a whole one. */
export interface Span {
  readonly start: number
  readonly end: number
  readonly share: number
  /** Months of the period before the horizon, if it began before. */
  readonly gone?: number
  /** Months of the period after the horizon, if it ends later: what falls due at its end is not billed. */
  readonly left?: number
}

/** Amounts of money at prices of one month: the sum of `times · price`. */
export type Parts = readonly { readonly price: PriceIndex; readonly times: number }[]

/** The cost F of the quantity accumulated in one period. A month bills the increment, F(Q_m) − F(Q_{m−1}), at its own prices. */
export interface PeriodProgram extends Span {
  readonly operations: readonly Operation[]
  /** The quantity before the horizon. */
  readonly used?: number
  /** Whether a ratchet starts again. */
  readonly restarts?: boolean
}

/** `times[m] · units · price` in month m regardless of usage: fees, a stated number of seats, commitments. */
export interface FixedProgram extends Line {
  readonly price: PriceIndex
  readonly times: readonly number[]
  /** A drawn number, such as uncertain seats. 1 if absent. */
  readonly units?: Value
  /** By month, how many months its amount pays for in advance, from that month on. Absent if each month pays for itself. */
  readonly covers?: readonly number[]
}

/** A free quantity, by spans of its own. Unused units stay valid for `rollover` further spans, and the oldest are used first. */
export interface IncludedProgram {
  /** `quantity` for the span (pro rata), plus `perSeat` for each seat and month of the span. */
  readonly spans: readonly (Span & { readonly quantity: number; readonly perSeat: number; readonly used?: number })[]
  readonly rollover: number
  /** Whether it is free one time only, so that units beyond it are no overage. */
  readonly once?: boolean
  /** The seats that `perSeat` counts: a number for each month, or one for every `perAgent` conversations of people, rounded up. */
  readonly seats?:
    | { readonly months: readonly Value[] }
    /** Of the people in these segments. */
    | { readonly perAgent: number; readonly segments: readonly number[] }
}

/** A rule that bills the months from `start` to before `end`: `price` times what its function returns. */
export interface RuleProgram extends PlacedRule, Line {
  readonly price: PriceIndex
  readonly start: number
  readonly end: number
  /** The meters of each name in `counts`. */
  readonly meters: readonly (readonly { readonly meter: number; readonly weight: number }[])[]
}

/** A minimum, maximum or limit in money, as the sum of `times · price` in each span. Stages are parts. */
export interface BoundProgram {
  readonly spans: readonly BoundSpan[]
}

export interface BoundSpan extends Span {
  readonly parts: Parts
  /** The money before the horizon, at the prices of the span's first month. */
  readonly spent?: Parts
}

export interface ChargeProgram {
  /** The places of the segments that it is for. */
  readonly segments: readonly number[]
  /** Whether it bills a quantity, by which its amount is split between segments. Fees and seats are split by conversations. */
  readonly metered: boolean
  /** `charges[0]`, or `charges.ID` if the charge has an id. */
  readonly name: string
  /** The meters that it counts, weighted (credits count several); empty if it counts nothing. */
  readonly quantity: readonly { readonly meter: number; readonly weight: number }[]
  /** Whether the largest quantity of any period so far counts, instead of this period's own. */
  readonly ratchet: boolean
  readonly included?: IncludedProgram
  /** In order, without overlap. Outside them the charge bills no quantity. */
  readonly periods: readonly PeriodProgram[]
  readonly fixed: readonly FixedProgram[]
  /** In place of operations. */
  readonly rule?: RuleProgram
  /** The factor that prices already contain: a money limit applies to the amount before discount. */
  readonly discounted?: number
  /** Caps the running sum of each span in the charge's own layer. Usage continues. */
  readonly maximum?: BoundProgram & Line
  /** Trued up in each span's last month, after the maximum, in the charge's own layer. */
  readonly minimum?: BoundProgram & Line
}

/** Where usage stops and people take over: at a quantity of one charge, or where the offer's usage charges reach an amount. */
export type LimitProgram =
  | {
      readonly kind: 'quantity'
      readonly charge: number
      /** The places of the segments in which it stops the AI. */
      readonly segments: readonly number[]
      readonly spans: readonly (Span & { readonly quantity: number; readonly used?: number })[]
    }
  | ({ readonly kind: 'money'; readonly segments: readonly number[] } & BoundProgram)

export interface ContractProgram {
  /** By month, whether it is billed in the shadow of other parts and resolves nothing. Absent if it never is. */
  readonly shadow?: readonly boolean[]
  /** The places of the segments that the offer serves. */
  readonly segments: readonly number[]
  readonly charges: readonly ChargeProgram[]
  readonly limits: readonly LimitProgram[]
  /** The least sum of usage, commitment and overage, trued up in layer commitment, or billed upfront and drawn down. */
  readonly minimum?: BoundProgram & { readonly upfront: boolean }
  /** Returns `share` of the spend of the first months (usage, commitment, overage, add-on), up to `maximum`. */
  readonly refund?: FirstMonths & { readonly below: number; readonly share: number; readonly maximum?: PriceIndex }
  readonly guarantee?: FirstMonths & { readonly notAbove: number; readonly payment: PriceIndex }
}
