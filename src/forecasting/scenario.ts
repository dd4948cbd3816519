// Writes a plan from fitted drivers: YAML with a comment on each figure.
import { formatMonth } from '../months.ts'
import { inlineYaml } from '../notation/fields.ts'
import { formatQuantity, formatShare } from '../notation/money.ts'
import type { Calibrated } from './calibrate.ts'

export function scenarioOf({ volume, rate, drivers, start, source }: Calibrated, name: string, months: number): string {
  const { base, growth, days, cv, autocorrelation, outliers, shifts } = volume
  const says: Readonly<Record<string, string>> = {
    'conversations.base': `expected in ${formatMonth(start)}${days ? ', in a month of average length,' : ''} before the seasonal factor: ${formatQuantity(Math.round(base.value))} ± ${formatShare(base.se)}`,
    'conversations.growth': `${formatShare(growth.value)} ± ${formatShare(growth.se)} a year`,
    'conversations.days': 'each month has conversations in proportion to its days; the other figures are for months of 30.44 days',
    'conversations.seasonality': 'factors from January to December',
    'conversations.noise': `95% intervals: cv ${formatShare(cv.range[0])} to ${formatShare(cv.range[1])}, autocorrelation ${autocorrelation.range.map((value) => value.toFixed(2)).join(' to ')}`,
    'conversations.last': `the last known month, from which the noise continues`,
    'conversations.spikes': outliers
      .map(({ month, ratio }) => `${formatMonth(month)}: ${ratio.toFixed(2)} times the expected volume`)
      .join(', '),
    'resolution.rate': rate ? `in ${formatMonth(start)}: ${formatShare(rate.rate.value)} ± ${formatShare(rate.rate.se)}` : '',
    'resolution.noise': 'variation beyond the chance of counting whole conversations',
  }
  const block = (title: string, fields: Readonly<Record<string, unknown>>) => [
    `${title}:`,
    ...Object.entries(fields).flatMap(([key, value]) => {
      const said = says[`${title}.${key}`]
      return [...(said ? [`  # ${said}`] : []), `  ${key}: ${inlineYaml(value)}`]
    }),
  ]
  const safe = name.replace(/[^\p{L}\p{N} ._-]/gu, '_')
  return `${[
    `# ${source.replace(name, safe)}.`,
    ...shifts.map(
      ({ month, ratio }) =>
        `# From ${formatMonth(month)} on, volumes are ${formatShare(Math.abs(ratio - 1), 0)} ${ratio > 1 ? 'higher' : 'lower'} than before, beyond the trend.`,
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
          'correlations:              # the estimates are correlated, because they come from the same months',
          ...drivers.correlations.map((pair) => `  - ${inlineYaml(pair)}`),
        ]
      : []),
    '',
    "offers:                    # replace these by your own; `billcast offers` lists vendors' published offers",
    ...(drivers.resolution
      ? ['  fin: { catalog: fin }']
      : ['  # offers that bill resolutions need `resolution: { rate: 60% to 70% }` above']),
    '  agentforce: { catalog: agentforce-conversations }',
  ].join('\n')}\n`
}
