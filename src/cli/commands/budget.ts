import { trialsWord } from '../../months.ts'
import { formatAmount, formatMoney, formatShare } from '../../notation/money.ts'
import { moneyAmount } from '../../options/kinds.ts'
import { flagOnly } from '../../options/option.ts'
import { contingencyLines, overrunWords, shortfallWords } from '../../present/report/budget.ts'
import { figureCell, strong, textTable } from '../../present/report/text-table.ts'
import { budgetWords, skewnessWords, worstWords } from '../../present/report/text.ts'
import { bestOf } from '../../summary/comparison.ts'
import { defineCommand, scenarioArgument } from '../command.ts'
import { runOnce } from '../once.ts'
import { asking, confidence, words } from '../options.ts'
import { foot, printJson, printLines } from '../print.ts'

export const summary = 'set a budget: amount, contingency, months, and the risk of exceeding it'
export const group = 'decide'

export const command = defineCommand({
  arguments: [scenarioArgument],
  options: {
    ...asking,
    offer: flagOnly(words('<name>'), 'show only this offer (default: the one that is cheapest most often)'),
    confidence,
    amount: flagOnly(moneyAmount('$480k'), 'show the risk of exceeding this amount; the plan converts other currencies'),
  },
  async run(flags, file) {
    const { confidence = 0.8, amount } = flags
    const result = await runOnce(file, flags)
    const { name, budget, currency, months } = result.summary
    const offer = flags.offer ?? bestOf(result.summary)
    const contingency = result.contingency(offer, confidence)
    const phased = result.phased(offer, confidence)
    const worst = result.shortfallParts(offer, confidence)
    const cost = result.summary.offers[offer][result.summary.comparison.measure]
    const { skewness } = cost
    const inMonths = worstWords(cost, result.summary, flags.se ? undefined : (value) => formatMoney(value, currency))
    const overrun = amount === undefined ? undefined : result.overrun(offer, amount)
    if (flags.json)
      return printJson({
        ...{ offer, contingency, phased, shortfall: worst, ...(skewness && { skewness }), ...(overrun && { overrun }) },
        ...{ curve: result.curve(offer), ...(budget && { budget }) },
      })
    const money = (value: number) => formatMoney(value, currency)
    const part = (label: string, { amount, exact, mean, share }: (typeof phased.layers | typeof phased.months)[number]) => [
      ...[label, { text: formatAmount(amount, currency), error: money(exact.se) }, money(mean.value), formatShare(share.value)],
    ]
    const partsHead = (title: string) => [title, 'budget', 'mean', 'share of the contingency']
    const { se = false } = flags
    const [plan, ...more] = contingencyLines(contingency, confidence, result.summary, se)
    const trials = trialsWord(months.length)
    printLines(
      [
        `${name}: budget for ${offer}`,
        '',
        strong(plan),
        ...more,
        '',
        textTable([
          ['enough in', 'amount'],
          ...[50, 80, 90, 95].map((p) => [`${p} of 100 ${trials}`, figureCell(result.budget(offer, p / 100), money)]),
        ]),
        '',
        textTable(
          [
            partsHead('month'),
            ...phased.months.map((one) => part(one.month, one)),
            ['total', formatAmount(phased.total, currency), '', ''],
          ],
          { strong: ['total'] },
        ),
        '',
        ...(inMonths ? [inMonths, ''] : []),
        textTable([partsHead('layer'), ...phased.layers.map((one) => part(one.layer, one))]),
        '',
        shortfallWords(offer, worst.expectedShortfall, confidence, result.summary, se),
        '',
        textTable([
          ['layer in these years', 'mean', 'share'],
          ...worst.layers.map(({ layer, amount, share }) => [layer, figureCell(amount, money), formatShare(share)]),
        ]),
        ...(skewness ? ['', skewnessWords(offer, skewness, se)] : []),
        ...(overrun ? ['', overrunWords(offer, overrun, result.summary, se)] : []),
        ...(budget ? ['', budgetWords(budget, result.summary, se)] : []),
        '',
        'Months and layers add up to the budget to the cent.',
        foot(flags),
      ],
      flags,
    )
  },
})
