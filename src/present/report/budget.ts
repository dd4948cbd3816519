// Sentences on the budget for an offer and how likely it is to be enough.
import { trialsWord } from '../../months.ts'
import { formatMoney, formatStatedShare } from '../../notation/money.ts'
import type { Contingency, Overrun } from '../../questions/budget/budget.ts'
import type { Estimate, Summary } from '../../summary/summary.ts'
import { amountWords, shareWords } from './text.ts'

type Plan = Pick<Summary, 'currency' | 'months'>

/** The amount to plan at a confidence, beside the plan with single numbers. */
export function contingencyLines(
  contingency: Contingency,
  confidence: number,
  { currency, months }: Plan,
  errors = true,
): string[] {
  const { budget, overPoint, overMean, point, mean, pointSuffices } = contingency
  const money = (value: number) => formatMoney(value, currency)
  return [
    `To be ${formatStatedShare(confidence)} sure of staying within budget, plan ${amountWords(budget, currency, errors)}. That is ${signed(overPoint.value, money)} the single-number plan of ${money(point)}, and ${signed(overMean.value, money)} the mean of ${money(mean.value)}.`,
    `The single-number plan would be enough in ${shareWords(pointSuffices, errors)} of ${trialsWord(months.length)}.`,
  ]
}

export const shortfallWords = (
  offer: string,
  shortfall: Estimate,
  confidence: number,
  { currency, months }: Plan,
  errors = true,
): string =>
  `In the worst ${formatStatedShare(1 - confidence)} of ${trialsWord(months.length)}, ${offer} costs ${amountWords(shortfall, currency, errors)} on average (expected shortfall).`

/** How likely an offer is to cost more than an amount. */
export function overrunWords(
  offer: string,
  { amount, stated, probability, expected }: Overrun,
  { currency, months }: Plan,
  errors = true,
): string {
  const money = (value: number) => formatMoney(value, currency)
  const words = `${offer} costs more than ${limitWords(money(amount), stated)} in ${shareWords(probability, errors)} of ${trialsWord(months.length)}`
  return expected
    ? `${words}, then by ${money(expected.value)} on average${errors ? ` (± ${money(expected.se)})` : ''}.`
    : `${words}.`
}

const signed = (gap: number, money: (value: number) => string): string =>
  Math.abs(gap) < 0.5 ? 'the same as' : `${money(Math.abs(gap))} ${gap > 0 ? 'more' : 'less'} than`

function limitWords(amount: string, stated: Overrun['stated']): string {
  if (stated === undefined) return amount
  const rate = Number(stated.rate.toPrecision(6))
  const how = stated.uncertain ? `at each trial's own rate, ${amount} at the mean rate of ${rate}` : `${amount} at ${rate}`
  return `${formatMoney(stated.value, stated.currency)} (${how})`
}
