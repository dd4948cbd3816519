import { ParameterError } from '../../errors.ts'
import { discrete } from './discrete.ts'
import type { Distribution } from './distribution.ts'
import { distribution } from './record.ts'
import { crossing } from './special/crossing.ts'

interface Part {
  readonly law: Distribution
  readonly share: number
}

interface Mixture extends Distribution {
  readonly parts: readonly Part[]
}

/**
 * One of several laws, each with its weight; weights need not sum to 1.
 * @throws ParameterError if the lists differ in length, a weight is negative or all are 0
 */
export function mixture(components: readonly Distribution[], weights: readonly number[]): Distribution {
  const parts = shares(components, weights)
  const steps = parts.filter(({ law }) => law.atoms)
  const jumps = steps.length > 0 ? joined(steps) : undefined
  if (jumps && steps.length === parts.length) return { ...jumps, name: 'mixture' }

  const mean = parts.reduce((sum, { law, share }) => sum + share * law.mean, 0)
  const variance = parts.reduce((sum, { law, share }) => sum + share * (law.sd * law.sd + (law.mean - mean) * (law.mean - mean)), 0)
  const cdf = (x: number) => parts.reduce((sum, { law, share }) => sum + share * law.cdf(x), 0)
  const survival = (x: number) => parts.reduce((sum, { law, share }) => sum + share * law.survival(x), 0)
  const places = jumps?.atoms?.values ?? new Float64Array(0)
  const stepped = steps.reduce((sum, { share }) => sum + share, 0)
  const sizes = Array.from(places, (_, k) => stepped * massAt(jumps, k))
  const support = [
    Math.min(...parts.map(({ law }) => law.support[0])),
    Math.max(...parts.map(({ law }) => law.support[1])),
  ] as const
  const quantile = (p: number, q: number): number => {
    if (p <= 0) return support[0]
    if (q <= 0) return support[1]
    const lower = p <= q
    const passed = (x: number) => (lower ? cdf(x) >= p : survival(x) <= q)
    const k = firstPassed(places, passed)
    // At a jump the law passes the probability without having reached it before.
    if (k < places.length && (lower ? cdf(places[k]) - sizes[k] < p : survival(places[k]) + sizes[k] > q)) return places[k]
    // The mixture's quantile lies between the extreme quantiles of its parts.
    const ends = parts.map(({ law }) => law.quantile(p, q))
    const low = Math.max(Math.min(...ends), places[k - 1] ?? -Infinity)
    const high = Math.min(Math.max(...ends), places[k] ?? Infinity)
    return lower ? crossing((x) => cdf(x) / p, low, high) : crossing((x) => q / survival(x), low, high)
  }
  const mixed: Mixture = {
    name: 'mixture',
    mean,
    sd: Math.sqrt(variance),
    support,
    kinks: kinksOf(parts, cdf, places, sizes),
    jumps: jumpsOf(parts, cdf, places, sizes),
    quantile,
    cdf,
    survival,
    parts,
  }
  return mixed
}

export const mixtureDistribution = distribution({
  name: 'mixture',
  order: 170,
  parameters: { components: 'components', weights: 'weights' },
  written: 'pairs',
  about: 'one of several numbers or distributions',
  make: ({ components, weights }) => mixture(components, weights),
})

/** Parts that can occur, with shares that sum to 1; those of a mixture within stand for it. */
function shares(components: readonly Distribution[], weights: readonly number[]): Part[] {
  if (components.length === 0 || components.length !== weights.length)
    throw new ParameterError('components', 'one or more, each with a weight', components.length)
  weights.forEach((weight, k) => {
    if (!(weight >= 0 && weight < Infinity)) throw new ParameterError(`weights[${k}]`, 'a number ≥ 0', weight)
  })
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  if (!(total > 0 && total < Infinity)) throw new ParameterError('weights', 'at least one above 0, and a finite sum', total)
  return components.flatMap((law, k) => {
    const share = weights[k] / total
    if (share === 0) return []
    return isMixture(law) ? law.parts.map((part) => ({ law: part.law, share: share * part.share })) : [{ law, share }]
  })
}

const isMixture = (law: Distribution): law is Mixture => Object.hasOwn(law, 'parts')

/** Several discrete laws as one. */
function joined(parts: readonly Part[]): Distribution {
  const values = parts.flatMap(({ law }) => Array.from(law.atoms?.values ?? []))
  return discrete(
    values,
    parts.flatMap(({ law, share }) => Array.from(law.atoms?.values ?? [], (_, k) => share * massAt(law, k))),
  )
}

function massAt(law: Distribution | undefined, k: number): number {
  const cumulative = law?.atoms?.cumulative
  return cumulative ? cumulative[k] - (cumulative[k - 1] ?? 0) : 0
}

function firstPassed(places: Float64Array, passed: (x: number) => boolean): number {
  let [low, high] = [0, places.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (passed(places[middle])) high = middle
    else low = middle + 1
  }
  return low
}

/** Probabilities just before and after each atom. */
const edgesOf = (cdf: (x: number) => number, places: Float64Array, sizes: readonly number[]): number[] =>
  Array.from(places, cdf).flatMap((after, k) => [after - sizes[k], after])

/** Before and after each atom, and between parts that are further apart than twice their standard deviations. */
function jumpsOf(parts: readonly Part[], cdf: (x: number) => number, places: Float64Array, sizes: readonly number[]): number[] {
  const smooth = parts.filter(({ law }) => !law.atoms).sort((a, b) => a.law.mean - b.law.mean)
  const gaps = smooth.slice(1).flatMap(({ law }, k) => {
    const below = smooth[k].law
    const apart = law.mean - below.mean > 2 * (law.sd + below.sd)
    return apart ? [cdf((law.mean * below.sd + below.mean * law.sd) / (law.sd + below.sd))] : []
  })
  return [...edgesOf(cdf, places, sizes), ...gaps].filter((p) => p > 1e-15 && p < 1 - 1e-15)
}

/** Probabilities just before and after each jump, and where a part begins, ends or changes its formula. */
function kinksOf(parts: readonly Part[], cdf: (x: number) => number, places: Float64Array, sizes: readonly number[]): number[] {
  const turns = parts.flatMap(({ law }) => (law.atoms ? [] : [...law.support, ...law.kinks.map((p) => law.quantile(p, 1 - p))]))
  const found = [...turns.filter(Number.isFinite).map(cdf), ...edgesOf(cdf, places, sizes)]
  // Sums of shares that should be equal may differ in their last digits: those are one kink.
  const inside = found.filter((p) => p > 1e-15 && p < 1 - 1e-15).sort((a, b) => a - b)
  return inside.filter((p, k) => k === 0 || p - inside[k - 1] > 1e-15)
}
