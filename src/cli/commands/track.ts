// billcast track: the year so far against its plan.
import type { FlagsOf } from '../../options/option.ts'
import { type TrackOptions, tracking } from '../../options/questions.ts'
import { chosen } from '../flags.ts'
import { json } from '../options.ts'
import { FOOT, printJson, printLines } from '../print.ts'
import { defineCommand } from '../command.ts'
import { basename } from 'node:path'
import { type Track, trackOf } from '../../questions/replan/track.ts'
import { givenFiles } from '../../api/given.ts'
import { readManifest } from '../../platform/node/finished.ts'
import { formatMoney, formatShare } from '../../notation/money.ts'
import { align, withError } from '../../present/report/text.ts'
import { loadHistory } from '../history.ts'

export const summary = 'the year so far against the plan in a finished folder: whether to plan again, and the rest of the year'
export const group = 'learn'

const { actuals: _, ...asked } = tracking
const flagged = { ...asked, json } as const

async function trackCommand(flags: FlagsOf<typeof flagged>, folder: string, file: string): Promise<void> {
  const { report, measure, seed } = await readManifest(folder)
  const { text } = await loadHistory(file)
  // Beside the files of the plan, under a name that none of them has.
  const name = `closed months: ${basename(file)}`
  const options: TrackOptions = { measure, seed, ...chosen(flags, asked), actuals: name }
  const found = await trackOf(report.live.scenario, options, givenFiles({ ...report.live.files, [name]: text }))
  if (flags.json) return printJson(found)
  printLines(linesOf(found))
}

const count = (value: number): string => Math.round(value).toLocaleString('en-US')

function linesOf(found: Track): string[] {
  const { name, closed, months, yearToDate, verdict, reforecast, currency, trials } = found
  const { conversations, resolutions, invoice } = yearToDate
  const money = (value: number) => formatMoney(value, currency)
  const sums = [
    { what: 'conversations', sum: conversations, write: count },
    ...(resolutions ? [{ what: 'resolutions', sum: resolutions, write: count }] : []),
    ...(invoice ? [{ what: `invoice, ${invoice.offer}`, sum: invoice, write: money }] : []),
  ]
  return [
    `${name}: ${closed.length} closed month${closed.length === 1 ? '' : 's'}, to ${closed[closed.length - 1]}, in ${trials.toLocaleString('en-US')} planned futures`,
    '',
    ...align([
      ['conversations', 'planned P5', 'mean', 'planned P95', 'came', 'percentile'],
      ...months
        .slice(0, closed.length)
        .map(({ month, mean, percentiles: { p5, p95 }, actual = 0, percentile = 0 }) => [
          month,
          count(p5),
          count(mean),
          count(p95),
          count(actual),
          formatShare(percentile, 0),
        ]),
    ]),
    '',
    ...align([
      ['so far', 'planned P5', 'mean', 'planned P95', 'came', 'percentile'],
      ...sums.map(({ what, sum, write }) => [
        what,
        write(sum.percentiles.p5),
        write(sum.planned),
        write(sum.percentiles.p95),
        write(sum.actual),
        formatShare(sum.percentile, 0),
      ]),
    ]),
    '',
    verdict.words,
    '',
    ...('none' in reforecast
      ? [`No reforecast: ${reforecast.none}.`]
      : [
          `The rest of the year, given the closed months (as sure as ${count(Math.floor(reforecast.effective))} futures):`,
          ...align([
            ['', 'remaining, mean', 'remaining, P80', 'horizon, P80'],
            ...Object.entries(reforecast.offers).map(([offer, { remaining, horizon }]) => [
              offer,
              withError(remaining.mean, currency),
              withError(remaining.percentiles.p80, currency),
              withError(horizon.percentiles.p80, currency),
            ]),
          ]),
          '',
          FOOT,
        ]),
  ]
}

export const command = defineCommand({
  arguments: { '<folder>': 'a folder that run --out wrote', '<actuals>': 'a CSV file of closed months' },
  options: flagged,
  run: trackCommand,
})
