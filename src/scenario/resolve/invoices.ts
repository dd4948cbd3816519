// Reads the invoices of closed months, which may be in the currency of the contract.
import { settleMoney } from '../../contract/money.ts'
import { shown } from '../../errors.ts'
import { currencyOf } from '../../notation/currency.ts'
import { CsvError } from '../../notation/table/csv.ts'
import { statedCurrency } from '../../notation/table/currency.ts'
import { convertible, type Exchange, rateOf } from '../exchange.ts'
import type { Actuals } from '../resolved.ts'
import type { RawScenario } from '../schema.ts'
import type { MonthRows } from './months.ts'

interface Invoiced {
  readonly file: string
  readonly offer: string | undefined
  readonly plan: Exchange
}

/**
 * Returns the invoices in the plan's currency. The column or its cells state their currency, or it is the offer's own.
 * @param problem takes the rest of a message that starts with "expected"
 */
export function readInvoices(
  rows: MonthRows,
  { offers }: RawScenario,
  { file, offer, plan }: Invoiced,
  problem: (message: string) => void,
): Pick<Actuals, 'invoices' | 'invoiced'> {
  const invoices = rows.column('invoice', 'of 0 or more')
  const column = rows.source('invoice')
  if (invoices === undefined || column === undefined || offer === undefined || !Object.hasOwn(offers, offer)) return {}
  const where = `column ${shown(column.header)} of ${shown(file)}`
  try {
    const { currency = plan.currency } = offers[offer]
    const code = statedCurrency(column, currency, file) ?? ownCurrency(offers[offer], plan.currency)
    if (code === undefined)
      throw new CsvError(`a currency of ${where}, such as invoice_${plan.currency}, since ${offer} has several, got none`)
    const rate = rateOf(code, plan)
    if (rate === undefined) throw new CsvError(`${convertible(code, plan)}, got ${code} in ${where}`)
    if (code === plan.currency) return { invoices }
    return { invoices: invoices.map((amount) => amount * rate.rate), invoiced: { currency: code, ...rate } }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    problem(error.message)
    return {}
  }
}

/** The currency of all amounts of an offer; undefined if there are several. */
function ownCurrency(offer: RawScenario['offers'][string], plan: string): string | undefined {
  if (offer.currency !== undefined) return offer.currency
  const codes = new Set<string>()
  for (const { currency, charges, minimum, refund, guarantee } of Object.values(offer.parts ?? { offer }))
    settleMoney([charges, minimum, refund, guarantee], '', currency ?? plan, (sign) => {
      codes.add(currencyOf(sign, currency, plan))
      return plan
    })
  return codes.size > 1 ? undefined : ([...codes][0] ?? plan)
}
