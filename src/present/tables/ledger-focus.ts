// The ledger with the columns of FOCUS 1.2. Its billed cost is the mean cash, its effective cost the mean accrual.
import { type FocusCategory, focusCsv, focusPeriod, type FocusRow, focusVendor } from '../../invoice/focus-columns.ts'
import { parseMonth } from '../../months.ts'
import { LEDGER_AMOUNTS, type LedgerRow } from '../../questions/ledger/ledger.ts'

const OWN = [
  ...(['x_Quarter', 'x_Charge', 'x_Layer', 'x_Segment', 'x_Account', 'x_CostCenter'] as const),
  ...(['x_BilledCostBudget', 'x_EffectiveCostBudget'] as const),
]

/** Columns that a forecast by month has no figures for. FOCUS asks for them only where usage is measured and priced by the unit. */
const WITHOUT = [
  ...(['ConsumedQuantity', 'ConsumedUnit', 'ContractedUnitPrice', 'ListUnitPrice', 'PricingCurrency'] as const),
  ...(['PricingCurrencyContractedUnitPrice', 'SkuId', 'SkuMeter', 'SkuPriceDetails', 'SkuPriceId'] as const),
]

/** People, the buyer's own running costs, and what is expensed after the horizon are no charges of these months. */
const LEFT_OUT: ReadonlySet<string> = new Set(['people', 'running', 'deferred'])

type Amounts = LedgerRow['amounts']

/** @param titles by offer */
export function ledgerFocusCsv(
  rows: readonly LedgerRow[],
  currency: string,
  titles: ReadonlyMap<string, string>,
  unrounded = false,
): string {
  const charges = rows.filter(({ layer }) => !LEFT_OUT.has(layer))
  const written = charges.flatMap((row) => {
    const exact = Object.fromEntries(LEDGER_AMOUNTS.map((key) => [key, row.exact[key].value])) as Amounts
    return focusRows(row, unrounded ? exact : row.amounts, currency, titles.get(row.offer) ?? row.offer)
  })
  return focusCsv(written, OWN, WITHOUT)
}

function categoryOf({ layer }: LedgerRow): FocusCategory {
  if (layer === 'credits') return 'Credit'
  return layer === 'usage' || layer === 'overage' ? 'Usage' : 'Purchase'
}

const frequencyOf = ({ layer }: LedgerRow, category: FocusCategory): string =>
  layer === 'set-up' || category === 'Credit' ? 'One-Time' : category === 'Usage' ? 'Usage-Based' : 'Recurring'

/** A purchase for later months has no effective cost. The expense of a month is then a row of its own. */
function focusRows(row: LedgerRow, amounts: Amounts, currency: string, title: string): FocusRow[] {
  const category = categoryOf(row)
  const { cashMean, cashBudget, accrualMean, accrualBudget } = amounts
  const isSpread = Math.abs(row.exact.cashMean.value - row.exact.accrualMean.value) > 1e-6
  const made = (own: FocusCategory, paid: readonly [number, number], expensed: readonly [number, number]): FocusRow => ({
    ...focusVendor(row.offer, title),
    ...focusPeriod(parseMonth(row.month) ?? 0),
    ...{ BilledCost: paid[0], BillingCurrency: currency, ContractedCost: paid[0], EffectiveCost: expensed[0], ListCost: paid[0] },
    ...{ ChargeCategory: own, ChargeDescription: described(row), ChargeFrequency: frequencyOf(row, category) },
    ...(own !== 'Credit' && { PricingQuantity: 1, PricingUnit: 'Months' }),
    ...{ x_Quarter: row.quarter, x_Charge: row.charge, x_Layer: row.layer, x_Segment: row.segment, x_Account: row.account },
    ...{ x_CostCenter: row.costCenter, x_BilledCostBudget: paid[1], x_EffectiveCostBudget: expensed[1] },
  })
  if (category !== 'Purchase' || !isSpread) return [made(category, [cashMean, cashBudget], [accrualMean, accrualBudget])]
  const purchase = row.exact.cashMean.value === 0 ? [] : [made('Purchase', [cashMean, cashBudget], [0, 0])]
  return [...purchase, made('Usage', [0, 0], [accrualMean, accrualBudget])]
}

const described = ({ charge, layer, segment }: LedgerRow): string => `${charge}: ${layer}${segment === '' ? '' : ` of ${segment}`}`
