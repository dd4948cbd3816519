// Writes a plan from fitted drivers: YAML with a comment on each figure.
import { formatMonth } from '../months.ts'
import { inlineYaml } from '../notation/fields.ts'
import { formatQuantity, formatShare } from '../notation/money.ts'
import { correlationsBesideFutures } from './fit/drivers.ts'
import { fitInWords } from './fit/words.ts'
import type { Calibrated, CalibratedSegment } from './calibrate.ts'

/** A history whose futures a plan draws, in the keys of the plan, and the decimal sign of its numbers. */
export interface DrawnHistory {
  readonly history: Readonly<Record<string, unknown>>
  readonly decimal?: string | undefined
}

/** @param drawn absent in a plan with the fitted figures in plain fields */
export function scenarioOf(found: Calibrated, name: string, months: number, drawn?: DrawnHistory): string {
  const { volume, drivers, start, source } = found
  const safe = safely(name)
  return written([
    `# ${source.replace(name, safe)}.`,
    ...shiftsOf(volume.shifts),
    ...headOf(safe, start, months),
    ...(drawn?.decimal === undefined ? [] : [`decimal: "${drawn.decimal}"`, '']),
    ...driverLines(found, drawn),
    ...correlationLines(
      [found],
      () => '',
      () => drawn !== undefined,
    ),
    ...offerLines(drivers.resolution !== undefined),
  ])
}

/**
 * A plan with a segment for each of the history's.
 * @param drawn absent for a segment with the fitted figures in plain fields, whose noise is its own
 */
export function segmentedScenarioOf(
  segments: readonly CalibratedSegment[],
  name: string,
  months: number,
  drawn: (segment: CalibratedSegment) => DrawnHistory | undefined,
): string {
  const safe = safely(name)
  const rated = segments.every(({ drivers }) => drivers.resolution !== undefined)
  const decimal = segments.map((segment) => drawn(segment)?.decimal).find((sign) => sign !== undefined)
  const alone = segments.some((segment) => drawn(segment) === undefined)
  return written([
    `# Each segment is fitted to ${safe}. ${
      alone
        ? 'Noises of segments with plain fields are independent. `correlations` between them join them.'
        : 'Months of two segments go together as they did in their histories, which is estimated whenever the plan is read.'
    }`,
    ...headOf(safe, segments[0].start, months),
    ...(decimal === undefined ? [] : [`decimal: "${decimal}"`, '']),
    'segments:',
    ...segments.flatMap((segment) => [
      `  ${segment.name}:`,
      ...[
        `# ${segment.source.replace(name, safe)}.`,
        ...shiftsOf(segment.volume.shifts),
        ...driverLines(segment, drawn(segment)),
      ].map((line) => (line === '' ? line : `    ${line}`)),
    ]),
    ...correlationLines(
      segments,
      ({ name: own }) => `segments.${own}.`,
      (segment) => drawn(segment) !== undefined,
    ),
    ...offerLines(rated),
  ])
}

const written = (lines: readonly string[]): string => `${lines.join('\n')}\n`

const safely = (name: string): string => name.replace(/[^\p{L}\p{N} ._-]/gu, '_')

const shiftsOf = (shifts: Calibrated['volume']['shifts']): string[] =>
  shifts.map(
    ({ month, ratio }) =>
      `# From ${formatMonth(month)} on, volumes are ${formatShare(Math.abs(ratio - 1), 0)} ${ratio > 1 ? 'higher' : 'lower'} than before, beyond the trend.`,
  )

const headOf = (safe: string, start: number, months: number): string[] => [
  `name: "Plan from ${safe}"`,
  `start: ${formatMonth(start)}`,
  `months: ${months}`,
  '',
]

/** The fitted conversations and rate, each figure under a comment. */
function driverLines({ volume, rate, drivers, start }: Calibrated, drawn?: DrawnHistory): string[] {
  const { base, growth, days, elasticity, cv, autocorrelation, outliers } = volume
  const says: Readonly<Record<string, string>> = {
    'conversations.history': `futures of this history, fitted again whenever the plan is read: ${fitInWords(volume)}`,
    'conversations.base': `expected in ${formatMonth(start)}${days ? ', in a month of average length,' : ''} before the seasonal factor: ${formatQuantity(Math.round(base.value))} ± ${formatShare(base.se)}`,
    'conversations.growth': `${formatShare(growth.value)} ± ${formatShare(growth.se)} a year`,
    'conversations.days': 'each month has conversations in proportion to its days; the other figures are for months of 30.44 days',
    'conversations.seasonality': `factors from January to December${elasticity ? ', with the working days of the first year' : ''}`,
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
  return [
    ...block('conversations', drawn ? { history: drawn.history } : drivers.conversations),
    ...(drivers.resolution ? ['', ...block('resolution', drivers.resolution)] : []),
  ]
}

/**
 * @param within the path before the names of a fit's inputs
 * @param drawn whether the plan draws futures of a fit's history
 */
function correlationLines<F extends Calibrated>(
  fits: readonly F[],
  within: (fit: F) => string,
  drawn: (fit: F) => boolean,
): string[] {
  const pairs = fits.flatMap((fit) =>
    (drawn(fit) ? correlationsBesideFutures(fit.drivers, fit.rate) : fit.drivers.correlations).map(({ between, rho }) => ({
      line: `  - ${inlineYaml({ between: between.map((name) => within(fit) + name), rho })}`,
      says:
        between[0].endsWith('noise') && fit.drivers.together
          ? `  # months that are busier than expected: ${withError(fit.drivers.together)}`
          : '',
    })),
  )
  if (pairs.length === 0) return []
  return [
    '',
    'correlations:              # the estimates are correlated, because they come from the same months',
    ...pairs.map(({ line, says }) => line + says),
  ]
}

const withError = ({ value, se }: NonNullable<Calibrated['drivers']['together']>): string =>
  `${value.toFixed(2)} ± ${se.toFixed(2)}`

const offerLines = (rated: boolean): string[] => [
  '',
  "offers:                    # replace these by your own; `billcast offers` lists vendors' published offers",
  ...(rated ? ['  fin: { catalog: fin }'] : ['  # offers that bill resolutions need `resolution: { rate: 60% to 70% }` above']),
  '  agentforce: { catalog: agentforce-conversations }',
]
