// Drivers → a scenario to start from: YAML with a comment beside each figure that says where it comes from.
import { formatMonth } from '../months.ts'
import type { Calibrated } from './calibrate.ts'

const percent = (value: number, digits = 1): string => `${(100 * value).toFixed(digits)} %`

/** A value as one line of YAML: what drivers hold is plain. */
function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`
  if (typeof value === 'object' && value !== null)
    return `{ ${Object.entries(value)
      .map(([key, item]) => `${key}: ${inline(item)}`)
      .join(', ')} }`
  return typeof value === 'string' && /[(,[\]{}]/.test(value) ? `"${value}"` : String(value)
}

export function scenarioOf({ volume, rate, drivers, start, source }: Calibrated, name: string, months: number): string {
  const { base, growth, cv, autocorrelation, outliers, shifts } = volume
  const says: Readonly<Record<string, string>> = {
    'conversations.base': `expected of ${formatMonth(start)} before its season: ${Math.round(base.value)} give or take ${percent(base.se)}`,
    'conversations.growth': `${percent(growth.value)} a year give or take ${percent(growth.se)}`,
    'conversations.seasonality': 'January first',
    'conversations.noise': `95 % sure: cv ${percent(cv.range[0])} to ${percent(cv.range[1])}, autocorrelation ${autocorrelation.range.map((value) => value.toFixed(2)).join(' to ')}`,
    'conversations.last': `the last month known: the noise goes on from there`,
    'conversations.spikes': outliers
      .map(({ month, ratio }) => `${formatMonth(month)}: ${ratio.toFixed(2)} times what was expected`)
      .join(', '),
    'resolution.rate': rate ? `in ${formatMonth(start)}: ${percent(rate.rate.value)} give or take ${percent(rate.rate.se)}` : '',
    'resolution.noise': 'beyond the binomial chance of so many conversations',
  }
  const block = (title: string, fields: Readonly<Record<string, unknown>>) => [
    `${title}:`,
    ...Object.entries(fields).flatMap(([key, value]) => {
      const said = says[`${title}.${key}`]
      return [...(said ? [`  # ${said}`] : []), `  ${key}: ${inline(value)}`]
    }),
  ]
  const safe = name.replace(/[^\p{L}\p{N} ._-]/gu, '_')
  return `${[
    `# ${source.replace(name, safe)}.`,
    ...shifts.map(
      ({ month, ratio }) =>
        `# From ${formatMonth(month)} on volumes are ${percent(Math.abs(ratio - 1), 0)} ${ratio > 1 ? 'higher' : 'lower'} than before, beyond the trend.`,
    ),
    `name: "Plan from ${safe}"`,
    `start: ${formatMonth(start)}`,
    `months: ${months}`,
    '',
    ...block('conversations', drivers.conversations),
    ...(drivers.resolution ? ['', ...block('resolution', drivers.resolution)] : []),
    ...(drivers.correlations.length > 0
      ? [
          '',
          'correlations:              # what is fitted together is drawn together',
          ...drivers.correlations.map((pair) => `  - ${inline(pair)}`),
        ]
      : []),
    '',
    'offers:                    # put yours here; `billcast offers` lists what vendors publish',
    ...(drivers.resolution
      ? ['  fin: { catalog: fin }']
      : ['  # offers that bill resolutions need `resolution: { rate: 60% to 70% }` above']),
    '  agentforce: { catalog: agentforce-conversations }',
  ].join('\n')}\n`
}
