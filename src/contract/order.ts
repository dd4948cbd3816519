// Compiles a charge. Its modifiers always act in this order: money (stages, exchange rate, escalator, renewal), quantity (from, until,
// included, rollover), model, amount (discount, minimum, maximum).
import { compileModel, isCounting, type ResolvedCharge } from './charges/index.ts'
import type { BoundProgram, ChargeProgram } from './compiled.ts'
import type { BoundPer, Staged } from './fields.ts'
import { appliesOf, type Dated, perOf } from './modifiers/dates.ts'
import { compileIncluded, type Included, type Seats } from './modifiers/included.ts'
import type { Bound, Meter, Period } from './operation.ts'
import { type BoundMoney, moneyBound, type PriceCourse, type PriceTable } from './prices.ts'
import type { Of } from './program.ts'
import { type Applies, spansOf, stagesOf } from './spans.ts'

type Bounds = { readonly minimum?: Bound<BoundPer> | undefined; readonly maximum?: Bound<BoundPer> | undefined }

export interface OfferTools {
  readonly start: number
  readonly months: number
  /** The months that the offer states, and those of them in the horizon. */
  readonly dates: Dated
  readonly live: Applies
  readonly prices: PriceTable
  readonly renewal: PriceCourse['renewal']
  readonly seats: Seats | undefined
  readonly meter: (name: Meter, of: Of) => readonly number[]
  readonly segmentsOf: (of: Of) => readonly number[]
}

export function compileCharge(name: string, charge: Bound<ResolvedCharge>, tools: OfferTools): ChargeProgram {
  const { start, months, prices, renewal } = tools
  const applies = appliesOf(charge, tools.dates, tools)
  const { escalator, discount = 0 } = charge
  const list: PriceCourse = { escalator, renewal }
  const segments = tools.segmentsOf(charge.of as Of)
  // Seats by need count the people of the segments that both charges are for.
  const seats =
    tools.seats && 'perAgent' in tools.seats
      ? { ...tools.seats, segments: tools.seats.segments.filter((s) => segments.includes(s)) }
      : tools.seats
  const included = isCounting(charge)
    ? compileIncluded(charge as { included?: Included; rollover?: number; period?: Period }, applies, start, seats)
    : undefined
  const { periods, fixed, own, ratchet, meter, unit } = compileModel(charge, {
    months,
    start,
    applies,
    overage: included !== undefined,
    price: (amount) => prices.place(amount, { ...list, discounted: 1 - discount }),
  })
  const bound = (stated: Bound<BoundPer>): BoundProgram => {
    const per = perOf(stated, isCounting(charge) ? charge : {})
    const spans = spansOf(per, applies)
    if (!('quantity' in stated))
      return moneyBound(stated.money as Staged<BoundMoney>, spans, per, start, (money) => prices.place(money, list))
    if (!unit) throw new Error(`a ${charge.model} charge has no price per unit`)
    const price = prices.place(unit.price, list)
    const quantity = stated.quantity as Staged<number>
    return {
      spans: spans.map((span) => {
        const parts = stagesOf(quantity, span, per, start)
        return { ...span, parts: parts.map(({ value, share }) => ({ price, times: unit.times * value * share })) }
      }),
    }
  }
  const { minimum, maximum } = charge as Bounds
  return {
    segments,
    metered: isCounting(charge),
    name,
    quantity: periods.length === 0 ? [] : quantityOf(charge, tools.meter, meter),
    ratchet: ratchet === true,
    ...(included && { included }),
    periods,
    fixed,
    ...(discount > 0 && { discounted: 1 - discount }),
    ...(maximum && { maximum: { ...bound(maximum), layer: own.layer, line: 'maximum' } }),
    ...(minimum && { minimum: { ...bound(minimum), layer: own.layer, line: 'minimum' } }),
  }
}

function quantityOf(charge: Bound<ResolvedCharge>, meter: OfferTools['meter'], own: Meter | undefined): ChargeProgram['quantity'] {
  const counted = (name: Meter, weight: number) => meter(name, charge.of as Of).map((place) => ({ meter: place, weight }))
  if (!isCounting(charge)) return own === undefined ? [] : counted(own, 1)
  if (charge.meter !== undefined) return counted(charge.meter, 1)
  return Object.entries(charge.credits ?? {}).flatMap(([name, weight]) => (weight > 0 ? counted(name, weight) : []))
}
