// Fits volume and resolution rate to a history, and turns the fits into the fields of a plan.
import { shown } from '../errors.ts'
import { formatMonth } from '../months.ts'
import type { CsvTable } from '../notation/table/csv.ts'
import { type Drivers, fittedDrivers } from './fit/drivers.ts'
import { type PastVolumes, workingMonths } from './ensemble/past-fit.ts'
import { type History, type HistoryOptions, readHistory } from './history/history.ts'
import { inSegment, type NamedSegment, namedSegments } from './history/segments.ts'
import { type WorkCalendar, workingIn } from './history/working-days.ts'
import { fitRate, type RateFit } from './fit/rate.ts'
import { fitHistory } from './fit/per-day.ts'
import type { VolumeFit } from './fit/volume.ts'

export interface CalibrateTableOptions extends HistoryOptions {
  /** The first planned month; the month after the last complete one if absent. */
  readonly start?: number
  /** False fits months as they are. Otherwise, volumes a day are fitted. */
  readonly days?: boolean
  /** Working days, with which volumes are compared. */
  readonly calendar?: WorkCalendar
  /** Months of the plan, for which the fit is kept. */
  readonly months?: number
  /** Months per block, if past deviations should be drawn instead of noise. */
  readonly block?: number
}

export interface Calibrated {
  readonly history: History & { readonly last: number }
  readonly start: number
  readonly past: PastVolumes
  readonly volume: VolumeFit
  readonly rate?: RateFit
  readonly drivers: Drivers
  /** The origin of the figures, in one line. */
  readonly source: string
  /** The columns that were read, and the rows that were sorted, left out or taken as gaps. */
  readonly notes: readonly string[]
  /** Limits of the fit. */
  readonly warnings: readonly string[]
}

/** @throws CsvError */
export function calibrateTable(table: CsvTable, file: string, options: CalibrateTableOptions = {}): Calibrated {
  const history = readHistory(table, file, options)
  const { start: first, conversations, resolutions } = history
  const last = first + conversations.length - 1
  const start = options.start ?? last + 1
  const { days = true, months = 0 } = options
  const past = { first, days, ...workingIn(options.calendar, first, workingMonths(first, start, months)) }
  const volume = fitHistory({ ...past, volumes: conversations }, start, months)
  const rate = resolutions && fitRate({ first, conversations, resolutions }, start)
  return {
    history: { ...history, last },
    start,
    past: { ...past, volumes: conversations.map((own) => (own > 0 ? own : 0)) },
    volume,
    ...(rate && { rate }),
    drivers: fittedDrivers(volume, rate, options.block),
    source: `fitted to ${volume.months} months of ${options.segment === undefined ? file : `${file} (${options.segment})`}, ${formatMonth(first)} to ${formatMonth(last)}`,
    notes: [history.read, ...history.notes],
    warnings: [
      ...volume.warnings,
      ...(rate?.warnings ?? []),
      ...(resolutions && !rate ? ['there are too few months with resolutions to fit a resolution rate (6 are needed)'] : []),
    ],
  }
}

/** Whether a plan can draw futures of the history. Small counts, some of them 0, have none. */
export const hasFutures = ({ history: { conversations } }: Calibrated): boolean => !conversations.includes(0)

/** A segment of a history, fitted alone. */
export interface CalibratedSegment extends Calibrated, NamedSegment {}

/**
 * Fits each segment of a history alone. Empty if the history has none.
 * @throws CsvError that names the segment
 */
export function calibrateSegments(table: CsvTable, file: string, options: CalibrateTableOptions = {}): CalibratedSegment[] {
  const found = namedSegments(table, file, options)
  if (found.length === 0) return []
  const ends = found.map(({ cell }) => inSegment(cell, () => readHistory(table, file, { ...options, segment: cell })))
  const start = options.start ?? Math.max(...ends.map((history) => history.start + history.conversations.length))
  return found.map(({ cell, name }) => {
    const fit = inSegment(cell, () => calibrateTable(table, file, { ...options, segment: cell, start }))
    const renamed = name === cell ? [] : [`segment ${shown(cell)} is \`${name}\` in the plan`]
    return { ...fit, name, cell, notes: [...renamed, ...fit.notes] }
  })
}
