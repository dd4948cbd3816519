import { ParameterError } from '../errors.ts'
import type { Distribution } from './distribution.ts'

/** One of several laws, each with its weight; weights need not sum to 1. */
export function mixture(components: readonly Distribution[], weights: readonly number[]): Distribution {
  if (components.length === 0 || components.length !== weights.length)
    throw new ParameterError('components', 'one or more, each with a weight', components.length)
  weights.forEach((weight, k) => {
    if (!(weight >= 0 && weight < Infinity)) throw new ParameterError(`weights[${k}]`, 'a number ≥ 0', weight)
  })
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  if (!(total > 0)) throw new ParameterError('weights', 'at least one above 0', total)
  const parts = components.map((law, k) => ({ law, share: weights[k] / total })).filter(({ share }) => share > 0)
  const mean = parts.reduce((sum, { law, share }) => sum + share * law.mean, 0)
  const second = parts.reduce((sum, { law, share }) => sum + share * (law.sd * law.sd + (law.mean - mean) * (law.mean - mean)), 0)
  const cdf = (x: number) => parts.reduce((sum, { law, share }) => sum + share * law.cdf(x), 0)
  const support = [
    Math.min(...parts.map(({ law }) => law.support[0])),
    Math.max(...parts.map(({ law }) => law.support[1])),
  ] as const
  const quantile = (p: number, q: number): number => {
    // The mixture's quantile lies between the extreme quantiles of its parts.
    let low = Math.min(...parts.map(({ law }) => law.quantile(p, q)))
    let high = Math.max(...parts.map(({ law }) => law.quantile(p, q)))
    while (high - low > 1e-15 * Math.max(Math.abs(low), Math.abs(high))) {
      const middle = low + (high - low) / 2
      if (middle <= low || middle >= high) break
      if (cdf(middle) >= p) high = middle
      else low = middle
    }
    return high
  }
  return { name: 'mixture', mean, sd: Math.sqrt(second), support, kinks: kinksOf(parts, cdf), quantile, cdf }
}

/** Probabilities just before and after each jump, and where a part begins, ends or changes its formula. */
function kinksOf(parts: readonly { law: Distribution; share: number }[], cdf: (x: number) => number): number[] {
  const places = new Set<number>()
  for (const { law } of parts) {
    const points = law.atoms ? [...law.atoms.values] : [...law.support, ...law.kinks.map((p) => law.quantile(p, 1 - p))]
    for (const x of points) {
      if (!Number.isFinite(x)) continue
      const after = cdf(x)
      places.add(after)
      const mass = parts.reduce((sum, part) => sum + part.share * massAt(part.law, x), 0)
      if (mass > 0) places.add(after - mass)
    }
  }
  return [...places].filter((p) => p > 1e-15 && p < 1 - 1e-15).sort((a, b) => a - b)
}

function massAt(law: Distribution, x: number): number {
  if (!law.atoms) return 0
  const k = law.atoms.values.indexOf(x)
  return k < 0 ? 0 : law.atoms.cumulative[k] - (k === 0 ? 0 : law.atoms.cumulative[k - 1])
}
