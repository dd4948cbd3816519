// An invoice as monthly totals: one row for each meter, and for seats, fees and terms of the whole offer.
import { parseMonth } from '../months.ts'
import { roundMoney } from '../notation/money.ts'
import type { Invoice } from './invoice.ts'

interface Total {
  readonly month: string
  /** The part of the offer; empty if it has none. */
  readonly of: string
  readonly part: string
  readonly quantity?: number
  readonly amount: number
}

/** A zero behind three decimals, since 1.234 is also a way to write 1234. */
const unmistakable = (value: number | string): string => (/\.\d{3}$/.test(String(value)) ? `${value}0` : String(value))

/** The columns that `billcast invoice --check` reads. */
export function invoiceTotals({ currency, lines, counted }: Invoice): string {
  const totals = new Map<string, Total>()
  const add = (
    { month, part, charge }: Pick<Invoice['lines'][number], 'month' | 'part' | 'charge'>,
    more: { readonly quantity?: number; readonly amount: number },
  ) => {
    const of = /^parts\.([^.]+)/.exec(charge ?? '')?.[1] ?? ''
    const key = JSON.stringify([month, of, part])
    const known = totals.get(key)
    totals.set(key, { ...known, month, of, part, ...more, amount: (known?.amount ?? 0) + more.amount })
  }
  for (const use of counted) add(use, { quantity: use.used, amount: 0 })
  for (const line of lines) add(line, { amount: line.amount })
  const parted = [...totals.values()].some(({ of }) => of !== '')
  const rows = [...totals.values()]
    .sort((a, b) => (parseMonth(a.month) ?? 0) - (parseMonth(b.month) ?? 0))
    .map(({ month, of, part, quantity = '', amount }) => [
      month,
      ...(parted ? [of] : []),
      part,
      unmistakable(quantity),
      unmistakable(roundMoney(amount, currency)),
      currency,
    ])
  return [['month', ...(parted ? ['part'] : []), 'meter', 'quantity', 'amount', 'currency'], ...rows]
    .map((row) => `${row.join(',')}\n`)
    .join('')
}
