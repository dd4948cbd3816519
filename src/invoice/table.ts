// An invoice as people read it, rounded to cents.
import { formatCents, formatQuantity } from '../notation/money.ts'
import type { Invoice, InvoiceLine } from './invoice.ts'

const HEAD = ['month', 'charge', 'line', 'quantity', 'included', 'price', 'amount', 'total', 'layer', 'why']
const LEFT = new Set([0, 1, 2, 8, 9])

/** A line of cells a charge, and the total. */
export function invoiceTable({ offer, title, currency, lines, total }: Invoice): string {
  const rows = lines.map((line) => [
    line.month,
    line.charge ?? '',
    line.line,
    line.quantity === undefined ? '' : formatQuantity(line.quantity),
    line.included === undefined || line.included === 0 ? '' : formatQuantity(line.included),
    line.price === undefined ? '' : price(line, currency),
    amount(line, currency),
    formatCents(line.total, currency),
    line.layer,
    line.why,
  ])
  const all = [HEAD, ...rows]
  const widths = HEAD.map((_, k) => Math.max(...all.map((row) => [...row[k]].length)))
  const text = all.map((row) =>
    row
      .map((cell, k) => {
        const space = ' '.repeat(widths[k] - [...cell].length)
        return LEFT.has(k) ? cell + space : space + cell
      })
      .join('  ')
      .trimEnd(),
  )
  const name = title === offer ? offer : `${offer} (${title})`
  return [`${name}: ${formatCents(total, currency)}`, '', ...text, ''].join('\n')
}

const price = ({ price = 0, foreign }: InvoiceLine, currency: string): string =>
  foreign?.price === undefined ? formatCents(price, currency, 6) : formatCents(foreign.price, foreign.currency, 6)

const amount = ({ amount: due, foreign }: InvoiceLine, currency: string): string =>
  foreign ? `${formatCents(foreign.amount, foreign.currency)} = ${formatCents(due, currency)}` : formatCents(due, currency)
