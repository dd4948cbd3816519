// A fixed amount, whatever is used.
import { z } from 'zod'
import { stagedMoneyPer } from '../fields.ts'
import type { Bound } from '../operation.ts'
import {
  anyCharge,
  type ChargeModel,
  type ChargeParts,
  type ChargeTools,
  layerOr,
  type Misfit,
  nothingCounted,
  paid,
  paidOver,
} from './model.ts'

const schema = z.strictObject({
  ...anyCharge,
  fee: stagedMoneyPer,
  per: z.enum(['month', 'quarter', 'year', 'once']).optional(),
  paid: paid.optional(),
})

export type FeeCharge = z.infer<typeof schema> & { readonly model: 'fee' }

/** A fee a month (the default) or year (in twelfths, or upfront), or once in the first month in which it applies. */
export const fee = {
  key: 'fee',
  schema,
  refuses: { ...nothingCounted('a fee'), price: 'a fee is its own price', overage: 'a fee has nothing to exceed' },
  check: ({ fee: { per }, per: stated }: FeeCharge): Misfit[] => [
    ...(per !== undefined && stated !== undefined && per !== stated
      ? [{ path: ['per'], message: `expected one period, got /${per} in the fee and per: ${stated}` }]
      : []),
  ],
  compile: ({ fee: { value, per }, per: stated, paid: how, layer: given }: Bound<FeeCharge>, tools: ChargeTools): ChargeParts => {
    const due = per ?? stated ?? 'month'
    const own = { line: 'fee', layer: layerOr(given, due === 'once' ? 'set-up' : 'platform') }
    const { start, end } = tools.applies
    const once = () => Array.from({ length: tools.months }, (_, m) => (m === start && m < end ? 1 : 0))
    const times = due === 'once' ? once() : paidOver(due, tools, how === 'upfront', 1)
    return { periods: [], fixed: [{ price: tools.price(value), times, ...own }], own }
  },
} satisfies ChargeModel
