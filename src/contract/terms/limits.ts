// Limits are written on charges, and each of them stops the one AI of the offer.
import { isCounting, type ResolvedCharge } from '../charges/index.ts'
import type { LimitProgram } from '../compiled.ts'
import { appliesOf, perOf } from '../modifiers/dates.ts'
import type { Bound } from '../operation.ts'
import type { OfferTools } from '../order.ts'
import type { BoundMoney } from '../prices.ts'
import { spansOf } from '../spans.ts'

export function compileLimits(charges: readonly Bound<ResolvedCharge>[], { start, months, prices }: OfferTools): LimitProgram[] {
  return charges.flatMap((charge, k): LimitProgram[] => {
    if (!isCounting(charge) || charge.limit === undefined) return []
    const { limit } = charge
    const spans = spansOf(perOf(limit, charge), appliesOf(charge, start, months))
    if (!('quantity' in limit)) {
      // The limit is the buyer's own, so neither escalator nor renewal raises it.
      return [{ kind: 'money', spans, price: prices.place(limit.money as BoundMoney, {}), times: 1 }]
    }
    return [{ kind: 'quantity', charge: k, spans: spans.map((span) => ({ ...span, quantity: limit.quantity * span.share })) }]
  })
}
