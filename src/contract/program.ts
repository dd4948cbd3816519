// Compiles an offer's contract: its charges, the limits that are written on them, and the terms of the whole.
import type { ResolvedCharge } from './charges/index.ts'
import { hasNumber } from './charges/seats.ts'
import type { ContractProgram } from './compiled.ts'
import { appliesOf, type OfferDates, liveOf } from './modifiers/dates.ts'
import type { Seats } from './modifiers/included.ts'
import { chargeName, ownCharge, type ResolvedOffer } from './offer.ts'
import { byMonth, type Staged } from './fields.ts'
import type { Bound, Layer, Meter, Value } from './operation.ts'
import { compileCharge, type OfferTools, pastOf } from './order.ts'
import type { PriceTable, Renewal } from './prices.ts'
import { compileGuarantee } from './terms/guarantee.ts'
import { compileLimits } from './terms/limits.ts'
import { compileOfferMinimum } from './terms/minimum.ts'
import { compileRefund } from './terms/refund.ts'

/** The segments that a charge names; all of the offer's if it names none. */
export type Of = string | readonly string[] | undefined

export interface ContractContext {
  readonly start: number
  readonly months: number
  readonly prices: PriceTable
  /** The meters of a name in the segments of a charge. */
  readonly meter: (name: Meter, of: Of) => readonly number[]
  /** The places of the segments of a charge. */
  readonly segmentsOf: (of: Of) => readonly number[]
  /** The mean count of the plan's first month, by meters and their weights. */
  readonly typical: OfferTools['typical']
  readonly mean: (value: Value) => number
}

export function compileContract(offer: Bound<ResolvedOffer>, context: ContractContext): ContractProgram {
  const charges = offer.charges as readonly Bound<ResolvedCharge>[]
  const tools: OfferTools = {
    ...context,
    dates: offer,
    live: liveOf(offer, context),
    only: charges.length === 1,
    renewals: renewalsOf(offer, context.start),
    seats: seatsOf(charges, offer, context),
  }
  const pasts = charges.map((charge) => pastOf(charge, offer.minimum?.per, tools))
  const refund = offer.refund && compileRefund(offer.refund, tools)
  const guarantee = offer.guarantee && compileGuarantee(offer.guarantee, tools)
  return {
    segments: context.segmentsOf(undefined),
    charges: charges.map((charge, k) =>
      compileCharge(chargeName(offer.name, charge, k), charge, pasts[k], tools, `offers.${offer.name}.${ownCharge(charge, k)}`),
    ),
    limits: compileLimits(charges, pasts, tools),
    ...(offer.minimum && { minimum: compileOfferMinimum(offer.minimum, offer, pasts, tools) }),
    ...(refund && { refund }),
    ...(guarantee && { guarantee }),
  }
}

/** Renewals by the month of the horizon. A single one states it as a number of months. */
function renewalsOf({ renewal, renewals }: Bound<ResolvedOffer>, start: number): readonly Renewal[] {
  if (renewal) return [renewal as Renewal]
  return (renewals ?? []).map(({ month, ...own }) => ({ ...own, month: month - start }) as Renewal)
}

function seatsOf(charges: readonly Bound<ResolvedCharge>[], dates: OfferDates, context: ContractContext): Seats | undefined {
  const first = charges.find((charge) => charge.model === 'seats')
  if (first?.model !== 'seats') return undefined
  const { seats } = first
  const { start, months } = context
  if (!hasNumber(seats))
    return { segments: context.segmentsOf(first.of), perAgent: (seats as { readonly perAgent: number }).perAgent }
  const applies = appliesOf(first, dates, context)
  const stated = byMonth(seats as Staged<Value>, start, months)
  return { months: stated.map((number, m) => (m >= applies.start && m < applies.end ? number : 0)) }
}

/** Every layer that a contract may bill, in the order of its charges. */
export function layersOf({ charges, minimum, refund, guarantee }: ContractProgram): Layer[] {
  const lines = charges.flatMap((charge) => [
    ...charge.fixed,
    ...(charge.rule ? [charge.rule] : []),
    ...charge.periods.flatMap(({ operations }) => operations),
    ...(charge.maximum ? [charge.maximum] : []),
    ...(charge.minimum ? [charge.minimum] : []),
  ])
  return [
    ...new Set<Layer>([
      ...lines.map(({ layer }) => layer),
      ...(minimum ? ['commitment' as const] : []),
      ...(refund || guarantee ? ['credits' as const] : []),
    ]),
  ]
}

export const hasOverage = ({ charges }: ContractProgram): boolean =>
  charges.some(({ periods }) => periods.some(({ operations }) => operations.some((operation) => operation.overage === true)))
