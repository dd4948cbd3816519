// Compares the vendor's itemized list with the export, and finds each unit that was billed beyond the contract.
import { COUNTED, ESCALATED, type Export, INVOLVED, RETURNED, TWO_WINDOWS } from './conversations.ts'
import { Growing } from './ids.ts'
import { UsageError } from '../../errors.ts'
import { codeOf, smallestUnits } from '../../notation/currency.ts'
import { columnName } from '../../notation/table/columns.ts'
import { CsvError } from '../../notation/table/csv.ts'
import { type Decimal, settledDecimal } from '../../notation/table/numbers.ts'
import { type BadRows, cellNumber, cellText, ColumnEvidence, eachRow, refuseMangled, type TableSource } from './table.ts'
import { instantIn, instantText, NO_TIME, NO_ZONE } from './time.ts'
import type { Zone } from './zone.ts'

/** A billed row is in dispute by the first rule that applies, in this order. */
export const RULES = {
  unknown: 'no conversation has this id',
  uninvolved: 'the AI took no part',
  duplicate: 'it was billed before and not credited',
  outside: 'it was billed outside the months of the export, or before the conversation began',
  escalated: 'a person took over',
  uncounted: "the contract's definition does not count it",
  reopened: 'the customer came back in time, and it was not credited',
  price: "it costs more than the contract's highest unit price; only the difference is in dispute",
} as const
export type Rule = keyof typeof RULES

export interface Dispute {
  readonly id: string
  readonly time: string
  readonly rule: Rule
  /** The disputed amount: all that was billed, or for `price` the part above the contract's price. */
  readonly amount: number
}

export const BILLED_COLUMNS = ['id', 'billed_at', 'amount'] as const

export interface BilledSource {
  readonly file: string
  readonly source: TableSource
  readonly names?: Partial<Record<(typeof BILLED_COLUMNS)[number], string>>
  /** The decimal sign of the amounts, if the file does not show it. */
  readonly decimal?: Decimal
}

interface BillingTerms {
  /** Whether the contract bills by the conversation, so that escalations and returns may be billed. */
  readonly windows: boolean
  /** The highest price of a unit in a month; undefined if the contract has no unit price. */
  readonly priceIn: (month: number) => number | undefined
  readonly zone: Zone
  /** The currency in which the vendor bills. */
  readonly currency: string
  /** First and last month of the export. */
  readonly first: number
  readonly last: number
}

export interface Billed {
  readonly rows: number
  /** Which columns were read. */
  readonly read: string
  /** Rows that are not credits, and the sum of all rows. */
  readonly units: number
  readonly amount: number
  readonly sums: Readonly<Record<Rule, { readonly count: number; readonly amount: number }>>
  /** How often each conversation was billed, and credited. */
  readonly billed: Growing<Uint8Array>
  readonly credits: Growing<Uint8Array>
}

