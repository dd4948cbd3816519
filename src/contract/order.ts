// Compiles a charge. Its modifiers always act in this order: money (stages, exchange rate, escalator, renewal), quantity (from, until,
// included, rollover), model, amount (discount, minimum, maximum).
import { compileModel, isCounting, type ResolvedCharge } from './charges/index.ts'
import type { BoundProgram, ChargeProgram } from './compiled.ts'
import type { BoundPer } from './fields.ts'
import { appliesOf, perOf } from './modifiers/dates.ts'
import { compileIncluded, type Included, type Seats } from './modifiers/included.ts'
import type { Bound, Meter, Period } from './operation.ts'
import type { BoundMoney, PriceCourse, PriceTable } from './prices.ts'
import { spansOf } from './spans.ts'

type Bounds = { readonly minimum?: Bound<BoundPer> | undefined; readonly maximum?: Bound<BoundPer> | undefined }

export interface OfferTools {
  readonly start: number
  readonly months: number
  readonly prices: PriceTable
  readonly renewal: PriceCourse['renewal']
  readonly seats: Seats | undefined
  readonly meter: (name: Meter) => number
}

export function compileCharge(name: string, charge: Bound<ResolvedCharge>, tools: OfferTools): ChargeProgram {
  const { start, months, prices, renewal } = tools
  const applies = appliesOf(charge, start, months)
  const { escalator, discount = 0 } = charge
  const list: PriceCourse = { escalator, renewal }
  const included = isCounting(charge)
    ? compileIncluded(charge as { included?: Included; rollover?: number; period?: Period }, applies, tools.seats)
    : undefined
  const { periods, fixed, own, ratchet, meter, unit } = compileModel(charge, {
    months,
    start,
    applies,
    overage: included !== undefined,
    price: (amount) => prices.place(amount, { ...list, discounted: 1 - discount }),
  })
  const bound = (stated: Bound<BoundPer>): BoundProgram => {
    const spans = spansOf(perOf(stated, isCounting(charge) ? charge : {}), applies)
    if (!('quantity' in stated)) return { spans, price: prices.place(stated.money as BoundMoney, list), times: 1 }
    if (!unit) throw new Error(`a ${charge.model} charge has no price per unit`)
    return { spans, price: prices.place(unit.price, list), times: unit.times * stated.quantity }
  }
  const { minimum, maximum } = charge as Bounds
  return {
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

function quantityOf(
  charge: Bound<ResolvedCharge>,
  meter: (name: Meter) => number,
  own: Meter | undefined,
): ChargeProgram['quantity'] {
  if (!isCounting(charge)) return own === undefined ? [] : [{ meter: meter(own), weight: 1 }]
  if (charge.meter !== undefined) return [{ meter: meter(charge.meter), weight: 1 }]
  return Object.entries(charge.credits ?? {}).flatMap(([name, weight]) =>
    weight === undefined || weight === 0 ? [] : [{ meter: meter(name as Meter), weight }],
  )
}
