import { compile, sharedNothing } from '../../compile/compile.ts'
import { pointEstimates } from '../../invoice/point.ts'
import { formatMonth } from '../../months.ts'
import { formatMoney } from '../../notation/money.ts'
import { assumptionsOf } from '../../present/report/assumptions.ts'
import { resolve } from '../../scenario/resolve/resolve.ts'
import { defineCommand, scenarioArgument } from '../command.ts'
import { loadPlan } from '../plan.ts'
import { note, printLines } from '../print.ts'

export const summary = 'validate a scenario and print its drivers and the point estimate'
export const group = 'start'
const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`

export const command = defineCommand({
  arguments: [scenarioArgument],
  options: {},
  async run(_, file) {
    const { written, reader } = await loadPlan(file, 'says itself')
    const { scenario, run, warnings } = await resolve(written, reader)
    compile(scenario, { measure: run.measure, pairs: run.pairs }, sharedNothing(false))
    const { name, start, months, offers, sources, currency } = scenario
    printLines([
      `${name}: ${formatMonth(start)}, ${plural(months, 'month')}, ${plural(offers.length, 'offer')}`,
      '',
      'Drivers',
      ...assumptionsOf(scenario).map(({ name, value }) => `  ${name}: ${value}`),
      '',
      ...(sources ? ['Sources', ...sources.map(({ path, source }) => `  ${path}: ${source}`), ''] : []),
      'Point estimate (every driver at its mean or stated value)',
      ...pointEstimates(scenario).map(
        ({ offer, bill, total }) => `  ${offer}: bill ${formatMoney(bill, currency)}, total ${formatMoney(total, currency)}`,
      ),
      ...(warnings.length === 0 ? [] : ['', 'Notes', ...warnings.map((warning) => `  ${warning}`)]),
    ])
    warnings.forEach(note)
  },
})
