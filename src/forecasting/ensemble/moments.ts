// Mean and covariance of the logarithms of the months ahead, over all members.
import { dot } from './dense.ts'
import type { Ensemble } from './ensemble.ts'
import { COLUMNS, regressorsAt, SLOPE } from './project.ts'

export interface AheadMoments {
  readonly mean: Float64Array
  /** Row by row. */
  readonly covariance: Float64Array
}

/**
 * A Student t is wider than the normal distribution of the same factor. This factor of its variance gives the normal distribution that
 * is as wide between the 10% and 90%, and nearly as wide between the 2.5% and 97.5% quantiles (Cornish and Fisher's first term).
 */
const widened = (freedom: number): number => {
  const more = 1 + 0.75 / freedom
  return more * more
}

/** Rare breaks of the level are no noise. They make the normal distribution as wide as a t with this many degrees of freedom. */
const HEAVIEST = 6

/** Of the futures without a break. */
export function aheadMoments(ensemble: Ensemble): AheadMoments {
  const { months } = ensemble
  const calm = ensemble.members.filter(({ breaks }) => !breaks)
  const total = calm.reduce((sum, { weight }) => sum + weight, 0)
  const members = calm.map((member) => ({ ...member, weight: member.weight / total }))
  const mean = new Float64Array(months)
  for (const { weight, mean: own } of members) for (let f = 0; f < months; f++) mean[f] += weight * own[f]
  const covariance = new Float64Array(months * months)
  for (const { weight, mean: own, factor, freedom } of members) {
    const wide = widened(Math.min(freedom, HEAVIEST))
    for (let f = 0; f < months; f++)
      for (let g = 0; g <= f; g++) {
        const within = dot(factor, f * months, factor, g * months, g + 1)
        covariance[f * months + g] += weight * (wide * within + (own[f] - mean[f]) * (own[g] - mean[g]))
      }
  }
  for (let f = 0; f < months; f++) for (let g = f + 1; g < months; g++) covariance[f * months + g] = covariance[g * months + f]
  return { mean, covariance }
}

/** The expected effects of the calendar months from January, with mean 0, on the logarithm. */
export function seasonOf({ members }: Ensemble): Float64Array {
  const row = new Float64Array(COLUMNS)
  return Float64Array.from({ length: 12 }, (_, month) => {
    regressorsAt(0, 0, month, row, 0)
    return members.reduce((sum, { weight, coefficients }) => {
      let effect = 0
      for (let k = 0; k < SLOPE; k++) effect += row[k] * coefficients[k]
      return sum + weight * effect
    }, 0)
  })
}
