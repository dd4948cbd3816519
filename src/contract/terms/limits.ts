// Limits are written on charges, and each of them stops the one AI of the offer.
import { isCounting, type ResolvedCharge } from '../charges/index.ts'
import type { LimitProgram, Parts } from '../compiled.ts'
import { appliesOf, perOf } from '../modifiers/dates.ts'
import type { Bound } from '../operation.ts'
import { type OfferTools, spentBefore, usedBefore } from '../order.ts'
import type { Of } from '../program.ts'
import { type BoundMoney, moneyBound } from '../prices.ts'
import type { Staged } from '../fields.ts'
import { quantityIn, spansOf } from '../spans.ts'
import type { Past } from '../to-date.ts'

export function compileLimits(
  charges: readonly Bound<ResolvedCharge>[],
  pasts: readonly Past[],
  tools: OfferTools,
): LimitProgram[] {
  const { start, prices, segmentsOf } = tools
  /** What the usage charges have billed, before discounts. */
  const usageSpent = (gone: number): Parts =>
    charges.flatMap(({ discount = 0 }, k) =>
      pasts[k]
        .priced(gone, (layer, metered) => metered && layer === 'usage')
        .map(({ price, times }) => ({ price, times: times / (1 - discount) })),
    )
  return charges.flatMap((charge, k): LimitProgram[] => {
    if (!isCounting(charge) || charge.limit === undefined) return []
    const { limit } = charge
    const per = perOf(limit, charge)
    const spans = spansOf(per, appliesOf(charge, tools.dates, tools))
    if (!('quantity' in limit)) {
      // The limit is the buyer's own, so neither escalator nor renewal raises it.
      const money = limit.money as Staged<BoundMoney>
      return [
        {
          kind: 'money',
          segments: segmentsOf(undefined),
          ...spentBefore(
            moneyBound(money, spans, per, start, (amount) => prices.place(amount, {})),
            usageSpent,
          ),
        },
      ]
    }
    const quantity = limit.quantity as Staged<number>
    return [
      {
        kind: 'quantity',
        segments: segmentsOf(charge.of as Of),
        charge: k,
        spans: usedBefore(
          spans.map((span) => ({ ...span, quantity: quantityIn(quantity, span, per, start) })),
          (gone) => pasts[k].use * gone,
        ),
      },
    ]
  })
}
