import { ParameterError } from '../../errors.ts'
import { exp, log, log1p, logistic } from '../kernel/math.ts'
import { distribution, positive } from './distribution.ts'
import { normalCdf, normalQuantile } from './special/normal.ts'

/** Doubles cannot hold the squares of shares closer to 0 than e^−350. */
const FARTHEST = 300

/**
 * A share whose log-odds are normal: the meaning of `60% to 70%`. Location and scale are those of the log-odds.
 * The moments have no closed form. The trapezoidal rule on a smooth, decaying integrand converges geometrically
 * (Trefethen & Weideman 2014, SIAM Review 56).
 */
export const logitNormalDistribution = distribution({
  name: 'logitNormal',
  order: 30,
  parameters: { location: 'logOdds', scale: 'logOdds' },
  about: 'a share whose log-odds are normal: location and scale are pure numbers on the log-odds scale',
  make({ location, scale }) {
    if (!(Math.abs(location) <= FARTHEST)) throw new ParameterError('location', `log-odds between ±${FARTHEST}`, location)
    positive('scale', scale)
    // The rarer side has the digits, and the distribution of 1 − X is the mirror image.
    const [mean, sd] = scale <= WIDE ? byScores(-Math.abs(location), scale) : byOdds(-Math.abs(location), scale)
    const odds = (x: number) => (log(x) - log1p(-x) - location) / scale
    return {
      name: 'logitNormal',
      mean: location > 0 ? 1 - mean : mean,
      sd,
      support: [0, 1],
      kinks: [],
      quantile: (p, q) => logistic(location + scale * normalQuantile(p, q)),
      cdf: (x) => (x <= 0 ? 0 : x >= 1 ? 1 : normalCdf(odds(x))),
      survival: (x) => (x <= 0 ? 1 : x >= 1 ? 0 : normalCdf(-odds(x))),
    }
  },
})

/** The integrand has poles at ±iπ/scale from the normal score. Up to this scale they do not disturb steps of 1/40. */
const WIDE = 10

function byScores(location: number, scale: number): readonly [number, number] {
  const last = Math.ceil(40 * (10 + 2 * scale)) // the square's weight is largest at a score of up to 2 · scale
  const average = (f: (share: number) => number) => {
    let [weight, sum] = [0, 0]
    for (let k = -400; k <= last; k++) {
      const z = k / 40
      const w = exp(-0.5 * z * z)
      weight += w
      sum += w * f(logistic(location + scale * z))
    }
    return sum / weight
  }
  const mean = average((share) => share)
  return [mean, Math.sqrt(average((share) => (share - mean) * (share - mean)))]
}

/** E[g(X)] = ∫ g′ P(X > l) over the log-odds l, for g = share and its square: the normal distribution is the smooth part here. */
function byOdds(location: number, scale: number): readonly [number, number] {
  const step = 0.25
  let [first, second] = [0, 0]
  for (let l = location - 45; l <= 45; l += step) {
    const share = logistic(l)
    const weight = share * logistic(-l) * normalCdf((location - l) / scale)
    first += step * weight
    second += step * 2 * share * weight
  }
  return [first, Math.sqrt(second - first * first)]
}
