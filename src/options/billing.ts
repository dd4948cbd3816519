// The options of an invoice: the usage that it bills.
import { value } from './kinds.ts'
import { type OptionsOf, option } from './option.ts'

/** One number, or one for each month. `invoice/` reads and checks them, because it knows the number of months. */
const usage = (example: string) => ({
  ...value<number | string | readonly number[]>('number, text or a list with one for each month', `a number such as ${example}`),
  text: { placeholder: '<n>', expected: `a number such as ${example}`, read: (text: string) => text },
})

export const billing = {
  month: option(
    {
      ...value<string>('text', 'a month such as 2027-03'),
      text: { placeholder: '<month>', expected: 'a month such as 2027-03', read: (text: string) => text },
    },
    'bill only this month, such as 2027-03',
  ),
  conversations: option(usage('50k'), 'conversations per month, such as 50k', 'as expected in the scenario'),
  rate: option(usage('65%'), 'share of conversations that the AI resolves, such as 65%', 'as expected in the scenario'),
} as const
export type InvoiceUsage = OptionsOf<typeof billing>
