// An invoice as a text table, rounded to cents.
import { dueOf } from '../../invoice/due.ts'
import type { Invoice, InvoiceLine } from '../../invoice/invoice.ts'
import { formatAmount, formatPrice, formatQuantity } from '../../notation/money.ts'
import { type Block, plainLines, strong } from './text-table.ts'

const HEAD = ['month', 'charge', 'line', 'quantity', 'included', 'price', 'amount', 'total', 'layer', 'why']
const LEFT = [0, 1, 2, 8, 9]

/** Those that a narrow screen can leave out, the first one first. A reader checks an amount by its quantity and price. */
const SPARE = ['layer', 'charge', 'total', 'why', 'included']

/** The invoice on a screen. Columns without an entry are left out. */
export function invoiceBlocks(invoice: Invoice): Block[] {
  const { offer, title, currency, total } = invoice
  const rows = rowsOf(invoice)
  const used = HEAD.flatMap((_, k) => (rows.some((row) => row[k] !== '') ? [k] : []))
  const name = title === offer ? offer : `${offer} (${title})`
  return [
    strong(`${name}: ${formatAmount(total, currency)}`),
    '',
    {
      head: used.map((k) => HEAD[k]),
      rows: rows.map((row) => used.map((k) => row[k])),
      left: LEFT.map((k) => used.indexOf(k)),
      spare: SPARE,
    },
  ]
}

/** The invoice as text without a terminal. */
export const invoiceTable = (invoice: Invoice): string => `${plainLines(invoiceBlocks(invoice)).join('\n')}\n`

const rowsOf = ({ currency, lines }: Invoice): string[][] =>
  lines.flatMap((line) => [
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

const price = ({ price = 0, foreign }: InvoiceLine, currency: string): string =>
  foreign?.price === undefined ? formatPrice(price, currency) : formatPrice(foreign.price, foreign.currency)

function amount(line: InvoiceLine, currency: string): string {
  const { foreign } = line
  const own = formatAmount(dueOf(line, currency), currency)
  if (!foreign) return own
  const due = dueOf({ ...(line.quantity !== undefined && { quantity: line.quantity }), ...foreign }, foreign.currency)
  return `${formatAmount(due, foreign.currency)} = ${own}`
}
