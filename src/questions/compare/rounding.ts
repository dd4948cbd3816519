// Rounds amounts to the digits that a decision needs. All amounts that readers compare have the same step.
import { formatWhole } from '../../notation/money.ts'
import type { Summary } from '../../summary/summary.ts'

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
export const amountsAt = (scale: number, currency: string): Amounts => inSteps(stepOf(scale), currency)

function inSteps(step: number, currency: string): Amounts {
  const round = (amount: number) => Math.round(amount / step) * step
  return {
    step,
    round,
    text: (amount) => formatWhole(round(amount), currency),
    less: (high, low) => (round(high) > round(low) ? formatWhole(round(high) - round(low), currency) : undefined),
  }
}

/** The amounts of a summary. */
export interface SummaryAmounts {
  /** Amounts of the horizon, with the digits of the smallest budget. */
  readonly whole: Amounts
  /** Amounts of months, quarters, layers and segments, with one digit more. */
  readonly part: Amounts
  /** Parts as texts that add up to the text of their whole. */
  readonly split: (parts: readonly number[], whole: number) => readonly string[]
}

export function amountsOf({ offers, comparison, currency }: Pick<Summary, 'offers' | 'comparison' | 'currency'>): SummaryAmounts {
  const costs = Object.values(offers).map((offer) => offer[comparison.measure])
  const whole = amountsAt(Math.min(...costs.map(({ mean, percentiles }) => (percentiles.p80 ?? mean).value)), currency)
  const part = inSteps(Math.max(1, whole.step / 10), currency)
  return { whole, part, split: (parts, sum) => roundedParts(parts, whole.round(sum), part.step).map(part.text) }
}

/** Rounds parts so that they add up to their rounded whole, by largest remainder. Equal remainders go to the first parts. */
export function roundedParts(parts: readonly number[], whole: number, step: number): readonly number[] {
  const units = parts.map((part) => part / step)
  const floors = units.map(Math.floor)
  const left = Math.round(whole / step) - floors.reduce((sum, unit) => sum + unit, 0)
  const order = units.map((unit, k) => ({ k, rest: unit - floors[k] })).sort((a, b) => b.rest - a.rest || a.k - b.k)
  // The whole itself is rounded to larger steps, so that more than one unit may fall to a part.
  const [each, more] = [Math.floor(left / parts.length), left - parts.length * Math.floor(left / parts.length)]
  const raised = new Set(order.slice(0, more).map(({ k }) => k))
  return floors.map((unit, k) => (unit + each + (raised.has(k) ? 1 : 0)) * step)
}
