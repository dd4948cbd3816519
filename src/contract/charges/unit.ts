// Every unit at one price.
import { z } from 'zod'
import type { Bound } from '../operation.ts'
import {
  type ChargeModel,
  type ChargeParts,
  type ChargeTools,
  counting,
  everyPeriod,
  layerOr,
  noLevels,
  paidByUse,
  price,
} from './model.ts'

const schema = z.strictObject({ ...counting, price })

export type UnitCharge = z.infer<typeof schema> & { readonly model: 'unit' }

/** `p · q`: $0.99 a resolution, 32,500 of them cost $32,175. */
export const unit = {
  key: 'price',
  schema,
  refuses: {
    ...paidByUse,
    ...noLevels,
    overage: 'without a commitment there is nothing to exceed',
    per: 'a price is for one unit',
  },
  compile: (charge: Bound<UnitCharge>, { applies, overage, ...tools }: ChargeTools): ChargeParts => {
    const own = { line: 'usage', layer: layerOr(charge.layer, 'usage') }
    const operation = { kind: 'hinge', price: tools.price(charge.price), times: 1, above: 0, overage, ...own } as const
    // Linear: a month is all the period it needs.
    return { periods: everyPeriod('month', applies, () => [operation]), fixed: [], own, unit: { price: charge.price, times: 1 } }
  },
} satisfies ChargeModel
