// Volume tiers bill all units at the price of the tier that the quantity reaches.
import * as z from 'zod'
import type { Operation } from '../compiled.ts'
import { chargeModel, counting, jumpsAtLimit, type Tier, tiers } from './model.ts'
import { tieredParts, tierLines, tierMisfits, tierRefusals, tierWords } from './tiers.ts'

/**
 * `q · p_k` in tier k, as `p_0 q + Σ (p_k − p_{k−1}) · q · [q > t_k]` with `q · [q > t] = max(0, q − t) + t · [q > t]`.
 * A difference of prices takes two operations, since an operation names one price of the table.
 * $1.00 to 1,000, then $0.80: 1,000 cost $1,000, 1,001 cost $800.80.
 */
export const volumeCharge = chargeModel({
  model: 'volume',
  key: 'volume',
  order: 60,
  examples: [
    {
      name: 'volume',
      about: 'all units at the price of the tier that the quantity reaches',
      example: '{ meter: resolutions, volume: [{ to: 20k, price: $1.00 }, { price: $0.80 }] }',
      bills: '$26,000.00',
    },
  ],
  words: ({ each, one }) => `for each ${one}, all at the price that the quantity reaches: ${tierWords(each('volume'))}`,
  counts: true,
  layer: 'usage',
  schema: z.strictObject({ ...counting, volume: tiers }),
  refuses: tierRefusals,
  check: ({ volume, minimum }) => tierMisfits('volume', volume, minimum),
  besideMoneyLimit: () => jumpsAtLimit,
  compile: (charge, tools) =>
    tieredParts(charge, charge.volume as readonly Tier[], tools, (k, from, units): Operation[] => {
      const above = from(k)
      const allUnits = (times: number, tier: number): Operation[] => {
        const hinge: Operation = { kind: 'hinge', times, above, ...units(tier) }
        return above === 0 ? [hinge] : [hinge, { kind: 'step', times: times * above, above, ...units(tier) }]
      }
      if (k === 0) return allUnits(1, 0)
      return units(k - 1).price === units(k).price ? [] : [...allUnits(1, k), ...allUnits(-1, k - 1)]
    }),
  lines: tierLines,
})
