// Compares past forecasts of the resolution rate with the rates that came, and with two simpler forecasts.
import type { RateFit } from '../../forecasting/fit/rate.ts'
import type { History } from '../../forecasting/history/history.ts'
import { P90_SCORE } from '../../numerics/distributions/special/normal.ts'
import { pow } from '../../numerics/kernel/math.ts'
import { growthNaive } from './baselines.ts'
import { errorOfMean } from './scores.ts'

/** Mean distances of the forecast from the actual rate, as fractions. */
export interface RateErrors {
  readonly model: number
  /** Of repeating the last month. */
  readonly last: number
  /** Of the rate of the last twelve months. */
  readonly flat: number
  /** Of last year's rates times last year's growth. */
  readonly growthNaive: number
}

export interface RateScored {
  /** The share of actual rates inside their 80% interval. */
  readonly coverage: number
  readonly errors: RateErrors
}

export interface RateBacktest extends RateScored {
  readonly starts: number
  /** Standard error of `coverage`, which allows for the months that starts share. */
  readonly coverageError: number
  /** Standard errors of `errors` of the whole, of the same kind. */
  readonly errorsOfErrors: RateErrors
  readonly months: readonly (RateScored & { readonly ahead: number })[]
}

export interface RateCase {
  /** 0 for the whole. */
  readonly ahead: number
  readonly covered: number
  readonly errors: RateErrors
}

const YEAR = 12

/**
 * Forecasts the rate from one start. Empty if a month after it has no rate.
 * @param fit of the months before the start
 * @param since the first month of the fit
 * @param origin the first month of the forecast
 */
export function rateCases(
  fit: RateFit,
  { start, conversations, resolutions }: History,
  since: number,
  origin: number,
  horizon: number,
): RateCase[] {
  if (resolutions === undefined) return []
  const part = (from: number, end: number): Counts => ({
    c: conversations.slice(from - start, end - start),
    r: resolutions.slice(from - start, end - start),
  })
  return casesOf(fit, part(since, origin), part(origin, origin + horizon))
}

export function scoredRates(cases: readonly RateCase[], horizon: number): RateBacktest | undefined {
  const whole = cases.filter(({ ahead }) => ahead === 0)
  if (whole.length === 0) return undefined
  return {
    starts: whole.length,
    ...scored(whole),
    coverageError: errorOfMean(
      whole.map(({ covered }) => covered),
      horizon - 1,
    ),
    errorsOfErrors: errorsOver((value) =>
      errorOfMean(
        whole.map(({ errors }) => value(errors)),
        horizon - 1,
      ),
    ),
    months: Array.from({ length: horizon }, (_, h) => ({
      ahead: h + 1,
      ...scored(cases.filter(({ ahead }) => ahead === h + 1)),
    })),
  }
}

interface Counts {
  readonly c: readonly number[]
  readonly r: readonly number[]
}

const isRated = ({ c, r }: Counts, k: number): boolean => c[k] > 0 && r[k] >= 0

function rateOver(counts: Counts, places: readonly number[]): number {
  const sum = (values: readonly number[]) => places.reduce((total, k) => total + values[k], 0)
  return sum(counts.r) / sum(counts.c)
}

/** The forecasts of one start. Empty if a month to compare with has no rate. */
function casesOf(fit: RateFit, before: Counts, after: Counts): RateCase[] {
  const all = after.c.map((_, h) => h)
  if (!all.every((h) => isRated(after, h))) return []
  const known = before.c.flatMap((_, k) => (isRated(before, k) ? [k] : []))
  const last = rateOver(before, known.slice(-1))
  const flat = rateOver(before, known.slice(-YEAR))
  const naive = grownRates(before, known, all.length)
  const caseOf = (ahead: number, months: readonly number[]): RateCase => {
    const actual = rateOver(after, months)
    const { mean, sd } = forecastOver(fit, after.c, months)
    return {
      ahead,
      covered: Math.abs(actual - mean) <= P90_SCORE * sd ? 1 : 0,
      errors: {
        model: Math.abs(mean - actual),
        last: Math.abs(last - actual),
        flat: Math.abs(flat - actual),
        growthNaive: Math.abs(naive(months) - actual),
      },
    }
  }
  return [caseOf(0, all), ...all.map((h) => caseOf(h + 1, [h]))]
}

/**
 * Last year's rates times last year's growth, at most 100%. A month without a rate repeats the one before. Like the forecast, the mean of a
 * year knows no volumes to come.
 * @param known places of the months with a rate
 */
function grownRates(before: Counts, known: readonly number[], horizon: number): (months: readonly number[]) => number {
  const rates = before.c.map((_, k) => rateOver(before, [known.findLast((place) => place <= k) ?? known[0]]))
  const ahead = growthNaive(rates, horizon).map((rate) => (rate >= 0 ? Math.min(1, rate) : rates[rates.length - 1]))
  return (months) => months.reduce((sum, h) => sum + ahead[h], 0) / months.length
}

/** The rate over some months as the fields of a plan have it, with the chance of counting that many conversations. */
function forecastOver({ rate, improvement, correlation, noise }: RateFit, c: readonly number[], months: readonly number[]) {
  const total = months.reduce((sum, h) => sum + c[h], 0)
  const later = months.reduce((sum, h) => sum + h * c[h], 0) / total
  const mean = Math.min(1, Math.max(0, rate.value + later * improvement.value))
  const [a, b] = [rate.se, later * improvement.se]
  let noisy = 0
  for (const h of months)
    for (const other of months) noisy += (c[h] / total) * (c[other] / total) * pow(noise.autocorrelation, Math.abs(h - other))
  const variance = a * a + b * b + 2 * correlation * a * b + noisy * noise.sd * noise.sd + (mean * (1 - mean)) / total
  return { mean, sd: Math.sqrt(variance) }
}

function scored(cases: readonly RateCase[]): RateScored {
  const over = (value: (one: RateCase) => number) => cases.reduce((sum, one) => sum + value(one), 0) / cases.length
  return {
    coverage: over(({ covered }) => covered),
    errors: errorsOver((value) => over(({ errors }) => value(errors))),
  }
}

const errorsOver = (of: (value: (errors: RateErrors) => number) => number): RateErrors => ({
  model: of(({ model }) => model),
  last: of(({ last }) => last),
  flat: of(({ flat }) => flat),
  growthNaive: of(({ growthNaive }) => growthNaive),
})
