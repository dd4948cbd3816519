// What a contract has used and billed before the plan, in the periods that run when it starts. Usage is the same in each month gone.
import { compileModel, isCounting, type ResolvedCharge } from './charges/index.ts'
import type { ChargeProgram, IncludedProgram, Parts, PeriodProgram, PriceIndex, Span } from './compiled.ts'
import type { Staged } from './fields.ts'
import { type StartedTerm, usageToDate } from './modifiers/term.ts'
import type { Bound, Layer, Meter, Value } from './operation.ts'
import type { BoundMoney } from './prices.ts'
import { type Applies, inHorizon, shifted, wholeOf } from './spans.ts'
import { unitsAt } from './units.ts'

type Quantity = ChargeProgram['quantity']

/** What a charge is, as far as its months before the plan need it. */
interface PastSetting {
  readonly charge: Bound<ResolvedCharge>
  readonly months: number
  readonly applies: Applies
  readonly term: StartedTerm | undefined
  readonly start: number
  readonly quantity: Quantity
  /** The months gone of the longest period that runs when the plan starts. */
  readonly gone: number
  /** The included quantity, compiled for some months from a date on. */
  included(applies: Applies, start: number): IncludedProgram | undefined
  price(amount: Staged<BoundMoney>): PriceIndex
  /** The mean count of the plan's first month, by meters and their weights. */
  typical(quantity: Quantity): number
  mean(value: Value): number
  /** The money that its term states for these months. */
  readonly spend?: PriceIndex
  /** The meters of a name with a weight. */
  counted(meter: Meter, weight: number): Quantity
}

/** An amount of the past: units of a price, in a layer. */
interface PastAmount {
  readonly month: number
  readonly layer: Layer
  readonly price: PriceIndex
  readonly times: number
  /** Whether it bills usage rather than a fixed amount. */
  readonly metered: boolean
}

export class Past {
  /** Units in each month gone, before any included ones. */
  readonly use: number
  readonly #setting: PastSetting

  constructor(setting: PastSetting) {
    this.#setting = setting
    const { term, gone } = setting
    const { usage, rest } = term && gone > 0 ? statedUsage(term, setting) : { usage: 0, rest: setting.quantity }
    this.use = (gone > 0 ? usage / gone : 0) + (rest.length > 0 ? setting.typical(rest) : 0)
  }

  /** The quantity that a charge bills in a period of which some months are gone. */
  chargeable(gone: number): number {
    return sum(this.#chargeable(this.#setting.gone).slice(-gone))
  }

  /** The money billed in the months gone: as the term states it, or else the contract's price for the usage. */
  spent(gone: number): Parts {
    const { spend, gone: all } = this.#setting
    if (spend === undefined || all === 0) return this.priced(gone, () => true)
    return [{ price: spend, times: gone / all }]
  }

  /** The contract's price for the usage, and for what is due in any case, of some layers. */
  priced(gone: number, wanted: (layer: Layer, metered: boolean) => boolean): Parts {
    const parts = new Map<PriceIndex, number>()
    for (const { month, layer, price, times, metered } of this.#amounts(Math.max(gone, this.#setting.gone)))
      if (month >= -gone && wanted(layer, metered)) parts.set(price, (parts.get(price) ?? 0) + times)
    return [...parts].flatMap(([price, times]) => (times === 0 ? [] : [{ price, times }]))
  }

  /** The same charge over the months before the plan, which become months 0 … months − 1. */
  #earlier(months: number): { readonly applies: Applies; readonly start: number } {
    const { applies, start } = this.#setting
    const { term } = shifted(applies, months)
    const from = Math.max(0, term?.first ?? 0)
    const applied = from < months ? { start: from, end: months, ...(term && { term }) } : { start: 0, end: 0 }
    return { applies: applied, start: start - months }
  }

  /** Units beyond the included ones, by month gone. Nothing is left from periods that have ended. */
  #chargeable(months: number): number[] {
    const { applies, start } = this.#earlier(months)
    const inside = (m: number) => (m >= applies.start && m < applies.end ? this.use : 0)
    const left = Array.from({ length: months }, (_, m) => inside(m))
    const included = this.#setting.included(applies, start)
    for (const span of included?.spans ?? []) {
      const free = this.#freeIn(span, included?.seats, months)
      let used = this.use * (span.gone ?? 0)
      for (let m = span.start; m < span.end; m++) {
        const before = Math.max(0, used - free)
        used += inside(m)
        left[m] = Math.max(0, used - free) - before
      }
    }
    return left
  }

  #freeIn(span: IncludedProgram['spans'][number], seats: IncludedProgram['seats'], months: number): number {
    if (!seats || !('months' in seats)) return span.quantity
    const [first, last] = wholeOf(span)
    const number = (m: number) => this.#setting.mean(seats.months[inHorizon(m - months, this.#setting.months)])
    return span.quantity + span.perSeat * sum(Array.from({ length: last - first }, (_, k) => number(first + k)))
  }

  #amounts(months: number): PastAmount[] {
    const { applies, start } = this.#earlier(months)
    const { charge, price, mean } = this.#setting
    const { periods, fixed } = compileModel(charge, { months, start, applies, overage: false, price })
    const due = fixed.flatMap(({ times, price: own, layer, units = 1 }) =>
      times.map((number, m): PastAmount => ({ month: m - months, layer, price: own, times: number * mean(units), metered: false })),
    )
    const chargeable = this.#chargeable(months)
    return [...due, ...periods.flatMap((period) => usedIn(period, chargeable, months))]
  }
}

function usedIn({ start, end, operations }: PeriodProgram, chargeable: readonly number[], months: number): PastAmount[] {
  const amounts: PastAmount[] = []
  let running = 0
  for (let m = start; m < end; m++) {
    const before = running
    running += chargeable[m]
    for (const operation of operations) {
      const { layer, price } = operation
      const times = unitsAt(operation, running) - (m === start ? 0 : unitsAt(operation, before))
      amounts.push({ month: m - months, layer, price, times, metered: true })
    }
  }
  return amounts
}

/** The most months gone of any of these. */
export const mostGone = (spans: readonly Span[]): number => Math.max(0, ...spans.map(({ gone = 0 }) => gone))

/** The usage that a term states for the meters of a charge, and the meters that it says nothing of. */
function statedUsage(
  term: StartedTerm,
  { charge, quantity, counted }: PastSetting,
): { readonly usage: number; readonly rest: Quantity } {
  if (!isCounting(charge)) return { usage: 0, rest: quantity }
  const weights = charge.meter === undefined ? Object.entries(charge.credits ?? {}) : [[charge.meter, 1] as const]
  let usage = 0
  const rest = weights.flatMap(([name, weight]) => {
    const stated = usageToDate(term, name)
    if (stated === undefined) return weight > 0 ? counted(name, weight) : []
    usage += weight * stated
    return []
  })
  return { usage, rest }
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)
