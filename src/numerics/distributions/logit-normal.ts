import { ParameterError } from '../../errors.ts'
import { log, log1p, logistic, logit } from '../kernel/math.ts'
import { distribution, positive } from './distribution.ts'
import { knownMoments } from './special/logit-normal.ts'
import { logNormalDensity, normalCdf, normalQuantile } from './special/normal.ts'

/** Doubles cannot hold the squares of shares closer to 0 than e^−350. */
const FARTHEST = 300

/**
 * A share whose log-odds are normal: the meaning of `60% to 70%`. Location and scale are those of the log-odds.
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
    const [mean, sd] = knownMoments(-Math.abs(location), scale)
    const odds = (x: number) => (logit(x) - location) / scale
    return {
      name: 'logitNormal',
      mean: location > 0 ? 1 - mean : mean,
      sd,
      support: [0, 1],
      kinks: [],
      quantile: (p, q) => logistic(location + scale * normalQuantile(p, q)),
      cdf: (x) => (x <= 0 ? 0 : x >= 1 ? 1 : normalCdf(odds(x))),
      survival: (x) => (x <= 0 ? 1 : x >= 1 ? 0 : normalCdf(-odds(x))),
      logDensity: (x) => (x <= 0 || x >= 1 ? -Infinity : logNormalDensity(odds(x)) - log(scale) - log(x) - log1p(-x)),
    }
  },
})
