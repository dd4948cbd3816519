// Bills an offer for stated volumes of conversations.
import { type InvoiceLine, invoiceOf } from '../../src/invoice/invoice.ts'
import { formatMonth, parseMonth } from '../../src/months.ts'
import { resolve } from '../../src/scenario/resolve/resolve.ts'
import { readScenario } from '../../src/scenario/read.ts'

const reader = { read: () => Promise.reject(new Error('these scenarios read no files')) }

export interface Billed {
  readonly months: number[]
  readonly total: number
  readonly lines: readonly InvoiceLine[]
  readonly warnings: readonly string[]
}

/** Each month has `used` conversations, all resolved unless `more` says otherwise. */
export async function billed(offer: object, used: readonly number[], more: object = {}): Promise<Billed> {
  const written = {
    months: used.length,
    conversations: { monthly: [...used] },
    resolution: { rate: 1 },
    offers: { one: offer },
    ...more,
  }
  const { scenario, warnings } = await resolve(readScenario(written), reader)
  const { lines, total } = invoiceOf(scenario, 'one', {})
  const start = parseMonth('2027-01') ?? 0
  const months = used.map((_, m) =>
    lines.filter(({ month }) => month === formatMonth(start + m)).reduce((sum, { amount }) => sum + amount, 0),
  )
  return { months, total, lines, warnings }
}

export const one = (charge: object, terms: object = {}) => ({ charges: [charge], ...terms })
export const months = (n: number, quantity: number): number[] => new Array<number>(n).fill(quantity)
export const layer = ({ lines }: Billed, name: string): number =>
  lines.filter((line) => line.layer === name).reduce((sum, { amount }) => sum + amount, 0)
