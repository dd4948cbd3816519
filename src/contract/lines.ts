// How an invoice explains a line and files it. The charge, modifier or term that makes a line states its kind.
import { formatQuantity } from '../notation/money.ts'
import type { ContractProgram } from './compiled.ts'

/** One line of an invoice as its kind sees it: figures, and those that stand in many explanations already in words. */
export interface ExplainedLine {
  readonly contract: ContractProgram
  /** Units that the line bills. */
  readonly quantity: number
  /** The quantity from which on it bills. */
  readonly from: number
  /** Units in a package. */
  readonly size: number
  /** The amount, or the rate, that a floor, a cap or a credit compares with. */
  readonly bound: number
  /** What the charge has counted in its period so far. */
  readonly running: number
  /** The price of a unit: "$0.99". */
  readonly at: string
  /** "500 of 32,500 included; ", or nothing. */
  readonly free: string
  /** ", 10% off", or nothing. */
  readonly off: string
  /** "; the AI stopped at its limit …", or nothing. */
  readonly stopped: string
  /** An amount in the scenario's currency. */
  money(amount: number): string
}

export interface LineKind {
  explain(line: ExplainedLine): string
  /** Where FOCUS files it; usage if absent. */
  readonly filed?: 'purchase' | 'adjustment'
  /** Whether it is bought for a period, and does not go by use. */
  readonly recurring?: boolean
  /** What its quantity counts; units if absent. */
  readonly unit?: string
}

/** Kinds of lines by name: the line's own text, or the `kind` that it states where several lines are of one kind. */
export type LineKinds = Readonly<Record<string, LineKind>>

export const byUse: LineKind = {
  explain: ({ free, quantity, at, off, stopped }) => `${free}${formatQuantity(quantity)} at ${at}${off}${stopped}`,
}

/** A number of fees or seats, or the part of one that a month bears. */
export const byTimes: LineKind = {
  explain({ quantity, at, off }) {
    if (quantity === 1) return `${at}${off}`
    return quantity < 1 ? `1/${formatQuantity(1 / quantity)} of ${at}${off}` : `${formatQuantity(quantity)} × ${at}${off}`
  },
  filed: 'purchase',
  recurring: true,
}
