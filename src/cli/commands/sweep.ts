import { tableToIPC } from 'apache-arrow'
import { formatMoney, formatShare } from '../../notation/money.ts'
import { repeated, textKind } from '../../options/kinds.ts'
import { flagOnly } from '../../options/option.ts'
import { comparing } from '../../options/questions.ts'
import { whole } from '../../present/files/write.ts'
import { inUnits } from '../../present/report/roots.ts'
import { figureCell, textTable } from '../../present/report/text-table.ts'
import { type SweepRow, sweepRows, sweepTable } from '../../questions/negotiate/sweep.ts'
import { assignmentsOf } from '../assignments.ts'
import { chartFlag, chartsAsked } from '../chart.ts'
import { chosen, defineCommand, scenarioArgument } from '../command.ts'
import { json, replace, se } from '../options.ts'
import { loadPlan } from '../plan.ts'
import { foot, printJson, printLines } from '../print.ts'
import { watching } from '../watched.ts'
import { writeTo } from '../write.ts'
import { formatNumber } from '../../notation/number.ts'

export const summary = 'try every combination of values in one or more fields'
export const group = 'decide'
const SHOWN = 200
const VARIED = 'a field and its values, such as resolution.rate=50%:90%:5pt'

export const command = defineCommand({
  arguments: [scenarioArgument],
  options: {
    ...comparing,
    vary: flagOnly(repeated('<path=lo:hi:step>', VARIED), `${VARIED} (may be repeated)`),
    out: flagOnly(
      textKind('<file>', 'the name of a file such as sweep.arrow', (name) => name !== ''),
      'write all rows as an Arrow file',
    ),
    chart: chartFlag('sweep', ':fin:p80'),
    force: replace,
    json,
    se,
  },
  async run(flags, file) {
    const draw = chartsAsked('sweep', flags)
    const { vary = [], out } = flags
    const { text, reader, currency } = await loadPlan(file)
    const options = { ...chosen(flags, comparing), ...watching(flags, 'Sweeping') }
    const swept = await sweepRows(text, assignmentsOf('vary', vary, VARIED), reader, options)
    const { fields, rows, study } = swept
    if (out !== undefined) await writeTo(out, whole(tableToIPC(sweepTable(swept), 'file')))
    await draw((charts) => ({
      sweep: (offer = rows[0].offer, figure = 'mean') => charts.sweep(sweepTable(swept), offer, currency, figure as 'mean'),
    }))
    if (flags.json)
      return printJson(
        rows.map(({ values, offer, mean, tails, cheapest }) => ({
          values: Object.fromEntries(fields.map(({ asked }, k) => [asked, values[k]])),
          ...{ offer, mean, ...tails, cheapest },
        })),
      )
    const lines = rows
      .slice(0, SHOWN)
      .map(({ offer, values, mean, tails: { p80, p95 }, cheapest }) => [
        offer,
        ...values.map((value, k) => inUnits(value, fields[k].notation)),
        ...[mean, p80, p95].map((estimate) => figureCell(estimate, (value) => formatMoney(value, currency))),
        { text: formatShare(cheapest.value), error: formatShare(cheapest.se, 2) },
      ])
    const more = rows.length - SHOWN
    printLines(
      [
        textTable([['', ...fields.map(({ asked }) => asked), 'mean', 'P80', 'P95', 'cheapest'], ...lines], {
          spare: ['P95', 'P80'],
        }),
        ...(more > 0 ? [`There are ${more} more rows. Write all of them with --out or print them with --json.`] : []),
        '',
        leader(rows),
        `All variants use the same ${formatNumber(study.plan.trials)} trials.`,
        foot(flags),
      ],
      flags,
    )
  },
})

/** How often each offer has the lowest mean. */
function leader(rows: readonly SweepRow[]): string {
  const least = new Map<string, SweepRow>()
  for (const row of rows) {
    const known = least.get(row.values.join())
    if (!known || row.mean.value < known.mean.value) least.set(row.values.join(), row)
  }
  const wins = new Map<string, number>()
  for (const { offer } of least.values()) wins.set(offer, (wins.get(offer) ?? 0) + 1)
  const words = [...wins].sort(([, a], [, b]) => b - a).map(([offer, count]) => `${offer} in ${count}`)
  return `Lowest mean: ${words.join(', ')} of ${least.size} variants.`
}
