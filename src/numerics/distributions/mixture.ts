import { discrete } from './discrete.ts'
import { type Distribution, distribution, totalWeight } from './distribution.ts'
import { crossing } from './special/crossing.ts'
import { exp, log } from '../kernel/math.ts'
import { firstIndex } from './special/search.ts'

type Part = { readonly part: Distribution; readonly share: number }

interface Mixture extends Distribution {
  readonly parts: readonly Part[]
}

/**
 * One of several distributions, each with its weight. Weights need not sum to 1.
 * @throws ParameterError if the lists differ in length, a weight is negative or all are 0
 */
export function mixture(components: readonly Distribution[], weights: readonly number[]): Distribution {
  const parts = partsOf(components, weights)
  const steps = parts.filter(({ part }) => part.atoms)
  const jumps = steps.length > 0 ? joined(steps) : undefined
  if (jumps && steps.length === parts.length) return { ...jumps, name: 'mixture' }

  const mean = parts.reduce((sum, { part, share }) => sum + share * part.mean, 0)
  const variance = parts.reduce(
    (sum, { part, share }) => sum + share * (part.sd * part.sd + (part.mean - mean) * (part.mean - mean)),
    0,
  )
  const cdf = (x: number) => parts.reduce((sum, { part, share }) => sum + share * part.cdf(x), 0)
  const survival = (x: number) => parts.reduce((sum, { part, share }) => sum + share * part.survival(x), 0)
  const atomic = (x: number) => steps.some(({ part }) => part.logDensity(x) > -Infinity)
  const places = jumps?.atoms?.values ?? new Float64Array(0)
  const stepped = steps.reduce((sum, { share }) => sum + share, 0)
  const sizes = jumps ? massesOf(jumps).map((mass) => stepped * mass) : []
  const support = [
    Math.min(...parts.map(({ part }) => part.support[0])),
    Math.max(...parts.map(({ part }) => part.support[1])),
  ] as const
  const quantile = (p: number, q: number): number => {
    if (p <= 0) return support[0]
    if (q <= 0) return support[1]
    const lower = p <= q
    const k = firstIndex(places.length, (j) => (lower ? cdf(places[j]) >= p : survival(places[j]) <= q))
    // At an atom the distribution function may jump over the probability.
    if (k < places.length && (lower ? cdf(places[k]) - sizes[k] < p : survival(places[k]) + sizes[k] > q)) return places[k]
    // The mixture's quantile lies between the extreme quantiles of its parts.
    const ends = parts.map(({ part }) => part.quantile(p, q))
    const low = Math.max(Math.min(...ends), places[k - 1] ?? -Infinity)
    const high = Math.min(Math.max(...ends), places[k] ?? Infinity)
    return lower ? crossing((x) => cdf(x) / p, low, high) : crossing((x) => q / survival(x), low, high)
  }
  // The probabilities just before and just after each atom.
  const edges = Array.from(places, cdf).flatMap((after, k) => [after - sizes[k], after])
  const mixed: Mixture = {
    name: 'mixture',
    mean,
    sd: Math.sqrt(variance),
    support,
    ...momentsOf(parts),
    kinks: kinksOf(parts, cdf, edges),
    jumps: [...edges, ...gapsOf(parts, cdf)].filter(isInside),
    quantile,
    cdf,
    survival,
    logDensity: (x) => logSum(atomic(x) ? steps : parts, x),
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

/** The heaviest part decides which moments are finite. */
function momentsOf(parts: readonly Part[]): Pick<Distribution, 'moments'> {
  const moments = Math.min(...parts.map(({ part }) => part.moments ?? Infinity))
  return moments < Infinity ? { moments } : {}
}

/** The parts that can occur, with shares that sum to 1. A mixture among the components is replaced by its own parts. */
function partsOf(components: readonly Distribution[], weights: readonly number[]): Part[] {
  const total = totalWeight('components', components.length, weights)
  return components.flatMap((part, k) => {
    const share = weights[k] / total
    if (share === 0) return []
    return isMixture(part) ? part.parts.map((own) => ({ part: own.part, share: share * own.share })) : [{ part, share }]
  })
}

/** ln Σ share · density, without overflow. Smooth parts add nothing to the mass of an atom. */
function logSum(parts: readonly Part[], x: number): number {
  const terms = parts.map(({ part, share }) => log(share) + part.logDensity(x))
  const most = Math.max(...terms)
  if (!Number.isFinite(most)) return most
  return most + log(terms.reduce((sum, term) => sum + exp(term - most), 0))
}

const isMixture = (one: Distribution): one is Mixture => Object.hasOwn(one, 'parts')

/** Several discrete distributions as one. */
const joined = (parts: readonly Part[]): Distribution =>
  discrete(
    parts.flatMap(({ part }) => Array.from(part.atoms?.values ?? [])),
    parts.flatMap(({ part, share }) => massesOf(part).map((mass) => share * mass)),
  )

const massesOf = ({ atoms }: Distribution): number[] =>
  atoms ? Array.from(atoms.cumulative, (upTo, k) => upTo - (atoms.cumulative[k - 1] ?? 0)) : []

/** Sums of shares that should be 0 or 1 may miss it by their last digits. */
const isInside = (p: number): boolean => p > 1e-15 && p < 1 - 1e-15

/** Probabilities between parts that are further apart than twice their standard deviations: the quantile nearly jumps there. */
function gapsOf(parts: readonly Part[], cdf: (x: number) => number): number[] {
  const smooth = parts.flatMap(({ part }) => (part.atoms ? [] : [part])).sort((a, b) => a.mean - b.mean)
  return smooth.slice(1).flatMap((above, k) => {
    const below = smooth[k]
    const isApart = above.mean - below.mean > 2 * (above.sd + below.sd)
    return isApart ? [cdf((above.mean * below.sd + below.mean * above.sd) / (above.sd + below.sd))] : []
  })
}

/** The edges of atoms, and the probabilities at which a part begins, ends or changes its formula. */
function kinksOf(parts: readonly Part[], cdf: (x: number) => number, edges: readonly number[]): number[] {
  const turns = parts.flatMap(({ part }) =>
    part.atoms ? [] : [...part.support, ...part.kinks.map((p) => part.quantile(p, 1 - p))],
  )
  const inside = [...turns.filter(Number.isFinite).map(cdf), ...edges].filter(isInside).sort((a, b) => a - b)
  return inside.filter((p, k) => k === 0 || p - inside[k - 1] > 1e-15)
}
