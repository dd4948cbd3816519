import { ParameterError } from '../../errors.ts'
import { exp, log } from '../kernel/math.ts'
import { distribution, finite, positive, range } from './distribution.ts'
import { logNormalDensity, normalCdf, normalQuantile } from './special/normal.ts'
import { integrate } from './special/quadrature.ts'

/**
 * `mean` and `sd` are those before truncation. The moments are integrated, because their closed forms cancel if the window is narrow
 * or far out.
 */
export const truncatedNormalDistribution = distribution({
  name: 'truncatedNormal',
  order: 40,
  parameters: { mean: 'value', sd: 'spread', min: 'value', max: 'value' },
  about: 'a normal distribution cut off at min and max',
  make({ mean, sd, min, max }) {
    finite('mean', mean)
    positive('sd', sd)
    range(min, max)
    const [a, b] = [(min - mean) / sd, (max - mean) / sd]
    // Masses come from the smaller tail, so that a far window keeps its digits.
    const below = normalCdf(a)
    const beyond = normalCdf(-b)
    const mass = a > 0 ? normalCdf(-a) - beyond : b < 0 ? normalCdf(b) - below : 1 - below - beyond
    if (!(mass > 1e-12))
      throw new ParameterError('min', 'limits that the normal distribution reaches: move min and max nearer to its mean', min)
    const [shift, spread] = moments(a, b)
    const between = (from: number, to: number) =>
      Math.max(0, from > 0 ? normalCdf(-from) - normalCdf(-to) : normalCdf(to) - normalCdf(from))
    const clamp = (x: number) => Math.min(max, Math.max(min, x))
    return {
      name: 'truncatedNormal',
      mean: mean + sd * shift,
      sd: sd * spread,
      support: [min, max],
      kinks: [],
      quantile: (p, q) => clamp(mean + sd * normalQuantile(below + p * mass, beyond + q * mass)),
      cdf: (x) => (x <= min ? 0 : x >= max ? 1 : Math.min(1, between(a, (x - mean) / sd) / mass)),
      survival: (x) => (x <= min ? 1 : x >= max ? 0 : Math.min(1, between((x - mean) / sd, b) / mass)),
      logDensity: (x) => (x < min || x > max ? -Infinity : logNormalDensity((x - mean) / sd) - log(sd) - log(mass)),
    }
  },
})

/** Mean and standard deviation of the standard normal distribution restricted to [a, b]. */
function moments(a: number, b: number): readonly [number, number] {
  const peak = Math.min(b, Math.max(a, 0))
  const reach = Math.sqrt(peak * peak + 80) // where the density has fallen by e^−40
  const [from, to] = [Math.max(a, -reach), Math.min(b, reach)]
  const density = (z: number) => exp(-0.5 * (z - peak) * (z + peak))
  const mass = integrate(density, from, to, 12)
  const mean = peak + integrate((z) => (z - peak) * density(z), from, to, 12) / mass
  const variance = integrate((z) => (z - mean) * (z - mean) * density(z), from, to, 12) / mass
  return [mean, Math.sqrt(variance)]
}
