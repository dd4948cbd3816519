import { ParameterError } from '../errors.ts'
import { above, finite, positive } from './check.ts'
import type { Distribution } from './distribution.ts'
import { normalCdf, normalDensity, normalQuantile } from './special/normal.ts'

/**
 * Normal law restricted to [min, max]; `mean` and `sd` are those before truncation.
 * Moments: Johnson, Kotz & Balakrishnan (1994), ch. 13.10.
 */
export function truncatedNormal(mean: number, sd: number, min: number, max: number): Distribution {
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
  const [da, db] = [normalDensity(a), normalDensity(b)]
  const shift = (da - db) / mass
  const clamp = (x: number) => Math.min(max, Math.max(min, x))
  return {
    name: 'truncatedNormal',
    mean: mean + sd * shift,
    sd: sd * Math.sqrt(Math.max(0, 1 + (a * da - b * db) / mass - shift * shift)),
    support: [min, max],
    kinks: [],
    quantile: (p, q) => clamp(mean + sd * normalQuantile(below + p * mass, beyond + q * mass)),
    cdf: (x) => (x <= min ? 0 : x >= max ? 1 : (normalCdf((x - mean) / sd) - below) / mass),
  }
}
truncatedNormal.parameters = ['mean', 'sd', 'min', 'max'] as const
