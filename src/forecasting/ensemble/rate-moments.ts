// Mean and covariance of the rates of the months ahead, from an ensemble of their log-odds.
import { logistic } from '../../numerics/kernel/math.ts'
import { type Ensemble, varianceIn } from './ensemble.ts'
import { type AheadMoments, aheadMoments } from './moments.ts'

/** Gauss and Hermite's rule with 7 nodes for the standard normal distribution (Abramowitz and Stegun, table 25.10, scaled). */
const NODES = [0, 1.1544053947399682, 2.3667594107345411, 3.7504397177257425]
const WEIGHTS = [0.45714285714285713, 0.2401231786050127, 0.030757123967586519, 0.00054826885597221702]

/** Means are exact for each month. The correlations of months are those of their log-odds. */
export function rateMoments(ensemble: Ensemble): AheadMoments {
  const { members, months } = ensemble
  const { covariance: odds } = aheadMoments(ensemble)
  const [mean, squares] = [new Float64Array(months), new Float64Array(months)]
  for (const member of members) {
    const { weight, mean: own } = member
    for (let f = 0; f < months; f++) {
      const sd = Math.sqrt(varianceIn(member, months, f))
      for (let k = 0; k < NODES.length; k++)
        for (const sign of k === 0 ? [1] : [-1, 1]) {
          const rate = logistic(own[f] + sign * sd * NODES[k])
          mean[f] += weight * WEIGHTS[k] * rate
          squares[f] += weight * WEIGHTS[k] * rate * rate
        }
    }
  }
  const scale = mean.map((value, f) => Math.sqrt(Math.max(0, squares[f] - value * value) / odds[f * months + f]))
  const covariance = odds.map((value, k) => value * scale[Math.floor(k / months)] * scale[k % months])
  return { mean, covariance }
}
