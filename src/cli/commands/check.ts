// billcast check: is the scenario sound, what does it say, and what would a spreadsheet give?
import { defineCommand, scenarioArgument } from '../command.ts'
import { dirname } from 'node:path'
import { pointEstimates } from '../../invoice/point.ts'
import { formatMonth } from '../../months.ts'
import { folderReader } from '../../platform/node/reader.ts'
import { formatMoney } from '../../notation/money.ts'
import { compile } from '../../compile/compile.ts'
import { resolve } from '../../scenario/resolve/resolve.ts'
import { assumptionsOf } from '../../present/report/assumptions.ts'
import { readScenario } from '../../scenario/read.ts'
import { loadScenario } from '../load.ts'

export const summary = 'validate a scenario, print its drivers and the point estimate'
export const group = 'start'

async function checkCommand(_: object, file: string): Promise<void> {
  const text = await loadScenario(file)
  const { scenario, run, warnings } = await resolve(readScenario(text), folderReader(dirname(file)))
  compile(scenario, { measure: run.measure, pairs: run.pairs })
  const lines = [
    `${scenario.name}: ${formatMonth(scenario.start)}, ${scenario.months} month${scenario.months === 1 ? '' : 's'}, ${scenario.offers.length} offer${scenario.offers.length === 1 ? '' : 's'}`,
    '',
    'Drivers',
    ...assumptionsOf(scenario).map(({ name, value }) => `  ${name}: ${value}`),
    '',
    ...(scenario.sources ? ['Sources', ...scenario.sources.map(({ path, source }) => `  ${path}: ${source}`), ''] : []),
    'Point estimate (every driver at its mean or stated value)',
    ...pointEstimates(scenario).map(
      ({ offer, bill, total }) =>
        `  ${offer}: bill ${formatMoney(bill, scenario.currency)}, total ${formatMoney(total, scenario.currency)}`,
    ),
    ...(warnings.length === 0 ? [] : ['', 'Notes', ...warnings.map((note) => `  ${note}`)]),
    '',
  ]
  process.stdout.write(lines.join('\n'))
  for (const warning of warnings) process.stderr.write(`note: ${warning}\n`)
}

export const command = defineCommand({
  arguments: scenarioArgument,
  options: {},
  run: checkCommand,
})
