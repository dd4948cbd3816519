// A price a seat: a stated number of them, or as many as the people need who handle what the AI leaves.
import { z } from 'zod'
import { plainNumber } from '../fields.ts'
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
  MONTHS,
  moneyPer,
  paidOver,
} from './model.ts'

const perAgent = plainNumber(1e-9, 1e12, 'conversations a month that one person handles, above 0')
const schema = z.strictObject({
  seats: z.union([z.strictObject({ perAgent }), plainNumber(0, 1e12, 'a number of seats ≥ 0')]),
  price: moneyPer,
  paid: z.enum(['monthly', 'upfront']).optional(),
  id: id.optional(),
  layer: layer.optional(),
})

export type SeatsCharge = z.infer<typeof schema> & { readonly model: 'seats' }

/** `price · seats`: 40 at $115 a month cost $4,600. A seat for each started `perAgent` conversations that people handle. */
export const seats = {
  key: 'seats',
  schema,
  billing: ({ seats: number, price: { value, per = 'month' }, paid, layer: given }: Bound<SeatsCharge>): Billing => {
    const placed = { line: 'seats', layer: layerOr(given, 'platform') } as const
    return {
      period: 1,
      operations:
        typeof number === 'number'
          ? [{ kind: 'fixed', amount: value, times: number, per, upfront: paid === 'upfront', ...placed }]
          : [
              {
                kind: 'package',
                amount: value,
                times: per === 'year' ? 1 / 12 : per === 'quarter' ? 1 / 3 : 1,
                above: 0,
                size: number.perAgent,
                ...placed,
              },
            ],
    }
  },
  compile: ({ seats: number, price: { value, per = 'month' }, paid, layer: given }: Bound<SeatsCharge>, tools: ChargeTools) => {
    const own = { line: 'seats', layer: layerOr(given, 'platform') }
    const price = tools.price(value)
    const period = per === 'once' ? 'month' : per
    if (typeof number === 'number')
      return { periods: [], fixed: [{ price, times: paidOver(period, tools, paid === 'upfront', number), ...own }], own }
    const agents = { kind: 'package', price, times: 1 / MONTHS[period], above: 0, size: number.perAgent, ...own } as const
    return { periods: everyPeriod('month', tools.applies, () => [agents]), fixed: [], own } satisfies ChargeParts
  },
} satisfies ChargeModel
