// The parts of a month's bill that an invoice may state on rows of their own: one for each meter, credits, seats and fees. Terms of
// the whole offer are in no part.
import { metersOf } from '../../contract/checks.ts'
import { isCounting, type ResolvedCharge } from '../../contract/charges/index.ts'
import { hasNumber } from '../../contract/charges/seats.ts'
import { METERS } from '../../contract/meters.ts'
import { listed } from '../../contract/segments.ts'

/** The part of a row or a charge that has no part of its own. */
export const REST = 'other'
const CREDITS = 'credits'

export interface ChargePart {
  /** `charges[0]`, or `charges.ID`. */
  readonly charge: string
  /** A meter, "credits", "seats" or "fees". If several charges count credits, each is named by its charge. */
  readonly part: string
  /** Whether the charge bills a quantity that an invoice states. */
  readonly counts: boolean
  /** Whether it is for seats or a fee. */
  readonly fixed: boolean
  /** The segments that the charge is for, as the plan writes them; absent for all of them. */
  readonly of?: string
  /** Conversations of people for each seat, if they decide the number of seats. */
  readonly perAgent?: number
}

/** The part of each charge. */
export function partsOf(charges: readonly ResolvedCharge[]): ChargePart[] {
  const several = charges.filter((charge) => isCounting(charge) && charge.credits !== undefined).length > 1
  return charges.map((own, k) => {
    const charge = own.id === undefined ? `charges[${k}]` : `charges.${own.id}`
    if (own.model === 'seats') {
      const perAgent = hasNumber(own.seats) ? undefined : own.seats.perAgent
      return { charge, part: 'seats', counts: false, fixed: true, ...(perAgent !== undefined && { perAgent }) }
    }
    // Its units may be those of several meters.
    if (own.model === 'rule') return { charge, part: charge, counts: false, fixed: false }
    if (!isCounting(own)) return { charge, part: 'fees', counts: false, fixed: true }
    const part = own.credits === undefined ? metersOf(own)[0] : several ? charge : CREDITS
    return { charge, part, counts: true, fixed: false, ...(own.of !== undefined && { of: [...listed(own.of)].sort().join(', ') }) }
  })
}

/** A name as it is compared, in any case. */
export const lowered = (name: string): string => name.trim().toLowerCase()

export const isMeter = (name: string): boolean => METERS.some((meter) => meter === lowered(name))

/** Finds the charge that a row names, as `charges.plan`, `plan`, `charges[0]`, or with the offer's name before it. */
export function chargeNamed(name: string, offer: string, parts: readonly ChargePart[]): number | undefined {
  const short = name.startsWith(`${offer}.`) ? name.slice(offer.length + 1) : name
  const found = parts.findIndex(({ charge }) => charge === short || charge === `charges.${short}`)
  return found < 0 ? undefined : found
}

/** Finds the part that a row names by its meter, in any case. */
export const partNamed = (name: string, parts: readonly ChargePart[]): string | undefined =>
  parts.find(({ part }) => lowered(part) === lowered(name))?.part
