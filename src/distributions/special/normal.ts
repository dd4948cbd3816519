// The standard normal law.
import { exp, normalQuantile as quantile } from '../../kernel/math.ts'

const ROOT_2PI = 2.5066282746310002

export const normalDensity = (z: number): number => exp(-0.5 * z * z) / ROOT_2PI

/**
 * P(Z ≤ z), to about 1e-15 relative in the lower tail too: Marsaglia's series (J. Stat. Software 11(4), 2004) near 0,
 * Laplace's continued fraction for the tails.
 */
export function normalCdf(z: number): number {
  if (z > 2.5) return 1 - upperTail(z)
  if (z < -2.5) return upperTail(-z)
  let [term, sum] = [z, z]
  for (let k = 3; sum !== sum + term; k += 2) {
    term *= (z * z) / k
    sum += term
  }
  return 0.5 + sum * normalDensity(z)
}

function upperTail(z: number): number {
  if (z > 39) return 0
  let fraction = z
  for (let k = 160; k > 0; k--) fraction = z + k / fraction
  return normalDensity(z) / fraction
}

/** z with P(Z ≤ z) = p, where q = 1 − p is given too so that neither tail loses digits. */
export const normalQuantile = (p: number, q: number = 1 - p): number => quantile(p, q)
