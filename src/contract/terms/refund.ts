// refund: the spend of the first months comes back where the AI resolves too little.
import { z } from 'zod'
import { LIMITS } from '../../limits.ts'
import { formatShare } from '../../notation/money.ts'
import type { ContractProgram } from '../compiled.ts'
import { count, money, plainShare } from '../fields.ts'
import type { LineKinds } from '../lines.ts'
import type { Bound } from '../operation.ts'
import type { OfferTools } from '../order.ts'
import type { BoundMoney } from '../prices.ts'

export const refund = z
  .strictObject({
    months: count({
      label: 'Months',
      help: 'the first months of the plan',
      range: [1, LIMITS.months],
      noun: 'a whole number of months',
    }),
    below: plainShare({ label: 'Threshold', help: 'the mean rate under which the spend comes back, such as 65%' }),
    share: plainShare({ label: 'Share', help: 'share of the spend that comes back', default: 1 }),
    maximum: money({ label: 'Maximum', help: 'the most that comes back' }).optional(),
  })
  .meta({ description: 'the spend of the first months comes back when their mean rate is below the threshold' })
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
