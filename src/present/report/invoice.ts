// An invoice as a text table, rounded to cents.
import { dueOf } from '../../invoice/due.ts'
import type { Invoice, InvoiceLine } from '../../invoice/invoice.ts'
import { formatAmount, formatPrice, formatQuantity } from '../../notation/money.ts'
import { align } from './text.ts'

const HEAD = ['month', 'charge', 'line', 'quantity', 'included', 'price', 'amount', 'total', 'layer', 'why']
const LEFT = [0, 1, 2, 8, 9]

export function invoiceTable({ offer, title, currency, lines, total }: Invoice): string {
  const rows = lines.flatMap((line) => [
    [
      ...[line.month, line.charge ?? '', line.line],
      line.quantity === undefined ? '' : formatQuantity(line.quantity),
      line.included ? formatQuantity(line.included) : '',
      line.price === undefined ? '' : price(line, currency),
      amount(line, currency),
      formatAmount(line.total, currency),
      ...[line.layer, line.why],
    ],
    ...(line.segments ?? []).map((part) => [
      ...['', '', `  ${part.segment}`],
      part.quantity === undefined ? '' : formatQuantity(part.quantity),
      ...['', ''],
      formatAmount(part.amount, currency),
      ...['', '', ''],
    ]),
  ])
  const name = title === offer ? offer : `${offer} (${title})`
  return [`${name}: ${formatAmount(total, currency)}`, '', ...align([HEAD, ...rows], LEFT), ''].join('\n')
}

const price = ({ price = 0, foreign }: InvoiceLine, currency: string): string =>
  foreign?.price === undefined ? formatPrice(price, currency) : formatPrice(foreign.price, foreign.currency)

function amount(line: InvoiceLine, currency: string): string {
  const { foreign } = line
  const own = formatAmount(dueOf(line, currency), currency)
  if (!foreign) return own
  const due = dueOf({ ...(line.quantity !== undefined && { quantity: line.quantity }), ...foreign }, foreign.currency)
  return `${formatAmount(due, foreign.currency)} = ${own}`
}
