import { formatMoney, formatStatedShare } from '../../notation/money.ts'
import { reforecasting } from '../../options/questions.ts'
import { figureCell, textTable } from '../../present/report/text-table.ts'
import { amountWords, budgetMeasure, shareWords } from '../../present/report/text.ts'
import { reforecastOf } from '../../questions/replan/reforecast.ts'
import { chosen, defineCommand, scenarioArgument } from '../command.ts'
import { json, se } from '../options.ts'
import { loadPlan } from '../plan.ts'
import { agreementLine, foot, inputCell, note, printJson, printLines } from '../print.ts'
import { inputNumber } from '../../scenario/input-words.ts'
import { formatNumber } from '../../notation/number.ts'
import { watching } from '../watched.ts'

export const summary = 'update the forecast with the months that are closed'
export const group = 'learn'

export const command = defineCommand({
  arguments: [scenarioArgument],
  options: { ...reforecasting, json, se },
  async run(flags, file) {
    const { text, reader } = await loadPlan(file, 'says itself')
    const found = await reforecastOf(text, { ...chosen(flags, reforecasting), ...watching(flags) }, reader)
    found.notes.forEach(note)
    if (flags.json) return printJson(found)
    const { currency, closed, invoices, effective, agreement, offers, inputs, budget, trials, measure } = found
    const money = (value: number) => formatMoney(value, currency)
    const { se: errors = false } = flags
    const learned = Object.entries(inputs)
    printLines(
      [
        `${closed.length} closed month${closed.length === 1 ? '' : 's'}, to ${closed[closed.length - 1]}. The figures are as precise as ${formatNumber(Math.floor(effective))} of ${formatNumber(trials)} trials.`,
        agreementLine(agreement),
        '',
        textTable([
          ['', 'closed', 'remaining, mean', 'remaining, P80', 'horizon, P80'],
          ...Object.entries(offers).map(([name, { closed: spent, remaining, horizon }]) => [
            name,
            money(spent.value),
            figureCell(remaining.mean, money),
            figureCell(remaining.percentiles.p80, money),
            figureCell(horizon.percentiles.p80, money),
          ]),
        ]),
        ...(learned.length > 0
          ? [
              '',
              textTable([
                ['learned from closed months', 'planned mean', 'mean now'],
                ...learned.map(([name, { before, after }]) => [name, inputNumber(name, before.value), inputCell(name, after)]),
              ]),
            ]
          : []),
        ...(budget
          ? [
              '',
              `${budget.offer}: ${money(budget.left.value)} of ${money(budget.amount)}${budgetMeasure(budget, measure)} is left. The budget holds in ${shareWords(budget.holds, errors)} of trials. To be ${formatStatedShare(budget.confidence)} sure, you need ${amountWords(budget.needed, currency, errors)}.`,
            ]
          : []),
        ...(invoices ? ['', invoices.words] : []),
        '',
        foot(flags),
      ],
      flags,
    )
  },
})
