import type { SimulationResult } from '../../api/result.ts'
import { trialsWord } from '../../months.ts'
import { formatAmount, formatMoney, formatShare } from '../../notation/money.ts'
import { moneyAmount, type Stated } from '../../options/kinds.ts'
import { flagOnly } from '../../options/option.ts'
import { contingencyLines, overrunWords, shortfallWords } from '../../present/report/budget.ts'
import { type Block, type Cell, figureCell, strong, textTable } from '../../present/report/text-table.ts'
import { budgetWords, skewnessWords, worstWords } from '../../present/report/text.ts'
import type { Part } from '../../questions/budget/phased.ts'
import { bestOf } from '../../summary/comparison.ts'
import { defineCommand, scenarioArgument } from '../command.ts'
import { runOnce } from '../once.ts'
import { asking, confidence, words } from '../options.ts'
import { type ErrorsFlag, foot, printJson, printLines } from '../print.ts'

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
    const offer = flags.offer ?? bestOf(result.summary)
    const found = foundIn(result, offer, confidence, amount)
    const { budget } = result.summary
    if (flags.json) return printJson({ ...found, curve: result.curve(offer), ...(budget && { budget }) })
    printLines(linesOf(result, found, confidence, flags), flags)
  },
})

function foundIn(result: SimulationResult, offer: string, confidence: number, amount: Stated | undefined) {
  const contingency = result.contingency(offer, confidence)
  const { offers, comparison } = result.summary
  const { skewness } = offers[offer][comparison.measure]
  return {
    offer,
    contingency,
    phased: result.phased(offer, confidence),
    shortfall: result.shortfallParts(offer, confidence),
    ...(skewness && { skewness }),
    ...(amount !== undefined && { overrun: result.overrun(offer, amount) }),
  }
}

function linesOf(
  result: SimulationResult,
  { offer, contingency, phased, shortfall, skewness, overrun }: ReturnType<typeof foundIn>,
  confidence: number,
  flags: ErrorsFlag,
): Block[] {
  const { summary: all } = result
  const { name, budget, currency, months, comparison } = all
  const { se = false } = flags
  const money = (value: number) => formatMoney(value, currency)
  const [plan, ...more] = contingencyLines(contingency, confidence, all, se)
  const trials = trialsWord(months.length)
  const inMonths = worstWords(all.offers[offer][comparison.measure], all, se ? undefined : money)
  const byMonth = partRows('month', phased.months, ({ month }) => month, currency)
  return [
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
    textTable([...byMonth, ['total', formatAmount(phased.total, currency), '', '']], { strong: ['total'] }),
    '',
    ...(inMonths ? [inMonths, ''] : []),
    textTable(partRows('layer', phased.layers, ({ layer }) => layer, currency)),
    '',
    shortfallWords(offer, shortfall.expectedShortfall, confidence, all, se),
    '',
    textTable([
      ['layer in these years', 'mean', 'share'],
      ...shortfall.layers.map(({ layer, amount, share }) => [layer, figureCell(amount, money), formatShare(share)]),
    ]),
    ...(skewness ? ['', skewnessWords(offer, skewness, se)] : []),
    ...(overrun ? ['', overrunWords(offer, overrun, all, se)] : []),
    ...(budget ? ['', budgetWords(budget, all, se)] : []),
    '',
    'Months and layers add up to the budget to the cent.',
    foot(flags),
  ]
}

/** The parts of a budget, by month or by layer. */
function partRows<P extends Part>(title: string, parts: readonly P[], label: (part: P) => string, currency: string): Cell[][] {
  const rows = parts.map((part): Cell[] => [
    label(part),
    { text: formatAmount(part.amount, currency), error: formatMoney(part.exact.se, currency) },
    formatMoney(part.mean.value, currency),
    formatShare(part.share.value),
  ])
  return [[title, 'budget', 'mean', 'share of the contingency'], ...rows]
}
