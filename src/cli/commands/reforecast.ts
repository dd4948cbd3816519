import { formatMoney, formatShare, formatStatedShare } from '../../notation/money.ts'
import { reforecasting } from '../../options/questions.ts'
import { align, budgetMeasure, withError } from '../../present/report/text.ts'
import { reforecastOf } from '../../questions/replan/reforecast.ts'
import { chosen, defineCommand, scenarioArgument } from '../command.ts'
import { json } from '../options.ts'
import { loadPlan } from '../plan.ts'
import { agreementLine, cells, FOOT, note, printJson, printLines, short } from '../print.ts'
import { formatNumber } from '../../notation/number.ts'
import { watching } from '../watched.ts'

export const summary = 'update the forecast with the months that are closed'
export const group = 'learn'

export const command = defineCommand({
  arguments: [scenarioArgument],
  options: { ...reforecasting, json },
  async run(flags, file) {
    const { text, reader } = await loadPlan(file, 'says itself')
    const found = await reforecastOf(text, { ...chosen(flags, reforecasting), ...watching(flags) }, reader)
    found.notes.forEach(note)
    if (flags.json) return printJson(found)
    const { currency, closed, invoices, effective, agreement, offers, inputs, budget, trials, measure } = found
    const money = (value: number) => formatMoney(value, currency)
    const learned = Object.entries(inputs)
    printLines([
      `${closed.length} closed month${closed.length === 1 ? '' : 's'}, to ${closed[closed.length - 1]}. The figures are as precise as ${formatNumber(Math.floor(effective))} of ${formatNumber(trials)} trials`,
      agreementLine(agreement),
      '',
      ...align([
        ['', 'closed', 'remaining, mean', '±', 'remaining, P80', '±', 'horizon, P80', '±'],
        ...Object.entries(offers).map(([name, { closed: spent, remaining, horizon }]) => [
          name,
          money(spent.value),
          ...cells(remaining.mean, money),
          ...cells(remaining.percentiles.p80, money),
          ...cells(horizon.percentiles.p80, money),
        ]),
      ]),
      ...(learned.length > 0
        ? [
            '',
            ...align([
              ['learned from closed months', 'planned mean', 'mean now', '±'],
              ...learned.map(([name, { before, after }]) => [
                ...[name, short(before.value), short(after.value), String(Number(after.se.toPrecision(2)))],
              ]),
            ]),
          ]
        : []),
      ...(budget
        ? [
            '',
            `${budget.offer}: ${money(budget.left.value)} of ${money(budget.amount)}${budgetMeasure(budget, measure)} is left. The budget holds in ${formatShare(budget.holds.value)} of trials (± ${formatShare(budget.holds.se, 2)}). To be ${formatStatedShare(budget.confidence)} sure, you need ${withError(budget.needed, currency)}.`,
          ]
        : []),
      ...(invoices ? ['', invoices.words] : []),
      '',
      FOOT,
    ])
  },
})
