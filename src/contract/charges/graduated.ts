// Graduated tiers bill each slice of the quantity at its own price.
import * as z from 'zod'
import type { Operation } from '../compiled.ts'
import { chargeModel, counting, jumpsAtLimit, type Tier, tiers } from './model.ts'
import { tieredParts, tierLines, tierMisfits, tierRefusals, tierWords } from './tiers.ts'

/**
 * `Σ price · (max(0, q − from) − max(0, q − to)) + fee · [q > from]`, where `from` is the `to` of the tier before.
 * $0.95 to 50, $0.90 to 100, then $0.85: 253 cost $222.55.
 */
export const graduatedCharge = chargeModel({
  model: 'graduated',
  key: 'graduated',
  order: 50,
  examples: [
    {
      name: 'graduated',
      about: 'each slice of the quantity at its own price',
      example: '{ meter: resolutions, graduated: [{ to: 10k, price: $0.95 }, { to: 20k, price: $0.90 }, { price: $0.85 }] }',
      bills: '$29,125.00',
    },
    {
      name: 'graduated with fees',
      about: 'the `fee` of a tier is due once the quantity reaches it',
      example: '{ meter: resolutions, graduated: [{ to: 30k, price: $0.95, fee: $100 }, { price: $0.90, fee: $500 }] }',
      bills: '$31,350.00',
    },
  ],
  words: ({ each, one }) => `for each ${one}, every slice at its own price: ${tierWords(each('graduated'))}`,
  counts: true,
  layer: 'usage',
  schema: z.strictObject({ ...counting, graduated: tiers }),
  refuses: tierRefusals,
  check: ({ graduated, minimum }) => tierMisfits('graduated', graduated, minimum),
  besideMoneyLimit: ({ graduated }) => (graduated.some(({ fee }) => fee !== undefined) ? jumpsAtLimit : undefined),
  compile: (charge, tools) =>
    tieredParts(charge, charge.graduated as readonly Tier[], tools, (k, from, units): Operation[] => {
      const entered: Operation = { kind: 'hinge', times: 1, above: from(k), ...units(k) }
      if (k === charge.graduated.length - 1) return [entered]
      return [entered, { kind: 'hinge', times: -1, above: from(k + 1), ...units(k) }]
    }),
  lines: tierLines,
})
