// The columns of FOCUS 1.2, the FinOps Foundation's specification of cost and usage data, that billcast writes, in the order of its files.
// test/reference/focus-1.2.json holds what the specification says of each.
import { formatMonth } from '../months.ts'
import { csvCell } from '../notation/csv-cell.ts'

const COLUMNS = [
  ...(['BilledCost', 'BillingCurrency', 'BillingPeriodStart', 'BillingPeriodEnd', 'ChargeCategory', 'ChargeDescription'] as const),
  ...(['ChargeFrequency', 'ChargePeriodStart', 'ChargePeriodEnd', 'ConsumedQuantity', 'ConsumedUnit', 'ContractedCost'] as const),
  ...(['ContractedUnitPrice', 'PricingQuantity', 'PricingUnit', 'PricingCurrency'] as const),
  ...(['PricingCurrencyContractedUnitPrice', 'ProviderName', 'ServiceCategory', 'ServiceName', 'SkuId'] as const),
  ...(['EffectiveCost', 'ListCost', 'ListUnitPrice', 'BillingAccountId', 'BillingAccountName', 'ChargeClass'] as const),
  ...(['InvoiceId', 'InvoiceIssuerName', 'PublisherName', 'ServiceSubcategory', 'SkuMeter'] as const),
  ...(['SkuPriceDetails', 'SkuPriceId'] as const),
] as const
type FocusColumn = (typeof COLUMNS)[number]

/** Columns of billcast's own have the prefix that the specification asks for. A column that a row leaves out is null. */
export type FocusRow = Partial<Readonly<Record<FocusColumn | `x_${string}`, string | number>>>

export type FocusCategory = 'Usage' | 'Purchase' | 'Credit' | 'Adjustment'

/** FOCUS periods begin at midnight UTC, and their ends are exclusive. */
export const focusPeriod = (month: number) => {
  const [start, end] = [month, month + 1].map((own) => `${formatMonth(own)}-01T00:00:00Z`)
  return { BillingPeriodStart: start, BillingPeriodEnd: end, ChargePeriodStart: start, ChargePeriodEnd: end } satisfies FocusRow
}

/** An offer is the billing account, since invoices are for one offer, and its title stands for the vendor. */
export const focusVendor = (offer: string, title: string) =>
  ({
    ...{ BillingAccountId: offer, BillingAccountName: title, InvoiceIssuerName: title, ProviderName: title, PublisherName: title },
    ...{ ServiceCategory: 'AI and Machine Learning', ServiceName: title, ServiceSubcategory: 'Bots' },
  }) satisfies FocusRow

/** @param without columns that no row of the file can have */
export function focusCsv(rows: readonly FocusRow[], own: readonly `x_${string}`[], without: readonly FocusColumn[] = []): string {
  const columns = [...COLUMNS.filter((column) => !without.includes(column)), ...own]
  const cells = rows.map((row) => columns.map((column) => row[column] ?? ''))
  return [columns, ...cells].map((row) => `${row.map(csvCell).join(',')}\n`).join('')
}
