// Limits are written on charges, and each of them stops the one AI of the offer.
import { isCounting, type ResolvedCharge } from '../charges/index.ts'
import type { LimitProgram } from '../compiled.ts'
import { appliesOf, perOf } from '../modifiers/dates.ts'
import type { Bound } from '../operation.ts'
import type { OfferTools } from '../order.ts'
import type { Of } from '../program.ts'
import { type BoundMoney, moneyBound } from '../prices.ts'
import type { Staged } from '../fields.ts'
import { quantityIn, spansOf } from '../spans.ts'

export function compileLimits(charges: readonly Bound<ResolvedCharge>[], tools: OfferTools): LimitProgram[] {
  const { start, prices, segmentsOf } = tools
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
          ...moneyBound(money, spans, per, start, (amount) => prices.place(amount, {})),
        },
      ]
    }
    const quantity = limit.quantity as Staged<number>
    return [
      {
        kind: 'quantity',
        segments: segmentsOf(charge.of as Of),
        charge: k,
        spans: spans.map((span) => ({ ...span, quantity: quantityIn(quantity, span, per, start) })),
      },
    ]
  })
}
