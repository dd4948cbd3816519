// The kinds of invoice lines: how an invoice explains and files each. The charge, modifier or term that makes a line states its kind.
import { formatQuantity } from '../notation/money.ts'
import type { ContractProgram } from './compiled.ts'

export interface ExplainedLine {
  readonly contract: ContractProgram
  readonly quantity: number
  readonly from: number
  readonly size: number
  /** The amount of a minimum or maximum, or the rate that a credit depends on. */
  readonly bound: number
  /** The quantity that the charge has counted in its period so far. */
  readonly running: number
  readonly at: string
  /** The reason that a rule of a program's own states. */
  readonly words: string
  /** "500 of 32,500 included; ", or nothing. */
  readonly free: string
  /** ", 10% off", or nothing. */
  readonly off: string
  /** "; the AI stopped at its limit …", or nothing. */
  readonly stopped: string
  money(amount: number): string
}

export interface LineKind {
  explain(line: ExplainedLine): string
  readonly filed?: 'purchase' | 'adjustment'
  /** Whether it is bought for a period, independent of usage. */
  readonly recurring?: boolean
  readonly unit?: string
}

/** Kinds of lines by the line's text, or by its `role` if several lines are of one kind. */
export type LineKinds = Readonly<Record<string, LineKind>>

export const byUse: LineKind = {
  explain: ({ free, quantity, at, off, stopped }) => `${free}${formatQuantity(quantity)} at ${at}${off}${stopped}`,
}

/** The words come from the rule itself. */
export const byRule: LineKind = { explain: ({ words }) => words }

/** A number of fees or seats, or the fraction of one that falls on a month. */
export const byTimes: LineKind = {
  explain({ quantity, at, off }) {
    if (quantity === 1) return `${at}${off}`
    return quantity < 1 ? `1/${formatQuantity(1 / quantity)} of ${at}${off}` : `${formatQuantity(quantity)} × ${at}${off}`
  },
  filed: 'purchase',
  recurring: true,
}
