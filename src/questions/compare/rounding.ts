// Rounds amounts to the digits that a decision needs. All amounts that readers compare have the same step.
import { formatMoney } from '../../notation/money.ts'

export interface Amounts {
  /** The unit to which amounts are rounded. */
  readonly step: number
  readonly round: (amount: number) => number
  readonly text: (amount: number) => string
  /** The difference of two rounded amounts, or nothing if the first is not higher. */
  readonly less: (high: number, low: number) => string | undefined
}

/** Three digits of an amount, and four from a million on: $451,000 and $1,646,000. */
function stepOf(amount: number): number {
  const size = Math.abs(amount)
  if (!(size >= 1_000)) return 1
  const magnitude = Number(`1e${String(Math.floor(size)).length - 1}`)
  return size < 1_000_000 ? magnitude / 100 : magnitude / 1_000
}

/** @param scale the amount whose digits decide the step, such as the smallest budget */
export function amountsAt(scale: number, currency: string): Amounts {
  const step = stepOf(scale)
  const round = (amount: number) => Math.round(amount / step) * step
  return {
    step,
    round,
    text: (amount) => formatMoney(round(amount), currency),
    less: (high, low) => (round(high) > round(low) ? formatMoney(round(high) - round(low), currency) : undefined),
  }
}
