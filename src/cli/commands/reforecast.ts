// billcast reforecast: the rest of the year, given the months that are closed.
import type { FlagsOf } from '../../options/option.ts'
import { reforecasting } from '../../options/questions.ts'
import { chosen } from '../flags.ts'
import { json } from '../options.ts'
import { FOOT, printJson, printLines } from '../print.ts'
import { defineCommand, scenarioArgument } from '../command.ts'
import { dirname } from 'node:path'
import { reforecastOf } from '../../questions/replan/reforecast.ts'
import { folderReader } from '../../platform/node/reader.ts'
import { formatMoney, formatShare } from '../../notation/money.ts'
import { align, withError } from '../../present/report/text.ts'
import { loadScenario } from '../load.ts'

export const summary = 'the rest of the year, given the months that are closed'
export const group = 'learn'

const flagged = { ...reforecasting, json } as const

async function reforecastCommand(flags: FlagsOf<typeof flagged>, file: string): Promise<void> {
  const text = await loadScenario(file)
  const found = await reforecastOf(text, chosen(flags, reforecasting), folderReader(dirname(file)))
  if (flags.json) return printJson(found)
  const { currency, closed, effective, offers, inputs, budget, trials: all } = found
  const money = (value: number) => formatMoney(value, currency)
  const short = (value: number) => String(Number(value.toPrecision(4)))
  const last = closed[closed.length - 1]
  printLines([
    `${closed.length} closed month${closed.length === 1 ? '' : 's'}, to ${last}; as sure as ${Math.floor(effective).toLocaleString('en-US')} of ${all.toLocaleString('en-US')} futures`,
    '',
    ...align([
      ['', 'closed', 'remaining, mean', '±', 'remaining, P80', '±', 'horizon, P80', '±'],
      ...Object.entries(offers).map(([name, offer]) => [
        name,
        money(offer.closed.value),
        money(offer.remaining.mean.value),
        money(offer.remaining.mean.se),
        money(offer.remaining.percentiles.p80.value),
        money(offer.remaining.percentiles.p80.se),
        money(offer.horizon.percentiles.p80.value),
        money(offer.horizon.percentiles.p80.se),
      ]),
    ]),
    ...(Object.keys(inputs).length > 0
      ? [
          '',
          ...align([
            ['what the closed months say', 'planned mean', 'mean now', '±'],
            ...Object.entries(inputs).map(([name, { before, after }]) => [
              name,
              short(before.value),
              short(after.value),
              String(Number(after.se.toPrecision(2))),
            ]),
          ]),
        ]
      : []),
    ...(budget
      ? [
          '',
          `${budget.offer}: ${money(budget.left.value)} of ${money(budget.amount)} are left; the budget holds in ${formatShare(budget.holds.value)} of futures (± ${formatShare(budget.holds.se, 2)}), and ${Number((100 * budget.confidence).toFixed(4))} % needs ${withError(budget.needed, currency)}.`,
        ]
      : []),
    '',
    FOOT,
  ])
}

export const command = defineCommand({
  arguments: scenarioArgument,
  options: flagged,
  run: reforecastCommand,
})
