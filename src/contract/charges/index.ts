// The list of charge models, which the build finds in the files of this folder. Schema, checks, compilation and invoices use it.
import * as z from 'zod'
import { shown } from '../../errors.ts'
import { formatMonth } from '../../months.ts'
import { alternatives } from '../field.ts'
import { isOnce } from '../modifiers/included.ts'
import type { Bound } from '../operation.ts'
import { charges } from './index.generated.ts'
import type { ChargeModel, ChargeOf, ChargeParts, ChargeTools, Misfit } from './model.ts'

type Models = (typeof charges)[keyof typeof charges]

export type ResolvedCharge = ChargeOf<Models>
type CountingModel = Extract<Models, { readonly counts: true }>['model']

export const chargeModels: ReadonlyMap<string, ChargeModel> = new Map(
  Object.values<ChargeModel>(charges)
    .sort((a, b) => a.order - b.order)
    .map((model) => [model.model, model]),
)

export function chargeModelOf({ model }: { readonly model: string }): ChargeModel {
  const found = chargeModels.get(model)
  if (!found) throw new Error(`unknown charge model ${model}`)
  return found
}

export const namingModels: readonly ChargeModel[] = [...chargeModels.values()].filter(({ implied }) => !implied)

/** The models that a file can state. */
const writtenModels: readonly ChargeModel[] = [...chargeModels.values()].filter(({ codeOnly }) => !codeOnly)

/** Whether a charge bills a quantity of a meter or of credits. */
export const isCounting = <T extends { readonly model: string }>(charge: T): charge is Extract<T, { model: CountingModel }> =>
  chargeModelOf(charge).counts

export const chargeSchema = z.unknown().transform((raw, context): ResolvedCharge => {
  const say = ({ path, message }: Misfit) => context.issues.push({ code: 'custom', input: raw, path: [...path], message })
  const object = typeof raw === 'object' && raw !== null && !Array.isArray(raw) ? (raw as Record<string, unknown>) : undefined
  const states = ({ key }: ChargeModel) => object !== undefined && Object.hasOwn(object, key)
  const [named, other] = namingModels.filter(states)
  const model = named ?? [...chargeModels.values()].find(states)
  if (!object || !model) {
    const keys = [...new Set(writtenModels.map(({ key }) => `\`${key}\``))].join(', ')
    say({
      path: [],
      message: `expected a charge with one of the keys ${keys}, such as { meter: resolutions, price: $0.99 }, got ${shown(raw)}`,
    })
    return z.NEVER
  }
  if (other) {
    const message = `expected one model per charge, got ${model.key} and ${other.model}. Write two charges: their amounts add up`
    say({ path: [other.key], message })
    return z.NEVER
  }
  const misfits = Object.entries(model.refuses).filter(([key]) => Object.hasOwn(object, key))
  for (const [key, why] of misfits) say({ path: [key], message: `remove this key: ${why}` })
  const { ...kept } = object
  for (const [key] of misfits) delete kept[key]
  const read = model.schema.safeParse(kept)
  if (!read.success) for (const issue of read.error.issues) context.issues.push({ ...issue, input: issue.input ?? raw } as never)
  if (!read.success || misfits.length > 0) return z.NEVER
  const charge = { ...(read.data as object), model: model.model } as ResolvedCharge
  const wrong = [...anyMisfits(charge), ...(model.check?.(charge as never) ?? [])]
  for (const misfit of wrong) say(misfit)
  return wrong.length > 0 ? z.NEVER : charge
})
alternatives.set(chargeSchema, () => writtenModels.map(({ schema }) => schema))

function anyMisfits(charge: ResolvedCharge): Misfit[] {
  const { from, until } = charge
  const dates: Misfit[] =
    from !== undefined && until !== undefined && until < from
      ? [{ path: ['until'], message: `expected ${formatMonth(from)} or a later month, got ${formatMonth(until)}` }]
      : []
  if (!isCounting(charge)) return dates
  const { meter, credits, included, rollover, limit } = charge
  const counts: Misfit[] =
    meter === undefined && credits === undefined
      ? [
          {
            path: ['meter'],
            message:
              'expected conversations, tickets, resolutions, actions, escalations, minutes or a quantity of the plan: the charge has to count one of them',
          },
        ]
      : meter !== undefined && credits !== undefined
        ? [{ path: ['credits'], message: 'remove `credits` or `meter`: a charge counts one or the other' }]
        : credits !== undefined && !Object.values(credits).some((weight) => weight > 0)
          ? [{ path: ['credits'], message: 'expected credits for at least one meter, such as { conversations: 50 }' }]
          : []
  const tickets = meter === 'tickets' || (credits?.tickets ?? 0) > 0
  return [
    ...dates,
    ...counts,
    ...(rollover !== undefined && included === undefined
      ? [{ path: ['rollover'], message: 'remove this key, or add `included`: only included units can roll over' }]
      : []),
    ...(rollover !== undefined && included !== undefined && isOnce(included)
      ? [{ path: ['rollover'], message: 'remove this key: units that are included once last until they are used' }]
      : []),
    ...(limit && 'quantity' in limit && tickets
      ? [{ path: ['limit'], message: 'expected a limit on another meter: tickets arrive whether or not the AI stops' }]
      : []),
  ]
}

export const compileModel = (charge: Bound<ResolvedCharge>, tools: ChargeTools): ChargeParts =>
  chargeModelOf(charge).compile(charge as never, tools)
