// An invoice as rows with the columns of FOCUS 1.2.
import { lineKind } from '../contract/line-kinds.ts'
import { parseMonth } from '../months.ts'
import { formatQuantity, roundMoney } from '../notation/money.ts'
import { dueOf } from './due.ts'
import { type FocusCategory, focusCsv, focusPeriod, type FocusRow, focusVendor } from './focus-columns.ts'
import type { CountedUse, Invoice, InvoiceLine } from './invoice.ts'
import { ROUNDING_SKU, roundingByMonth } from './rounding.ts'

function categoryOf({ layer, line }: InvoiceLine): FocusCategory {
  if (layer === 'credits') return 'Credit'
  const { filed } = lineKind(line)
  if (filed === 'adjustment') return 'Adjustment'
  return filed === 'purchase' || layer === 'commitment' ? 'Purchase' : 'Usage'
}

function frequencyOf({ layer, line }: InvoiceLine): string {
  if (layer === 'set-up' || layer === 'credits') return 'One-Time'
  return layer === 'commitment' || lineKind(line).recurring ? 'Recurring' : 'Usage-Based'
}

type Placed = { readonly month: number; readonly row: FocusRow }

const monthOf = (text: string): number => parseMonth(text) ?? 0

export function invoiceCsv(invoice: Invoice): string {
  const { lines, counted, prepaid = [] } = invoice
  const stated = new Set<string>()
  const place = ({ month, charge }: { readonly month: string; readonly charge?: string }) => JSON.stringify([month, charge])
  // The quantities of a charge's rows add up to its use, so the first row has it all.
  const first = (line: InvoiceLine): boolean => !stated.has(place(line)) && stated.add(place(line)) !== undefined
  const uses = new Map(counted.map((use) => [place(use), use]))
  const rows = lines.map((line): Placed => {
    const use = categoryOf(line) === 'Usage' ? uses.get(place(line)) : undefined
    return { month: monthOf(line.month), row: lineRow(invoice, line, use && { ...use, used: first(line) ? use.used : 0 }) }
  })
  // Usage that nothing is due for has a row without cost.
  const free = counted
    .filter((use) => !stated.has(place(use)))
    .map((use): Placed => ({ month: monthOf(use.month), row: freeRow(invoice, use) }))
  const all = [...rows, ...free, ...expensed(invoice, prepaid), ...roundingRows(invoice)].sort((a, b) => a.month - b.month)
  return focusCsv(
    all.map(({ row }) => row),
    ['x_Layer', 'x_UnroundedCost'],
  )
}

/** FOCUS writes units with a capital. */
const unitOf = (part: string): string => (part.startsWith('charges') ? 'Credits' : part.charAt(0).toUpperCase() + part.slice(1))

const skuOf = (offer: string, charge: string | undefined): string => (charge === undefined ? offer : `${offer}.${charge}`)

/** The price of a line, or its amount as the price of one where FOCUS asks for a price. */
function pricing({ offer, currency }: Invoice, line: InvoiceLine): FocusRow {
  const { price, quantity, amount, charge } = line
  const sku = skuOf(offer, charge)
  const { unit = 'Units' } = lineKind(line.line)
  const category = categoryOf(line)
  const priced = price !== undefined && quantity !== undefined
  if (!priced && (category === 'Credit' || category === 'Adjustment'))
    return {
      ContractedCost: dueOf(line, currency),
      ListCost: dueOf(line, currency),
      PricingCurrency: currency,
      SkuId: sku,
      SkuMeter: unitOf(line.part),
    }
  const [each, units] = priced ? [price, quantity] : [Math.abs(amount), Math.sign(amount)]
  const { list = each } = line
  return {
    ...{ ContractedCost: each * units, ContractedUnitPrice: each, ListCost: list * units, ListUnitPrice: list },
    ...{ PricingCurrency: line.foreign?.currency ?? currency, PricingCurrencyContractedUnitPrice: line.foreign?.price ?? each },
    ...{ PricingQuantity: units, PricingUnit: unit, SkuId: sku, SkuMeter: unitOf(line.part), SkuPriceId: `${sku}.${line.line}` },
  }
}

/** What is common to the rows of a line. */
const described = (invoice: Invoice, line: InvoiceLine, month: number): FocusRow => ({
  ...focusVendor(invoice.offer, invoice.title),
  ...focusPeriod(month),
  ...{ BillingCurrency: invoice.currency, ChargeDescription: `${line.line}: ${line.why}`, ChargeFrequency: frequencyOf(line) },
  ...pricing(invoice, line),
  x_Layer: line.layer,
})

