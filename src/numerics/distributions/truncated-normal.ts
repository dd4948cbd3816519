import { ParameterError } from '../../errors.ts'
import { exp } from '../kernel/math.ts'
import { above, finite, positive } from './check.ts'
import type { Distribution } from './distribution.ts'
import { distribution } from './record.ts'
import { normalCdf, normalQuantile } from './special/normal.ts'
import { integrate } from './special/quadrature.ts'

/**
 * Normal law restricted to [min, max]; `mean` and `sd` are those before truncation.
 * Its moments are integrated: their closed forms cancel where the window is narrow or far out.
 */
function truncatedNormal(mean: number, sd: number, min: number, max: number): Distribution {
  finite('mean', mean)
  positive('sd', sd)
  finite('min', min)
  above('max', max, min, 'min')
  const [a, b] = [(min - mean) / sd, (max - mean) / sd]
  // Masses from the smaller tail, so that a far window keeps its digits.
  const below = normalCdf(a)
  const beyond = normalCdf(-b)
  const mass = a > 0 ? normalCdf(-a) - beyond : b < 0 ? normalCdf(b) - below : 1 - below - beyond
  if (!(mass > 1e-12)) throw new ParameterError('min', 'limits that hold some of the normal law', min)
  const [shift, spread] = moments(a, b)
  // Φ(z) − Φ(a), and Φ(b) − Φ(z), from the smaller tails.
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
  }
}

export const truncatedNormalDistribution = distribution({
  name: 'truncatedNormal',
  order: 40,
  parameters: { mean: 'value', sd: 'spread', min: 'value', max: 'value' },
  about: 'a normal distribution cut off at min and max',
  make: ({ mean, sd, min, max }) => truncatedNormal(mean, sd, min, max),
})

/** Mean and standard deviation of the standard normal law restricted to [a, b]. */
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
