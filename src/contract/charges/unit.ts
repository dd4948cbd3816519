// Every unit at one price.
import { z } from 'zod'
import type { Bound } from '../operation.ts'
import {
  type Billing,
  type ChargeModel,
  type ChargeParts,
  type ChargeTools,
  everyPeriod,
  id,
  layer,
  layerOr,
  meter,
  minimum,
  MONTHS,
  price,
} from './model.ts'

const schema = z.strictObject({ meter, price, id: id.optional(), layer: layer.optional(), minimum: minimum.optional() })

export type UnitCharge = z.infer<typeof schema> & { readonly model: 'unit' }

/** `p · q`: $0.99 a resolution, 32,500 of them cost $32,175. */
export const unit = {
  key: 'price',
  schema,
  billing: ({ meter: _, price: unitPrice, layer: given, minimum: floor }: Bound<UnitCharge>): Billing => ({
    period: 1,
    operations: [{ kind: 'hinge', price: unitPrice, above: 0, line: 'usage', layer: layerOr(given, 'usage') }],
    ...(floor && {
      minimum:
        'quantity' in floor
          ? { amount: unitPrice, times: floor.quantity, period: MONTHS[floor.per] }
          : { amount: floor.money, times: 1, period: MONTHS[floor.per] },
    }),
  }),
  compile: (charge: Bound<UnitCharge>, { applies, price }: ChargeTools): ChargeParts => {
    const own = { line: 'usage', layer: layerOr(charge.layer, 'usage') }
    const operation = { kind: 'hinge', price: price(charge.price), times: 1, above: 0, ...own } as const
    // Linear: a month is all the period it needs.
    return { periods: everyPeriod('month', applies, () => [operation]), fixed: [], own }
  },
} satisfies ChargeModel
