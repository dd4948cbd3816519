// The verdicts of a backtest in words. Each weighs its own standard error.
import { formatShare } from '../../notation/money.ts'
import type { Backtest } from './backtest.ts'
import type { Gain, ScoredQuantity } from './cases.ts'
import type { RateBacktest } from './rates.ts'

/** Coverage within this distance of 80% is slightly off, unless its own error explains it. */
const NEAR = 0.12

/** With fewer independent starts, the error that the starts themselves show is too small. */
const FEW = 3

/** Coverage is only called wrong if it is two standard errors from 80%. A sample in which all or none are covered has no spread of its own. */
function verdictOn(coverage: number, error: number, starts: number, horizon: number): string {
  const independent = Math.max(1, starts / horizon)
  const least = independent < FEW || coverage === 0 || coverage === 1 ? Math.sqrt((0.8 * 0.2) / independent) : 0
  const miss = coverage - 0.8
  if (Math.abs(miss) <= 2 * Math.max(error, least)) return 'not shown to be wrong'
  return `${Math.abs(miss) <= NEAR ? 'slightly' : 'clearly'} too ${miss < 0 ? 'narrow' : 'wide'}`
}

const percent = (value: number): string => formatShare(value, 0)

const coverageWords = (
  of: string,
  actual: 'value' | 'rate',
  [coverage, error]: readonly [number, number],
  starts: number,
  horizon: number,
): string =>
  `The 80% intervals for ${of} are ${verdictOn(coverage, error, starts, horizon)}: they covered the actual ${actual} in ${percent(coverage)} ± ${percent(error)} of ${starts} past forecasts.`

export function rateWords(
  horizon: number,
  { starts, coverage, coverageError, errors, errorsOfErrors: se }: RateBacktest,
): string[] {
  const points = (of: 'model' | 'last' | 'flat' | 'growthNaive') =>
    `${(100 * errors[of]).toFixed(1)} ± ${(100 * se[of]).toFixed(1)} points`
  return [
    coverageWords(`the resolution rate of ${horizon} months`, 'rate', [coverage, coverageError], starts, horizon),
    `The forecast of the rate missed by ${points('model')} on average, the last month by ${points('last')}, the mean of the last 12 months by ${points('flat')}, and last year's rates times last year's growth by ${points('growthNaive')}.`,
  ]
}

const comparedWith = ({ growthNaive, flat }: ScoredQuantity['annual']['gains']): string =>
  `The forecast error (CRPS) is ${gainWords(growthNaive)} with last year's months times last year's growth, and ${gainWords(flat)} with the mean of the last 12 months.`

/** A gain below two standard errors may be chance. */
function gainWords({ value, se }: Gain): string {
  const chance = Math.abs(value) > 2 * se ? '' : ', which may be chance,'
  return `${percent(Math.abs(value))} ± ${percent(se)} ${value >= 0 ? 'smaller' : 'larger'}${chance} than`
}

/** @param of what is forecast, such as `resolutions of 12 months` */
export function quantityWords(
  of: string,
  { coverage, errors, gains }: ScoredQuantity['annual'],
  starts: number,
  horizon: number,
): string[] {
  return [coverageWords(of, 'value', [coverage['80'], errors.coverage['80']], starts, horizon), comparedWith(gains)]
}

export function volumeWords(
  horizon: number,
  { annual, years }: Pick<Backtest, 'annual' | 'years'>,
  shifts: Backtest['shifts'],
): string[] {
  const starts = years.reduce((sum, year) => sum + year.starts, 0)
  const total = horizon === 12 ? 'the annual total' : `the total of ${horizon} months`
  const missed = years.filter(({ coverage: own }) => own['80'] < 0.5)
  return [
    ...quantityWords(total, annual, starts, horizon),
    `Forecasts that follow each other share most of their months: ${starts} of them are worth about ${Math.max(1, Math.round(starts / horizon))} independent ones.`,
    ...missed.map(
      ({ year, starts: own, coverage: share, meanErrorShare }) =>
        `In the ${own === 1 ? 'forecast that starts' : `${own} forecasts that start`} in ${year}, the 80% intervals covered only ${percent(share['80'])}: forecasts were ${percent(Math.abs(meanErrorShare))} too ${meanErrorShare < 0 ? 'low' : 'high'} on average.`,
    ),
    ...shifts.map(
      ({ month, ratio }) =>
        `From ${month}, volumes are ${percent(Math.abs(ratio - 1))} ${ratio > 1 ? 'higher' : 'lower'} than the earlier level and trend. A history cannot predict such a change.`,
    ),
  ]
}
