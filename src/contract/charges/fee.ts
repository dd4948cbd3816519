// A fixed amount, whatever is used.
import { z } from 'zod'
import type { Bound } from '../operation.ts'
import {
  type Billing,
  type ChargeModel,
  type ChargeParts,
  type ChargeTools,
  id,
  layer,
  layerOr,
  moneyPer,
  paidOver,
} from './model.ts'

const schema = z.strictObject({
  fee: moneyPer,
  per: z.enum(['month', 'year', 'once']).optional(),
  paid: z.enum(['monthly', 'upfront']).optional(),
  id: id.optional(),
  layer: layer.optional(),
})

export type FeeCharge = z.infer<typeof schema> & { readonly model: 'fee' }

/** A fee a month (the default) or year (in twelfths, or upfront), or once in the first month. */
export const fee = {
  key: 'fee',
  schema,
  billing: ({ fee: { value, per }, per: stated, paid, layer: given }: Bound<FeeCharge>): Billing => {
    const due = per ?? stated ?? 'month'
    return {
      period: 1,
      operations: [
        {
          kind: 'fixed',
          amount: value,
          times: 1,
          per: due,
          upfront: paid === 'upfront',
          line: 'fee',
          layer: layerOr(given, due === 'once' ? 'set-up' : 'platform'),
        },
      ],
    }
  },
  compile: ({ fee: { value, per }, per: stated, paid, layer: given }: Bound<FeeCharge>, tools: ChargeTools): ChargeParts => {
    const due = per ?? stated ?? 'month'
    const own = { line: 'fee', layer: layerOr(given, due === 'once' ? 'set-up' : 'platform') }
    const once = () => Array.from({ length: tools.months }, (_, m) => (m === tools.applies.start ? 1 : 0))
    const times = due === 'once' ? once() : paidOver(due, tools, paid === 'upfront', 1)
    return { periods: [], fixed: [{ price: tools.price(value), times, ...own }], own }
  },
} satisfies ChargeModel
