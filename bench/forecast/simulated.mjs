// Simulated series of 144 months: processes that are not those of the ensemble, so that it does not judge itself.
import { normals, uniforms } from './uniforms.mjs'

const MONTHS = 144

/** One series. Its noise may be heavy-tailed, its slope changes and fades, its seasons drift, and its level may jump. */
function oneOf(seed) {
  const next = uniforms(seed)
  const normal = normals(next)
  const between = (low, high) => low * (high / low) ** next()
  const chance = (p) => next() < p
  const noise = between(0.02, 0.2)
  const heavy = chance(0.4)
  const phi = chance(0.5) ? 0.8 * next() : 0
  const walk = between(0.002, 0.05)
  const fading = 0.88 + 0.1 * next()
  const bending = between(0.0003, 0.006)
  const drift = 0.004 + 0.006 * normal()
  const seasonal = chance(0.25) ? 0 : between(0.02, 0.35)
  const season = Array.from({ length: 12 }, () => seasonal * normal())
  const jumps = chance(0.5) ? 1 / 96 : 0
  const outliers = chance(0.3) ? 0.015 : 0
  let [level, slope, state] = [Math.log(between(50, 100_000)), drift, 0]
  return Array.from({ length: MONTHS }, (_, m) => {
    slope = drift + fading * (slope - drift) + bending * normal()
    level += slope + walk * normal() + (chance(jumps) ? 0.25 * normal() : 0)
    season[m % 12] += 0.05 * seasonal * normal()
    // A Student t with 5 degrees of freedom, scaled to variance 1.
    const scale = heavy ? Math.sqrt(3 / [1, 2, 3, 4, 5].reduce((sum) => sum + normal() ** 2, 0)) : 1
    state = phi * state + Math.sqrt(1 - phi * phi) * noise * scale * normal()
    const odd = chance(outliers) ? 0.5 * normal() : 0
    return Math.max(1, Math.round(Math.exp(level + season[m % 12] + state + odd)))
  })
}

export const simulatedSeries = (count, seed = 1) =>
  Array.from({ length: count }, (_, k) => ({ id: `simulated-${k + 1}`, group: 'simulated', y: oneOf(seed + 7919 * k) }))
