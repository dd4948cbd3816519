// What the terms of an offer demand of each other, and what its calendar should be told about.
import { formatMonth } from '../months.ts'
import { isCounting, type ResolvedCharge } from './charges/index.ts'
import type { Misfit } from './charges/model.ts'
import { isMoneyBound, isStaged } from './fields.ts'
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
    if (limit && 'money' in limit && !charges.some((other) => isCounting(other) && layerOfUsage(other)))
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

const layerOfUsage = (charge: ResolvedCharge): boolean =>
  (charge.layer ?? (charge.model === 'commitment' ? 'commitment' : 'usage')) === 'usage'

const modelKey = (charge: ResolvedCharge): string => (charge.model === 'unit' ? 'meter' : charge.model)

/** A limit of money ends exactly at its amount: what is limited must grow steadily with what the AI does. */
function limitMisfits(charge: ResolvedCharge): string[] {
  if (!layerOfUsage(charge)) return []
  const why = 'beside a limit of money'
  if (charge.model === 'seats')
    return charge.layer === 'usage' ? [`expected another layer than usage ${why}: more people are needed when the AI stops`] : []
  if (charge.model === 'fee') return []
  if (metersOf(charge).includes('tickets'))
    return [`expected no tickets in the layer usage ${why}: they come in whether the AI stops or not`]
  const jumps = charge.model === 'package' || charge.model === 'bundles' || charge.model === 'volume'
  const fees = charge.model === 'graduated' && charge.graduated.some(({ fee }) => fee !== undefined)
  return jumps || fees ? [`expected no amount that jumps ${why}: it cannot end exactly there (a limit by quantity can)`] : []
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
function periodsOf(charge: ResolvedCharge): Period[] {
  if (charge.model === 'fee' || charge.model === 'seats') {
    const per = charge.model === 'fee' ? (charge.fee.per ?? charge.per) : charge.price.per
    return charge.paid === 'upfront' && per !== undefined && per !== 'once' ? [per] : []
  }
  const bounds = [charge.minimum, charge.maximum, charge.limit, charge.included].flatMap((bound) =>
    bound ? [perOf(bound, charge)] : [],
  )
  const own: Period[] =
    charge.model === 'commitment'
      ? [perOf(isStaged(charge.commitment) ? charge.commitment[0].value : charge.commitment, charge)]
      : charge.model === 'unit'
        ? []
        : [perOf({}, charge)]
  return [...own, ...bounds]
}
