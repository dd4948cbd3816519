// A quantity paid for in advance, and a dearer price for what exceeds it.
import { z } from 'zod'
import { ParameterError } from '../../errors.ts'
import { parseQuantityPer } from '../../notation/per.ts'
import { notation } from '../fields.ts'
import type { Bound } from '../operation.ts'
import {
  type Billing,
  type ChargeModel,
  type ChargeParts,
  type ChargeTools,
  everyPeriod,
  id,
  layer,
  meter,
  MONTHS,
  paidOver,
  price,
} from './model.ts'

const committed = notation((raw) => {
  const { value, money, per = 'month' } = parseQuantityPer(raw)
  if (money || !(value >= 0 && value <= 1e12)) throw new ParameterError('', 'a quantity ≥ 0', raw)
  if (per === 'once') throw new ParameterError('', 'a period of month, quarter or year', raw)
  return { quantity: value, per }
}, 'the committed quantity, such as 30k/month')

const schema = z.strictObject({
  meter,
  commitment: committed,
  price,
  overage: price,
  id: id.optional(),
  layer: layer.optional(),
  paid: z
    .enum(['monthly', 'upfront'])
    .optional()
    .meta({ description: 'a yearly commitment in equal months (default), or all in the first' }),
})

export type CommitmentCharge = z.infer<typeof schema> & { readonly model: 'commitment' }

/** `p · C + o · max(0, q − C)`: 30,000 at $1.50 with overage at $2.00, 32,500 used cost $50,000. */
export const commitment = {
  key: 'commitment',
  schema,
  billing: ({ commitment: { quantity, per }, price: unitPrice, overage, paid }: Bound<CommitmentCharge>): Billing => ({
    period: MONTHS[per],
    operations: [
      {
        kind: 'fixed',
        amount: unitPrice,
        times: quantity,
        per,
        upfront: paid === 'upfront',
        line: 'commitment',
        layer: 'commitment',
      },
      { kind: 'hinge', price: overage, above: quantity, overage: true, period: MONTHS[per], line: 'overage', layer: 'overage' },
    ],
  }),
  compile: (charge: Bound<CommitmentCharge>, tools: ChargeTools): ChargeParts => {
    const { quantity, per } = charge.commitment
    const own = { line: 'commitment', layer: 'commitment' } as const
    const over = { kind: 'hinge', price: tools.price(charge.overage), times: 1, overage: true, committed: true } as const
    return {
      periods: everyPeriod(per, tools.applies, ({ share }) => [
        { ...over, above: quantity * share, line: 'overage', layer: 'overage' },
      ]),
      fixed: [{ price: tools.price(charge.price), times: paidOver(per, tools, charge.paid === 'upfront', quantity), ...own }],
      own,
    }
  },
} satisfies ChargeModel
