// Compares the monthly totals of invoices with the contract, and finds the one term that explains a difference if misapplied.
import { UsageError } from '../../errors.ts'
import { formatMonth } from '../../months.ts'
import { Column, columnName } from '../../notation/table/columns.ts'
import { CsvError, type CsvTable } from '../../notation/table/csv.ts'
import { readDates } from '../../notation/table/dates.ts'
import type { Decimal } from '../../notation/table/numbers.ts'
import { Biller, type MonthUse, type OfferInput } from './contract.ts'

type TotalRule = 'included' | 'commitment' | 'price' | 'rounding' | 'unexplained'

export interface TotalCheck {
  readonly month: string
  readonly meter: string
  readonly quantity: number
  readonly expected: number
  readonly invoiced: number
  /** `invoiced` minus `expected`. */
  readonly difference: number
  /** The month's count in an export of conversations; absent without one. */
  readonly audited?: number
  /** Absent if the amounts agree to the cent. */
  readonly rule?: TotalRule
  readonly why?: string
}

export interface InvoiceRow {
  readonly month: number
  readonly meter: string
  readonly quantity: number
  readonly amount: number
}

export const INVOICE_COLUMNS = ['month', 'meter', 'quantity', 'amount'] as const
const METERS = ['resolutions', 'conversations']
const CENT = 0.005

export interface InvoiceReading {
  /** Names of columns that have other names in the file. */
  readonly names?: Partial<Record<string, string>>
  /** The decimal sign of the numbers, if the file does not show it. */
  readonly decimal?: Decimal
}

/** @throws CsvError with a message that completes "expected …" */
export function invoiceRows(table: CsvTable, file: string, { names = {}, decimal }: InvoiceReading = {}): InvoiceRow[] {
  const { header, rows } = table
  const places = INVOICE_COLUMNS.map((column) => {
    const name = names[column] ?? column
    const exact = header.indexOf(name)
    return exact >= 0 ? exact : header.findIndex((own) => columnName(own).name === name)
  })
  const missing = INVOICE_COLUMNS.filter((_, k) => places[k] < 0)
  if (missing.length > 0)
    throw new CsvError(
      `the columns ${INVOICE_COLUMNS.join(',')} in line 1 of "${file}", got ${header.join(',')} (no ${missing.join(', ')})`,
    )
  const [dates, meters, ...figures] = places
  const months = readDates(
    rows.map(({ cells, line }) => ({ text: cells[dates], line })),
    file,
  )
  const [quantities, amounts] = figures.map((place) =>
    new Column(table, place, file, decimal).numbers(Number.isFinite, 'a number', 'filled'),
  )
  return rows.map(({ cells, line }, k) => {
    const meter = cells[meters]
    if (!METERS.includes(meter))
      throw new CsvError(`${METERS.join(' or ')} in line ${line}, column meter of "${file}", got "${meter}"`)
    return { month: months[k].month, meter, quantity: quantities[k], amount: amounts[k] }
  })
}

/** Bills the quantities of all months together, so that yearly terms run on. */
export async function checkTotals(offer: OfferInput, rows: readonly InvoiceRow[], start?: number): Promise<TotalCheck[]> {
  if (rows.length === 0) return []
  const first = Math.min(start ?? Infinity, ...rows.map(({ month }) => month))
  const months = Math.max(...rows.map(({ month }) => month)) - first + 1
  if (months > 240) throw new UsageError(`invoices: expected at most 240 months, got ${months}`)
  const quantity = (meter: string, m: number) =>
    rows.filter((row) => row.meter === meter && row.month === first + m).reduce((sum, row) => sum + row.quantity, 0)
  const use: MonthUse[] = Array.from({ length: months }, (_, m) => ({
    resolutions: quantity('resolutions', m),
    conversations: quantity('conversations', m),
  }))
  const amounts = await amountsOf(offer, first, use)
  const variants = await variantsOf(offer, first, use)
  return rows.map(({ month, meter, quantity: counted, amount }) => {
    const expected = amounts[month - first]
    const difference = amount - expected
    const check = { month: formatMonth(month), meter, quantity: counted, expected, invoiced: amount, difference }
    if (Math.abs(difference) <= CENT) return check
    const misapplied = variants.find((variant) => Math.abs(variant.amounts[month - first] - amount) <= CENT)
    const { rule, why } = misapplied ?? explained(amount, expected, counted)
    return { ...check, rule, why }
  })
}

/** Usage, commitment and overage of each month. Seats and platform fees are on other lines of an invoice. */
async function amountsOf(offer: OfferInput, start: number, use: readonly MonthUse[]): Promise<number[]> {
  const entries = (await Biller.of(offer, start, use.length)).entries(use)
  return use.map((_, m) =>
    entries.reduce((sum, { month, layer, amount }) => (month === m && USAGE.has(layer) ? sum + amount : sum), 0),
  )
}
const USAGE = new Set(['usage', 'commitment', 'overage'])

type Charge = Readonly<Record<string, unknown>>
type Explanation = { readonly rule: TotalRule; readonly why: string }

/** Ways to misapply a term: charges that have the key `rule` are billed after `change`. */
const MISTAKES: readonly (Explanation & { readonly rule: 'included' | 'commitment'; change(charge: Charge): Charge })[] = [
  { rule: 'included', why: 'the included units were charged', change: ({ included: _i, rollover: _r, ...charge }) => charge },
  {
    rule: 'commitment',
    why: 'every unit at the overage price',
    change: ({ commitment, overage, ...charge }) =>
      commitment === undefined ? charge : { ...charge, price: overage ?? charge.price },
  },
  {
    rule: 'commitment',
    why: 'only the units used, without the commitment',
    change: ({ commitment: _c, overage: _o, ...charge }) => charge,
  },
  {
    rule: 'commitment',
    why: 'overage at the committed price',
    change: ({ overage, ...charge }) => (overage === undefined ? charge : { ...charge, overage: charge.price }),
  },
]

/** The amounts of the contract with one of its terms misapplied. */
async function variantsOf(
  offer: OfferInput,
  start: number,
  use: readonly MonthUse[],
): Promise<(Explanation & { readonly amounts: readonly number[] })[]> {
  const { expandCatalog } = await import('../../contract/catalog/expand.ts')
  const { data } = expandCatalog({ offers: { contract: typeof offer === 'string' ? { catalog: offer } : offer } })
  const { contract } = (data as { readonly offers: { readonly contract: { readonly charges: readonly Charge[] } } }).offers
  const possible = MISTAKES.filter(({ rule }) => contract.charges.some((charge) => rule in charge))
  return Promise.all(
    possible.map(async ({ rule, why, change }) => {
      const changed = { ...contract, charges: contract.charges.map(change) }
      return { rule, why, amounts: await amountsOf(changed, start, use) }
    }),
  )
}

function explained(amount: number, expected: number, quantity: number): Explanation {
  if (Math.abs(amount - expected) < 1) return { rule: 'rounding', why: 'the amounts differ by less than 1' }
  const each = quantity > 0 ? amount / quantity : Number.NaN
  const text = (price: number) => price.toFixed(3).replace(/0$/, '')
  // The vendor probably used another price if the invoice comes to a round price per unit.
  if (quantity > 0 && Math.abs(each - Math.round(1000 * each) / 1000) * quantity <= 0.01)
    return { rule: 'price', why: `${text(each)} per unit in place of ${text(expected / quantity)}` }
  return { rule: 'unexplained', why: 'no single term explains this amount' }
}
