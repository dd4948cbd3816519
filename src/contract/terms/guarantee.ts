// guarantee: the vendor pays where the AI's mean rate does not exceed a threshold.
import { z } from 'zod'
import { formatShare } from '../../notation/money.ts'
import type { ContractProgram } from '../compiled.ts'
import { money, plainNumber, plainShare } from '../fields.ts'
import type { LineKinds } from '../lines.ts'
import type { Bound } from '../operation.ts'
import type { OfferTools } from '../order.ts'
import type { BoundMoney } from '../prices.ts'

export const guarantee = z.strictObject({
  months: plainNumber(1, 240, 'a whole number of months from 1 to 240', true),
  notAbove: plainShare,
  payment: money,
})
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
