// The periods that a charge counts by.
import { chargeModelOf, isCounting, type ResolvedCharge } from './charges/index.ts'
import { perOf } from './modifiers/dates.ts'
import { isOnce } from './modifiers/included.ts'
import type { Period } from './operation.ts'

/** The periods of everything in a charge that is counted by the period. */
export function chargePeriods(charge: ResolvedCharge): readonly Period[] {
  const own = chargeModelOf(charge).periods?.(charge as never) ?? [perOf({}, isCounting(charge) ? charge : {})]
  if (!isCounting(charge)) return own
  const { included } = charge
  const bounds = [charge.minimum, charge.maximum, charge.limit, ...(included && isOnce(included) ? [] : [included])]
  return [...own, ...bounds.flatMap((bound) => (bound ? [perOf(bound, charge)] : []))]
}
