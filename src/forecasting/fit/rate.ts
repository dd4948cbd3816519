// Fits resolution rates by the ensemble of their log-odds, and states its forecast in the fields of a plan.
import { formatMonth } from '../../months.ts'
import { formatShare } from '../../notation/money.ts'
import type { Innovation } from '../ensemble/innovations.ts'
import { type Counts, fitRates, ratedMonths } from '../ensemble/rates.ts'
import { rateMoments } from '../ensemble/rate-moments.ts'
import { fieldsOf } from './project-fields.ts'

export interface RateFit {
  readonly months: number
  /** In the first planned month, as a fraction like all figures below. */
  readonly rate: { readonly value: number; readonly se: number }
  /** Per month. */
  readonly improvement: { readonly value: number; readonly se: number }
  /** Between the estimates of rate and improvement. */
  readonly correlation: number
  /** Beyond binomial variation. */
  readonly noise: { readonly sd: number; readonly autocorrelation: number }
  readonly innovations: readonly Innovation[]
  readonly warnings: readonly string[]
}

const FEWEST = 6
const YEAR = 12
/** The months from the first one to each month of the year, added up. */
const MONTHS_BETWEEN = (YEAR * (YEAR - 1)) / 2

/** @param start the first planned month */
export function fitRate(counts: Counts, start: number): RateFit | undefined {
  const { first, conversations, resolutions } = counts
  const { places, early } = ratedMonths(counts)
  if (places.length < FEWEST) return undefined
  const ensemble = fitRates(counts, YEAR, start - first - conversations.length)
  const moments = rateMoments(ensemble)
  const found = fieldsOf(moments, { season: new Float64Array(YEAR), weights: new Float64Array(YEAR).fill(1) })
  const { levelVariance, growthVariance, covariance, noiseVariance, phi } = found
  // The first month and the mean of the year are those of the ensemble.
  const next = moments.mean[0]
  const rise = moments.mean.reduce((sum, value) => sum + value - next, 0) / MONTHS_BETWEEN
  const rateIn = (place: number) => formatShare(resolutions[place] / conversations[place])
  return {
    months: places.length,
    rate: { value: next, se: Math.sqrt(levelVariance) },
    improvement: { value: rise, se: Math.sqrt(growthVariance) / YEAR },
    correlation: levelVariance > 0 && growthVariance > 0 ? covariance / Math.sqrt(levelVariance * growthVariance) : 0,
    noise: { sd: Math.sqrt(noiseVariance), autocorrelation: phi },
    innovations: ensemble.innovations,
    warnings: [
      ...(early > 0
        ? [
            `the ${early === 1 ? 'month' : `${early} months`} before ${formatMonth(first + places[0])} had no resolutions, so the AI was not live yet and the rate is that of the months since`,
          ]
        : []),
      ...ensemble.left.map(
        (place) =>
          `the resolution rate of ${formatMonth(first + place)}, ${rateIn(place)}, does not fit the other months, and the fit of the rate leaves it out`,
      ),
    ],
  }
}
