// billcast reforecast: the rest of the year, given the months that are closed.
import type { ReforecastOptions } from '../../options/questions.ts'
import { dirname } from 'node:path'
import { reforecast } from '../../questions/replan/reforecast.ts'
import { folderReader } from '../../platform/node/reader.ts'
import { formatMoney, formatShare } from '../../notation/money.ts'
import { align, withError } from '../../present/report/text.ts'
import { type DecisionFlags, FOOT, printJson, printLines } from '../decision.ts'
import { oneOf, whole } from '../flags.ts'
import { loadScenario } from '../load.ts'

export interface ReforecastFlags extends DecisionFlags {
  readonly actuals?: string
}

export async function reforecastCommand(file: string, flags: ReforecastFlags): Promise<void> {
  const { actuals, trials, seed, method, measure, json } = flags
  const options: ReforecastOptions = {
    ...(actuals !== undefined && { actuals }),
    ...(trials !== undefined && { trials: whole('trials', trials, 2 ** 20, '262k') }),
    ...(seed !== undefined && { seed }),
    ...(method !== undefined && { method: oneOf('method', method, ['sobol', 'latin', 'random']) }),
    ...(measure !== undefined && { measure: oneOf('measure', measure, ['bill', 'total']) }),
  }
  const text = await loadScenario(file)
  const found = await reforecast(text, options, folderReader(dirname(file)))
  if (json) return printJson(found)
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
