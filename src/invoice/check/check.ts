// Compares an invoice with its contract: month by month, each part that the invoice states, and all others as one remainder.
import { UsageError } from '../../errors.ts'
import { formatMonth } from '../../months.ts'
import { codeOf, unitsOf } from '../../notation/currency.ts'
import { type Contract, type PlacedContract, placed } from '../contract.ts'
import type { InvoiceRow, InvoiceTable } from '../audit/totals.ts'
import { explanations, type TotalRule } from './explain.ts'
import { type Expected, type ExpectedPart, expectedOf } from './expected.ts'
import { REST } from './parts.ts'
import type { Estimate } from './stated-usage.ts'
import { type StatedMonth, type StatedPart, type Statement, statementOf } from './statement.ts'

export interface TotalCheck {
  readonly month: string
  /** A meter, "credits", "seats", "fees", or "other" for all parts without rows of their own. */
  readonly meter: string
  /** The invoiced quantity; absent if no row states one. */
  readonly quantity?: number
  readonly expected: number
  readonly invoiced: number
  /** `invoiced` minus `expected`. */
  readonly difference: number
  readonly currency: string
  /** The month's count in an export of conversations; absent without one. */
  readonly audited?: number
  /** Months whose usage the invoice leaves out and on which `expected` depends. They count as the plan expects. */
  readonly estimated?: readonly string[]
  /** Absent if the amounts agree to the currency's smallest unit. */
  readonly rule?: TotalRule
  readonly why?: string
}

export interface InvoiceCheck {
  readonly currency: string
  readonly totals: readonly TotalCheck[]
  /** Choices that the figures depend on, in words. */
  readonly notes: readonly string[]
}

/** A part as the invoice states it and as the contract bills it. */
interface Compared {
  readonly stated: StatedPart
  readonly due: ExpectedPart
}

/** @throws UsageError for too many months, ScenarioError for a plan that is not valid */
export async function checkInvoice(contract: Contract, { rows, read }: InvoiceTable): Promise<InvoiceCheck> {
  if (rows.length === 0) return { currency: 'USD', totals: [], notes: [read] }
  const months = rows.map(({ month }) => month)
  const span = [Math.min(...months), Math.max(...months)] as const
  const own = await placed(contract, span)
  const currency = currencyOfRows(rows, own)
  const statement = statementOf(own, rows)
  const bill = (estimate?: Estimate) => expectedOf(own, statement, currency, estimate)
  const expected = bill()
  const depends = dependence(statement, expected, bill)
  const explain = await explanations(contract, span, (changed) => expectedOf(changed, statement, currency))
  const totals = statement.months.flatMap((month) =>
    comparedIn(month, statement, expected, currency).map(({ stated, due }): TotalCheck => {
      const estimated = depends(month, stated.part) ? leftOut(own, statement, month) : undefined
      return {
        month: formatMonth(own.scenario.start + month.month),
        meter: stated.part,
        ...(stated.quantity !== undefined && { quantity: stated.quantity }),
        expected: amountOf({ stated, due }),
        invoiced: stated.amount,
        difference: stated.amount - amountOf({ stated, due }),
        currency,
        ...(estimated && { estimated }),
        ...(!agrees({ stated, due }, currency) && explain(month, stated, due)),
      }
    }),
  )
  return { currency, totals, notes: [read, ...notesOf({ own, contract, statement, totals })] }
}

/** The currency that the rows state. @throws UsageError if they state several */
function currencyOfRows(rows: readonly InvoiceRow[], { currency: own }: PlacedContract): string {
  const code = (sign: string) => codeOf(sign, own) ?? sign
  const [first = own, second] = [...new Set(rows.flatMap(({ currency }) => (currency === undefined ? [] : [code(currency)])))]
  if (second === undefined) return first
  throw new UsageError(`invoices: expected amounts in one currency, got ${first} and ${second}. Check each in a file of its own`)
}

/** Lines are rounded one by one. Totals are compared without rounding, since a vendor may round at any step. */
const amountOf = ({ stated, due }: Compared): number => (stated.lines ? due.lines : due.amount)

const ROUNDING = 1e-15

/** Whether the amounts agree to the smallest unit. Where a total lies between two units, both agree. */
function agrees(compared: Compared, currency: string): boolean {
  const { stated } = compared
  const due = amountOf(compared)
  const half = 0.5 / unitsOf(currency)
  return Math.abs(stated.amount - due) <= half * (stated.lines ? 0.5 : 1.0001) + ROUNDING * Math.abs(due)
}

