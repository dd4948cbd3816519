// An invoice as rows with the column names of FOCUS 1.x, the FinOps Foundation's cost and usage specification.
import { lineKind } from '../contract/line-kinds.ts'
import { formatMonth, parseMonth } from '../months.ts'
import { csvCell } from '../notation/csv-cell.ts'
import { formatQuantity } from '../notation/money.ts'
import { dueOf } from './due.ts'
import type { CountedUse, Invoice, InvoiceLine } from './invoice.ts'

const COLUMNS = [
  ...['BilledCost', 'BillingCurrency', 'BillingPeriodStart', 'BillingPeriodEnd', 'ChargeCategory', 'ChargeDescription'],
  ...['ChargeFrequency', 'ChargePeriodStart', 'ChargePeriodEnd', 'ConsumedQuantity', 'ConsumedUnit', 'ContractedCost'],
  ...['ContractedUnitPrice', 'PricingQuantity', 'PricingUnit', 'PricingCurrency', 'PricingCurrencyContractedUnitPrice'],
  ...['ProviderName', 'ServiceCategory', 'ServiceName', 'SkuId', 'x_Layer', 'x_UnroundedCost'],
]

/** FOCUS periods begin at midnight UTC, and their ends are exclusive. */
const instant = (month: number): string => `${formatMonth(month)}-01T00:00:00Z`

function categoryOf({ layer, line }: InvoiceLine): string {
  if (layer === 'credits') return 'Credit'
  const { filed } = lineKind(line)
  if (filed === 'adjustment') return 'Adjustment'
  return filed === 'purchase' || layer === 'commitment' ? 'Purchase' : 'Usage'
}

function frequencyOf({ layer, line }: InvoiceLine): string {
  if (layer === 'set-up' || layer === 'credits') return 'One-Time'
  return layer === 'commitment' || lineKind(line).recurring ? 'Recurring' : 'Usage-Based'
}

type Row = readonly (string | number)[]

export function invoiceCsv(invoice: Invoice): string {
  const { lines, counted } = invoice
  const stated = new Set<string>()
  const place = ({ month, charge }: { readonly month: string; readonly charge?: string }) => JSON.stringify([month, charge])
  // The quantities of a charge's rows add up to its use, so the first row has it all.
  const first = (line: InvoiceLine): boolean => !stated.has(place(line)) && stated.add(place(line)) !== undefined
  const uses = new Map(counted.map((use) => [place(use), use]))
  const rows = lines.map((line) => {
    const use = categoryOf(line) === 'Usage' ? uses.get(place(line)) : undefined
    return { month: line.month, row: rowOf(invoice, line, use && { ...use, used: first(line) ? use.used : 0 }) }
  })
  // Usage that nothing is due for has a row without cost.
  const free = counted.filter((use) => !stated.has(place(use))).map((use) => ({ month: use.month, row: freeRow(invoice, use) }))
  const all = [...rows, ...free].sort((a, b) => (parseMonth(a.month) ?? 0) - (parseMonth(b.month) ?? 0))
  return [COLUMNS, ...all.map(({ row }) => row)].map((row) => `${row.map(csvCell).join(',')}\n`).join('')
}

const periodOf = (text: string): readonly [string, string] => {
  const month = parseMonth(text) ?? 0
  return [instant(month), instant(month + 1)]
}

/** FOCUS writes units with a capital. */
const unitOf = (part: string): string => (part.startsWith('charges') ? 'Credits' : part.charAt(0).toUpperCase() + part.slice(1))

function rowOf({ offer, title, currency }: Invoice, line: InvoiceLine, use: CountedUse | undefined): Row {
  const [start, end] = periodOf(line.month)
  const quantity = line.quantity ?? ''
  const due = dueOf(line, currency)
  const { unit = 'Units' } = lineKind(line.line)
  const usage = categoryOf(line) === 'Usage'
  const consumed = use ? [use.used, unitOf(use.part)] : usage ? [quantity, 'Units'] : ['', '']
  return [
    ...[due, currency, start, end, categoryOf(line), `${line.line}: ${line.why}`],
    ...[frequencyOf(line), start, end, ...consumed, due],
    ...[line.price ?? '', quantity, quantity === '' ? '' : unit, line.foreign?.currency ?? currency],
    ...[line.foreign?.price ?? line.price ?? '', title, 'AI and Machine Learning', title, skuOf(offer, line.charge)],
    ...[line.layer, line.amount],
  ]
}

function freeRow({ offer, title, currency }: Invoice, { month, charge, part, used }: CountedUse): Row {
  const [start, end] = periodOf(month)
  return [
    ...[0, currency, start, end, 'Usage', `${part}: ${formatQuantity(used)} used, nothing due for them`],
    ...['Usage-Based', start, end, used, unitOf(part), 0],
    ...['', '', '', currency, '', title, 'AI and Machine Learning', title, skuOf(offer, charge), 'usage', 0],
  ]
}

const skuOf = (offer: string, charge: string | undefined): string => (charge === undefined ? offer : `${offer}.${charge}`)
