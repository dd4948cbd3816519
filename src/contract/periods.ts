// The periods that a charge counts by.
import { chargeModelOf, isCounting, type ResolvedCharge } from './charges/index.ts'
import { perOf } from './modifiers/dates.ts'
import type { Period } from './operation.ts'

/** The periods of everything in a charge that is counted by the period. */
export function periodsOf(charge: ResolvedCharge): readonly Period[] {
  const own = chargeModelOf(charge).periods?.(charge as never) ?? [perOf({}, isCounting(charge) ? charge : {})]
  if (!isCounting(charge)) return own
  const bounds = [charge.minimum, charge.maximum, charge.limit, charge.included]
  return [...own, ...bounds.flatMap((bound) => (bound ? [perOf(bound, charge)] : []))]
}
