// A fixed amount, whatever is used.
import { z } from 'zod'
import type { Bound } from '../operation.ts'
import { type Billing, type ChargeModel, id, layer, layerOr, moneyPer } from './model.ts'

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
} satisfies ChargeModel
