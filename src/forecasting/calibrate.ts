// A history → what it says about volume and resolution rate, and the fields of a scenario that say the same.
import { formatMonth } from '../months.ts'
import type { CsvTable } from '../notation/csv.ts'
import { type Drivers, fittedDrivers } from './fit/drivers.ts'
import { type History, type HistoryOptions, readHistory } from './history/history.ts'
import { fitRate, type RateFit } from './fit/rate.ts'
import { fitVolume, type VolumeFit } from './fit/volume.ts'

export interface CalibrateTableOptions extends HistoryOptions {
  /** The first planned month; the one after the last complete month unless stated. */
  readonly start?: number
  /** Months of a block, where deviations are to be drawn from the past ones. */
  readonly block?: number
}

export interface Calibrated {
  readonly history: History & { readonly last: number }
  readonly start: number
  readonly volume: VolumeFit
  readonly rate?: RateFit
  readonly drivers: Drivers
  /** Where the figures come from, in a line. */
  readonly source: string
  /** Rows that are not taken as they stand. */
  readonly notes: readonly string[]
  /** What the fit cannot know. */
  readonly warnings: readonly string[]
}

/** @throws CsvError in words that follow "expected …" */
export function calibrateTable(table: CsvTable, file: string, options: CalibrateTableOptions = {}): Calibrated {
  const history = readHistory(table, file, options)
  const { start: first, conversations, resolutions } = history
  const last = first + conversations.length - 1
  const start = options.start ?? last + 1
  const volume = fitVolume(first, conversations, start)
  const rate = resolutions && fitRate(first, conversations, resolutions, start)
  return {
    history: { ...history, last },
    start,
    volume,
    ...(rate && { rate }),
    drivers: fittedDrivers(volume, rate, options.block),
    source: `fitted to ${volume.months} months of ${file}, ${formatMonth(first)} to ${formatMonth(last)}`,
    notes: history.notes,
    warnings: [
      ...volume.warnings,
      ...(resolutions && !rate ? ['too few months with resolutions to say anything about their rate'] : []),
    ],
  }
}
