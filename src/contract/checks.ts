// What the terms of an offer demand of each other, and what its calendar should be told about.
import { formatMonth } from '../months.ts'
import { isCounting, chargeModelOf, type ResolvedCharge } from './charges/index.ts'
import type { Misfit } from './charges/model.ts'
import { isMoneyBound } from './fields.ts'
import { appliesOf } from './modifiers/dates.ts'
import { perOf } from './modifiers/period.ts'
import type { ResolvedOffer } from './offer.ts'
import type { Meter, Period } from './operation.ts'
import { MONTHS, spansOf } from './spans.ts'

/** The meters that a charge counts. */
export function metersOf(charge: ResolvedCharge): Meter[] {
  if (!isCounting(charge)) return []
  if (charge.meter !== undefined) return [charge.meter]
  return Object.entries(charge.credits ?? {}).flatMap(([name, weight]) => (weight > 0 ? [name as Meter] : []))
}

/** Paths are relative to the offer. */
export function offerMisfits(charges: readonly ResolvedCharge[]): Misfit[] {
  const seats = charges.find((charge) => charge.model === 'seats')
  const perAgent = seats !== undefined && typeof seats.seats !== 'number'
  const moneyLimit = charges.some((charge) => isCounting(charge) && charge.limit && 'money' in charge.limit)
  return charges.flatMap((charge, k): Misfit[] => {
    const at = (key: string) => ['charges', k, key]
    const found: Misfit[] = moneyLimit ? limitMisfits(charge).map((message) => ({ path: at(modelKey(charge)), message })) : []
    if (!isCounting(charge)) return found
    const { included, limit } = charge
    if (limit && 'money' in limit && !charges.some((other) => isCounting(other) && isInUsage(other)))
      found.push({
        path: at('limit'),
        message: 'expected a quantity: no charge of the offer is in the layer usage, whose amount it would limit',
      })
    if (!included || !('perSeat' in included)) return found
    const say = (message: string) => found.push({ path: at('included'), message })
    if (!seats) say('expected a quantity such as 50/month: the offer has no seats charge to count seats by')
    if (!perAgent) return found
    if (MONTHS[perOf(included, charge)] > 1) say('expected a quantity a month: how many seats a year has is known month by month')
    if (seats.from !== undefined || seats.until !== undefined)
      say('expected a quantity such as 50/month: seats by need that begin or end have no number in the other months')
    if (moneyLimit)
      say('expected a quantity such as 50/month: seats by need depend on where the limit stops the AI, and it on them')
    return found
  })
}

const isInUsage = (charge: ResolvedCharge): boolean => (charge.layer ?? chargeModelOf(charge).layer) === 'usage'

/** Where a message on the model of a charge stands. */
function modelKey(charge: ResolvedCharge): string {
  const { key, implied } = chargeModelOf(charge)
  return implied ? 'meter' : key
}

/** A limit of money ends exactly at its amount: what is limited must grow steadily with what the AI does. */
function limitMisfits(charge: ResolvedCharge): string[] {
  if (!isInUsage(charge)) return []
  if (metersOf(charge).includes('tickets'))
    return ['expected no tickets in the layer usage beside a limit of money: they come in whether the AI stops or not']
  const why = chargeModelOf(charge).besideMoneyLimit?.(charge as never)
  return why === undefined ? [] : [why]
}

/** What is worth knowing about the calendar of an offer: periods that are cut off, terms that are not settled. */
export function calendarNotes(offer: ResolvedOffer, start: number, months: number): string[] {
  const place = (m: number) => formatMonth(start + m)
  const charges = offer.charges.flatMap((charge, k) => {
    const name = `offers.${offer.name}.charges${charge.id === undefined ? `[${k}]` : `.${charge.id}`}`
    const applies = appliesOf(charge, start, months)
    if (applies.end === 0) return [`${name}: it applies in none of the months ${place(0)} to ${place(months - 1)}`]
    const cut = [...new Set(periodsOf(charge))].flatMap((per) =>
      spansOf(per, applies)
        .filter(({ share }) => share < 1)
        .map(
          (span) =>
            `${name}: ${place(span.start)} to ${place(span.end - 1)} counts as ${span.end - span.start} months of a ${per} of ${MONTHS[per]}`,
        ),
    )
    return isFloorAboveCap(charge)
      ? [...cut, `${name}: its minimum comes to more than its maximum: the minimum is what is billed`]
      : cut
  })
  const late = (key: string, n: number | undefined) =>
    n !== undefined && n > months
      ? [`offers.${offer.name}.${key}: it is settled after ${n} months, behind the end of the horizon`]
      : []
  const floor = offer.minimum ? spansOf(offer.minimum.per, { start: 0, end: months }).filter(({ share }) => share < 1) : []
  return [
    ...charges,
    ...floor.map(
      (span) =>
        `offers.${offer.name}.minimum: ${place(span.start)} to ${place(span.end - 1)} counts as ${span.end - span.start} months`,
    ),
    ...late('refund', offer.refund?.months),
    ...late('guarantee', offer.guarantee?.months),
  ]
}

/** Of a floor and a cap that are both stated as a number of the same money. */
function isFloorAboveCap(charge: ResolvedCharge): boolean {
  if (!isCounting(charge) || !charge.minimum || !charge.maximum) return false
  const { minimum, maximum } = charge
  if (!isMoneyBound(minimum) || typeof minimum.money !== 'number') return false
  if (!isMoneyBound(maximum) || typeof maximum.money !== 'number') return false
  return minimum.money / MONTHS[perOf(minimum, charge)] > maximum.money / MONTHS[perOf(maximum, charge)]
}

/** The periods over which something of a charge counts. */
function periodsOf(charge: ResolvedCharge): readonly Period[] {
  const own = chargeModelOf(charge).periods?.(charge as never) ?? [perOf({}, isCounting(charge) ? charge : {})]
  if (!isCounting(charge)) return own
  const bounds = [charge.minimum, charge.maximum, charge.limit, charge.included]
  return [...own, ...bounds.flatMap((bound) => (bound ? [perOf(bound, charge)] : []))]
}
