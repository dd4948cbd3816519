// Compiles a charge. Its modifiers always act in this order: money (stages, exchange rate, escalator, renewal), quantity (from, until,
// included, rollover), model, amount (discount, minimum, maximum).
import { formatMonth } from '../months.ts'
import { compileModel, isCounting, type ResolvedCharge } from './charges/index.ts'
import { hasNumber } from './charges/seats.ts'
import type { BoundProgram, ChargeProgram, IncludedProgram, Parts, PriceIndex, Span } from './compiled.ts'
import type { BoundPer, Staged } from './fields.ts'
import { appliesOf, type OfferDates, perOf } from './modifiers/dates.ts'
import { compileIncluded, type Included, type Seats } from './modifiers/included.ts'
import { termOf } from './modifiers/term.ts'
import type { Bound, Meter, Period, Value } from './operation.ts'
import { chargePeriods } from './periods.ts'
import { type BoundMoney, moneyBound, type PriceCourse, type PriceTable } from './prices.ts'
import type { Of } from './program.ts'
import { type Applies, spansOf, stagesOf } from './spans.ts'
import { mostGone, Past } from './to-date.ts'

type Bounds = { readonly minimum?: Bound<BoundPer> | undefined; readonly maximum?: Bound<BoundPer> | undefined }

export interface OfferTools {
  readonly start: number
  readonly months: number
  /** The months that the offer states, and those of them in the horizon. */
  readonly dates: OfferDates
  readonly live: Applies
  /** Whether the offer has a single charge. */
  readonly only: boolean
  readonly prices: PriceTable
  readonly renewals: PriceCourse['renewals']
  readonly seats: Seats | undefined
  /** The mean count of the plan's first month, by meters and their weights. */
  readonly typical: (quantity: ChargeProgram['quantity']) => number
  readonly mean: (value: Value) => number
  readonly meter: (name: Meter, of: Of) => readonly number[]
  readonly segmentsOf: (of: Of) => readonly number[]
}

/** A charge in the months in which it applies, before its model is compiled. */
interface Placed {
  readonly applies: Applies
  readonly list: PriceCourse
  readonly price: (amount: Staged<BoundMoney>) => PriceIndex
  readonly included: (applies: Applies, start: number) => IncludedProgram | undefined
}

function placed(charge: Bound<ResolvedCharge>, tools: OfferTools): Placed {
  const { start, prices, renewals } = tools
  const { escalator, discount = 0 } = charge
  const term = termOf(tools.dates, charge)
  const list: PriceCourse = { escalator, renewals, ...(term && { anchor: term.start - start }) }
  const segments = tools.segmentsOf(charge.of as Of)
  // Seats by need count the people of the segments that both charges are for.
  const seats =
    tools.seats && 'perAgent' in tools.seats
      ? { ...tools.seats, segments: tools.seats.segments.filter((s) => segments.includes(s)) }
      : tools.seats
  return {
    applies: appliesOf(charge, tools.dates, tools),
    list,
    price: (amount) => prices.place(amount, { ...list, discounted: 1 - discount }),
    included: (applies, first) =>
      isCounting(charge)
        ? compileIncluded(charge as { included?: Included; rollover?: number; period?: Period }, applies, first, seats)
        : undefined,
  }
}

/** What a charge has used and billed before the plan. @param minimum of its offer */
export function pastOf(charge: Bound<ResolvedCharge>, minimum: Period | undefined, tools: OfferTools): Past {
  const { start, months } = tools
  const { applies, price, included } = placed(charge, tools)
  const periods = [...chargePeriods(charge as ResolvedCharge), ...(minimum ? [minimum] : [])]
  // The spend of an offer with several charges is that of all of them together.
  const spend = charge.term?.toDate?.spend ?? (tools.only ? tools.dates.term?.toDate?.spend : undefined)
  const counted = (meter: Meter, weight: number) => tools.meter(meter, charge.of as Of).map((place) => ({ meter: place, weight }))
  return new Past({
    charge,
    months,
    applies,
    term: termOf(tools.dates, charge),
    start,
    quantity: quantityOf(charge, tools.meter, charge.model === 'seats' && !hasNumber(charge.seats) ? 'people' : undefined),
    gone: mostGone(periods.flatMap((per) => spansOf(per, applies))),
    included,
    price,
    typical: tools.typical,
    mean: tools.mean,
    counted,
    ...(spend !== undefined && { spend: tools.prices.place(spend as BoundMoney, {}) }),
  })
}

