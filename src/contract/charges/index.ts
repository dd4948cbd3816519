// The list of charge models: a new one is a file and a line here. Schema and billing go by it.
import { z } from 'zod'
import type { Bound, Meter } from '../operation.ts'
import type { BoundProgram, ChargeProgram, PriceIndex } from '../compiled.ts'
import { spansOf } from '../spans.ts'
import { type CommitmentCharge, commitment } from './commitment.ts'
import { type FeeCharge, fee } from './fee.ts'
import type { Billing, ChargeParts, ChargeTools } from './model.ts'
import { type SeatsCharge, seats } from './seats.ts'
import { type UnitCharge, unit } from './unit.ts'

/** In the order in which their keys decide: a commitment has a price too. */
export const chargeModels = { commitment, fee, seats, unit } as const

export type ResolvedCharge = UnitCharge | CommitmentCharge | FeeCharge | SeatsCharge

/** The schema of one charge: its keys say which model it is. */
export const chargeSchema = z.unknown().transform((raw, context): ResolvedCharge => {
  const object = typeof raw === 'object' && raw !== null && !Array.isArray(raw) ? (raw as Record<string, unknown>) : undefined
  const named = Object.entries(chargeModels).find(([, model]) => object && Object.hasOwn(object, model.key))
  const expected = 'a charge with a price, a commitment, a fee or seats, such as { meter: resolutions, price: $0.99 }'
  if (!object || !named) {
    context.issues.push({ code: 'custom', input: raw, message: `expected ${expected}` })
    return z.NEVER
  }
  const [name, model] = named
  const read = (model.schema as z.ZodType).safeParse(raw)
  if (!read.success) {
    for (const issue of read.error.issues) context.issues.push({ ...issue, input: issue.input ?? raw } as never)
    return z.NEVER
  }
  return { ...(read.data as object), model: name } as ResolvedCharge
})

/** The charge's schema for editors. */
export const chargeJsonSchema = (): z.ZodType =>
  z.union(Object.values(chargeModels).map(({ schema }) => schema) as unknown as [z.ZodType, z.ZodType])

/** What bills a charge, once its distributions have become inputs. */
export function billingOf(charge: Bound<ResolvedCharge>): Billing {
  const { billing } = chargeModels[charge.model as keyof typeof chargeModels]
  return (billing as (charge: Bound<ResolvedCharge>) => Billing)(charge)
}

/** A charge with its operations, period by period; `meter` gives a meter's place in the program. */
export function compileCharge(
  name: string,
  charge: Bound<ResolvedCharge>,
  tools: ChargeTools,
  meter: (name: Meter) => number,
): ChargeProgram {
  const model = chargeModels[charge.model as keyof typeof chargeModels]
  const { periods, fixed, own } = (model.compile as (charge: Bound<ResolvedCharge>, tools: ChargeTools) => ChargeParts)(
    charge,
    tools,
  )
  const bound = (per: 'month' | 'quarter' | 'year', price: PriceIndex, times: number): BoundProgram => ({
    spans: spansOf(per, tools.applies),
    price,
    times,
  })
  const floor = 'minimum' in charge ? charge.minimum : undefined
  return {
    name,
    quantity: periods.length === 0 ? [] : [{ meter: meter(meterOf(charge)), weight: 1 }],
    ratchet: false,
    periods,
    fixed,
    ...(floor && {
      minimum: {
        ...('quantity' in floor
          ? bound(floor.per, tools.price((charge as Bound<UnitCharge>).price), floor.quantity)
          : bound(floor.per, tools.price(floor.money), 1)),
        ...own,
        line: 'minimum',
      },
    }),
  }
}

/** The meter that a charge counts. */
export function meterOf(charge: { readonly model: string; readonly meter?: unknown }): Meter {
  return charge.model === 'seats' || charge.model === 'fee' ? 'people' : (charge.meter as Meter)
}
