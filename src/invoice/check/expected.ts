// Bills the usage that an invoice states under the contract. The result has the amount of each part in each month.
import { compile } from '../../compile/compile.ts'
import { type PlacedContract, plannedIn } from '../contract.ts'
import { dueOf } from '../due.ts'
import { inCurrency } from '../in-currency.ts'
import { merged } from '../invoice.ts'
import type { Selector } from './compare.ts'
import { roundingByMonth } from '../rounding.ts'
import { REST } from './parts.ts'
import { billStated, type EstimateChange } from './stated-usage.ts'
import type { Statement } from './statement.ts'

export interface ExpectedPart {
  /** Not rounded. */
  readonly amount: number
  /** The sum of its lines, each rounded to the currency's smallest unit. */
  readonly lines: number
}

export interface ExpectedLine {
  readonly month: number
  readonly part: string
  /** Whether it is for seats or a fee, which vendors often bill apart from usage. */
  readonly fixed: boolean
  readonly amount: number
  /** Rounded. */
  readonly due: number
}

/** The expected amount of some lines in a month, counted from the contract's first month. */
export type Expected = (month: number, of: Selector) => ExpectedPart

/**
 * Bills the quantities of all months together, so that terms run on from month to month.
 * @param currency the currency of the invoice
 */
export function expectedOf(
  { scenario, offer }: PlacedContract,
  { parts, months, rounding }: Statement,
  currency: string,
  estimate?: EstimateChange,
): Expected {
  const program = compile(scenario, { measure: 'bill', pairs: 'none' })
  const { entries } = billStated(program, plannedIn(program, offer), months, estimate)
  const convert = inCurrency(currency, scenario)
  const lines = merged(entries).map((entry): ExpectedLine => {
    const { part = REST, fixed = false } = entry.charge === undefined ? {} : parts[entry.charge]
    const line = convert(entry)
    return { month: entry.month, part, fixed, amount: line.amount, due: dueOf(line, currency) }
  })
  const inFile = new Set(months.map(({ month }) => month))
  const missing = rounding
    ? roundingByMonth(
        lines.filter(({ month }) => inFile.has(month)),
        currency,
      )
    : []
  for (const [month, due] of missing) lines.push({ month, part: REST, fixed: false, amount: 0, due })
  return (month, of) => {
    const own = lines.filter((line) => line.month === month && of(line))
    return {
      amount: own.reduce((sum, { amount }) => sum + amount, 0),
      lines: own.reduce((sum, { due }) => sum + due, 0),
    }
  }
}
