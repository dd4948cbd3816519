// refund: the vendor returns the spend of the first months if the AI resolves too little.
import { monthsWords } from '../../months.ts'
import * as z from 'zod'
import { LIMITS } from '../../limits.ts'
import { formatShare } from '../../notation/money.ts'
import type { ContractProgram } from '../compiled.ts'
import { countField, money, plainShare } from '../fields.ts'
import type { LineKinds } from '../lines.ts'
import { beginOf, type OfferDates } from '../modifiers/dates.ts'
import type { Bound } from '../operation.ts'
import type { OfferTools } from '../order.ts'
import type { BoundMoney } from '../prices.ts'
import type { Applies } from '../spans.ts'

export const firstMonths = countField({
  label: 'Months',
  words: (value) => `for the first ${monthsWords(value)}`,
  help: "number of the offer's first months that count",
  range: [1, LIMITS.months],
  noun: 'a whole number of months',
})

export const refund = z
  .strictObject({
    months: firstMonths,
    below: plainShare({
      label: 'Threshold',
      help: 'mean rate below which spend is refunded, such as 65%',
      words: (value) => `if the mean rate is below ${value}`,
    }),
    share: plainShare({
      label: 'Share',
      help: 'share of the spend that is refunded',
      default: 1,
      words: (value) => `${value} of the spend comes back`,
    }),
    maximum: money({ label: 'Maximum', help: 'largest refund', words: (value) => `at most ${value}` }).optional(),
  })
  .meta({ description: 'a refund of the spend of the first months if their mean rate is below the threshold' })
export type Refund = z.infer<typeof refund>

/** The months of a refund or a guarantee. */
export interface FirstMonths {
  readonly start: number
  readonly end: number
}

/**
 * The first months of an offer; undefined if they begin before the plan, or if the offer or the plan ends before they do. A refund and a
 * guarantee are settled in the last of them.
 */
export function firstMonthsOf(
  months: number,
  dates: OfferDates,
  { start: first, end: last }: Applies,
  start: number,
): FirstMonths | undefined {
  const begins = (beginOf(dates) ?? start) - start
  return begins >= 0 && begins + months <= last ? { start: first, end: first + months } : undefined
}

export function compileRefund(
  { months, below, share, maximum }: Bound<Refund>,
  { prices, ...tools }: OfferTools,
): ContractProgram['refund'] | undefined {
  const counts = firstMonthsOf(months, tools.dates, tools.live, tools.start)
  if (!counts) return undefined
  return { ...counts, below, share, ...(maximum !== undefined && { maximum: prices.place(maximum as BoundMoney, {}) }) }
}

export const refundLines: LineKinds = {
  refund: {
    explain: ({ bound, contract }) => `the mean rate of ${formatShare(bound)} is below ${formatShare(contract.refund?.below ?? 0)}`,
  },
}