/** The parts with rows of their own, and the remainder if either side has one. */
function comparedIn(month: StatedMonth, { parts }: Statement, expected: Expected, currency: string): Compared[] {
  const named = new Set(month.parts.keys())
  const own = [...month.parts.values()].map((stated) => ({ stated, due: expected(month.month, stated.part) }))
  // Rows of a file of lines come from the contract, so its remainder has rounded lines, too.
  const lines = month.rest.lines || (own.length > 0 && month.rest.amount === 0 && own.every(({ stated }) => stated.lines))
  const rest: Compared = { stated: { ...month.rest, lines }, due: expected(month.month, REST, named) }
  const empty = month.rest.amount === 0 && month.rest.quantity === undefined && agrees(rest, currency)
  const order = (part: string) => parts.findIndex((known) => known.part === part)
  const sorted = own.sort((a, b) => order(a.stated.part) - order(b.stated.part))
  return empty ? sorted : together([...sorted, rest], currency)
}

/** If the remainder stands in the rows of another part, so that both together agree, they are compared together. */
function together(all: readonly Compared[], currency: string): Compared[] {
  const [rest] = all.slice(-1)
  const off = all.filter((one) => one === rest || !agrees(one, currency))
  if (off.length < 2 || rest === undefined || agrees(rest, currency)) return [...all]
  const sum = (of: (one: Compared) => number) => off.reduce((total, one) => total + of(one), 0)
  const joined: Compared = {
    stated: {
      part: off.map(({ stated }) => stated.part).join(' + '),
      amount: sum(({ stated }) => stated.amount),
      lines: off.every(({ stated }) => stated.lines),
    },
    due: { amount: sum(({ due }) => due.amount), lines: sum(({ due }) => due.lines) },
  }
  return agrees(joined, currency) ? [...all.filter((one) => !off.includes(one)), joined] : [...all]
}

/** Whether a part depends on usage that the invoice leaves out: bills it with none, and with much of it. */
function dependence(
  { parts, months }: Statement,
  expected: Expected,
  bill: (estimate: Estimate) => Expected,
): (month: StatedMonth, part: string) => boolean {
  const largest = parts.map((_, k) => Math.max(1, ...months.map(({ charges }) => charges.get(k) ?? 0)))
  const others = [bill(() => 0), bill((quantity, charge) => 2 * quantity + largest[charge])]
  return ({ month, parts: own }, part) => {
    const named = new Set(own.keys())
    const of = (figures: Expected) => part.split(' + ').reduce((sum, name) => sum + figures(month, name, named).amount, 0)
    const amount = of(expected)
    return others.some((other) => Math.abs(of(other) - amount) > 1e-6 * Math.max(1, Math.abs(amount)))
  }
}

/** The months up to this one of which the invoice leaves out some counted quantity. */
function leftOut({ scenario }: PlacedContract, { parts, months }: Statement, upTo: StatedMonth): string[] {
  const full = new Set(
    months.filter(({ charges }) => parts.every(({ counts }, k) => !counts || charges.has(k))).map(({ month }) => month),
  )
  return Array.from({ length: upTo.month + 1 }, (_, m) => m)
    .filter((m) => !full.has(m))
    .map((m) => formatMonth(scenario.start + m))
}

interface Noted {
  readonly own: PlacedContract
  readonly contract: Contract
  readonly statement: Statement
  readonly totals: readonly TotalCheck[]
}

function notesOf({ own: { scenario, moved }, contract: { planned }, statement, totals }: Noted): string[] {
  const months = [...new Set(totals.flatMap(({ estimated = [] }) => estimated))].sort()
  const [first, last] = [months[0], months[months.length - 1]]
  const span = first === last ? first : `${first} to ${last}`
  return [
    ...(moved === undefined
      ? []
      : [
          `The invoices begin before the plan's start, ${formatMonth(moved)}. The contract is billed as if it began in ${formatMonth(scenario.start)}.`,
        ]),
    ...(statement.complete || statement.parts.every(({ counts }) => counts)
      ? []
      : ['Seats and fees are not compared, since no row of the invoice names them.']),
    ...(months.length === 0
      ? []
      : [
          planned
            ? `The invoice does not state all usage of ${span}. Where it is silent, the plan's point estimate counts.`
            : `The invoice does not state all usage of ${span}. Where it is silent, nothing counts.`,
        ]),
  ]
}