/** @param onDispute receives each dispute in the order of the list, of which there may be millions */
export async function readBilled(
  input: BilledSource,
  { ids, flags, starts }: Export,
  { windows, priceIn, zone, currency, first, last }: BillingTerms,
  bad: BadRows,
  onDispute: (dispute: Dispute) => void,
): Promise<Billed> {
  const billed = new Growing((n) => new Uint8Array(n))
  const credits = new Growing((n) => new Uint8Array(n))
  // Allocates every segment, so that a conversation that was never billed reads 0.
  if (ids.size > 0) for (const column of [billed, credits]) column.set(ids.size - 1, 0)
  const reading = { ...input, columns: BILLED_COLUMNS }
  const amounts = new ColumnEvidence()
  const { delimiter } = await readCredits(reading, ids, amounts, credits)
  const sums = Object.fromEntries(Object.keys(RULES).map((rule) => [rule, { count: 0, amount: 0 }])) as Record<
    Rule,
    { count: number; amount: number }
  >
  let [units, total] = [0, 0]
  const decimal = input.decimal ?? decimalIn(amounts, delimiter, input)
  refuseOtherCurrency(input, amounts, currency)
  // Rounding to the currency's smallest unit is not in dispute.
  const rounding = 0.5 / smallestUnits(currency)
  const { rows, read } = await eachRow(
    reading,
    (row, at) => {
      const { bytes, starts: from, ends: to } = row
      const amount = cellNumber(row, at[2], decimal)
      const when = instantIn(bytes, from[at[1]], to[at[1]])
      if (Number.isNaN(amount)) return bad.add('with an amount that is not a number', row.line)
      if (when === NO_ZONE) return bad.add('with a time without a zone', row.line)
      if (when === NO_TIME || Number.isNaN(when)) return bad.add('with an invalid time', row.line)
      if (from[at[0]] === to[at[0]]) return bad.add('without an id', row.line)
      total += amount
      if (amount < 0) return
      units += 1
      const k = ids.find(bytes, from[at[0]], to[at[0]])
      const month = zone.monthOf(when)
      const price = priceIn(month)
      const rule = k < 0 ? 'unknown' : ruleOf(k, when, month, amount, price)
      if (k >= 0) billed.set(k, Math.min(255, billed.get(k) + 1))
      if (rule === undefined) return
      const disputed = rule === 'price' ? amount - (price ?? 0) : amount
      sums[rule].count += 1
      sums[rule].amount += disputed
      onDispute({ id: cellText(row, at[0]), time: instantText(when), rule, amount: disputed })
    },
    (kind, line) => bad.add(kind, line),
  )
  return { rows, read, units, amount: total, sums, billed, credits }

  function ruleOf(k: number, when: number, month: number, amount: number, price: number | undefined): Rule | undefined {
    const flag = flags.get(k)
    if (!(flag & INVOLVED)) return 'uninvolved'
    const allowed = windows && flag & TWO_WINDOWS ? 2 : 1
    if (billed.get(k) - credits.get(k) >= allowed) return 'duplicate'
    if (month < first || month > last || when < 1000 * starts.get(k)) return 'outside'
    if (!windows) {
      if (!(flag & COUNTED)) return flag & ESCALATED ? 'escalated' : 'uncounted'
      if (flag & RETURNED && credits.get(k) === 0) return 'reopened'
    }
    return price !== undefined && amount > price + rounding ? 'price' : undefined
  }
}

/** Counts the credits first, since a credited return is not in dispute, and its credit may come anywhere in the list. */
const readCredits = (
  reading: Parameters<typeof eachRow>[0],
  ids: Export['ids'],
  amounts: ColumnEvidence,
  credits: Growing<Uint8Array>,
): ReturnType<typeof eachRow> =>
  eachRow(
    reading,
    (row, at) => {
      refuseMangled(reading.file, row, at[0])
      amounts.see(row, at[2])
      const k = ids.find(row.bytes, row.starts[at[0]], row.ends[at[0]])
      // Whether an amount is negative does not depend on the sign of its decimals.
      if (k >= 0 && (cellNumber(row, at[2], '.') < 0 || cellNumber(row, at[2], ',') < 0))
        credits.set(k, Math.min(255, credits.get(k) + 1))
    },
    () => {},
  )

/** @throws UsageError if the amounts do not show their decimal sign */
function decimalIn({ evidence }: ColumnEvidence, delimiter: string, { file, names }: BilledSource): Decimal {
  try {
    return settledDecimal(evidence, `column "${names?.amount ?? 'amount'}"`, delimiter)
  } catch (error) {
    throw error instanceof CsvError ? new UsageError(`${file}: expected ${error.message}`) : error
  }
}

function refuseOtherCurrency({ file, names }: BilledSource, { currencies }: ColumnEvidence, currency: string): void {
  const { unit } = columnName(names?.amount ?? 'amount')
  const stated = [...(unit === undefined ? [] : [[unit, 1] as const]), ...currencies]
  const other = stated.find(([sign]) => codeOf(sign, currency) !== currency)
  if (other)
    throw new UsageError(
      `${file}: expected amounts in ${currency}, the currency of the contract, got ${codeOf(other[0], currency) ?? other[0]} in line ${other[1]}`,
    )
}
