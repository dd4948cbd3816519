import { basename } from 'node:path'
import { givenFiles } from '../../api/given.ts'
import { formatMoney, formatShare } from '../../notation/money.ts'
import { type TrackOptions, tracking } from '../../options/questions.ts'
import { readPlan } from '../../platform/node/finished.ts'
import { type Block, figureCell, strong, textTable } from '../../present/report/text-table.ts'
import { type Track, type TrackedSum, trackOf } from '../../questions/replan/track.ts'
import { chosen, defineCommand, folderArgument } from '../command.ts'
import { loadHistory } from '../load.ts'
import { json, replace, se } from '../options.ts'
import { agreementLine, count, type ErrorsFlag, foot, note, printJson, printLines } from '../print.ts'
import { formatNumber } from '../../notation/number.ts'
import { watching } from '../watched.ts'
import { chartFlag, chartsAsked } from '../chart.ts'

export const summary = 'compare the year so far with its plan, and say whether to plan again'
export const group = 'learn'

const { actuals: _, ...asked } = tracking

export const command = defineCommand({
  arguments: [folderArgument, ['<actuals>', 'a CSV file of closed months']],
  options: {
    ...asked,
    chart: chartFlag('track'),
    force: replace,
    json,
    se,
  },
  async run(flags, folder, file) {
    const draw = chartsAsked('track', flags)
    const { report, measure, seed } = await readPlan(folder, note)
    const { text } = await loadHistory(file)
    // A name that none of the plan's own files can have.
    const name = `closed months: ${basename(file)}`
    const options: TrackOptions = { measure, seed, ...chosen(flags, asked), ...watching(flags), actuals: name }
    const found = await trackOf(report.live.scenario, options, givenFiles({ ...report.live.files, [name]: text }))
    found.notes.forEach(note)
    await draw((charts) => ({ track: () => charts.track(found) }))
    if (flags.json) return printJson(found)
    printLines(linesOf(found, flags), flags)
  },
})

function linesOf(found: Track, flags: ErrorsFlag): Block[] {
  const { name, closed, months, yearToDate, segments = {}, verdict, reforecast, currency, trials } = found
  const { conversations, resolutions, invoice } = yearToDate
  const money = (value: number) => formatMoney(value, currency)
  const sums = [
    { what: 'conversations', sum: conversations, write: count },
    ...(resolutions ? [{ what: 'resolutions', sum: resolutions, write: count }] : []),
    ...(invoice ? [{ what: `invoice, ${invoice.offer}`, sum: invoice, write: money }] : []),
    ...Object.entries(segments).flatMap(([segment, own]) =>
      Object.entries(own).map(([what, sum]: [string, TrackedSum]) => ({ what: `${what}, ${segment}`, sum, write: count })),
    ),
  ]
  const head = (title: string) => [title, 'planned P5', 'mean', 'planned P95', 'actual', 'percentile']
  return [
    `${name}: ${closed.length} closed month${closed.length === 1 ? '' : 's'}, to ${closed[closed.length - 1]}, compared with ${formatNumber(trials)} trials of the plan`,
    '',
    textTable([
      head('conversations'),
      ...months
        .slice(0, closed.length)
        .map(({ month, mean, percentiles: { p5, p95 }, actual = 0, percentile = 0 }) => [
          month,
          ...[p5, mean, p95, actual].map(count),
          formatShare(percentile, 0),
        ]),
    ]),
    '',
    textTable([
      head('so far'),
      ...sums.map(({ what, sum: { percentiles, planned, actual, percentile }, write }) => [
        what,
        ...[percentiles.p5, planned, percentiles.p95, actual].map(write),
        formatShare(percentile, 0),
      ]),
    ]),
    ...(invoice?.foreign ? ['', invoice.foreign.words] : []),
    '',
    strong(verdict.words),
    '',
    ...('none' in reforecast
      ? [`No reforecast: ${reforecast.none}.`]
      : [
          `The rest of the year, given the closed months (as precise as ${count(Math.floor(reforecast.effective))} trials):`,
          agreementLine(reforecast.agreement),
          textTable([
            ['', 'remaining, mean', 'remaining, P80', 'horizon, P80'],
            ...Object.entries(reforecast.offers).map(([offer, { remaining, horizon }]) => [
              offer,
              ...[remaining.mean, remaining.percentiles.p80, horizon.percentiles.p80].map((one) => figureCell(one, money)),
            ]),
          ]),
          '',
          foot(flags),
        ]),
  ]
}
