// guarantee: the vendor pays if the AI's mean rate does not exceed a threshold.
import * as z from 'zod'
import { formatShare } from '../../notation/money.ts'
import type { ContractProgram } from '../compiled.ts'
import { money, plainShare } from '../fields.ts'
import type { LineKinds } from '../lines.ts'
import type { Bound } from '../operation.ts'
import type { OfferTools } from '../order.ts'
import type { BoundMoney } from '../prices.ts'
import { firstMonths, firstMonthsOf } from './refund.ts'

export const guarantee = z
  .strictObject({
    months: firstMonths,
    notAbove: plainShare({
      label: 'Threshold',
      help: 'mean rate that must be exceeded, such as 65%',
      words: (value) => `if the mean rate does not exceed ${value}`,
    }),
    payment: money({
      label: 'Payment',
      help: 'amount that the vendor pays if it is not exceeded',
      words: (value) => `the vendor pays ${value}`,
    }),
  })
  .meta({ description: 'a payment of the vendor if the mean rate of the first months does not exceed the threshold' })
export type Guarantee = z.infer<typeof guarantee>

export function compileGuarantee(
  { months, notAbove, payment }: Bound<Guarantee>,
  { prices, ...tools }: OfferTools,
): ContractProgram['guarantee'] | undefined {
  const counts = firstMonthsOf(months, tools.dates, tools.live, tools.start)
  return counts && { ...counts, notAbove, payment: prices.place(payment as BoundMoney, {}) }
}

export const guaranteeLines: LineKinds = {
  guarantee: {
    explain: ({ bound, contract }) =>
      `the mean rate of ${formatShare(bound)} does not exceed ${formatShare(contract.guarantee?.notAbove ?? 0)}`,
  },
}
