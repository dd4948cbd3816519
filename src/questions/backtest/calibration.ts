// What a history says, as people ask for it: figures with their errors, prices, and a scenario to start from.
import { type Calibrated, type CalibrateTableOptions, calibrateTable } from '../../forecasting/calibrate.ts'
import { rounded } from '../../forecasting/fit/figures.ts'
import { type HistoryRow, historyTable } from '../../forecasting/history/rows.ts'
import { scenarioOf } from '../../forecasting/scenario.ts'
import { leastSquaresOf } from '../../forecasting/fit/volume.ts'
import { UsageError } from '../../errors.ts'
import { checkOptions } from '../../options/check.ts'
import { type CalibrateOptions, calibrating } from '../../options/history.ts'
import { formatMonth, parseMonth } from '../../months.ts'
import { CsvError, type CsvTable } from '../../notation/csv.ts'
import { fitPrices, type PriceFit } from './prices.ts'

/** A figure and its standard error. */
export interface FittedFigure {
  readonly value: number
  readonly se: number
}

export interface Calibration {
  readonly name: string
  /** Months that were used, and from when to when. */
  readonly months: number
  readonly since: string
  readonly until: string
  /** The first planned month. */
  readonly start: string
  /** Expected conversations of that month, before its season. */
  readonly base: number
  readonly baseSe: number
  /** A fraction a year. */
  readonly growth: FittedFigure
  /** Twelve factors from January, of mean 1. */
  readonly seasonality: readonly number[] | null
  readonly cv: number
  readonly cvRange: readonly [number, number]
  readonly autocorrelation: number
  readonly autocorrelationRange: readonly [number, number]
  /** Standard deviation of the log of a month, given the month before. */
  readonly innovation: number
  readonly outliers: readonly { readonly month: string; readonly ratio: number }[]
  readonly shifts: readonly { readonly month: string; readonly ratio: number }[]
  /** Volume of the last month, from which the noise goes on. */
  readonly last: number | null
  /** Fractions; `improvement` a month. Null where the history has no resolutions. */
  readonly resolution: {
    readonly rate: FittedFigure
    readonly improvement: FittedFigure
    readonly ceiling: FittedFigure | null
    readonly noise: { readonly sd: number; readonly autocorrelation: number }
  } | null
  readonly prices: PriceFit | null
  /** What a plain regression says of the same months, for those who check by other means. */
  readonly leastSquares: { readonly growth: number; readonly sd: number; readonly lag1: number; readonly innovation: number }
  /** Rows that are not taken as they stand, and how they are. */
  readonly notes: readonly string[]
  readonly warnings: readonly string[]
  /** A scenario to start from, in YAML with comments. */
  readonly scenario: string
}

/**
 * Fits drivers to a history of months or days.
 * @param history CSV text, or rows such as `{ month: '2024-01', conversations: 41200 }`
 * @throws UsageError for rows and options
 */
export async function calibrationOf(history: string | Iterable<HistoryRow>, options: CalibrateOptions = {}): Promise<Calibration> {
  checkOptions(options, calibrating)
  const { name = 'history.csv' } = options
  return asUsage(async () => calibration(await historyTable(history, name), name, options))
}

/** What is wrong with a table is a matter of usage where it is an argument. */
export async function asUsage<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof CsvError) throw new UsageError(`history: expected ${error.message}`)
    throw error
  }
}

/** @throws UsageError where the text is no month */
export function monthOption(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const month = parseMonth(text)
  if (month === undefined) throw new UsageError(`${name}: expected a month such as 2019-01, got "${text}"`)
  return month
}

async function calibration(table: CsvTable, name: string, options: CalibrateOptions): Promise<Calibration> {
  const { columns, partial, months = 12 } = options
  const [since, until, start] = (['since', 'until', 'start'] as const).map((key) => monthOption(key, options[key]))
  const asked: CalibrateTableOptions = {
    ...(columns && { columns }),
    ...(since !== undefined && { since }),
    ...(until !== undefined && { until }),
    ...(partial !== undefined && { partial }),
    ...(start !== undefined && { start }),
  }
  const found = calibrateTable(table, name, asked)
  const prices = await fitPrices(found)
  return told(name, found, prices, scenarioOf(found, name, months))
}

function told(name: string, found: Calibrated, prices: PriceFit | undefined, scenario: string): Calibration {
  const { history, volume, rate, start, notes, warnings } = found
  const { base, growth, seasonality, cv, autocorrelation, innovation, outliers, shifts, last } = volume
  const figure = ({ value, se }: FittedFigure): FittedFigure => ({ value: rounded(value), se: rounded(se) })
  const dated = ({ month, ratio }: { readonly month: number; readonly ratio: number }) => ({
    month: formatMonth(month),
    ratio: rounded(ratio),
  })
  return {
    name,
    months: volume.months,
    since: formatMonth(history.start),
    until: formatMonth(history.last),
    start: formatMonth(start),
    base: rounded(base.value),
    baseSe: rounded(base.value * base.se),
    growth: figure(growth),
    seasonality: seasonality?.map(rounded) ?? null,
    cv: rounded(cv.value),
    cvRange: [rounded(cv.range[0]), rounded(cv.range[1])],
    autocorrelation: rounded(autocorrelation.value),
    autocorrelationRange: [rounded(autocorrelation.range[0]), rounded(autocorrelation.range[1])],
    innovation: rounded(innovation),
    outliers: outliers.map(dated),
    shifts: shifts.map(dated),
    last: last === undefined ? null : rounded(last),
    resolution: rate
      ? {
          rate: figure(rate.rate),
          improvement: figure(rate.improvement),
          ceiling: rate.ceiling ? figure(rate.ceiling) : null,
          noise: { sd: rounded(rate.noise.sd), autocorrelation: rounded(rate.noise.autocorrelation) },
        }
      : null,
    prices: prices ?? null,
    leastSquares: leastSquaresOf(history.start, history.conversations),
    notes,
    warnings,
    scenario,
  }
}
