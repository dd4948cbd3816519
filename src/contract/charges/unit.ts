// Every unit at one price.
import { z } from 'zod'
import { byUse } from '../lines.ts'
import { chargeModel, counting, everyPeriod, layerOr, noLevels, paidByUse, price } from './model.ts'

const schema = z.strictObject({ ...counting, price })

/** `p · q`: $0.99 a resolution, 32,500 of them cost $32,175. */
export const unitCharge = chargeModel({
  model: 'unit',
  key: 'price',
  implied: true,
  order: 10,
  noun: 'a price',
  examples: [
    {
      name: 'unit',
      about: 'every unit at one price',
      example: '{ meter: resolutions, price: $0.99 }',
      bills: '$32,175.00',
    },
  ],
  counts: true,
  layer: 'usage',
  schema,
  refuses: {
    ...paidByUse,
    ...noLevels,
    overage: 'without a commitment there is nothing to exceed',
    per: 'a price is for one unit',
  },
  periods: () => [],
  compile(charge, { applies, overage, ...tools }) {
    const own = { line: 'usage', layer: layerOr(charge.layer, 'usage') }
    const operation = { kind: 'hinge', price: tools.price(charge.price), times: 1, above: 0, overage, ...own } as const
    // Linear: a month is all the period it needs.
    return { periods: everyPeriod('month', applies, () => [operation]), fixed: [], own, unit: { price: charge.price, times: 1 } }
  },
  lines: { usage: byUse },
})
