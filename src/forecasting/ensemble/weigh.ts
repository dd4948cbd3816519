// Weighs the cells of the ensemble by how likely each makes the history.
import { exp, log, log1p } from '../../numerics/kernel/math.ts'
import { LEVEL, type Process } from './cells.ts'
import { dot, factorize, forwardSolve, forwardSolveAll } from './dense.ts'
import type { Extra, Prior } from './prior.ts'
import { COLUMNS, covariancesOf, type KnownMonths, project, type Projection, SLOPE, type UnitCovariances } from './project.ts'

/** A cell, perhaps with an extra regressor. */
export interface Candidate {
  readonly process: number
  readonly slope: number
  readonly season: number
  /** The number of its extra regressor; −1 if it has none. */
  readonly extra: number
  /** The prior variance of the extra regressor's coefficient. */
  readonly variance: number
  readonly logWeight: number
  readonly squares: number
}

export interface WeighedCells {
  readonly known: KnownMonths
  readonly prior: Prior
  readonly extras: readonly Extra[]
  /** By process. */
  readonly projections: readonly Projection[]
  /** Those that count, the likeliest first, and their weights, which sum to 1. */
  readonly likely: readonly Candidate[]
  readonly weights: readonly number[]
}

/** Candidates whose weight is below this share of the likeliest are left out. */
const NEGLIGIBLE = log(1e-5)
/** The share of the weight of unlikely members that are left out as well, and the most members that stay. */
const LEFT_OUT = 1e-3
const MOST_MEMBERS = 510
const LOG_TWO = log(2)

export function weighCells(known: KnownMonths, prior: Prior, extras: readonly Extra[]): WeighedCells {
  const values = extras.map(({ at }) => at)
  const projections = projectionsOf(known, prior, (process) => (prior.extended(process) ? values : []))
  const none = log1p(-extras.reduce((sum, { sizes }) => sum + sizes.reduce((own, { logPrior }) => own + exp(logPrior), 0), 0))
  const found: Found = { candidates: [], top: Number.NEGATIVE_INFINITY }
  projections.forEach((projection, process) => {
    addCandidates(found, projection, process, known, prior, extras, none)
  })
  const { candidates, top } = found
  const likely = likeliest(candidates, top)
  const total = likely.reduce((sum, { logWeight }) => sum + exp(logWeight - top), 0)
  return { known, prior, extras, projections, likely, weights: likely.map(({ logWeight }) => exp(logWeight - top) / total) }
}

/** A projection for each process. @param extras values at a place of the regressors that a process may have */
export function projectionsOf(
  known: KnownMonths,
  { cells: { processes }, fading }: Prior,
  extras: (process: Process) => Parameters<typeof project>[3],
): Projection[] {
  let covariances: UnitCovariances | undefined
  return processes.map((process, k) => {
    if (covariances === undefined || !differOnlyInVariance(process, processes[k - 1])) covariances = covariancesOf(process, known)
    return project(known, process.variance, covariances, extras(process), fading(known.at.length))
  })
}

const differOnlyInVariance = (a: Process, b: Process): boolean =>
  a.phi === b.phi && a.walk === b.walk && a.drift === b.drift && a.damping === b.damping

/** The likeliest candidates, which together have nearly all of the weight. */
function likeliest(candidates: readonly Candidate[], top: number): Candidate[] {
  const sorted = candidates
    .filter(({ logWeight }) => logWeight - top > NEGLIGIBLE)
    .sort((a, b) => b.logWeight - a.logWeight || a.process - b.process || a.extra - b.extra)
  const all = sorted.reduce((sum, { logWeight }) => sum + exp(logWeight - top), 0)
  let sum = 0
  const end = sorted.findIndex(({ logWeight }) => {
    sum += exp(logWeight - top)
    return sum > (1 - LEFT_OUT) * all
  })
  return sorted.slice(0, Math.min(end < 0 ? sorted.length : end + 1, MOST_MEMBERS))
}

/** Standard deviations of the coefficients before the history is seen. */
export const scalesOf = (prior: Prior, { slope, season }: Pick<Candidate, 'slope' | 'season'>): Float64Array => {
  const scales = new Float64Array(COLUMNS).fill(prior.cells.seasons[season], 0, SLOPE)
  scales[SLOPE] = prior.cells.slopes[slope]
  scales[SLOPE + 1] = Math.sqrt(LEVEL)
  return scales
}

/** The regression of a cell: the factor of I + D½ G D½ and the solution of D½ h, where D is the prior variance. */
export interface CellSystem {
  readonly matrix: Float64Array
  readonly right: Float64Array
}

export const emptySystem = (): CellSystem => ({
  matrix: new Float64Array(COLUMNS * COLUMNS),
  right: new Float64Array(COLUMNS),
})

/** @returns the logarithm of the determinant */
export function solveSystem({ matrix, right }: CellSystem, projection: Projection, scales: Float64Array): number {
  for (let i = 0; i < COLUMNS; i++) {
    for (let j = 0; j <= i; j++)
      matrix[i * COLUMNS + j] = scales[i] * scales[j] * projection.gram[i * COLUMNS + j] + (i === j ? 1 : 0)
    right[i] = scales[i] * projection.right[i]
  }
  const determinant = factorize(matrix, COLUMNS)
  forwardSolve(matrix, COLUMNS, right)
  return determinant
}

interface Found {
  readonly candidates: Candidate[]
  top: number
}

function addCandidates(
  found: Found,
  projection: Projection,
  process: number,
  known: KnownMonths,
  prior: Prior,
  extras: readonly Extra[],
  none: number,
): void {
  const months = known.at.length
  const rows = new Float64Array(extras.length * COLUMNS)
  const system = emptySystem()
  const { matrix, right } = system
  const { slopes, seasons, processes } = prior.cells
  const extended = prior.extended(processes[process])
  for (let slope = 0; slope < slopes.length; slope++)
    for (let season = 0; season < seasons.length; season++) {
      const scales = scalesOf(prior, { slope, season })
      const determinant = projection.determinant + solveSystem(system, projection, scales)
      const squares = projection.squares - dot(right, 0, right, 0, COLUMNS)
      const logPrior = prior.logPrior(process, slope, season)
      const add = (extra: number, variance: number, q: number, d: number, p: number) => {
        const size = slopes[slope] * Math.sqrt(prior.scale.posterior(months, q).variance)
        const logWeight = p - d / 2 + prior.scale.logLikelihood(months, q) + prior.logSlope(size)
        if (logWeight - found.top < NEGLIGIBLE) return
        found.top = Math.max(found.top, logWeight)
        found.candidates.push({ process, slope, season, extra, variance, squares: q, logWeight })
      }
      add(-1, 0, squares, determinant, extended ? logPrior + none : logPrior)
      // Every second slope stands for two, which saves half the time.
      if (slope % 2 === 1 || !extended) continue
      for (let k = 0; k < rows.length; k++) rows[k] = scales[k % COLUMNS] * projection.extraGram[k]
      forwardSolveAll(matrix, COLUMNS, rows, extras.length)
      for (let e = 0; e < extras.length; e++) {
        const left = projection.extraSquares[e] - dot(rows, e * COLUMNS, rows, e * COLUMNS, COLUMNS)
        const pull = projection.extraRight[e] - dot(rows, e * COLUMNS, right, 0, COLUMNS)
        for (const { variance, logPrior: likely } of extras[e].sizes) {
          const precision = 1 / variance + left
          add(
            e,
            variance,
            squares - (pull * pull) / precision,
            determinant + log(precision * variance),
            logPrior + LOG_TWO + likely,
          )
        }
      }
    }
}
