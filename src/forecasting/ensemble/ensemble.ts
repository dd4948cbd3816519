// Fits an ensemble of Gaussian processes to the logarithms of monthly volumes, each weighted by how likely it makes the history.
import { exp, log } from '../../numerics/kernel/math.ts'
import { LEVEL } from './cells.ts'
import { dot, factorize, forwardSolve } from './dense.ts'
import type { Prior } from './prior.ts'
import { COLUMNS, type KnownMonths, project, type Projection, SLOPE } from './project.ts'

/** The months ahead as a mixture: draw a member by its weight, then logs = mean + factor·normals·√(freedom/χ²). */
export interface Ensemble {
  readonly months: number
  readonly members: readonly Member[]
}

export interface Member {
  readonly weight: number
  readonly process: number
  readonly slope: number
  readonly season: number
  /** The number of its extra regressor; −1 if it has none. */
  readonly extra: number
  readonly mean: Float64Array
  /** The lower triangle, row by row. */
  readonly factor: Float64Array
  readonly freedom: number
}

/** A regressor that a member may have: the known months, then the months ahead, and how likely it is next to having none. */
export interface Extra {
  readonly values: Float64Array
  readonly logPrior: number
  /** Variance of its coefficient. */
  readonly variance: number
}

interface Candidate {
  readonly process: number
  readonly slope: number
  readonly season: number
  readonly extra: number
  readonly logWeight: number
  readonly squares: number
}

/** Members whose share is below this one of the likeliest are left out. */
const NEGLIGIBLE = 1e-5

export function fitEnsemble(known: KnownMonths, ahead: Int32Array, prior: Prior, extras: readonly Extra[] = []): Ensemble {
  const projections = prior.cells.processes.map((process) =>
    project(
      known,
      process,
      ahead,
      extras.map(({ values }) => values),
    ),
  )
  const candidates = projections.flatMap((projection, process) => candidatesOf(projection, process, known, prior, extras))
  const top = candidates.reduce((most, { logWeight }) => Math.max(most, logWeight), Number.NEGATIVE_INFINITY)
  const kept = candidates.filter(({ logWeight }) => exp(logWeight - top) > NEGLIGIBLE)
  const total = kept.reduce((sum, { logWeight }) => sum + exp(logWeight - top), 0)
  const members = kept.map((one) =>
    memberOf(one, exp(one.logWeight - top) / total, projections[one.process], known, ahead.length, prior, extras),
  )
  return { months: ahead.length, members }
}

const scalesOf = (prior: Prior, slope: number, season: number): Float64Array => {
  const scales = new Float64Array(COLUMNS).fill(prior.cells.seasons[season], 0, SLOPE)
  scales[SLOPE] = prior.cells.slopes[slope]
  scales[SLOPE + 1] = Math.sqrt(LEVEL)
  return scales
}

/** I + D½ G D½ and D½ h, where D is the prior variance of the coefficients. */
function systemOf(projection: Projection, scales: Float64Array): { matrix: Float64Array; right: Float64Array } {
  const matrix = new Float64Array(COLUMNS * COLUMNS)
  const right = new Float64Array(COLUMNS)
  for (let i = 0; i < COLUMNS; i++) {
    for (let j = 0; j <= i; j++)
      matrix[i * COLUMNS + j] = scales[i] * scales[j] * projection.gram[i * COLUMNS + j] + (i === j ? 1 : 0)
    right[i] = scales[i] * projection.right[i]
  }
  return { matrix, right }
}

function candidatesOf(
  projection: Projection,
  process: number,
  known: KnownMonths,
  prior: Prior,
  extras: readonly Extra[],
): Candidate[] {
  const m = known.at.length
  const found: Candidate[] = []
  const column = new Float64Array(COLUMNS)
  const { slopes, seasons } = prior.cells
  for (let slope = 0; slope < slopes.length; slope++)
    for (let season = 0; season < seasons.length; season++) {
      const scales = scalesOf(prior, slope, season)
      const { matrix, right } = systemOf(projection, scales)
      const determinant = projection.determinant + factorize(matrix, COLUMNS)
      forwardSolve(matrix, COLUMNS, right)
      const squares = projection.squares - dot(right, 0, right, 0, COLUMNS)
      const own = prior.logPrior(process, slope, season)
      const add = (extra: number, q: number, d: number, p: number) =>
        found.push({
          ...{ process, slope, season, extra, squares: q },
          logWeight: p - d / 2 - (prior.shape(m) / 2) * log((prior.floor + Math.max(0, q)) / 2),
        })
      add(-1, squares, determinant, own)
      for (let e = 0; e < extras.length; e++) {
        for (let k = 0; k < COLUMNS; k++) column[k] = scales[k] * projection.extraGram[e * COLUMNS + k]
        forwardSolve(matrix, COLUMNS, column)
        const precision = 1 / extras[e].variance + projection.extraSquares[e] - dot(column, 0, column, 0, COLUMNS)
        const pull = projection.extraRight[e] - dot(column, 0, right, 0, COLUMNS)
        add(e, squares - (pull * pull) / precision, determinant + log(precision * extras[e].variance), own + extras[e].logPrior)
      }
    }
  return found
}

function memberOf(
  { process, slope, season, extra, squares }: Candidate,
  weight: number,
  projection: Projection,
  known: KnownMonths,
  h: number,
  prior: Prior,
  extras: readonly Extra[],
): Member {
  const scales = scalesOf(prior, slope, season)
  const { matrix, right } = systemOf(projection, scales)
  factorize(matrix, COLUMNS)
  forwardSolve(matrix, COLUMNS, right)
  // Rows of the months ahead in terms of independent coefficients of variance 1.
  const width = COLUMNS + (extra < 0 ? 0 : 1)
  const rows = new Float64Array(h * width)
  const coefficients = new Float64Array(width)
  coefficients.set(right)
  for (let f = 0; f < h; f++) {
    for (let k = 0; k < COLUMNS; k++) rows[f * width + k] = scales[k] * projection.aheadColumns[f * COLUMNS + k]
    forwardSolve(matrix, COLUMNS, rows, f * width)
  }
  if (extra >= 0) {
    const column = new Float64Array(COLUMNS)
    for (let k = 0; k < COLUMNS; k++) column[k] = scales[k] * projection.extraGram[extra * COLUMNS + k]
    forwardSolve(matrix, COLUMNS, column)
    const precision = 1 / extras[extra].variance + projection.extraSquares[extra] - dot(column, 0, column, 0, COLUMNS)
    const root = Math.sqrt(precision)
    coefficients[COLUMNS] = (projection.extraRight[extra] - dot(column, 0, right, 0, COLUMNS)) / root
    for (let f = 0; f < h; f++)
      rows[f * width + COLUMNS] =
        (projection.aheadExtra[f * extras.length + extra] - dot(column, 0, rows, f * width, COLUMNS)) / root
  }
  const m = known.at.length
  const freedom = prior.shape(m)
  const scale = (prior.floor + Math.max(0, squares)) / freedom
  const mean = Float64Array.from(
    { length: h },
    (_, f) => known.middle + projection.ahead[f] + dot(rows, f * width, coefficients, 0, width),
  )
  const factor = new Float64Array(h * h)
  for (let f = 0; f < h; f++)
    for (let g = 0; g <= f; g++)
      factor[f * h + g] = scale * (projection.aheadCovariance[f * h + g] + dot(rows, f * width, rows, g * width, width))
  factorize(factor, h)
  return { weight, process, slope, season, extra, mean, factor, freedom }
}
