// Shows how far to trust fitted drivers. At every past month, the fit sees only what was known then. Its forecast is compared with the
// actual volumes and with two simpler forecasts.
import { type History, readHistory } from '../../forecasting/history/history.ts'
import { type HistoryRow, historyTable } from '../../forecasting/history/rows.ts'
import type { WorkCalendar } from '../../forecasting/history/working-days.ts'
import { fitRate } from '../../forecasting/fit/rate.ts'
import { shiftsOf } from '../../forecasting/fit/shifts.ts'
import { type Pace, paced } from '../../pace.ts'
import { UsageError } from '../../errors.ts'
import { log } from '../../numerics/kernel/math.ts'
import { formatMonth } from '../../months.ts'
import { NEEDS } from './baselines.ts'
import { checkOptions } from '../../options/check.ts'
import { type BacktestOptions, backtesting } from '../../options/history.ts'
import { asUsage, calendarIn, monthsIn } from './calibration.ts'
import {
  type Case,
  forecastCases,
  type ForecastQuantity,
  type ScoredQuantity,
  scoredQuantity,
  type ScoredYear,
  scoredYears,
  withoutGaps,
} from './cases.ts'
import { forecastFrom } from './forecast.ts'
import { CATALOG_CURRENCY, type ContractAlike, contractAlike } from './prices.ts'
import { type RateBacktest, type RateCase, rateCases, scoredRates } from './rates.ts'
import { quantityWords, rateWords, volumeWords } from './words.ts'

/** The bill of a catalog contract: the named one, or the one whose bills before the first start were most like the invoices. */
export interface BillBacktest extends ScoredQuantity {
  readonly contract: ContractAlike
}

/** The conversations, and what follows from them. */
export interface Backtest extends ScoredQuantity {
  readonly name: string
  readonly horizon: number
  readonly since: string
  /** The first month of each forecast. */
  readonly origins: readonly string[]
  readonly trials: number
  /** The sums by the year in which they begin. A break in the history shows here. */
  readonly years: readonly ScoredYear[]
  /** Null if the history has none that can be compared. */
  readonly resolutions: ScoredQuantity | null
  /** Null if the history has no invoices in the currency of the catalog, before the first start and after it. */
  readonly bill: BillBacktest | null
  /** The resolution rate. Null if the history has none that can be compared. */
  readonly rate: RateBacktest | null
  readonly shifts: readonly { readonly month: string; readonly ratio: number }[]
  readonly cases: readonly Case[]
  readonly notes: readonly string[]
  readonly words: readonly string[]
}

/**
 * Fits, simulates and compares at every past month of a history.
 * @param history CSV text, or rows such as `{ month: '2024-01', conversations: 41200 }`
 * @throws UsageError for rows and options, and for a history that is too short
 */
export async function backtestOf(history: string | Iterable<HistoryRow>, options: BacktestOptions = {}): Promise<Backtest> {
  checkOptions(options, backtesting)
  const { name = 'history.csv' } = options
  return asUsage(async () => {
    const table = await historyTable(history, name)
    const { since, until, from, ...rest } = options
    const months = monthsIn({ since, until, from })
    const known = readHistory(table, name, { ...rest, ...months })
    const settings = { ...rest, ...(await calendarIn(rest)) }
    return paced(options, (pace) => backtestFrom(known, name, months, settings, pace))
  })
}

