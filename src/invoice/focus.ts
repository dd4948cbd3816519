// An invoice as rows with the column names of FOCUS 1.x, the FinOps Foundation's cost and usage specification.
import { lineKind } from '../contract/line-kinds.ts'
import { formatMonth, parseMonth } from '../months.ts'
import { csvCell } from '../notation/csv-cell.ts'
import { dueOf } from './due.ts'
import type { Invoice, InvoiceLine } from './invoice.ts'

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

export function invoiceCsv({ offer, title, currency, lines }: Invoice): string {
  const rows = lines.map((line) => {
    const month = parseMonth(line.month) ?? 0
    const [start, end] = [instant(month), instant(month + 1)]
    const quantity = line.quantity ?? ''
    const due = dueOf(line, currency)
    const { unit = 'Units' } = lineKind(line.line)
    const usage = categoryOf(line) === 'Usage'
    const sku = line.charge === undefined ? offer : `${offer}.${line.charge}`
    return [
      ...[due, currency, start, end, categoryOf(line), `${line.line}: ${line.why}`],
      ...[frequencyOf(line), start, end, usage ? (line.used ?? quantity) : '', usage ? 'Units' : '', due],
      ...[line.price ?? '', quantity, quantity === '' ? '' : unit, line.foreign?.currency ?? currency],
      ...[line.foreign?.price ?? line.price ?? '', title, 'AI and Machine Learning', title, sku, line.layer, line.amount],
    ]
  })
  return [COLUMNS.join(','), ...rows.map((row) => row.map(csvCell).join(',')), ''].join('\n')
}
