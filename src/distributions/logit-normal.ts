import { exp, log, log1p, logistic } from '../kernel/math.ts'
import { finite, positive } from './check.ts'
import type { Distribution } from './distribution.ts'
import { normalCdf, normalQuantile } from './special/normal.ts'

/**
 * A share whose log-odds are normal: what `60% to 70%` means. Location and scale are those of the log-odds.
 * The moments have no closed form: the trapezoidal rule on a smooth, decaying integrand converges geometrically.
 */
export function logitNormal(location: number, scale: number): Distribution {
  finite('location', location)
  positive('scale', scale)
  let [weight, first, second] = [0, 0, 0]
  for (let k = -400; k <= 400; k++) {
    const z = k / 40
    const w = exp(-0.5 * z * z)
    const share = logistic(location + scale * z)
    weight += w
    first += w * share
    second += w * share * share
  }
  const mean = first / weight
  return {
    name: 'logitNormal',
    mean,
    sd: Math.sqrt(Math.max(0, second / weight - mean * mean)),
    support: [0, 1],
    kinks: [],
    quantile: (p, q) => logistic(location + scale * normalQuantile(p, q)),
    cdf: (x) => (x <= 0 ? 0 : x >= 1 ? 1 : normalCdf((log(x) - log1p(-x) - location) / scale)),
  }
}
logitNormal.parameters = ['location', 'scale'] as const