async function backtestFrom(
  history: History,
  name: string,
  months: Partial<Record<'since' | 'from', number>>,
  options: BacktestOptions & { readonly calendar?: WorkCalendar },
  pace: Pace,
): Promise<Backtest> {
  const { horizon = 12, trials = 4_096, seed = 'backtest' } = options
  const since = Math.max(history.start, months.since ?? history.start)
  const volumes = history.conversations.slice(since - history.start)
  const from = months.from ?? since + NEEDS
  const end = since + volumes.length
  if (from < since + NEEDS)
    throw new UsageError(
      `from: expected ${formatMonth(since + NEEDS)} or later, since a forecast needs the ${NEEDS} months before it, got ${formatMonth(from)}`,
    )
  if (from + horizon > end)
    throw new UsageError(
      `a backtest needs ${NEEDS} months to learn from and ${horizon} months to compare with: expected at least ${from + horizon - since} months since ${formatMonth(since)}, got ${volumes.length}`,
    )
  const origins = Array.from({ length: end - horizon - from + 1 }, (_, k) => from + k)
  const part = (values: readonly number[] | undefined) => values?.slice(since - history.start)
  const [resolutions, invoices] = [part(history.resolutions), part(history.invoices)]
  const contract = await contractBefore(history, since, from, options.offer)
  const actual = new Map<ForecastQuantity, readonly number[]>([
    ['conversations', volumes],
    ...(resolutions ? [['resolutions', resolutions] as const] : []),
    ...(contract && invoices ? [['bill', invoices] as const] : []),
  ])
  const cases: Case[] = []
  const rates: RateCase[] = []
  pace.expect(origins.length)
  for (const origin of origins) {
    const known = origin - since
    const before = { first: since, conversations: volumes.slice(0, known) }
    const rate = resolutions && fitRate({ ...before, resolutions: resolutions.slice(0, known) }, origin)
    const asked = { ...before, rate, days: options.days !== false, calendar: options.calendar, contract }
    const forecast = await pace.through(await forecastFrom(asked, { horizon, trials, seed: `${seed}` }), 0)
    for (const [of, columns] of forecast) {
      const values = actual.get(of)
      // The simple forecasts need two years that are known.
      if (values === undefined || values.slice(0, known).filter((value) => value > 0).length < NEEDS) continue
      const filled = withoutGaps(values.slice(0, known))
      cases.push(...(await pace.through(forecastCases(of, origin, columns, values.slice(known, known + horizon), filled))))
    }
    if (rate) rates.push(...rateCases(rate, history, since, origin, horizon))
    await pace.did(1)
  }
  const found = { ...scoredFrom(cases, scoredRates(rates, horizon) ?? null, contract, horizon), shifts: shiftsIn(volumes, since) }
  return {
    name,
    horizon,
    since: formatMonth(since),
    origins: origins.map(formatMonth),
    trials,
    ...found,
    cases,
    notes: [history.read, ...history.notes],
    words: allWords(found, cases, horizon),
  }
}

function scoredFrom(
  cases: readonly Case[],
  rate: RateBacktest | null,
  contract: ContractAlike | undefined,
  horizon: number,
): Pick<Backtest, 'annual' | 'months' | 'years' | 'resolutions' | 'rate' | 'bill'> {
  const own = (of: ForecastQuantity) => cases.filter((one) => one.of === of)
  const scoredOf = (of: ForecastQuantity) => (own(of).some(({ ahead }) => ahead === 0) ? scoredQuantity(own(of), horizon) : null)
  const summary = { ...scoredQuantity(own('conversations'), horizon), years: scoredYears(own('conversations')) }
  const billed = scoredOf('bill')
  return {
    ...summary,
    resolutions: scoredOf('resolutions'),
    rate,
    bill: billed && contract ? { ...billed, contract } : null,
  }
}

function allWords(
  {
    resolutions,
    bill,
    rate,
    shifts,
    ...summary
  }: Pick<Backtest, 'annual' | 'months' | 'years' | 'resolutions' | 'bill' | 'rate' | 'shifts'>,
  cases: readonly Case[],
  horizon: number,
): string[] {
  const starts = (of: ForecastQuantity) => cases.filter((one) => one.of === of && one.ahead === 0).length
  return [
    ...volumeWords(horizon, summary, shifts),
    ...(resolutions ? quantityWords(`resolutions of ${horizon} months`, resolutions.annual, starts('resolutions'), horizon) : []),
    ...(rate ? rateWords(horizon, rate) : []),
    ...(bill ? quantityWords(`the bill of ${bill.contract.offer} of ${horizon} months`, bill.annual, starts('bill'), horizon) : []),
  ]
}

/** The named contract, or the one that the invoices before the first start look like, so that no forecast knows what came later. */
async function contractBefore(
  history: History,
  since: number,
  from: number,
  offer: string | undefined,
): Promise<ContractAlike | undefined> {
  const { start, conversations, resolutions, invoices, currency = CATALOG_CURRENCY } = history
  if (offer === undefined && (!invoices || currency !== CATALOG_CURRENCY)) return undefined
  const billed = currency === CATALOG_CURRENCY ? (invoices ?? []) : []
  const isKnown = (k: number) => conversations[k] > 0 && billed[k] > 0 && (!resolutions || resolutions[k] >= 0)
  let first = from - start
  while (first > since - start && isKnown(first - 1)) first--
  const part = <T extends readonly number[] | undefined>(values: T) => values?.slice(first, from - start) ?? []
  const before = {
    start: start + first,
    conversations: part(conversations),
    resolutions: resolutions && part(resolutions),
    invoices: part(billed),
  }
  return contractAlike(before, offer)
}

function shiftsIn(volumes: readonly number[], since: number): Backtest['shifts'] {
  const known = volumes.flatMap((value, k) => (value > 0 ? [k] : []))
  const logs = Float64Array.from(known, (k) => log(volumes[k]))
  return shiftsOf(since, known, logs).map(({ month, ratio }) => ({ month: formatMonth(month), ratio }))
}
