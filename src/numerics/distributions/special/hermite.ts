// The correlation of two values that are functions of correlated normal scores. With f = Σ aₖhₖ and g = Σ bₖhₖ in normalized Hermite
// polynomials, E[f(Z)g(W)] = Σ aₖbₖ rᵏ for scores of correlation r (Mehler's formula; Lancaster, Biometrika 44, 1957).
import { pow } from '../../kernel/math.ts'
import type { Distribution } from '../distribution.ts'
import { FARTHEST_SCORE, normalCdf, normalDensity, normalQuantile } from './normal.ts'
import { gaussNodes } from './quadrature.ts'

/** A value as an increasing function of a normal score, with the scores at which its formula changes, and its jumps from low to high. */
export interface ScoreCurve {
  readonly at: (score: number) => number
  readonly cuts: readonly number[]
  readonly jumps: readonly { readonly score: number; readonly by: number }[]
}

/** Panels of 16 nodes. The smooth polynomials of this degree have a wavelength of 0.2 here. */
const PANEL = 0.5
/** The coefficients of a continuous function fall quickly. */
const SMOOTH_DEGREE = 400
/** Those of jumps fall like k^−¾. They matter where the correlation is nearly 1, and more so if there are few jumps. */
const jumpDegree = (jumps: number): number => Math.min(20_000, Math.max(2_000, Math.ceil(4e6 / Math.max(1, jumps))))
/** Between probabilities that differ by this, a quantile only changes by a jump. */
const SIDE = 1e-13

/** The curve of a distribution, whose draws are clamped to a range. */
export function scoreCurve(distribution: Distribution, [low, high]: readonly [number, number]): ScoreCurve {
  const clamped = (p: number, q: number) => Math.min(high, Math.max(low, distribution.quantile(p, q)))
  const scores = (probabilities: readonly number[]) => probabilities.map((p) => normalQuantile(p))
  const jumps = (distribution.jumps ?? []).flatMap((p) => {
    const side = Math.min(SIDE, p / 2, (1 - p) / 2)
    const by = clamped(p + side, 1 - p - side) - clamped(p - side, 1 - p + side)
    return by > 0 ? [{ score: normalQuantile(p), by }] : []
  })
  const ends = [low, high].flatMap((end) => {
    const [below, above] = [distribution.cdf(end), distribution.survival(end)]
    return below > 0 && above > 0 ? [normalQuantile(below, above)] : []
  })
  return { at: (z) => clamped(normalCdf(z), normalCdf(-z)), cuts: [...scores(distribution.kinks), ...ends], jumps }
}

export interface Expansion {
  readonly curve: ScoreCurve
  readonly mean: number
  /** Without the values beyond the farthest score, which matter if the tail is heavy. */
  readonly sd: number
  /** From degree 1 on. */
  readonly coefficients: Float64Array
}

/** Nodes with their weights, the normal density included, between the cuts of all curves. */
function nodesOf(curves: readonly ScoreCurve[]): readonly { readonly z: number; readonly weight: number }[] {
  const even = Array.from({ length: Math.ceil((2 * FARTHEST_SCORE) / PANEL) + 1 }, (_, k) =>
    Math.min(FARTHEST_SCORE, -FARTHEST_SCORE + k * PANEL),
  )
  const own = curves.flatMap(({ cuts, jumps }) => [...cuts, ...jumps.map(({ score }) => score)])
  const edges = [...new Set([...even, ...own.filter((z) => Math.abs(z) < FARTHEST_SCORE)])].sort((a, b) => a - b)
  return edges
    .slice(1)
    .flatMap((to, k) => gaussNodes(edges[k], to).map(({ x, weight }) => ({ z: x, weight: weight * normalDensity(x) })))
}

export function expansionOf(curve: ScoreCurve): Expansion {
  const nodes = nodesOf([curve])
  const values = nodes.map(({ z }) => curve.at(z))
  const mean = nodes.reduce((sum, { weight }, i) => sum + weight * values[i], 0)
  const variance = nodes.reduce((sum, { weight }, i) => sum + weight * (values[i] - mean) * (values[i] - mean), 0)
  const coefficients = new Float64Array(jumpDegree(curve.jumps.length))
  // The jumps have exact coefficients: the derivative of a jump is its size times the density at its place.
  for (const { score, by } of curve.jumps)
    hermite(score, coefficients.length, (k, value) => {
      coefficients[k] += (by * normalDensity(score) * value) / Math.sqrt(k + 1)
    })
  let [jumped, next] = [0, 0]
  nodes.forEach(({ z, weight }, i) => {
    for (; next < curve.jumps.length && curve.jumps[next].score < z; next++) jumped += curve.jumps[next].by
    const smooth = weight * (values[i] - values[0] - jumped)
    // Between its jumps, a discrete distribution does not change.
    if (Math.abs(smooth) < 1e-16) return
    hermite(z, SMOOTH_DEGREE, (k, value) => {
      if (k > 0) coefficients[k - 1] += smooth * value
    })
  })
  return { curve, mean, sd: Math.sqrt(variance), coefficients }
}

/** Visits the normalized Hermite polynomials of degrees 0 to count − 1. */
function hermite(z: number, count: number, visit: (degree: number, value: number) => void): void {
  let [before, value] = [0, 1]
  for (let k = 0; k < count; k++) {
    visit(k, value)
    ;[before, value] = [value, (z * value - Math.sqrt(k) * before) / Math.sqrt(k + 1)]
  }
}

/** The correlation of two values, as a function of that of their scores. It rises from the least to the most possible one. */
export function valueCorrelation(a: Expansion, b: Expansion): (r: number) => number {
  const [one, other] = [a.curve, b.curve]
  const scale = a.sd * b.sd
  const degree = Math.min(a.coefficients.length, b.coefficients.length)
  const products = a.coefficients.subarray(0, degree).map((own, k) => (own * b.coefficients[k]) / scale)
  const nodes = nodesOf([one, other, mirrored(other)])
  /** The correlation if one score determines the other. */
  const whole = (sign: 1 | -1) =>
    nodes.reduce((sum, { z, weight }) => sum + weight * (one.at(z) - a.mean) * (other.at(sign * z) - b.mean), 0) / scale
  const ends = { 1: whole(1), [-1]: whole(-1) } as const
  const series = (r: number) => {
    let sum = 0
    for (let k = products.length - 1; k >= 0; k--) sum = r * (products[k] + sum)
    return sum
  }
  const missing = { 1: ends[1] - series(1), [-1]: ends[-1] - series(-1) } as const
  // Terms beyond the last degree matter next to ±1 only, where their sum is known.
  return (r) => series(r) + missing[r < 0 ? -1 : 1] * pow(Math.abs(r), products.length)
}

const mirrored = (curve: ScoreCurve): ScoreCurve => ({
  at: (z) => curve.at(-z),
  cuts: curve.cuts.map((z) => -z),
  jumps: curve.jumps.map(({ score, by }) => ({ score: -score, by: -by })),
})
