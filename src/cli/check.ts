// billcast check: is the scenario sound, what does it say, and what would a spreadsheet give?
import { dirname } from 'node:path'
import { distributionOf, type Uncertain } from '../distributions/index.ts'
import { pointEstimates } from '../invoice/point.ts'
import { formatMonth } from '../months.ts'
import { folderReader } from '../node/reader.ts'
import { formatMoney } from '../notation/money.ts'
import { compile } from '../program/compile.ts'
import { resolve } from '../program/resolve.ts'
import { inputsOf } from '../scenario/names.ts'
import { readScenario } from '../scenario/read.ts'
import { loadScenario } from './load.ts'

const number = (value: number): string => String(Number(value.toPrecision(6)))

function described(value: Uncertain): string {
  if (typeof value === 'number') return number(value)
  const law = distributionOf(value)
  const at = (p: number) => number(law.quantile(p, 1 - p))
  return `${law.name}, mean ${number(law.mean)}, P5 to P95 ${at(0.05)} to ${at(0.95)}`
}

export async function checkCommand(file: string): Promise<void> {
  const text = await loadScenario(file)
  const { scenario, run, warnings } = await resolve(readScenario(text), folderReader(dirname(file)))
  compile(scenario, { measure: run.measure, pairs: run.pairs })
  const { conversations, resolution } = scenario
  const lines = [
    `${scenario.name}: ${formatMonth(scenario.start)}, ${scenario.months} month${scenario.months === 1 ? '' : 's'}, ${scenario.offers.length} offer${scenario.offers.length === 1 ? '' : 's'}`,
    '',
    'Drivers',
    conversations.monthly
      ? `  conversations: ${conversations.monthly.map(number).join(' ')}`
      : `  conversations.base: ${described(conversations.base ?? 0)}`,
    ...(conversations.noise
      ? [`  conversations.noise: cv ${number(conversations.noise.cv)}, autocorrelation ${conversations.noise.autocorrelation}`]
      : []),
    ...(conversations.spikes
      ? [
          `  conversations.spikes: probability ${conversations.spikes.probability} a month, size ${described(conversations.spikes.size)}`,
        ]
      : []),
    ...(resolution ? [`  resolution.rate: ${described(resolution.rate)}`] : []),
    ...(resolution?.noise
      ? [`  resolution.noise: sd ${number(resolution.noise.sd)}, autocorrelation ${resolution.noise.autocorrelation}`]
      : []),
    ...inputsOf(scenario)
      .filter(({ name }) => name !== 'resolution.rate' && name !== 'conversations.base')
      .map(({ name, spec }) => `  ${name}: ${described(spec)}`),
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
