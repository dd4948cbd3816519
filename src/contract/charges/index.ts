// The list of charge models: a new one is a file and a line here. Schema and compilation go by it.
import { z } from 'zod'
import { shown } from '../../errors.ts'
import { formatMonth } from '../../months.ts'
import type { Bound } from '../operation.ts'
import { type BundlesCharge, bundles } from './bundles.ts'
import { type CommitmentCharge, commitment } from './commitment.ts'
import { type FeeCharge, fee } from './fee.ts'
import { type GraduatedCharge, graduated } from './graduated.ts'
import type { ChargeModel, ChargeParts, ChargeTools, Misfit } from './model.ts'
import { type PackageCharge, packages } from './package.ts'
import { type SeatsCharge, seats } from './seats.ts'
import { type UnitCharge, unit } from './unit.ts'
import { type VolumeCharge, volume } from './volume.ts'

/** The unit price comes last: others have a price too. */
export const chargeModels = { graduated, volume, package: packages, commitment, bundles, fee, seats, unit } as const

export type CountingCharge = GraduatedCharge | VolumeCharge | PackageCharge | CommitmentCharge | BundlesCharge | UnitCharge
export type ResolvedCharge = CountingCharge | FeeCharge | SeatsCharge

/** Whether a charge goes by quantity of a meter or of credits. */
export const isCounting = <T extends { readonly model: string }>(charge: T): charge is Exclude<T, { model: 'fee' | 'seats' }> =>
  charge.model !== 'fee' && charge.model !== 'seats'

const listed: readonly (readonly [string, ChargeModel])[] = Object.entries(chargeModels)

/** The schema of one charge: its keys say which model it is. */
export const chargeSchema = z.unknown().transform((raw, context): ResolvedCharge => {
  const say = ({ path, message }: Misfit) => context.issues.push({ code: 'custom', input: raw, path: [...path], message })
  const object = typeof raw === 'object' && raw !== null && !Array.isArray(raw) ? (raw as Record<string, unknown>) : undefined
  const [named, other] = listed.filter(([name, { key }]) => name !== 'unit' && object && Object.hasOwn(object, key))
  const [name, model] = named ?? (object && Object.hasOwn(object, 'price') ? ['unit', unit] : [])
  if (!object || !model) {
    const keys = 'a price, a commitment, a fee, seats, graduated or volume tiers, a package or bundles'
    say({ path: [], message: `expected a charge with ${keys}, such as { meter: resolutions, price: $0.99 }, got ${shown(raw)}` })
    return z.NEVER
  }
  if (other) {
    const message = `expected one model a charge, got ${model.key} and ${other[0]}: write two charges, which add up`
    say({ path: [other[1].key], message })
    return z.NEVER
  }
  const misfits = Object.entries(model.refuses).filter(([key]) => Object.hasOwn(object, key))
  for (const [key, why] of misfits) say({ path: [key], message: `expected nothing here, since ${why}, got ${shown(object[key])}` })
  const { ...kept } = object
  for (const [key] of misfits) delete kept[key]
  const read = model.schema.safeParse(kept)
  if (!read.success) for (const issue of read.error.issues) context.issues.push({ ...issue, input: issue.input ?? raw } as never)
  if (!read.success || misfits.length > 0) return z.NEVER
  const charge = { ...(read.data as object), model: name } as ResolvedCharge
  const wrong = [
    ...anyMisfits(charge),
    ...((model.check as ((charge: ResolvedCharge) => readonly Misfit[]) | undefined)?.(charge) ?? []),
  ]
  for (const misfit of wrong) say(misfit)
  return wrong.length > 0 ? z.NEVER : charge
})

/** What no model allows. */
function anyMisfits(charge: ResolvedCharge): Misfit[] {
  const { from, until } = charge
  const dates: Misfit[] =
    from !== undefined && until !== undefined && until < from
      ? [{ path: ['until'], message: `expected a month from ${formatMonth(from)} on, got ${formatMonth(until)}` }]
      : []
  if (!isCounting(charge)) return dates
  const { meter, credits, included, rollover, limit } = charge
  const counts: Misfit[] =
    meter === undefined && credits === undefined
      ? [{ path: ['meter'], message: 'expected what the charge counts: conversations, tickets, resolutions, actions, escalations' }]
      : meter !== undefined && credits !== undefined
        ? [{ path: ['credits'], message: 'expected nothing beside `meter`: a charge counts one or the other' }]
        : credits !== undefined && !Object.values(credits).some((weight) => weight > 0)
          ? [{ path: ['credits'], message: 'expected credits for at least one meter, such as { conversations: 50 }' }]
          : []
  const tickets = meter === 'tickets' || (credits?.tickets ?? 0) > 0
  return [
    ...dates,
    ...counts,
    ...(rollover !== undefined && included === undefined
      ? [{ path: ['rollover'], message: 'expected nothing without `included`: there is nothing that could be left' }]
      : []),
    ...(limit && 'quantity' in limit && tickets
      ? [{ path: ['limit'], message: 'expected a limit on what the AI does: tickets come in whether it stops or not' }]
      : []),
  ]
}

/** The schemas of all models, for editors. */
export const chargeSchemas = (): z.ZodType[] => listed.map(([, { schema }]) => schema)

/** What a model makes of a charge. */
export function compileModel(charge: Bound<ResolvedCharge>, tools: ChargeTools): ChargeParts {
  const { compile } = chargeModels[charge.model as keyof typeof chargeModels]
  return (compile as (charge: Bound<ResolvedCharge>, tools: ChargeTools) => ChargeParts)(charge, tools)
}
