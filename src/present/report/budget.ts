// Sentences on the budget for an offer and how likely it is to be enough.
import { trialsWord } from '../../months.ts'
import { formatMoney, formatShare, formatStatedShare } from '../../notation/money.ts'
import type { Contingency, Overrun } from '../../questions/budget/budget.ts'
import type { Estimate, Summary } from '../../summary/summary.ts'
import { withError } from './text.ts'

type Plan = Pick<Summary, 'currency' | 'months'>

/** The amount to plan at a confidence, beside the plan with single numbers. */
export function contingencyLines(contingency: Contingency, confidence: number, { currency, months }: Plan): string[] {
  const { budget, overPoint, overMean, point, mean, pointSuffices } = contingency
  const money = (value: number) => formatMoney(value, currency)
  return [
    `To be ${formatStatedShare(confidence)} sure of staying within budget, plan ${withError(budget, currency)}. That is ${signed(overPoint.value, money)} the single-number plan of ${money(point)}, and ${signed(overMean.value, money)} the mean of ${money(mean.value)}.`,
    `The single-number plan would be enough in ${chance(pointSuffices)} of ${trialsWord(months.length)}.`,
  ]
}

export const shortfallWords = (offer: string, shortfall: Estimate, confidence: number, { currency, months }: Plan): string =>
  `In the worst ${formatStatedShare(1 - confidence)} of ${trialsWord(months.length)}, ${offer} costs ${withError(shortfall, currency)} on average (expected shortfall).`

/** How likely an offer is to cost more than an amount. */
export function overrunWords(
  offer: string,
  { amount, stated, probability, expected }: Overrun,
  { currency, months }: Plan,
): string {
  const money = (value: number) => formatMoney(value, currency)
  const words = `${offer} costs more than ${limitWords(money(amount), stated)} in ${chance(probability)} of ${trialsWord(months.length)}`
  return expected ? `${words}, then by ${money(expected.value)} on average (± ${money(expected.se)}).` : `${words}.`
}

const signed = (gap: number, money: (value: number) => string): string =>
  Math.abs(gap) < 0.5 ? 'the same as' : `${money(Math.abs(gap))} ${gap > 0 ? 'more' : 'less'} than`

function limitWords(amount: string, stated: Overrun['stated']): string {
  if (stated === undefined) return amount
  const rate = Number(stated.rate.toPrecision(6))
  const how = stated.uncertain ? `at each trial's own rate, ${amount} at the mean rate of ${rate}` : `${amount} at ${rate}`
  return `${formatMoney(stated.value, stated.currency)} (${how})`
}

const chance = ({ value, se }: Estimate): string => `${formatShare(value)} (± ${formatShare(se, 2)})`
