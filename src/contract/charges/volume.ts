// All units at the price of the tier that is reached.
import { z } from 'zod'
import type { Operation } from '../compiled.ts'
import { perOf } from '../modifiers/period.ts'
import { tierFee, tierLine, tierLines, tieredMinimum } from './tiers.ts'
import {
  chargeModel,
  counting,
  everyPeriod,
  jumpsAtLimit,
  layerOr,
  noLevels,
  paidByUse,
  type Tier,
  tiers,
  unsorted,
} from './model.ts'

const schema = z.strictObject({ ...counting, volume: tiers })

/**
 * `q · p_k` in tier k, as `p_0 q + Σ (p_k − p_{k−1}) · q · [q > t_k]` with `q · [q > t] = max(0, q − t) + t · [q > t]`.
 * A difference of prices stands as two operations, since a price is a place in the table.
 * $1.00 to 1,000, then $0.80: 1,000 cost $1,000, 1,001 cost $800.80.
 */
export const volumeCharge = chargeModel({
  model: 'volume',
  key: 'volume',
  order: 60,
  noun: 'volume tiers',
  examples: [
    {
      name: 'volume',
      about: 'all units at the price of the tier that is reached',
      example: '{ meter: resolutions, volume: [{ to: 20k, price: $1.00 }, { price: $0.80 }] }',
      bills: '$26,000.00',
    },
  ],
  counts: true,
  layer: 'usage',
  schema,
  refuses: { ...paidByUse, ...noLevels, price: 'each tier has its own', overage: 'the last tier goes on' },
  check: (charge) => [...unsorted('volume', charge.volume), ...tieredMinimum(charge.minimum)],
  besideMoneyLimit: () => jumpsAtLimit,
  compile(charge, tools) {
    const layer = layerOr(charge.layer, 'usage')
    const { overage } = tools
    const all = (charge.volume as readonly Tier[]).map((tier) => ({
      price: tools.price(tier.price),
      ...(tier.fee !== undefined && { fee: tools.price(tier.fee) }),
    }))
    const operations = (share: number) =>
      all.flatMap(({ price, fee }, k): Operation[] => {
        const above = k === 0 ? 0 : (charge.volume[k - 1].to ?? 0) * share
        const allUnits = (times: number, tier: number): Operation[] => {
          const own = { ...tierLine(tier, layer), price: all[tier].price, overage, above }
          const hinge: Operation = { kind: 'hinge', times, ...own }
          return above === 0 ? [hinge] : [hinge, { kind: 'step', times: times * above, ...own }]
        }
        const due: Operation[] =
          fee === undefined ? [] : [{ kind: 'step', times: 1, above, overage, price: fee, ...tierFee(k, layer) }]
        const instead = k > 0 && all[k - 1].price !== price
        return [...(k === 0 || instead ? allUnits(1, k) : []), ...(instead ? allUnits(-1, k - 1) : []), ...due]
      })
    const periods = everyPeriod(perOf({}, charge), tools.applies, ({ share }) => operations(share))
    return { periods, fixed: [], own: tierLine(0, layer) }
  },
  lines: tierLines,
})
