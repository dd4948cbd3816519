// The vendor's itemised list against what happened: what was billed beyond the contract, by rule, with the ids behind each.
import type { Export } from './conversations.ts'
import { COUNTED, ESCALATED, INVOLVED, RETURNED, TWO_WINDOWS } from './conversations.ts'
import { Growing } from './ids.ts'
import { type BadRows, cellNumber, cellText, eachRow, type TableSource } from './table.ts'
import { instantIn, instantText, NO_TIME, NO_ZONE } from './time.ts'
import type { Zone } from './zone.ts'

/** In the order in which they are looked for: a billed row is disputed by the first that holds. */
export const RULES = {
  unknown: 'no conversation has this id',
  uninvolved: 'the AI took no part',
  duplicate: 'billed before already',
  outside: 'billed outside the period, or before the conversation began',
  escalated: 'a person took over',
  uncounted: 'not resolved by the definition of the contract',
  reopened: 'the customer came back in time, and it was not credited',
  price: 'dearer than the contract',
} as const
export type Rule = keyof typeof RULES

export interface Dispute {
  readonly id: string
  readonly time: string
  readonly rule: Rule
  /** What is in dispute: the amount billed, of `price` what is beyond the contract's. */
  readonly amount: number
}

export const BILLED_COLUMNS = ['id', 'billed_at', 'amount'] as const
export type BilledColumn = (typeof BILLED_COLUMNS)[number]

export interface BilledSource {
  readonly file: string
  readonly source: TableSource
  readonly names?: Partial<Record<BilledColumn, string>>
}

export interface BillingTerms {
  /** By the conversation: hand-overs and returns are billed rightly. */
  readonly windows: boolean
  /** The highest price of a unit in a month; absent where the contract has none. */
  readonly priceIn: (month: number) => number | undefined
  readonly zone: Zone
  /** First and last month of the export. */
  readonly first: number
  readonly last: number
}

export interface Billed {
  readonly rows: number
  /** Rows with an amount above 0, and what they come to with credits taken off. */
  readonly units: number
  readonly amount: number
  readonly sums: Readonly<Record<Rule, { readonly count: number; readonly amount: number }>>
  /** How often each conversation was billed, and credited. */
  readonly billed: Growing<Uint8Array>
  readonly credits: Growing<Uint8Array>
}

/** A cent's rounding is no dispute. */
const SLACK = 0.005

/** @param onDispute is told of each, in the order of the list: there may be millions */
export async function readBilled(
  input: BilledSource,
  { ids, flags, starts }: Export,
  { windows, priceIn, zone, first, last }: BillingTerms,
  bad: BadRows,
  onDispute: (dispute: Dispute) => void,
): Promise<Billed> {
  const billed = new Growing((n) => new Uint8Array(n))
  const credits = new Growing((n) => new Uint8Array(n))
  // All segments at once: what was never billed reads 0.
  if (ids.size > 0) for (const column of [billed, credits]) column.set(ids.size - 1, 0)
  const reading = { ...input, columns: BILLED_COLUMNS }
  // Credits first: a return that was credited is no dispute, wherever its row stands.
  await eachRow(
    reading,
    (row, at) => {
      const k = ids.find(row.bytes, row.starts[at[0]], row.ends[at[0]])
      if (k >= 0 && cellNumber(row, at[2]) < 0) credits.set(k, Math.min(255, credits.get(k) + 1))
    },
    () => {},
  )
  const sums = Object.fromEntries(Object.keys(RULES).map((rule) => [rule, { count: 0, amount: 0 }])) as Record<
    Rule,
    { count: number; amount: number }
  >
  let [units, total] = [0, 0]
  const rows = await eachRow(
    reading,
    (row, at) => {
      const { bytes, starts: from, ends: to } = row
      const amount = cellNumber(row, at[2])
      const when = instantIn(bytes, from[at[1]], to[at[1]])
      if (Number.isNaN(amount)) return bad.add('with an amount that is no number', row.line)
      if (when === NO_ZONE) return bad.add('with a time that has no zone', row.line)
      if (when === NO_TIME || Number.isNaN(when)) return bad.add('with a time that is none', row.line)
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
  return { rows, units, amount: total, sums, billed, credits }

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
    return price !== undefined && amount > price + SLACK ? 'price' : undefined
  }
}
