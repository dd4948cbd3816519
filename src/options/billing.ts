// Options of an invoice: the usage that it bills.
import { value } from './kinds.ts'
import { type OptionsOf, option } from './option.ts'

/** A number, or one a month. `invoice/` reads and checks them: it knows how many months there are. */
const usage = (example: string) => ({
  ...value<number | string | readonly number[]>('number, text or a list of one a month', `a number such as ${example}`),
  text: { placeholder: '<n>', expected: `a number such as ${example}`, read: (text: string) => text },
})

export const billing = {
  month: option(
    {
      ...value<string>('text', 'a month such as 2027-03'),
      text: { placeholder: '<month>', expected: 'a month such as 2027-03', read: (text: string) => text },
    },
    'only this month, such as 2027-03',
  ),
  conversations: option(usage('50k'), 'conversations a month, such as 50k', { default: 'as the scenario expects' }),
  rate: option(usage('65%'), 'share that the AI resolves, such as 65%', { default: 'as the scenario expects' }),
} as const
export type InvoiceUsage = OptionsOf<typeof billing>
