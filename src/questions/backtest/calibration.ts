// Summarizes a history: fitted drivers with their errors, effective prices, and a plan to start from.
import { estimatedCorrelation } from '../../forecasting/ensemble/innovations.ts'
import {
  type Calibrated,
  type CalibratedSegment,
  calibrateSegments,
  calibrateTable,
  hasFutures,
} from '../../forecasting/calibrate.ts'
import { type WorkCalendar, workCalendar } from '../../forecasting/history/working-days.ts'
import { rounded } from '../../forecasting/fit/figures.ts'
import { type HistoryRow, historyTable } from '../../forecasting/history/rows.ts'
import { scenarioOf, segmentedScenarioOf } from '../../forecasting/scenario.ts'
import { leastSquaresOf } from '../../forecasting/fit/volume.ts'
import { UsageError } from '../../errors.ts'
import { checkOptions } from '../../options/check.ts'
import { type CalibrateOptions, calibrating } from '../../options/history.ts'
import { formatMonth, parseMonth } from '../../months.ts'
import { CsvError } from '../../notation/table/csv.ts'
import { fittedCourse, datedRatio, type MonthAhead, type PastCourse, type PastMonth } from './course.ts'
import { CATALOG_CURRENCY, fitPrices, type PriceFit } from './prices.ts'

/** A figure and its standard error. */
export interface FittedFigure {
  readonly value: number
  readonly se: number
}

export interface Calibration extends FittedHistory {
  /** Each segment of the history, fitted alone. The other figures are then those of their sum. Null if the history has no segments. */
  readonly segments: Readonly<Record<string, FittedHistory>> | null
  /**
   * How months of two segments go together: the correlation of what each month added to the months before it, shrunk toward 0. Pairs with
   * fewer than 12 common months are left out. Null if the history has no segments.
   */
  readonly together: readonly (FittedFigure & { readonly between: readonly [string, string] })[] | null
  /** A plan to start from, in YAML with comments. */
  readonly scenario: string
}

export interface FittedHistory extends PastCourse {
  readonly name: string
  /** The months of the history. Empty for small counts, which have no futures, as is the year ahead. */
  readonly past: readonly PastMonth[]
  readonly ahead: readonly MonthAhead[]
  /** How many months were used, from `since` to `until`. */
  readonly months: number
  readonly since: string
  readonly until: string
  /** The first planned month. */
  readonly start: string
  /** Whether volumes a day were fitted. `base` and `seasonality` are then for months of average length, 30.44 days. */
  readonly days: boolean
  /** Expected conversations in the month `start`, before seasonality. */
  readonly base: number
  readonly baseSe: number
  /** A fraction per year. */
  readonly growth: FittedFigure
  /** Twelve factors from January, with mean 1. Null if the history is too short to show seasons. */
  readonly seasonality: readonly number[] | null
  readonly cv: number
  /**
   * How much volumes follow working days: 1 if in proportion, and 0 if not at all. `base` and `seasonality` are then those of months with
   * average working days. Null if they were not compared.
   */
  readonly workingDays: FittedFigure | null
  readonly cvRange: readonly [number, number]
  readonly autocorrelation: number
  readonly autocorrelationRange: readonly [number, number]
  /** Standard deviation of a month's logarithm, given the month before. */
  readonly innovation: number
  /** Volume of the last month. The noise of the plan continues from it. */
  readonly last: number | null
  /** Fractions. `improvement` is per month. Null if the history has no resolutions. */
  readonly resolution: {
    readonly rate: FittedFigure
    readonly improvement: FittedFigure
    readonly noise: { readonly sd: number; readonly autocorrelation: number }
    /** Of the months' deviations of volume and rate. Null if fewer than 12 months have both. */
    readonly correlation: FittedFigure | null
  } | null
  readonly prices: PriceFit | null
  /** A plain regression on the same months, for those who check the fit elsewhere. */
  readonly leastSquares: { readonly growth: number; readonly sd: number; readonly lag1: number; readonly innovation: number }
  /** Rows that were changed or left out, and how. */
  readonly notes: readonly string[]
  readonly warnings: readonly string[]
}

/**
 * Fits drivers to a history of months or days.
 * @param history CSV text, or rows such as `{ month: '2024-01', conversations: 41200 }`
 * @param file the history as the plan names it
 * @throws UsageError for rows and options
 */