function lineRow(invoice: Invoice, line: InvoiceLine, use: CountedUse | undefined): FocusRow {
  const due = dueOf(line, invoice.currency)
  const category = categoryOf(line)
  const consumed = use ? [use.used, unitOf(use.part)] : category === 'Usage' ? [line.quantity ?? 0, 'Units'] : undefined
  return {
    ...described(invoice, line, monthOf(line.month)),
    ...{ BilledCost: due, ChargeCategory: category, EffectiveCost: isPrepaid(line) ? 0 : due, x_UnroundedCost: line.amount },
    ...(consumed && { ConsumedQuantity: consumed[0], ConsumedUnit: consumed[1] }),
  }
}

function freeRow({ offer, title, currency }: Invoice, { month, charge, part, used }: CountedUse): FocusRow {
  const sku = skuOf(offer, charge)
  const unit = unitOf(part)
  return {
    ...focusVendor(offer, title),
    ...focusPeriod(monthOf(month)),
    ...{ BilledCost: 0, BillingCurrency: currency, ChargeCategory: 'Usage', ChargeFrequency: 'Usage-Based' },
    ChargeDescription: `${part}: ${formatQuantity(used)} used, nothing due for them`,
    ...{ ConsumedQuantity: used, ConsumedUnit: unit, ContractedCost: 0, ContractedUnitPrice: 0, EffectiveCost: 0 },
    ...{ ListCost: 0, ListUnitPrice: 0, PricingCurrency: currency, PricingCurrencyContractedUnitPrice: 0, PricingQuantity: 0 },
    ...{ PricingUnit: unit, SkuId: sku, SkuMeter: unit, SkuPriceId: `${sku}.included`, x_Layer: 'usage', x_UnroundedCost: 0 },
  }
}

/** A purchase that pays for several months. Its effective cost stands in rows of those months. */
const isPrepaid = (line: InvoiceLine): boolean => (line.covers ?? 1) > 1 && categoryOf(line) === 'Purchase'

/** Equal parts of what was paid in advance, for the months of the invoice. */
function expensed(invoice: Invoice, prepaid: readonly InvoiceLine[]): Placed[] {
  const { currency, months } = invoice
  return prepaid.filter(isPrepaid).flatMap((line) => {
    const { covers = 1 } = line
    const due = dueOf(line, currency)
    const upTo = (count: number) => roundMoney((due * count) / covers, currency)
    return Array.from({ length: covers }, (_, k) => k).flatMap((k): Placed[] => {
      const month = monthOf(line.month) + k
      if (month < months.first || month > months.last) return []
      const { PricingQuantity = 0, ContractedUnitPrice = 0, ListUnitPrice = 0, ...own } = described(invoice, line, month)
      const units = Number(PricingQuantity) / covers
      const row: FocusRow = {
        ...own,
        ...{
          BilledCost: 0,
          ChargeCategory: 'Usage',
          ChargeDescription: `${line.line}: month ${k + 1} of ${covers} paid in advance`,
        },
        ...{
          ConsumedQuantity: 0,
          ConsumedUnit: own.PricingUnit ?? 'Units',
          EffectiveCost: roundMoney(upTo(k + 1) - upTo(k), currency),
        },
        ...{ ContractedCost: Number(ContractedUnitPrice) * units, ContractedUnitPrice, PricingQuantity: units },
        ...{ ListCost: Number(ListUnitPrice) * units, ListUnitPrice, x_UnroundedCost: 0 },
      }
      return [{ month, row }]
    })
  })
}

function roundingRows({ offer, title, currency, lines }: Invoice): Placed[] {
  const rounded = lines.map((line) => ({ month: monthOf(line.month), amount: line.amount, due: dueOf(line, currency) }))
  return [...roundingByMonth(rounded, currency)].map(([month, missing]): Placed => {
    const cost = { BilledCost: missing, ContractedCost: missing, EffectiveCost: missing, ListCost: missing }
    const row: FocusRow = {
      ...{ ...focusVendor(offer, title), ...focusPeriod(month), ...cost, BillingCurrency: currency, ChargeCategory: 'Adjustment' },
      ...{ ChargeDescription: 'rounding: lines are rounded one by one', ChargeFrequency: 'One-Time', PricingCurrency: currency },
      ...{ SkuId: offer, SkuPriceId: `${offer}${ROUNDING_SKU}`, x_Layer: 'usage', x_UnroundedCost: 0 },
    }
    return { month, row }
  })
}
