// The title of a report, the question that it answers, and the answer in one paragraph.
import { trialsWord } from '../../months.ts'
import { formatMoney, formatShare, formatStatedShare } from '../../notation/money.ts'
import type { Summary } from '../../summary/summary.ts'
import type { ReportData } from './data.ts'
import { budgetMeasure, enoughWords, leadOf, measureWords, spanOf } from './text.ts'

export const titleOf = ({ name }: Summary): string => `${name}: what each contract will cost`

export function reportQuestion(summary: Summary): string {
  const { months, currency, offers } = summary
  const question =
    Object.keys(offers).length === 1
      ? 'What should you budget for this contract?'
      : 'Which contract should you sign, and what should you budget for it?'
  return `${question} The figures are for ${spanOf(months)}, in ${currency}: ${measureWords(summary)}.`
}

export function recommendationOf({ figures, titles }: ReportData): string {
  const { summary, curves } = figures
  const { comparison, currency, budget, months } = summary
  const { offer, verdict, single } = leadOf(summary, { titles })
  const money = (value: number) => formatMoney(value, currency)
  const years = trialsWord(months.length)
  return [
    verdict,
    `${single} ${enoughWords(curves[offer].pointSuffices, summary)}`,
    ...(budget
      ? [
          `The stated budget of ${money(budget.amount)} for ${budget.offer}${budgetMeasure(budget, comparison.measure)} is enough in ${formatShare(budget.holds.value)} of ${years}. To be ${formatStatedShare(budget.confidence)} sure, it needs ${money(budget.needed.value)}.`,
        ]
      : []),
  ].join(' ')
}
