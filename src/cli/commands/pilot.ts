import { UsageError } from '../../errors.ts'
import { parseAmount } from '../../notation/amount.ts'
import { formatMoney } from '../../notation/money.ts'
import { formatNumber } from '../../notation/number.ts'
import { moneyAmount } from '../../options/kinds.ts'
import { flagOnly, flagOf } from '../../options/option.ts'
import { piloting } from '../../options/questions.ts'
import { figureCell, type TextTable, textTable } from '../../present/report/text-table.ts'
import { type Pilot, pilotOf } from '../../questions/explain/pilot.ts'
import { chartFlag, chartsAsked } from '../chart.ts'
import { chosen, defineCommand, scenarioArgument } from '../command.ts'
import { json, replace, se } from '../options.ts'
import { loadPlan } from '../plan.ts'
import { foot, printJson, printLines } from '../print.ts'
import { watching } from '../watched.ts'

export const summary = 'find the size of a pilot or a survey that is worth its cost'
export const group = 'decide'

const costs = {
  fixed: flagOnly(moneyAmount('$5k'), 'fixed cost of a pilot'),
  each: flagOnly(moneyAmount('$0.50'), 'cost of each observation'),
} as const

export const command = defineCommand({
  arguments: [scenarioArgument],
  options: { ...piloting, ...costs, chart: chartFlag('pilot'), force: replace, json, se },
  async run(flags, file) {
    const draw = chartsAsked('pilot', flags)
    const { text, reader, currency } = await loadPlan(file)
    const amount = (name: keyof typeof costs): number => {
      const given = flags[name] ?? 0
      const found = parseAmount(given, currency)
      if (found.currency !== currency)
        throw new UsageError(`${flagOf(name)}: expected an amount in the currency of the plan, ${currency}, got ${found.currency}`)
      return found.value
    }
    const cost = { fixed: amount('fixed'), each: amount('each') }
    const options = {
      ...chosen(flags, piloting),
      ...watching(flags, 'Weighing pilots'),
      input: flags.input ?? 'resolution.rate',
      cost,
    }
    const found = await pilotOf(text, options, reader)
    await draw((charts) => ({ pilot: () => charts.pilot(found, currency) }))
    if (flags.json) return printJson(found)
    printLines(
      [
        `What a pilot that measures ${found.input} is worth before you sign`,
        '',
        pilotTable(found, (value) => formatMoney(value, currency)),
        '',
        found.words,
        foot(flags),
      ],
      flags,
    )
  },
})

/** The value of a pilot of each size, before and after its cost. */
function pilotTable({ input, unit, sizes, evppi }: Pilot, money: (value: number) => string): TextTable {
  return textTable([
    [`${unit} in the pilot`, 'is worth', 'after its cost'],
    ...sizes.map(({ n, evsi, net }) => [formatNumber(n), figureCell(evsi, money), money(net.value)]),
    [`knowing ${input}`, figureCell(evppi, money), ''],
  ])
}
