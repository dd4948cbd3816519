// Writes the moments of an ensemble as fields of a plan: level, growth and noise whose covariance comes closest to that of the months ahead.
import { pow } from '../../numerics/kernel/math.ts'
import type { AheadMoments } from '../ensemble/moments.ts'

/** On the logarithm, or of a rate itself: a line over the years with correlated errors, and an autoregressive noise. */
export interface PlanFields {
  readonly level: number
  /** A year. */
  readonly growth: number
  readonly levelVariance: number
  readonly growthVariance: number
  readonly covariance: number
  readonly noiseVariance: number
  readonly phi: number
}

const PHIS = [0, 0.2, 0.4, 0.6, 0.8, 0.9, 0.95]
const YEAR = 12

export interface MonthsAhead {
  /** What their calendar months add to the level. */
  readonly season: Float64Array
  /** How much each matters to the whole. */
  readonly weights: Float64Array
}

export function fieldsOf({ mean, covariance }: AheadMoments, { season, weights }: MonthsAhead): PlanFields {
  const h = mean.length
  const { level, slope } = lineThrough(mean.map((value, f) => value - season[f]))
  const found = PHIS.flatMap((phi) => SUBSETS.flatMap((parts) => fitted(covariance, h, phi, parts)))
  const best = found.reduce((a, b) => (b.miss < a.miss ? b : a))
  // The variance of the whole matters most.
  const total = (at: (f: number, g: number) => number) => {
    let sum = 0
    for (let f = 0; f < h; f++) for (let g = 0; g < h; g++) sum += weights[f] * weights[g] * at(f, g)
    return sum
  }
  const scale = total((f, g) => covariance[f * h + g]) / total(best.at)
  const [a, c, b, n] = best.values.map((value) => value * scale)
  return {
    level,
    growth: YEAR * slope,
    levelVariance: a,
    covariance: c,
    growthVariance: b,
    noiseVariance: n,
    phi: best.phi,
  }
}

function lineThrough(values: Float64Array): { level: number; slope: number } {
  const h = values.length
  const middle = (h - 1) / 2
  const mean = values.reduce((sum, value) => sum + value, 0) / h
  let [up, along] = [0, 0]
  values.forEach((value, f) => {
    up += (f - middle) * value
    along += (f - middle) * (f - middle)
  })
  const slope = along > 0 ? up / along : 0
  return { level: mean - slope * middle, slope }
}

/** Variance of the level, its covariance with growth, variance of growth, variance of the noise: which of them are free. */
const SUBSETS = [[0, 1, 2, 3], [0, 2, 3], [0, 3], [2, 3], [3]]

interface Candidate {
  readonly phi: number
  readonly values: readonly number[]
  readonly at: (f: number, g: number) => number
  readonly miss: number
}

/** Least squares over all entries of the covariance. Empty if the result is no covariance. */
function fitted(covariance: Float64Array, h: number, phi: number, parts: readonly number[]): Candidate[] {
  const powers = Array.from({ length: h }, (_, k) => (k === 0 ? 1 : phi === 0 ? 0 : pow(phi, k)))
  const basis = [
    () => 1,
    (f: number, g: number) => (f + g) / YEAR,
    (f: number, g: number) => (f * g) / YEAR / YEAR,
    (f: number, g: number) => powers[Math.abs(f - g)],
  ]
  const matrix = parts.map(() => new Array<number>(parts.length + 1).fill(0))
  for (let f = 0; f < h; f++)
    for (let g = 0; g < h; g++)
      parts.forEach((part, i) => {
        const own = basis[part](f, g)
        parts.forEach((other, j) => {
          matrix[i][j] += own * basis[other](f, g)
        })
        matrix[i][parts.length] += own * covariance[f * h + g]
      })
  const solved = eliminated(matrix)
  const values = [0, 0, 0, 0]
  parts.forEach((part, i) => {
    values[part] = solved[i]
  })
  const [a, c, b, n] = values
  if (!(a >= 0 && b >= 0 && n > 0 && c * c <= 0.98 * a * b)) return []
  const at = (f: number, g: number) => basis.reduce((sum, own, k) => sum + values[k] * own(f, g), 0)
  let miss = 0
  for (let f = 0; f < h; f++)
    for (let g = 0; g < h; g++) {
      const rest = at(f, g) - covariance[f * h + g]
      miss += rest * rest
    }
  return [{ phi, values, at, miss }]
}

/** Solves a small symmetric system by elimination. */
function eliminated(matrix: readonly number[][]): number[] {
  const n = matrix.length
  for (let k = 0; k < n; k++)
    for (let i = 0; i < n; i++) {
      if (i === k || matrix[k][k] === 0) continue
      const share = matrix[i][k] / matrix[k][k]
      for (let j = k; j <= n; j++) matrix[i][j] -= share * matrix[k][j]
    }
  return matrix.map((row, k) => (row[k] === 0 ? 0 : row[n] / row[k]))
}
