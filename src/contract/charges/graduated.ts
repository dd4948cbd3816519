// Each slice of the quantity at its own price.
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

const schema = z.strictObject({ ...counting, graduated: tiers })

/**
 * `Σ price · (max(0, q − from) − max(0, q − to)) + fee · [q > from]`, `from` being the `to` of the tier before.
 * $0.95 to 50, $0.90 to 100, then $0.85: 253 cost $222.55.
 */
export const graduatedCharge = chargeModel({
  model: 'graduated',
  key: 'graduated',
  order: 50,
  noun: 'graduated tiers',
  examples: [
    {
      name: 'graduated',
      about: 'each slice at its own price',
      example: '{ meter: resolutions, graduated: [{ to: 10k, price: $0.95 }, { to: 20k, price: $0.90 }, { price: $0.85 }] }',
      bills: '$29,125.00',
    },
    {
      name: 'graduated with fees',
      about: "a tier's `fee` is due when it is entered",
      example: '{ meter: resolutions, graduated: [{ to: 30k, price: $0.95, fee: $100 }, { price: $0.90, fee: $500 }] }',
      bills: '$31,350.00',
    },
  ],
  counts: true,
  layer: 'usage',
  schema,
  refuses: { ...paidByUse, ...noLevels, price: 'each tier has its own', overage: 'the last tier goes on' },
  check: (charge) => [...unsorted('graduated', charge.graduated), ...tieredMinimum(charge.minimum)],
  besideMoneyLimit: ({ graduated }) => (graduated.some(({ fee }) => fee !== undefined) ? jumpsAtLimit : undefined),
  compile(charge, tools) {
    const layer = layerOr(charge.layer, 'usage')
    const { overage } = tools
    const all = (charge.graduated as readonly Tier[]).map((tier) => ({
      price: tools.price(tier.price),
      ...(tier.fee !== undefined && { fee: tools.price(tier.fee) }),
    }))
    const from = (k: number, share: number) => (k === 0 ? 0 : (charge.graduated[k - 1].to ?? 0) * share)
    const operations = (share: number) =>
      all.flatMap(({ price, fee }, k): Operation[] => {
        const own = { ...tierLine(k, layer), price, overage }
        const entered: Operation = { kind: 'hinge', times: 1, above: from(k, share), ...own }
        const left: Operation = { kind: 'hinge', times: -1, above: from(k + 1, share), ...own }
        const due: Operation[] =
          fee === undefined ? [] : [{ kind: 'step', times: 1, above: from(k, share), overage, price: fee, ...tierFee(k, layer) }]
        return [entered, ...(k < all.length - 1 ? [left] : []), ...due]
      })
    const periods = everyPeriod(perOf({}, charge), tools.applies, ({ share }) => operations(share))
    return { periods, fixed: [], own: tierLine(0, layer) }
  },
  lines: tierLines,
})
