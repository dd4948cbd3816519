// guarantee: the vendor pays where the AI's mean rate does not exceed a threshold.
import { z } from 'zod'
import { LIMITS } from '../../limits.ts'
import { formatShare } from '../../notation/money.ts'
import type { ContractProgram } from '../compiled.ts'
import { count, money, plainShare } from '../fields.ts'
import type { LineKinds } from '../lines.ts'
import type { Bound } from '../operation.ts'
import type { OfferTools } from '../order.ts'
import type { BoundMoney } from '../prices.ts'

export const guarantee = z
  .strictObject({
    months: count({
      label: 'Months',
      help: 'the first months of the plan',
      range: [1, LIMITS.months],
      noun: 'a whole number of months',
    }),
    notAbove: plainShare({ label: 'Threshold', help: 'the mean rate that must be exceeded, such as 65%' }),
    payment: money({ label: 'Payment', help: 'what the vendor pays where it is not' }),
  })
  .meta({ description: 'the vendor pays when the mean rate of the first months does not exceed the threshold' })
export type Guarantee = z.infer<typeof guarantee>

/** Settled in the last of its months; not at all where the horizon ends before. */
export function compileGuarantee(
  { months, notAbove, payment }: Bound<Guarantee>,
  { prices, ...tools }: OfferTools,
): ContractProgram['guarantee'] | undefined {
  return months > tools.months ? undefined : { months, notAbove, payment: prices.place(payment as BoundMoney, {}) }
}

export const guaranteeLines: LineKinds = {
  guarantee: {
    explain: ({ bound, contract }) =>
      `a mean rate of ${formatShare(bound)} does not exceed ${formatShare(contract.guarantee?.notAbove ?? 0)}`,
  },
}
