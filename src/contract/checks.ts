// Checks across the terms of an offer, and notes on how its periods fall in the plan's calendar.
import { formatMonth } from '../months.ts'
import { isCounting, chargeModelOf, type ResolvedCharge } from './charges/index.ts'
import type { Misfit } from './charges/model.ts'
import { hasNumber } from './charges/seats.ts'
import { isMoneyBound } from './fields.ts'
import { appliesOf, type OfferDates, type Horizon, liveOf, perOf } from './modifiers/dates.ts'
import type { ResolvedOffer } from './offer.ts'
import { chargePeriods } from './periods.ts'
import type { Meter, Period } from './operation.ts'
import { type Applies, MONTHS, spansOf } from './spans.ts'
import { firstMonthsOf } from './terms/refund.ts'

/** The meters that a charge counts. */
export function metersOf(charge: ResolvedCharge): readonly Meter[] {
  if (charge.model === 'rule') return charge.counts
  if (!isCounting(charge)) return []
  if (charge.meter !== undefined) return [charge.meter]
  return Object.entries(charge.credits ?? {}).flatMap(([name, weight]) => (weight > 0 ? [name] : []))
}

/** Paths are relative to the offer. */
export function offerMisfits(charges: readonly ResolvedCharge[]): Misfit[] {
  const seats = charges.find((charge) => charge.model === 'seats')
  const perAgent = seats !== undefined && !hasNumber(seats.seats)
  const moneyLimit = charges.some((charge) => isCounting(charge) && charge.limit && 'money' in charge.limit)
  return charges.flatMap((charge, k): Misfit[] => {
    const found: Misfit[] = []
    const say = (key: string, message: string) => void found.push({ path: ['charges', k, key], message })
    if (moneyLimit) for (const message of limitMisfits(charge)) say(modelKey(charge), message)
    if (!isCounting(charge)) return found
    const { included, limit } = charge
    if (limit && 'money' in limit && !charges.some((other) => isCounting(other) && isInUsage(other)))
      say('limit', 'expected a quantity such as 40k/month: an amount limits the layer usage, and no charge of this offer is in it')
    if (!included || !('perSeat' in included)) return found
    if (!seats)
      say('included', 'expected a quantity such as 50/month: the offer has no seats charge, so there are no seats to count')
    if (!perAgent) return found
    if (MONTHS[perOf(included, charge)] > 1)
      say('included', 'expected a quantity a month, such as 10/month: `perAgent` sets the number of seats month by month')
    if (seats.from !== undefined || seats.until !== undefined)
      say(
        'included',
        'expected a quantity such as 50/month: seats by `perAgent` that start or end have no number in the other months',
      )
    if (moneyLimit)
      say(
        'included',
        'expected a quantity such as 50/month: seats by `perAgent` depend on where the limit stops the AI, and it on them',
      )
    return found
  })
}

const isInUsage = (charge: ResolvedCharge): boolean => (charge.layer ?? chargeModelOf(charge).layer) === 'usage'

/** The key at which a problem with the charge's model is reported. */
function modelKey(charge: ResolvedCharge): string {
  const { key, implied } = chargeModelOf(charge)
  return implied ? 'meter' : key
}

/** A money limit ends exactly at its amount, so every charge that it limits must grow without jumps as the AI works. */
function limitMisfits(charge: ResolvedCharge): string[] {
  if (!isInUsage(charge)) return []
  if (metersOf(charge).includes('tickets'))
    return ['expected another layer than usage for tickets under a money limit: tickets arrive whether or not the AI stops']
  const why = chargeModelOf(charge).besideMoneyLimit?.(charge as never)
  return why === undefined ? [] : [why]
}

/** Notes on periods that the horizon cuts off and on terms that it ends before. */
export function calendarNotes(offer: ResolvedOffer, start: number, months: number): string[] {
  const horizon = { start, months }
  const live = liveOf(offer, horizon)
  const place = (m: number) => formatMonth(start + m)
  if (live.end === 0) return [`offers.${offer.name}: has no month from ${place(0)} to ${place(months - 1)}`]
  const cutOff = (name: string, per: Period, applies: Applies) =>
    spansOf(per, applies).flatMap(({ start: from, end, share }) =>
      share < 1
        ? [
            `${name}: ${place(from)} to ${place(end - 1)} is an incomplete ${per}, which counts as ${end - from} of ${MONTHS[per]} months`,
          ]
        : [],
    )
  const charges = offer.charges.flatMap((charge, k) => {
    const name = `offers.${offer.name}.charges${charge.id === undefined ? `[${k}]` : `.${charge.id}`}`
    const applies = appliesOf(charge, offer, horizon)
    if (applies.end === 0) return [`${name}: applies in no month from ${place(0)} to ${place(months - 1)}`]
    const cut = [...new Set(chargePeriods(charge))].flatMap((per) => cutOff(name, per, applies))
    return isFloorAboveCap(charge) ? [...cut, `${name}: the minimum exceeds the maximum, so the minimum is billed`] : cut
  })
  const late = (key: string, n: number | undefined) =>
    n === undefined || firstMonthsOf(n, offer, live, start)
      ? []
      : [`offers.${offer.name}.${key}: ${whyUnsettled(n, offer, live, horizon)}, so it has no effect`]
  return [
    ...charges,
    ...(offer.minimum ? cutOff(`offers.${offer.name}.minimum`, offer.minimum.per, live) : []),
    ...late('refund', offer.refund?.months),
    ...late('guarantee', offer.guarantee?.months),
  ]
}

function whyUnsettled(n: number, { from }: OfferDates, { start: first, end }: Applies, { start, months }: Horizon): string {
  if (from !== undefined && from < start) return `its ${n} months begin in ${formatMonth(from)}, before the plan`
  return first === 0 && end === months
    ? `settles after ${n} months, which is beyond the plan's ${months} months`
    : `settles after ${n} months, which is beyond the ${end - first} months of the offer in the plan`
}

/** Compares a minimum and a maximum only where both are plain amounts. */
function isFloorAboveCap(charge: ResolvedCharge): boolean {
  if (!isCounting(charge) || !charge.minimum || !charge.maximum) return false
  const { minimum, maximum } = charge
  if (!isMoneyBound(minimum) || typeof minimum.money !== 'number') return false
  if (!isMoneyBound(maximum) || typeof maximum.money !== 'number') return false
  return minimum.money / MONTHS[perOf(minimum, charge)] > maximum.money / MONTHS[perOf(maximum, charge)]
}
