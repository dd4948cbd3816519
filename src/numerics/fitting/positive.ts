// Families of amounts above 0, and of shares.
import { logBeta } from '../distributions/special/beta.ts'
import { log1pMinus } from '../distributions/special/deviance.ts'
import { digamma, trigamma } from '../distributions/special/digamma.ts'
import { exp, log, log1p } from '../kernel/math.ts'
import { ascend } from './ascend.ts'
import { type Family, Unfit } from './family.ts'
import { meanOf, centerOf } from './sample.ts'

export const exponentialFit: Family = {
  holds: 'at least 0',
  fit: ({ mean }) => ({ distribution: 'exponential', mean }),
}

/** Newton's steps on 1 / shape: Minka (2002), "Estimating a Gamma distribution". */
export const gammaFit: Family = {
  holds: 'above 0',
  fit({ values, mean }) {
    // ln of the mean minus the mean of the logarithms, without cancellation
    const gap = -meanOf(values, (x) => log1pMinus((x - mean) / mean))
    let shape = (3 - gap + Math.sqrt((gap - 3) * (gap - 3) + 24 * gap)) / (12 * gap)
    for (let step = 0; step < 100; step++) {
      const slope = log(shape) - digamma(shape) - gap
      const next = 1 / (1 / shape + slope / (shape * shape * (1 / shape - trigamma(shape))))
      const done = Math.abs(next - shape) <= 1e-14 * shape
      shape = next > 0 ? next : shape / 2
      if (done) break
    }
    return { distribution: 'gamma', shape, scale: mean / shape }
  },
}

/** The shape is the only root of a rising function (Johnson, Kotz & Balakrishnan 1994, equation 21.62), by Newton's steps. */
export const weibullFit: Family = {
  holds: 'above 0',
  fit({ values, max, count }) {
    const logs = values.map((x) => log(x / max))
    const { mean, sd } = centerOf(logs)
    let shape = 1.28 / sd // π / √6: the logarithm of a Weibull value has a Gumbel distribution
    let sum = 0
    for (let step = 0; step < 200; step++) {
      let [first, second] = [0, 0]
      sum = 0
      for (const l of logs) {
        const w = exp(shape * l)
        sum += w
        first += w * l
        second += w * l * l
      }
      const value = first / sum - 1 / shape - mean
      const slope = second / sum - (first / sum) * (first / sum) + 1 / (shape * shape)
      const next = shape - value / slope
      const done = Math.abs(next - shape) <= 1e-14 * shape
      shape = next > 0 ? next : shape / 2
      if (done) break
    }
    return { distribution: 'weibull', shape, scale: max * exp(log(sum / count) / shape) }
  },
}

/** The smallest value is the end, and the shape is one divided by the mean of ln(x / min). */
export const paretoFitting: Family = {
  holds: 'above 0',
  ends: true,
  fit({ values, min }) {
    const shape = 1 / meanOf(values, (x) => log(x / min))
    if (shape > 2) return { distribution: 'pareto', shape, min }
    return new Unfit(`its shape would be ${Number(shape.toPrecision(3))}, and from 2 down the variance is infinite`)
  },
}

/** The likelihood is concave in both parameters (an exponential family). Newton's steps start from the moments. */
export const betaFit: Family = {
  holds: 'between 0 and 1',
  fit({ values, mean, sd }) {
    const [low, high] = [meanOf(values, (x) => log(x)), meanOf(values, (x) => log1p(-x))]
    const size = Math.max(0.1, (mean * (1 - mean)) / (sd * sd) - 1)
    const found = ascend(
      ([alpha, beta]) => {
        if (!(alpha > 0 && beta > 0)) return undefined
        const [whole, both] = [digamma(alpha + beta), trigamma(alpha + beta)]
        return {
          value: (alpha - 1) * low + (beta - 1) * high - logBeta(alpha, beta),
          gradient: [low - digamma(alpha) + whole, high - digamma(beta) + whole],
          bend: [
            [both - trigamma(alpha), both],
            [both, both - trigamma(beta)],
          ],
        }
      },
      [mean * size, (1 - mean) * size],
    )
    if (!found) return new Unfit('the likelihood has no top')
    return { distribution: 'beta', alpha: found[0], beta: found[1] }
  },
}
