// An invoice as a text table, rounded to cents.
import type { Invoice, InvoiceLine } from '../../invoice/invoice.ts'
import { formatCents, formatQuantity } from '../../notation/money.ts'
import { align } from './text.ts'

const HEAD = ['month', 'charge', 'line', 'quantity', 'included', 'price', 'amount', 'total', 'layer', 'why']
const LEFT = [0, 1, 2, 8, 9]

export function invoiceTable({ offer, title, currency, lines, total }: Invoice): string {
  const rows = lines.map((line) => [
    ...[line.month, line.charge ?? '', line.line],
    line.quantity === undefined ? '' : formatQuantity(line.quantity),
    line.included ? formatQuantity(line.included) : '',
    line.price === undefined ? '' : price(line, currency),
    amount(line, currency),
    formatCents(line.total, currency),
    ...[line.layer, line.why],
  ])
  const name = title === offer ? offer : `${offer} (${title})`
  return [`${name}: ${formatCents(total, currency)}`, '', ...align([HEAD, ...rows], LEFT), ''].join('\n')
}

const price = ({ price = 0, foreign }: InvoiceLine, currency: string): string =>
  foreign?.price === undefined ? formatCents(price, currency, 6) : formatCents(foreign.price, foreign.currency, 6)

const amount = ({ amount: due, foreign }: InvoiceLine, currency: string): string =>
  foreign ? `${formatCents(foreign.amount, foreign.currency)} = ${formatCents(due, currency)}` : formatCents(due, currency)
