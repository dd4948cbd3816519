// The options of an invoice: the usage that it bills.
import { shown, UsageError } from '../errors.ts'
import { value } from './kinds.ts'
import { type OptionsOf, option } from './option.ts'

type Months = number | string | readonly number[]

/** One number, or one for each month, for the plan or by segment. `invoice/` reads and checks them, because it knows the plan. */
const usage = (example: string, bySegment: string) => ({
  ...value<Months | Readonly<Record<string, Months>>>(
    'number, text, a list with one for each month, or an object with one of these by segment',
    `a number such as ${example}, or by segment such as ${bySegment}`,
  ),
  schema: { type: ['number', 'string', 'array', 'object'] },
  text: {
    placeholder: '<n>',
    expected: `a number such as ${example}, or by segment such as ${bySegment}`,
    read: (text: string, flag: string) => (text.includes('=') ? partsIn(text, flag, bySegment) : text),
  },
})

/** Reads `chat=30k,email=20k`. */
function partsIn(text: string, flag: string, example: string): Readonly<Record<string, string>> {
  const pairs = text.split(',').map((pair) => {
    const at = pair.indexOf('=')
    const [name, number] = [pair.slice(0, at).trim(), pair.slice(at + 1).trim()]
    if (at < 1 || name === '' || number === '')
      throw new UsageError(`${flag}: expected segments such as ${example}, got ${shown(pair)}`)
    return [name, number] as const
  })
  pairs.forEach(([name], k) => {
    if (pairs.findIndex(([other]) => other === name) < k)
      throw new UsageError(`${flag}: expected each segment once, got ${shown(name)} twice`)
  })
  return Object.fromEntries(pairs)
}

export const billing = {
  month: option(
    {
      ...value<string>('text', 'a month such as 2027-03'),
      schema: { type: 'string' },
      text: { placeholder: '<month>', expected: 'a month such as 2027-03', read: (text: string) => text },
    },
    'bill only this month, such as 2027-03',
  ),
  conversations: option(
    usage('50k', 'chat=30k,email=20k'),
    'conversations per month, such as 50k, or by segment, such as chat=30k; a total is split as the scenario expects',
    'as expected in the scenario',
  ),
  rate: option(
    usage('65%', 'chat=70%,email=45%'),
    'share of conversations that the AI resolves, such as 65%, or by segment, such as chat=70%',
    'as expected in the scenario',
  ),
} as const
export type InvoiceUsage = OptionsOf<typeof billing>