export async function calibrationOf(
  history: string | Iterable<HistoryRow>,
  options: CalibrateOptions = {},
  file?: string,
): Promise<Calibration> {
  checkOptions(options, calibrating)
  const { name = 'history.csv', months = 12, plain = false, decimal } = options
  return asUsage(async () => {
    const { since, until, start, ...rest } = options
    const table = await historyTable(history, name)
    const asked = { ...rest, ...monthsIn({ since, until, start }), ...(await calendarIn(rest)) }
    const segments = calibrateSegments(table, name, asked)
    if (segments.length === 0) {
      const found = calibrateTable(table, name, asked)
      const drawn = plain || !hasFutures(found) ? undefined : { history: historyKeys(file ?? name, options, found), decimal }
      return {
        ...fittedOf(name, found, await fitPrices(found)),
        segments: null,
        together: null,
        scenario: scenarioOf(found, name, months, drawn),
      }
    }
    const whole = calibrateTable(table, name, { ...asked, sumRows: true, start: segments[0].start })
    return {
      ...fittedOf(name, whole, await fitPrices(whole)),
      segments: Object.fromEntries(segments.map((own) => [own.name, fittedOf(own.name, own)])),
      together: togetherOf(segments),
      scenario: segmentedScenarioOf(segments, name, months, (own) =>
        plain || !hasFutures(own) || own.start !== own.history.last + 1
          ? undefined
          : { history: { ...historyKeys(file ?? name, options, own), segment: own.cell }, decimal },
      ),
    }
  })
}

const togetherOf = (segments: readonly CalibratedSegment[]): Calibration['together'] =>
  segments.flatMap((a, k) =>
    segments.slice(k + 1).flatMap((b) => {
      const found = estimatedCorrelation(a.volume.innovations ?? [], b.volume.innovations ?? [])
      return found ? [{ between: [a.name, b.name] as const, value: rounded(found.value), se: rounded(found.se) }] : []
    }),
  )

/** The settings of a fit, as a plan states them. The last month is stated too, so that new rows do not change the plan. */
function historyKeys(
  file: string,
  { columns, sumRows, days, workingDays, since, partial }: CalibrateOptions,
  { history }: Calibrated,
): Readonly<Record<string, unknown>> {
  return {
    file,
    ...(columns && Object.keys(columns).length > 0 && { columns }),
    ...(sumRows && { sumRows }),
    ...(days === false && { days }),
    ...(workingDays !== undefined && { workingDays }),
    ...(since !== undefined && { since }),
    until: formatMonth(history.last),
    ...(partial && { partial }),
  }
}

/** The calendar of the working days that options name. */
export const calendarIn = async ({
  workingDays,
}: Pick<CalibrateOptions, 'workingDays'>): Promise<{ readonly calendar?: WorkCalendar }> =>
  workingDays === undefined ? {} : { calendar: await workCalendar(workingDays) }

/** Faults of a table are faults of the call, because the table is its argument. */
export async function asUsage<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw error instanceof CsvError ? new UsageError(`history: expected ${error.message}`) : error
  }
}

/** Reads options that are months. `checkOptions` has refused texts that are not. */
export function monthsIn<K extends string>(options: Readonly<Record<K, string | undefined>>): Partial<Record<K, number>> {
  const months = Object.entries<string | undefined>(options).map(
    ([key, text]) => [key, text === undefined ? text : parseMonth(text)] as const,
  )
  return Object.fromEntries(months.filter(([, month]) => month !== undefined)) as Partial<Record<K, number>>
}

function coursesOf(found: Calibrated): Pick<FittedHistory, 'past' | 'ahead'> {
  const { past, start } = found
  if (!hasFutures(found)) return { past: [], ahead: [] }
  return fittedCourse(past, start)
}

function fittedOf(name: string, found: Calibrated, prices?: PriceFit): FittedHistory {
  const { history, volume, rate, drivers, start, notes, warnings } = found
  const { base, growth, seasonality, elasticity, cv, autocorrelation, innovation, outliers, shifts, last } = volume
  const figure = ({ value, se }: FittedFigure): FittedFigure => ({ value: rounded(value), se: rounded(se) })
  return {
    ...{ name, ...coursesOf(found) },
    months: volume.months,
    since: formatMonth(history.start),
    until: formatMonth(history.last),
    start: formatMonth(start),
    days: volume.days === true,
    base: rounded(base.value),
    baseSe: rounded(base.value * base.se),
    growth: figure(growth),
    seasonality: seasonality?.map(rounded) ?? null,
    workingDays: elasticity ? figure(elasticity) : null,
    cv: rounded(cv.value),
    cvRange: [rounded(cv.range[0]), rounded(cv.range[1])],
    autocorrelation: rounded(autocorrelation.value),
    autocorrelationRange: [rounded(autocorrelation.range[0]), rounded(autocorrelation.range[1])],
    innovation: rounded(innovation),
    outliers: outliers.map(datedRatio),
    shifts: shifts.map(datedRatio),
    last: last === undefined ? null : rounded(last),
    resolution: rate
      ? {
          rate: figure(rate.rate),
          improvement: figure(rate.improvement),
          noise: { sd: rounded(rate.noise.sd), autocorrelation: rounded(rate.noise.autocorrelation) },
          correlation: drivers.together ? figure(drivers.together) : null,
        }
      : null,
    prices: prices ?? null,
    leastSquares: leastSquaresOf(history.start, history.conversations),
    notes,
    warnings: [
      ...warnings,
      ...(prices && prices.currency !== CATALOG_CURRENCY
        ? [
            `The invoices are in ${prices.currency} and the prices of the catalog in ${CATALOG_CURRENCY}, so no contract is compared with them.`,
          ]
        : []),
    ],
  }
}
