// Each slice of the quantity at its own price.
import { z } from 'zod'
import type { Operation } from '../compiled.ts'
import { perOf } from '../modifiers/period.ts'
import type { Bound } from '../operation.ts'
import {
  type ChargeModel,
  type ChargeParts,
  type ChargeTools,
  counting,
  everyPeriod,
  layerOr,
  type Misfit,
  noLevels,
  paidByUse,
  type Tier,
  tiers,
  unsorted,
} from './model.ts'

const schema = z.strictObject({ ...counting, graduated: tiers })

export type GraduatedCharge = z.infer<typeof schema> & { readonly model: 'graduated' }

export const tieredMinimum = (minimum: object | undefined): Misfit[] =>
  minimum && 'quantity' in minimum
    ? [{ path: ['minimum'], message: 'expected money such as $30k/year: a quantity has no one price where there are tiers' }]
    : []

/**
 * `Σ price · (max(0, q − from) − max(0, q − to)) + fee · [q > from]`, `from` being the `to` of the tier before.
 * $0.95 to 50, $0.90 to 100, then $0.85: 253 cost $222.55.
 */
export const graduated = {
  key: 'graduated',
  schema,
  refuses: { ...paidByUse, ...noLevels, price: 'each tier has its own', overage: 'the last tier goes on' },
  check: (charge: GraduatedCharge): Misfit[] => [...unsorted('graduated', charge.graduated), ...tieredMinimum(charge.minimum)],
  compile: (charge: Bound<GraduatedCharge>, tools: ChargeTools): ChargeParts => {
    const layer = layerOr(charge.layer, 'usage')
    const { overage } = tools
    const all = (charge.graduated as readonly Tier[]).map((tier) => ({
      price: tools.price(tier.price),
      ...(tier.fee !== undefined && { fee: tools.price(tier.fee) }),
    }))
    const from = (k: number, share: number) => (k === 0 ? 0 : (charge.graduated[k - 1].to ?? 0) * share)
    const operations = (share: number) =>
      all.flatMap(({ price, fee }, k): Operation[] => {
        const own = { line: `tier ${k + 1}`, layer, price, overage }
        const entered: Operation = { kind: 'hinge', times: 1, above: from(k, share), ...own }
        const left: Operation = { kind: 'hinge', times: -1, above: from(k + 1, share), ...own }
        const due: Operation[] =
          fee === undefined
            ? []
            : [{ kind: 'step', times: 1, above: from(k, share), overage, price: fee, line: `tier ${k + 1}, fee`, layer }]
        return [entered, ...(k < all.length - 1 ? [left] : []), ...due]
      })
    const periods = everyPeriod(perOf({}, charge), tools.applies, ({ share }) => operations(share))
    return { periods, fixed: [], own: { line: 'tier 1', layer } }
  },
} satisfies ChargeModel
