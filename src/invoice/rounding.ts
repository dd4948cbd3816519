// Lines of an invoice are rounded one by one, and then do not add up to its rounded total. A row in each month makes up for it.
import { smallestUnits } from '../notation/currency.ts'
import { roundMoney } from '../notation/money.ts'

/** Ends the id of the price of a row that makes up for the rounding of the others. */
export const ROUNDING_SKU = '.rounding'

/** A line: its month, its amount before rounding, and what is due for it. */
export interface RoundedLine {
  readonly month: number
  readonly amount: number
  readonly due: number
}

/** By month, what the rounded total up to it has beyond the rounded lines. Months whose lines add up have none. */
export function roundingByMonth(lines: readonly RoundedLine[], currency: string): ReadonlyMap<number, number> {
  const scale = smallestUnits(currency)
  const found = new Map<number, number>()
  let [total, stated] = [0, 0]
  for (const month of [...new Set(lines.map((line) => line.month))].sort((a, b) => a - b)) {
    const own = lines.filter((line) => line.month === month)
    total += own.reduce((sum, { amount }) => sum + amount, 0)
    stated += own.reduce((sum, { due }) => sum + Math.round(due * scale), 0)
    const missing = Math.round(roundMoney(total, currency) * scale) - stated
    if (missing !== 0) found.set(month, missing / scale)
    stated += missing
  }
  return found
}
