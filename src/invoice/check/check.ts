// Compares an invoice with its contract: month by month, each part that the invoice states, and all others as one remainder.
import { UsageError } from '../../errors.ts'
import { formatMonth, parseMonth } from '../../months.ts'
import { codeOf } from '../../notation/currency.ts'
import { type Contract, type PlacedContract, contractOfPart, partsIn, placed } from '../contract.ts'
import type { InvoiceRow, InvoiceTable } from '../audit/totals.ts'
import { explanations, type TotalRule } from './explain.ts'
import { agrees, comparedIn, dueFor, type Selector } from './compare.ts'
import { type Expected, expectedOf } from './expected.ts'
import { rowsByPart } from './part-rows.ts'
import { REST } from './parts.ts'
import type { EstimateChange } from './stated-usage.ts'
import { type StatedMonth, type Statement, statementOf } from './statement.ts'

export interface TotalCheck {
  readonly month: string
  /** The part of the offer that billed it; absent for an offer without parts. */
  readonly part?: string
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

/** @throws UsageError for too many months, ScenarioError for a plan that is not valid */
export async function checkInvoice(contract: Contract, { rows, read }: InvoiceTable): Promise<InvoiceCheck> {
  if (rows.length === 0) return { currency: 'USD', totals: [], notes: [read] }
  const parts = partsIn(contract)
  const { currency, totals, notes } =
    parts.length === 0 && contract.part === undefined
      ? await checkContract(contract, rows, spanOf(rows))
      : await checkParts(contract, rows)
  return { currency, totals, notes: [read, ...notes] }
}

const spanOf = (rows: readonly InvoiceRow[]): readonly [number, number] => {
  const months = rows.map(({ month }) => month)
  return [Math.min(...months), Math.max(...months)]
}

/** Checks the rows of each part by themselves, or those of the part that is asked for. */
async function checkParts(contract: Contract, rows: readonly InvoiceRow[]): Promise<InvoiceCheck> {
  const { part: only, ...whole } = contract
  const span = spanOf(rows)
  const { scenario, currency } = await placed(whole, span)
  // A row for the rounding of all lines is for no single part.
  const lines = rows.filter(({ rounding }) => rounding !== true)
  const found = rowsByPart(lines, { ...scenario, offer: scenario.offers[0] })
  const checks: (InvoiceCheck & { readonly part: string })[] = []
  for (const [k, part] of partsIn(whole).entries())
    if (found[k].length > 0 && (only === undefined || only === part))
      checks.push({ part, ...(await checkContract(contractOfPart(whole, part), found[k], span)) })
  const monthOf = ({ month }: TotalCheck) => parseMonth(month) ?? 0
  return {
    currency: checks[0]?.currency ?? currency,
    totals: checks
      .flatMap(({ part, totals }) => totals.map(({ month, ...total }): TotalCheck => ({ month, part, ...total })))
      .sort((a, b) => monthOf(a) - monthOf(b)),
    notes: checks.flatMap(({ part, notes }) => notes.map((note) => `${part}: ${note}`)),
  }
}

async function checkContract(
  contract: Contract,
  rows: readonly InvoiceRow[],
  span: readonly [number, number],
): Promise<InvoiceCheck> {
  const own = await placed(contract, span)
  const currency = currencyOfRows(rows, own)
  const statement = statementOf(own, rows)
  const bill = (estimate?: EstimateChange) => expectedOf(own, statement, currency, estimate)
  const expected = bill()
  const depends = dependence(statement, expected, bill)
  const compared = statement.months.flatMap((month) =>
    comparedIn(month, statement, expected, currency).map((one) => ({ ...one, month, agreed: agrees(one, currency) })),
  )
  const explain = compared.every(({ agreed }) => agreed)
    ? undefined
    : await explanations(contract, span, { currency, bill: (changed) => expectedOf(changed, statement, currency) })
  const totals = compared.map(({ month, agreed, ...one }): TotalCheck => {
    const { stated, of } = one
    const estimated = depends(month, of) ? leftOut(own, statement, month) : undefined
    return {
      month: formatMonth(own.scenario.start + month.month),
      meter: stated.part,
      ...(stated.quantity !== undefined && { quantity: stated.quantity }),
      expected: dueFor(one),
      invoiced: stated.amount,
      difference: stated.amount - dueFor(one),
      currency,
      ...(estimated && { estimated }),
      ...(!agreed && explain?.(month, one)),
    }
  })
  const apart =
    !statement.complete &&
    statement.parts.some(({ fixed }) => fixed) &&
    compared.every((one) => one.apart || one.stated.part !== REST)
  return {
    currency,
    totals,
    notes: [...notesOf({ own, contract, totals, apart, counted: rows.some(({ quantity }) => quantity !== undefined) })],
  }
}

/** The currency that the rows state. @throws UsageError if they state several */
function currencyOfRows(rows: readonly InvoiceRow[], { currency: own }: PlacedContract): string {
  const code = (sign: string) => codeOf(sign, own) ?? sign
  const [first = own, second] = [...new Set(rows.flatMap(({ currency }) => (currency === undefined ? [] : [code(currency)])))]
  if (second === undefined) return first
  throw new UsageError(`invoices: expected amounts in one currency, got ${first} and ${second}. Check each in a file of its own`)
}

/** Whether a part depends on usage that the invoice leaves out: bills it with none, and with much of it. */
function dependence(
  { parts, months }: Statement,
  expected: Expected,
  bill: (estimate: EstimateChange) => Expected,
): (month: StatedMonth, of: Selector) => boolean {
  const largest = parts.map((_, k) => Math.max(1, ...months.map(({ charges }) => charges.get(k) ?? 0)))
  const others = [bill(() => 0), bill((quantity, charge) => 2 * quantity + largest[charge])]
  return ({ month }, of) => {
    const { amount } = expected(month, of)
    return others.some((other) => Math.abs(other(month, of).amount - amount) > 1e-6 * Math.max(1, Math.abs(amount)))
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
  readonly totals: readonly TotalCheck[]
  /** Whether seats and fees are left to other invoices. */
  readonly apart: boolean
  /** Whether a row states a quantity. */
  readonly counted: boolean
}

function notesOf({ own: { scenario, moved }, contract: { planned }, totals, apart, counted }: Noted): string[] {
  const months = [...new Set(totals.flatMap(({ estimated = [] }) => estimated))].sort()
  const [first, last] = [months[0], months[months.length - 1]]
  const span = first === last ? first : `${first} to ${last}`
  return [
    ...(moved === undefined
      ? []
      : [
          `The invoices begin before the plan's start, ${formatMonth(moved)}. The contract is billed as if it began in ${formatMonth(scenario.start)}.`,
        ]),
    ...(counted && (scenario.segments?.length ?? 0) > 1
      ? [
          "The invoice does not say which segment a quantity is for. A quantity of several segments is split as the plan expects. A row that names a charge, such as charges.text, is for that charge's segments.",
        ]
      : []),
    ...(apart ? ['Seats and fees are not compared, since no row of the invoice names them.'] : []),
    ...(months.length === 0
      ? []
      : [
          planned
            ? `The invoice does not state all usage of ${span}. Where it is silent, the plan's point estimate counts.`
            : `The invoice does not state all usage of ${span}. Where it is silent, nothing counts.`,
        ]),
  ]
}
