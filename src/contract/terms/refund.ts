// refund: the spend of the first months comes back where the AI resolves too little.
import { z } from 'zod'
import { formatShare } from '../../notation/money.ts'
import type { ContractProgram } from '../compiled.ts'
import { money, plainNumber, plainShare } from '../fields.ts'
import type { LineKinds } from '../lines.ts'
import type { Bound } from '../operation.ts'
import type { OfferTools } from '../order.ts'
import type { BoundMoney } from '../prices.ts'

export const refund = z.strictObject({
  months: plainNumber(1, 240, 'a whole number of months from 1 to 240', true),
  below: plainShare,
  share: plainShare.prefault(1),
  maximum: money.optional(),
})
export type Refund = z.infer<typeof refund>

/** Settled in the last of its months; not at all where the horizon ends before. */
export function compileRefund(
  { months, below, share, maximum }: Bound<Refund>,
  { prices, ...tools }: OfferTools,
): ContractProgram['refund'] | undefined {
  if (months > tools.months) return undefined
  return { months, below, share, ...(maximum !== undefined && { maximum: prices.place(maximum as BoundMoney, {}) }) }
}

export const refundLines: LineKinds = {
  refund: {
    explain: ({ bound, contract }) => `a mean rate of ${formatShare(bound)} is below ${formatShare(contract.refund?.below ?? 0)}`,
  },
}
