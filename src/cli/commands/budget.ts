// billcast budget: what to ask for, month by month, and how sure that is.
import { moneyAmount } from '../../options/kinds.ts'
import { type FlagsOf, flagOnly } from '../../options/option.ts'
import { runOnce } from '../once.ts'
import { asking, confidence as confidenceFlag, words } from '../options.ts'
import { printJson, printLines } from '../print.ts'
import { defineCommand, scenarioArgument } from '../command.ts'
import type { Overrun } from '../../questions/budget/budget.ts'
import { formatCents, formatMoney, formatShare } from '../../notation/money.ts'
import { align, budgetWords, withError } from '../../present/report/text.ts'
import { bestOf } from '../../summary/best.ts'

export const summary = 'what to ask for: budgets, what is beyond the plan, months that add up, and what an amount leaves open'
export const group = 'decide'

const options = {
  ...asking,
  offer: flagOnly(words('<name>'), 'only this offer (by default the one most often the cheapest)'),
  confidence: confidenceFlag,
  amount: flagOnly(moneyAmount('$480k'), 'say what this amount leaves open'),
} as const

async function budgetCommand(flags: FlagsOf<typeof options>, file: string): Promise<void> {
  const { confidence = 0.8, amount } = flags
  const result = await runOnce(file, flags)
  const { summary } = result
  const offer = flags.offer ?? bestOf(summary)
  const told = {
    offer,
    contingency: result.contingency(offer, confidence),
    phased: result.phased(offer, confidence),
    ...(amount !== undefined && { overrun: result.overrun(offer, amount) }),
    curve: result.curve(offer),
    ...(summary.budget && { budget: summary.budget }),
  }
  if (flags.json) return printJson(told)
  const { currency } = summary
  const money = (value: number) => formatMoney(value, currency)
  const { contingency, phased } = told
  const level = `${Number((100 * confidence).toFixed(4))} %`
  const percentiles = [0.5, 0.8, 0.9, 0.95]
  printLines([
    `${summary.name}: budget for ${offer}`,
    '',
    ...align([
      ['suffices in', 'amount', '±'],
      ...percentiles.map((p) => {
        const { value, se } = result.budget(offer, p)
        return [`${Math.round(100 * p)} of 100 futures`, money(value), money(se)]
      }),
    ]),
    '',
    `To be ${level} sure, budget ${withError(contingency.budget, currency)}: ${signed(contingency.overPoint.value, money)} the single-number plan of ${money(contingency.point)}, ${signed(contingency.overMean.value, money)} the mean of ${money(contingency.mean.value)}.`,
    `The plan's single number has a ${formatShare(contingency.pointSuffices.value)} chance (± ${formatShare(contingency.pointSuffices.se, 2)}) of being enough.`,
    '',
    ...align([
      ['month', 'budget', 'mean', 'share of the contingency', '±'],
      ...phased.months.map(({ month, amount: part, exact, mean, share: own }) => [
        month,
        formatCents(part, currency),
        money(mean.value),
        formatShare(own.value),
        money(exact.se),
      ]),
      ['total', formatCents(phased.total, currency), '', '', ''],
    ]),
    '',
    ...align([
      ['layer', 'budget', 'mean', 'share of the contingency', '±'],
      ...phased.layers.map(({ layer, amount: part, exact, mean, share: own }) => [
        layer,
        formatCents(part, currency),
        money(mean.value),
        formatShare(own.value),
        money(exact.se),
      ]),
    ]),
    ...(told.overrun ? ['', overrunWords(offer, told.overrun, money)] : []),
    ...(summary.budget ? ['', budgetWords(summary.budget, summary)] : []),
    '',
    'Months and layers add up to the budget to the cent; ± is the standard error of the simulation.',
  ])
}

const signed = (gap: number, money: (value: number) => string): string =>
  Math.abs(gap) < 0.5 ? 'the same as' : `${money(Math.abs(gap))} ${gap > 0 ? 'more' : 'less'} than`

function overrunWords(offer: string, { amount, probability, expected }: Overrun, money: (value: number) => string): string {
  const chance = `${offer} costs more than ${money(amount)} in ${formatShare(probability.value)} of futures (± ${formatShare(probability.se, 2)})`
  return expected ? `${chance}, then by ${money(expected.value)} on average (± ${money(expected.se)}).` : `${chance}.`
}

export const command = defineCommand({
  arguments: scenarioArgument,
  options: options,
  run: budgetCommand,
})
