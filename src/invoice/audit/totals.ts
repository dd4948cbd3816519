// Monthly totals of invoices against the contract: what the invoiced quantity should have cost, and which rule explains a difference.
import { UsageError } from '../../errors.ts'
import { formatMonth, parseMonth } from '../../months.ts'
import { CsvError, type CsvTable } from '../../notation/csv.ts'
import { Biller, type MonthUse, type OfferInput } from './contract.ts'

export type TotalRule = 'included' | 'commitment' | 'price' | 'rounding' | 'unexplained'

export interface TotalCheck {
  readonly month: string
  readonly meter: string
  readonly quantity: number
  readonly expected: number
  readonly invoiced: number
  /** Invoiced less expected. */
  readonly difference: number
  /** What an audit of conversations counts in the month; absent without one. */
  readonly audited?: number
  /** Absent where they agree to the cent. */
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

/** @throws CsvError in words that follow "expected …" */
export function invoiceRows({ header, rows }: CsvTable, file: string, names: Partial<Record<string, string>> = {}): InvoiceRow[] {
  const places = INVOICE_COLUMNS.map((column) => header.indexOf(names[column] ?? column))
  const missing = INVOICE_COLUMNS.filter((_, k) => places[k] < 0)
  if (missing.length > 0)
    throw new CsvError(
      `the columns ${INVOICE_COLUMNS.join(',')} in line 1 of "${file}", got ${header.join(',')} (no ${missing.join(', ')})`,
    )
  const number = (text: string, column: string, line: number) => {
    const value = /^-?[$€£]?\d+(\.\d+)?$/.test(text) ? Number(text.replace(/[$€£]/, '')) : Number.NaN
    if (Number.isFinite(value)) return value
    throw new CsvError(`a number in line ${line}, column ${column} of "${file}", got "${text}"`)
  }
  return rows.map(({ cells, line }) => {
    const [month, meter, quantity, amount] = places.map((place) => cells[place])
    const parsed = parseMonth(month)
    if (parsed === undefined) throw new CsvError(`a month such as 2026-03 in line ${line} of "${file}", got "${month}"`)
    if (!METERS.includes(meter))
      throw new CsvError(`${METERS.join(' or ')} in line ${line}, column meter of "${file}", got "${meter}"`)
    return { month: parsed, meter, quantity: number(quantity, 'quantity', line), amount: number(amount, 'amount', line) }
  })
}

/** Each row: its quantity under the contract, month after month, so that yearly terms run on. */
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
    const m = month - first
    const expected = amounts[m]
    const difference = amount - expected
    const told = { month: formatMonth(month), meter, quantity: counted, expected, invoiced: amount, difference }
    if (Math.abs(difference) <= CENT) return told
    return {
      ...told,
      ...explained(
        amount,
        expected,
        counted,
        variants.map(({ rule, why, amounts: own }) => ({ rule, why, amount: own[m] })),
      ),
    }
  })
}

/** Usage, commitment and overage of each month: seats and platform stand on other lines of an invoice. */
async function amountsOf(offer: OfferInput, start: number, use: readonly MonthUse[]): Promise<number[]> {
  const entries = (await Biller.of(offer, start, use.length)).entries(use)
  return use.map((_, m) =>
    entries.reduce((sum, { month, layer, amount }) => (month === m && USAGE.has(layer) ? sum + amount : sum), 0),
  )
}
const USAGE = new Set(['usage', 'commitment', 'overage'])

interface Variant {
  readonly rule: TotalRule
  readonly why: string
  readonly amounts: readonly number[]
}

/** The contract with one of its terms misapplied. */
async function variantsOf(offer: OfferInput, start: number, use: readonly MonthUse[]): Promise<Variant[]> {
  const { expandCatalog } = await import('../../contract/catalog/expand.ts')
  const written = typeof offer === 'string' ? { catalog: offer } : offer
  const { data } = expandCatalog({ offers: { contract: written } })
  const plain = (data as { readonly offers: { readonly contract: { readonly charges: readonly Record<string, unknown>[] } } })
    .offers.contract
  const changed = (change: (charge: Record<string, unknown>) => Record<string, unknown>) => ({
    ...plain,
    charges: plain.charges.map(change),
  })
  const has = (key: string) => plain.charges.some((charge) => key in charge)
  const tries: { readonly rule: TotalRule; readonly why: string; readonly offer: object }[] = []
  if (has('included'))
    tries.push({
      rule: 'included',
      why: 'as if nothing was included',
      offer: changed(({ included: _i, rollover: _r, ...charge }) => charge),
    })
  if (has('commitment')) {
    tries.push({
      rule: 'commitment',
      why: 'every unit at the price of overage, as if nothing was committed',
      offer: changed(({ commitment, overage, ...charge }) =>
        commitment === undefined ? charge : { ...charge, price: overage ?? charge.price },
      ),
    })
    tries.push({
      rule: 'commitment',
      why: 'only what was used, as if nothing was committed',
      offer: changed(({ commitment: _c, overage: _o, ...charge }) => charge),
    })
    tries.push({
      rule: 'commitment',
      why: 'overage at the committed price',
      offer: changed(({ overage, ...charge }) => (overage === undefined ? charge : { ...charge, overage: charge.price })),
    })
  }
  return Promise.all(tries.map(async ({ rule, why, offer: own }) => ({ rule, why, amounts: await amountsOf(own, start, use) })))
}

function explained(
  amount: number,
  expected: number,
  quantity: number,
  variants: readonly { readonly rule: TotalRule; readonly why: string; readonly amount: number }[],
): { readonly rule: TotalRule; readonly why: string } {
  const found = variants.find((variant) => Math.abs(variant.amount - amount) <= CENT)
  if (found) return { rule: found.rule, why: found.why }
  if (Math.abs(amount - expected) < 1) return { rule: 'rounding', why: 'less than one unit of money apart' }
  const each = quantity > 0 ? amount / quantity : Number.NaN
  // A price per unit that is itself a round number, where the contract's amount is a plain product too.
  if (quantity > 0 && Math.abs(each - Math.round(1000 * each) / 1000) * quantity <= 0.01)
    return {
      rule: 'price',
      why: `${each.toFixed(3).replace(/0$/, '')} a unit in place of ${(expected / quantity).toFixed(3).replace(/0$/, '')}`,
    }
  return { rule: 'unexplained', why: 'no single term misapplied gives this amount' }
}
