// Splits the entries of a bill between segments: a charge by quantity by their use, all else by their conversations.
import type { ContractProgram } from '../contract/compiled.ts'
import type { BillEntry, ContractBill } from './bill.ts'

/** A segment's share of an entry. */
export interface EntryShare {
  /** Its place among the segments. */
  readonly segment: number
  readonly share: number
}

export function sharesOf(
  entry: BillEntry,
  { used, tickets }: ContractBill,
  { charges, segments: served }: ContractProgram,
): EntryShare[] {
  const { charge, month, line } = entry
  const program = charge === undefined ? undefined : charges[charge]
  const segments = program?.segments ?? served
  const byUse = charge !== undefined && program?.metered === true && line !== 'minimum'
  return sharesOfSum(byUse ? used[charge][month] : tickets[month], segments)
}

/** Parts of a sum, which are equal where all are 0. */
export function sharesOfSum(counts: readonly number[], segments: readonly number[]): EntryShare[] {
  const sum = segments.reduce((all, s) => all + counts[s], 0)
  return segments.map((segment) => ({ segment, share: sum === 0 ? 1 / segments.length : counts[segment] / sum }))
}
