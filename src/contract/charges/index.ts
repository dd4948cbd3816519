// The list of charge models: schema, checks, compilation and invoices go by it. The build finds the models in the files here.
import { z } from 'zod'
import { shown } from '../../errors.ts'
import { formatMonth } from '../../months.ts'
import { alternatives } from '../field.ts'
import type { Bound } from '../operation.ts'
import { charges } from './index.generated.ts'
import type { ChargeModel, ChargeOf, ChargeParts, ChargeTools, Misfit } from './model.ts'

type Models = (typeof charges)[keyof typeof charges]

export type ResolvedCharge = ChargeOf<Models>
type CountingModel = Extract<Models, { readonly counts: true }>['model']
/** A charge that goes by quantity of a meter or of credits. */
export type CountingCharge = Extract<ResolvedCharge, { readonly model: CountingModel }>

/** By name, the common ones first. */
export const chargeModels: ReadonlyMap<string, ChargeModel> = new Map(
  Object.values<ChargeModel>(charges)
    .sort((a, b) => a.order - b.order)
    .map((model) => [model.model, model]),
)

export function chargeModelOf({ model }: { readonly model: string }): ChargeModel {
  const found = chargeModels.get(model)
  if (!found) throw new Error(`there is no charge model ${model}`)
  return found
}

/** The models whose key alone names them. */
export const namingModels: readonly ChargeModel[] = [...chargeModels.values()].filter(({ implied }) => !implied)

/** A charge as it may be written. */
export type WrittenCharge = z.input<Models['schema']>

/** Whether a charge goes by quantity of a meter or of credits. */
export const isCounting = <T extends { readonly model: string }>(charge: T): charge is Extract<T, { model: CountingModel }> =>
  chargeModelOf(charge).counts

/** "a price, graduated or volume tiers, or bundles": what ends in one word shares it. */
function nounsOf(models: Iterable<ChargeModel>): string {
  const nouns: string[] = []
  for (const { noun } of models) {
    const [first, last] = noun.split(' ')
    const before = nouns[nouns.length - 1]
    if (before?.endsWith(` ${last}`)) nouns[nouns.length - 1] = `${before.slice(0, -last.length)}or ${first} ${last}`
    else nouns.push(noun)
  }
  return `${nouns.slice(0, -1).join(', ')} or ${nouns[nouns.length - 1]}`
}

/** The schema of one charge: its keys say which model it is. */
export const chargeSchema = z.unknown().transform((raw, context): ResolvedCharge => {
  const say = ({ path, message }: Misfit) => context.issues.push({ code: 'custom', input: raw, path: [...path], message })
  const object = typeof raw === 'object' && raw !== null && !Array.isArray(raw) ? (raw as Record<string, unknown>) : undefined
  const states = ({ key }: ChargeModel) => object !== undefined && Object.hasOwn(object, key)
  const [named, other] = namingModels.filter(states)
  const model = named ?? [...chargeModels.values()].find(states)
  if (!object || !model) {
    const keys = nounsOf(chargeModels.values())
    say({ path: [], message: `expected a charge with ${keys}, such as { meter: resolutions, price: $0.99 }, got ${shown(raw)}` })
    return z.NEVER
  }
  if (other) {
    const message = `expected one model a charge, got ${model.key} and ${other.model}: write two charges, which add up`
    say({ path: [other.key], message })
    return z.NEVER
  }
  const misfits = Object.entries(model.refuses).filter(([key]) => Object.hasOwn(object, key))
  for (const [key, why] of misfits) say({ path: [key], message: `expected nothing here, since ${why}, got ${shown(object[key])}` })
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
alternatives.set(chargeSchema, () => [...chargeModels.values()].map(({ schema }) => schema))

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

/** What a model makes of a charge. */
export const compileModel = (charge: Bound<ResolvedCharge>, tools: ChargeTools): ChargeParts =>
  chargeModelOf(charge).compile(charge as never, tools)
