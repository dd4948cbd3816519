// One price for every unit.
import * as z from 'zod'
import { byUse } from '../lines.ts'
import { chargeModel, counting, everyPeriod, noLevels, paidByUse, price } from './model.ts'

const schema = z.strictObject({ ...counting, price })

/** `p · q`: $0.99 a resolution, 32,500 of them cost $32,175. */
export const unitCharge = chargeModel({
  model: 'unit',
  key: 'price',
  implied: true,
  order: 10,
  examples: [
    { name: 'unit', about: 'one price for every unit', example: '{ meter: resolutions, price: $0.99 }', bills: '$32,175.00' },
  ],
  words: ({ value, one }) => `${value('price')} for each ${one}`,
  counts: true,
  layer: 'usage',
  schema,
  refuses: {
    ...paidByUse,
    ...noLevels,
    overage: 'a price without a commitment has no quantity to exceed',
    per: 'a price is per unit, not per period',
  },
  periods: () => [],
  compile(charge, { applies, overage, ...tools }) {
    const own = { line: 'usage', layer: charge.layer ?? 'usage' }
    const operation = { kind: 'hinge', price: tools.price(charge.price), times: 1, above: 0, overage, ...own } as const
    // The bill is linear in the quantity, so any period gives the same amounts as months.
    return { periods: everyPeriod('month', applies, () => [operation]), fixed: [], own, unit: { price: charge.price, times: 1 } }
  },
  lines: { usage: byUse },
})
