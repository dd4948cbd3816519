// Reads invoices: monthly totals, or a file with the columns of FOCUS.
import { formatMonth } from '../../months.ts'
import { TableColumn, columnName, rowCount, readAs } from '../../notation/table/columns.ts'
import { CsvError, type CsvTable } from '../../notation/table/csv.ts'
import { readDates } from '../../notation/table/dates.ts'
import type { Decimal } from '../../notation/table/numbers.ts'
import { ROUNDING_SKU } from '../rounding.ts'

export interface InvoiceRow {
  readonly month: number
  /** A meter, "seats", "fees", or any other name that the invoice uses. */
  readonly meter: string
  readonly quantity?: number
  readonly amount: number
  /** The charge that the row names, if it is a line of a bill. */
  readonly charge?: string
  /** The part of an offer that the row names. */
  readonly part?: string
  /** Whether it makes up for the rounding of other rows. */
  readonly rounding?: boolean
  /** The sign or the code of the currency that the row states. */
  readonly currency?: string
}

export interface InvoiceTable {
  readonly rows: readonly InvoiceRow[]
  /** Which columns were read. */
  readonly read: string
}

export const INVOICE_COLUMNS = ['month', 'meter', 'quantity', 'amount'] as const

/** The columns of FOCUS for the same. A charge's period decides, since a later invoice may correct it. */
const FOCUS = {
  month: 'ChargePeriodStart',
  meter: 'ConsumedUnit',
  quantity: 'ConsumedQuantity',
  amount: 'BilledCost',
  currency: 'BillingCurrency',
  charge: 'SkuId',
} as const

export interface InvoiceReading {
  /** Names of columns that have other names in the file. */
  readonly names?: Partial<Record<string, string>>
  /** The decimal sign of the numbers, if the file does not show it. */
  readonly decimal?: Decimal
}

/** @throws CsvError with a message that completes "expected …" */
export function invoiceRows(given: CsvTable, file: string, { names = {}, decimal }: InvoiceReading = {}): InvoiceTable {
  const { header } = given
  const focus = header.includes(FOCUS.amount) && header.includes(FOCUS.month)
  const table = focus ? beforeTax(given) : given
  const { rows } = table
  const placeOf = (column: keyof typeof FOCUS): number => {
    const name = focus ? FOCUS[column] : (names[column] ?? column)
    const exact = header.indexOf(name)
    return exact >= 0 || focus ? exact : header.findIndex((own) => columnName(own).name === name)
  }
  const wanted = focus ? (['month', 'amount', 'currency'] as const) : INVOICE_COLUMNS
  const missing = wanted.filter((column) => placeOf(column) < 0).map((column) => (focus ? FOCUS[column] : column))
  if (missing.length > 0)
    throw new CsvError(
      `the columns ${(focus ? Object.values(FOCUS) : INVOICE_COLUMNS).join(',')} in line 1 of "${file}", got ${header.join(',')} (no ${missing.join(', ')})`,
    )
  const cellsOf = (column: keyof typeof FOCUS) =>
    placeOf(column) < 0 ? undefined : rows.map(({ cells }) => cells[placeOf(column)])
  const dates = placeOf('month')
  const months = readDates(
    rows.map(({ cells, line }) => ({ text: cells[dates], line })),
    file,
  )
  // FOCUS writes numbers with points.
  const columnOf = (column: 'quantity' | 'amount') => new TableColumn(table, placeOf(column), file, focus ? '.' : decimal)
  const amount = columnOf('amount')
  const amounts = amount.numbers(Number.isFinite, 'a number', 'filled')
  const quantities = placeOf('quantity') < 0 ? [] : columnOf('quantity').numbers(Number.isFinite, 'a number', 'some empty')
  const parts = header.indexOf(names.part ?? 'part')
  const [meters, charges, currencies] = (['meter', 'charge', 'currency'] as const).map(cellsOf)
  const taken = (['month', 'meter', 'charge', 'quantity', 'amount', 'currency'] as const).filter((column) => placeOf(column) >= 0)
  const sku = header.indexOf('SkuPriceId')
  const beside = amount.signs()
  return {
    rows: months.map(({ month }, k): InvoiceRow => {
      const currency = currencies?.[k] || beside[k] || amount.unit
      return {
        month,
        meter: meters?.[k] ?? '',
        ...(Number.isFinite(quantities[k]) && { quantity: quantities[k] }),
        amount: amounts[k],
        ...(focus && charges?.[k] && { charge: charges[k] }),
        ...(!focus && parts >= 0 && rows[k].cells[parts] && { part: rows[k].cells[parts].trim() }),
        ...(focus && rows[k].cells[sku]?.endsWith(ROUNDING_SKU) && { rounding: true }),
        ...(currency && { currency }),
      }
    }),
    read: readAs(
      Object.fromEntries([
        ...taken.map((column) => [column, header[placeOf(column)]]),
        ...(!focus && parts >= 0 ? [['part', header[parts]]] : []),
      ]),
      spanOf(months.map(({ month }) => month)),
    ),
  }
}

/** A contract states its prices without taxes. */
function beforeTax(table: CsvTable): CsvTable {
  const category = table.header.indexOf('ChargeCategory')
  return { ...table, rows: table.rows.filter(({ cells }) => cells[category]?.toLowerCase() !== 'tax') }
}

function spanOf(months: readonly number[]): string {
  if (months.length === 0) return 'no rows'
  const [first, last] = [Math.min(...months), Math.max(...months)].map(formatMonth)
  return `${rowCount(months.length, 'row')}, ${first === last ? first : `${first} to ${last}`}`
}
