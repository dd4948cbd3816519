// What a contract bills for a statement, part by part and month by month.
import { compile } from '../../compile/compile.ts'
import type { PlacedContract } from '../contract.ts'
import { dueOf } from '../due.ts'
import { inCurrency } from '../in-currency.ts'
import { merged } from '../invoice.ts'
import type { BillEntry } from '../bill.ts'
import { type ChargePart, REST } from './parts.ts'
import { billStated, type Estimate } from './stated-usage.ts'
import type { Statement } from './statement.ts'

export interface ExpectedPart {
  /** Not rounded. */
  readonly amount: number
  /** The sum of its lines, each rounded to the currency's smallest unit. */
  readonly lines: number
}

/** The expected amount of a part in a month, counted from the contract's first month. The remainder leaves out the `named` parts. */
export type Expected = (month: number, part: string, named?: ReadonlySet<string>) => ExpectedPart

/**
 * Bills the quantities of all months together, so that terms run on from month to month.
 * @param currency the currency of the invoice
 */
export function expectedOf(
  { scenario }: PlacedContract,
  { parts, months, complete }: Statement,
  currency: string,
  estimate?: Estimate,
): Expected {
  const program = compile(scenario, { measure: 'bill', pairs: 'none' })
  const { entries } = billStated(program, program.offers[0], months, estimate)
  const convert = inCurrency(currency, scenario)
  const lines = merged(entries).flatMap((entry) => {
    const own = partOfEntry(entry, parts)
    // A file of metered usage leaves seats and fees to other invoices.
    if (!complete && own !== undefined && !own.counts) return []
    const line = convert(entry)
    return [{ month: entry.month, part: own?.part ?? REST, amount: line.amount, due: dueOf(line, currency) }]
  })
  return (month, part, named = new Set()) => {
    const own = lines.filter((line) => line.month === month && (part === REST ? !named.has(line.part) : line.part === part))
    return {
      amount: own.reduce((sum, { amount }) => sum + amount, 0),
      lines: own.reduce((sum, { due }) => sum + due, 0),
    }
  }
}

const partOfEntry = ({ charge }: BillEntry, parts: readonly ChargePart[]): ChargePart | undefined =>
  charge === undefined ? undefined : parts[charge]
