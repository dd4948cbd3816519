import { compile, sharedNothing } from '../../compile/compile.ts'
import { pointEstimates } from '../../invoice/point.ts'
import { formatMonth } from '../../months.ts'
import { segmentPoints } from '../../invoice/segments.ts'
import { planNotes } from '../../invoice/plan-notes.ts'
import { formatMoney, formatQuantity, formatShare } from '../../notation/money.ts'
import { assumptionsOf } from '../../present/report/assumptions.ts'
import { align } from '../../present/report/text.ts'
import { resolve } from '../../scenario/resolve/resolve.ts'
import type { ResolvedScenario } from '../../scenario/resolved.ts'
import { defineCommand, scenarioArgument } from '../command.ts'
import { loadPlan } from '../plan.ts'
import { note, printLines } from '../print.ts'

export const summary = 'validate a scenario and print its drivers and the point estimate'
export const group = 'start'
const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`

/** The table of segments. */
function segmentLines(scenario: ResolvedScenario): string[] {
  const points = segmentPoints(scenario)
  if (points.length === 0) return []
  const rows = points.map(({ segment, conversations, rate, share }) => [
    segment,
    formatQuantity(Math.round(conversations)),
    formatShare(share),
    rate === undefined ? '' : formatShare(rate),
  ])
  const table = align([['segment', 'conversations', 'share', 'rate'], ...rows], [0])
  return ['Segments (every driver at its mean or stated value)', ...table.map((line) => `  ${line}`), '']
}

export const command = defineCommand({
  arguments: [scenarioArgument],
  options: {},
  async run(_, file) {
    const { written, reader } = await loadPlan(file, 'says itself')
    const { scenario, run, warnings: found } = await resolve(written, reader)
    const warnings = [...found, ...planNotes(scenario)]
    compile(scenario, { measure: run.measure, pairs: run.pairs }, sharedNothing(false))
    const { name, start, months, offers, sources, currency } = scenario
    printLines([
      `${name}: ${formatMonth(start)}, ${plural(months, 'month')}, ${plural(offers.length, 'offer')}`,
      '',
      'Drivers',
      ...assumptionsOf(scenario).map(({ name, value }) => `  ${name}: ${value}`),
      '',
      ...(sources ? ['Sources', ...sources.map(({ path, source }) => `  ${path}: ${source}`), ''] : []),
      ...segmentLines(scenario),
      'Point estimate (every driver at its mean or stated value)',
      ...pointEstimates(scenario).map(
        ({ offer, bill, total }) => `  ${offer}: bill ${formatMoney(bill, currency)}, total ${formatMoney(total, currency)}`,
      ),
      ...(warnings.length === 0 ? [] : ['', 'Notes', ...warnings.map((warning) => `  ${warning}`)]),
    ])
    warnings.forEach(note)
  },
})
