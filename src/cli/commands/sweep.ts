// billcast sweep: every combination of some numbers, on the same futures.
import { repeated, textKind } from '../../options/kinds.ts'
import { type FlagsOf, flagOnly } from '../../options/option.ts'
import { comparing } from '../../options/questions.ts'
import { assignmentsOf } from '../assignments.ts'
import { chosen } from '../flags.ts'
import { json } from '../options.ts'
import { loadPlan } from '../plan.ts'
import { FOOT, printJson, printLines } from '../print.ts'
import { inUnits } from '../units.ts'
import { watching } from '../watched.ts'
import { defineCommand, scenarioArgument } from '../command.ts'
import { tableToIPC } from 'apache-arrow'
import { type SweepRow, sweepRows, sweepTable } from '../../questions/negotiate/sweep.ts'
import { whole } from '../../present/files/write.ts'
import { formatMoney, formatShare } from '../../notation/money.ts'
import { align } from '../../present/report/text.ts'
import { writeTo } from '../write.ts'

export const summary = 'every combination of some numbers in some fields, on the same futures'
export const group = 'decide'

const SHOWN = 200

const VARIED = 'a field and its numbers such as resolution.rate=50%:90%:5pt'

const options = {
  ...comparing,
  vary: flagOnly(
    repeated('<path=lo:hi:step>', VARIED),
    'a field and its numbers, such as resolution.rate=50%:90%:5pt; may be repeated',
  ),
  out: flagOnly(
    textKind('<file>', 'the name of a file such as sweep.arrow', (name) => name !== ''),
    'write all rows as an Arrow file',
  ),
  json,
} as const

async function sweepCommand(flags: FlagsOf<typeof options>, file: string): Promise<void> {
  const { vary = [], out } = flags
  const { text, reader, currency } = await loadPlan(file)
  const swept = await sweepRows(text, assignmentsOf('vary', vary, VARIED), reader, {
    ...chosen(flags, comparing),
    ...watching(flags),
  })
  const { fields, rows, study } = swept
  if (out !== undefined) await writeTo(out, whole(tableToIPC(sweepTable(swept), 'file')))
  if (flags.json) {
    return printJson(
      rows.map(({ values, offer, mean, tails, cheapest }) => ({
        values: Object.fromEntries(fields.map(({ path }, k) => [path, values[k]])),
        offer,
        mean,
        ...tails,
        cheapest,
      })),
    )
  }
  const money = (value: number) => formatMoney(value, currency)
  const lines = rows
    .slice(0, SHOWN)
    .map((row) => [
      row.offer,
      ...row.values.map((value, k) => inUnits(value, fields[k].notation)),
      `${money(row.mean.value)} ± ${money(row.mean.se)}`,
      `${money(row.tails.p80.value)} ± ${money(row.tails.p80.se)}`,
      `${money(row.tails.p95.value)} ± ${money(row.tails.p95.se)}`,
      `${formatShare(row.cheapest.value)} ± ${formatShare(row.cheapest.se, 2)}`,
    ])
  printLines([
    ...align([['', ...fields.map(({ path }) => path), 'mean', 'P80', 'P95', 'cheapest'], ...lines]),
    ...(rows.length > SHOWN ? [`… and ${rows.length - SHOWN} more rows: --out writes all of them, --json prints them`] : []),
    '',
    leader(rows),
    `${FOOT} All variants were billed on the same ${study.plan.trials.toLocaleString('en-US')} futures.`,
  ])
}

/** Who has the lowest mean, how often. */
function leader(rows: readonly SweepRow[]): string {
  const least = new Map<string, SweepRow>()
  for (const row of rows) {
    const known = least.get(row.values.join())
    if (!known || row.mean.value < known.mean.value) least.set(row.values.join(), row)
  }
  const wins = new Map<string, number>()
  for (const { offer } of least.values()) wins.set(offer, (wins.get(offer) ?? 0) + 1)
  const told = [...wins].sort(([, a], [, b]) => b - a).map(([offer, count]) => `${offer} in ${count}`)
  return `The lowest mean has ${told.join(', ')} of ${least.size} variants.`
}

export const command = defineCommand({
  arguments: scenarioArgument,
  options: options,
  run: sweepCommand,
})