/** @param place of the charge in the plan, for messages */
export function compileCharge(
  name: string,
  charge: Bound<ResolvedCharge>,
  past: Past,
  tools: OfferTools,
  place: string,
): ChargeProgram {
  const { start, months, prices } = tools
  const { discount = 0 } = charge
  const { applies, list, price, included: includedIn } = placed(charge, tools)
  const segments = tools.segmentsOf(charge.of as Of)
  const included = includedIn(applies, start)
  const { periods, fixed, own, ratchet, meter, unit, rule } = compileModel(charge, {
    months,
    start,
    applies,
    overage: included !== undefined && !included.once,
    price,
  })
  const bound = (stated: Bound<BoundPer>): BoundProgram => {
    const per = perOf(stated, isCounting(charge) ? charge : {})
    const spans = spansOf(per, applies)
    if (!('quantity' in stated))
      return spentBefore(
        moneyBound(stated.money as Staged<BoundMoney>, spans, per, start, (money) => prices.place(money, list)),
        (gone) => past.spent(gone),
      )
    if (!unit) throw new Error(`a ${charge.model} charge has no price per unit`)
    const each = prices.place(unit.price, list)
    const quantity = stated.quantity as Staged<number>
    const bounds = {
      spans: spans.map((span) => {
        const parts = stagesOf(quantity, span, per, start)
        return { ...span, parts: parts.map(({ value, share }) => ({ price: each, times: unit.times * value * share })) }
      }),
    }
    return spentBefore(bounds, (gone) => past.spent(gone))
  }
  const { minimum, maximum } = charge as Bounds
  const meters = rule?.counts.map((one) => countedMeters(charge, one, tools.meter))
  return {
    segments,
    // Units of several meters are no common measure, so that their amount is split by conversations.
    metered: isCounting(charge) || meters?.length === 1,
    name,
    quantity: meters ? meters.flat() : periods.length === 0 ? [] : quantityOf(charge, tools.meter, meter),
    ratchet: ratchet === true,
    ...(included && { included: { ...included, spans: usedBefore(included.spans, (gone) => past.use * gone) } }),
    periods: usedBefore(periods, (gone) => past.chargeable(gone)),
    fixed,
    ...(rule && meters && { rule: { ...rule, meters, place, months: monthNames(start, rule) } }),
    ...(discount > 0 && { discounted: 1 - discount }),
    ...(maximum && { maximum: { ...bound(maximum), layer: own.layer, line: 'maximum' } }),
    ...(minimum && { minimum: { ...bound(minimum), layer: own.layer, line: 'minimum' } }),
  }
}

const monthNames = (first: number, { start, end }: Applies): string[] =>
  Array.from({ length: end - start }, (_, k) => formatMonth(first + start + k))

/** Adds the quantity that a period has before the horizon. */
export const usedBefore = <S extends Span>(
  spans: readonly S[],
  used: (gone: number) => number,
): readonly (S & { readonly used?: number })[] =>
  spans.map((span) => (span.gone === undefined ? span : { ...span, used: used(span.gone) }))

/** Adds the money that a span has before the horizon. */
export const spentBefore = (bound: BoundProgram, spent: (gone: number) => Parts): BoundProgram => ({
  ...bound,
  spans: bound.spans.map((span) => (span.gone === undefined ? span : { ...span, spent: spent(span.gone) })),
})

const countedMeters = (
  charge: Bound<ResolvedCharge>,
  name: Meter,
  meter: OfferTools['meter'],
  weight = 1,
): ChargeProgram['quantity'] => meter(name, charge.of as Of).map((place) => ({ meter: place, weight }))

function quantityOf(charge: Bound<ResolvedCharge>, meter: OfferTools['meter'], own: Meter | undefined): ChargeProgram['quantity'] {
  const counted = (name: Meter, weight: number) => countedMeters(charge, name, meter, weight)
  if (!isCounting(charge)) return own === undefined ? [] : counted(own, 1)
  if (charge.meter !== undefined) return counted(charge.meter, 1)
  return Object.entries(charge.credits ?? {}).flatMap(([name, weight]) => (weight > 0 ? counted(name, weight) : []))
}
