// term: the contract's own calendar. Periods, anniversaries and ratchets count from its start, which may be before the plan's.
import { monthsWords } from '../../months.ts'
import * as z from 'zod'
import { LIMITS } from '../../limits.ts'
import { countField, month, plainMoney, plainQuantity } from '../fields.ts'

/** Months of a term that states none. */
export const TERM_MONTHS = 12

export const term = z
  .strictObject({
    start: month({
      label: 'Start of the contract',
      help: 'first month of the contract, such as 2026-10, before or after that of the plan; quarters, years and anniversaries count from it',
      expected: 'a month such as 2026-10',
      words: (value) => `the contract starts in ${value}`,
    }).optional(),
    months: countField({
      label: 'Months of the term',
      help: 'number of months after which a ratchet starts again',
      range: [1, LIMITS.months],
      noun: 'a whole number of months',
      otherwise: '12',
      words: (value) => `for a term of ${monthsWords(value)}`,
    }).optional(),
    toDate: z
      .object({
        spend: plainMoney({
          label: 'Spend to date',
          help: 'money billed in the running period before the plan, such as $180k',
          otherwise: "the contract's price for the usage to date",
        }).optional(),
      })
      .catchall(
        plainQuantity({
          label: 'Usage to date',
          help: 'quantity of a meter in the running period before the plan, such as resolutions: 120k',
          otherwise: "that of the plan's first month, times the months gone",
        }),
      )
      .optional()
      .meta({
        description:
          'usage and money so far in the period that runs when the plan starts, such as { resolutions: 120k, spend: $180k }',
      }),
  })
  .meta({
    description: "the contract's own calendar, from which its periods count; the keys of a charge replace those of the offer",
  })

export interface ContractTerm {
  readonly start?: number | undefined
  readonly months?: number | undefined
  readonly toDate?: ToDate | undefined
}

/** What the running period has before the plan: the quantity of each meter, and the money billed as `spend`. */
type ToDate = Readonly<Record<string, unknown>>

/** A term with a start, as all have that a plan resolves to. */
export type StartedTerm = ContractTerm & { readonly start: number }

interface Termed {
  readonly term?: ContractTerm | undefined
}

/** The term of a charge. What it leaves out is that of its offer. */
export function termOf(offer: Termed, charge: Termed = {}): StartedTerm | undefined {
  const { start, ...rest } = { ...offer.term, ...charge.term }
  return start === undefined ? undefined : { start, ...rest }
}

/** The usage that a term states for a meter. */
export function usageToDate({ toDate }: ContractTerm, meter: string): number | undefined {
  const stated = toDate?.[meter]
  return typeof stated === 'number' ? stated : undefined
}
