// Fits an ensemble of Gaussian processes to the logarithms of monthly volumes, or the log-odds of rates. Each is weighted by how likely it
// makes the history.
import { exp, log, log1p } from '../../numerics/kernel/math.ts'
import { LEVEL, type Process } from './cells.ts'
import { backwardSolve, dot, factorize, forwardSolve } from './dense.ts'
import type { Prior } from './prior.ts'
import { COLUMNS, covariancesOf, type KnownMonths, project, type Projection, SLOPE } from './project.ts'

/**
 * The months ahead as a mixture: draw a member by its weight, then logs = mean + factor·normals·√(freedom/χ²), or without the root if its
 * degrees of freedom are infinite.
 */
export interface Ensemble {
  readonly months: number
  readonly members: readonly Member[]
}

export interface Member {
  readonly weight: number
  /** Whether the level breaks in the months ahead. */
  readonly breaks: boolean
  readonly process: number
  readonly slope: number
  readonly season: number
  /** The number of its extra regressor; −1 if it has none. */
  readonly extra: number
  /** Mean and variance of the extra regressor's coefficient. */
  readonly coefficient: number
  readonly variance: number
  /** Means of the eleven seasonal contrasts, the slope a month and the level. */
  readonly coefficients: Float64Array
  readonly mean: Float64Array
  /** The lower triangle, row by row. */
  readonly factor: Float64Array
  readonly freedom: number
}

/** A regressor that a member may have: the known months, then the months ahead. */
export interface Extra {
  readonly values: Float64Array
  /** Variances that its coefficient may have, and how likely each is next to no extra regressor. */
  readonly sizes: readonly { readonly variance: number; readonly logPrior: number }[]
}

/** The variance of month `t` ahead, before the degrees of freedom widen it. */
export const varianceIn = ({ factor }: Member, months: number, t: number): number =>
  dot(factor, t * months, factor, t * months, t + 1)

interface Candidate {
  readonly process: number
  readonly slope: number
  readonly season: number
  readonly extra: number
  readonly variance: number
  readonly logWeight: number
  readonly squares: number
}

/** Candidates whose weight is below this share of the likeliest are left out. */
const NEGLIGIBLE = log(1e-5)
/** The share of the weight of unlikely members that are left out as well, and the most members that stay. */
const LEFT_OUT = 1e-3
const MOST_MEMBERS = 510
/** The likeliest members that stand for all where the level breaks. */
const MOST_BROKEN = 40
const LOG_TWO = log(2)
const YEAR = 12

export function fitEnsemble(known: KnownMonths, ahead: Int32Array, prior: Prior, extras: readonly Extra[] = []): Ensemble {
  const values = extras.map((extra) => extra.values)
  const { processes } = prior.cells
  let covariances: Float64Array = new Float64Array()
  const projections = processes.map((process, k) => {
    if (k === 0 || !differOnlyInVariance(process, processes[k - 1])) covariances = covariancesOf(process, known, ahead)
    return project(
      known,
      process.variance,
      covariances,
      ahead,
      prior.extended(process) ? values : [],
      prior.fading(known.at.length),
    )
  })
  const none = log1p(-extras.reduce((sum, { sizes }) => sum + sizes.reduce((own, { logPrior }) => own + exp(logPrior), 0), 0))
  const found: Found = { candidates: [], top: Number.NEGATIVE_INFINITY }
  projections.forEach((projection, process) => {
    addCandidates(found, projection, process, known, prior, extras, none)
  })
  const { candidates, top } = found
  const kept = likeliest(candidates, top)
  const total = kept.reduce((sum, { logWeight }) => sum + exp(logWeight - top), 0)
  const members = kept.map((one) =>
    memberOf(one, exp(one.logWeight - top) / total, projections[one.process], known, ahead.length, prior, extras),
  )
  return { months: ahead.length, members: withBreaks(members, ahead, known.last, prior) }
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
  const column = new Float64Array(COLUMNS)
  const { slopes, seasons, processes } = prior.cells
  const extended = prior.extended(processes[process])
  for (let slope = 0; slope < slopes.length; slope++)
    for (let season = 0; season < seasons.length; season++) {
      const scales = scalesOf(prior, slope, season)
      const { matrix, right } = systemOf(projection, scales)
      const determinant = projection.determinant + factorize(matrix, COLUMNS)
      forwardSolve(matrix, COLUMNS, right)
      const squares = projection.squares - dot(right, 0, right, 0, COLUMNS)
      const own = prior.logPrior(process, slope, season)
      const add = (extra: number, variance: number, q: number, d: number, p: number) => {
        const size = slopes[slope] * Math.sqrt(prior.scale.posterior(months, q).variance)
        const logWeight = p - d / 2 + prior.scale.logLikelihood(months, q) + prior.logSlope(size)
        if (logWeight - found.top < NEGLIGIBLE) return
        found.top = Math.max(found.top, logWeight)
        found.candidates.push({ process, slope, season, extra, variance, squares: q, logWeight })
      }
      add(-1, 0, squares, determinant, extended ? own + none : own)
      // Every second slope stands for two, which saves half the time.
      if (slope % 2 === 1 || !extended) continue
      for (let e = 0; e < extras.length; e++) {
        for (let k = 0; k < COLUMNS; k++) column[k] = scales[k] * projection.extraGram[e * COLUMNS + k]
        forwardSolve(matrix, COLUMNS, column)
        const left = projection.extraSquares[e] - dot(column, 0, column, 0, COLUMNS)
        const pull = projection.extraRight[e] - dot(column, 0, right, 0, COLUMNS)
        for (const { variance, logPrior } of extras[e].sizes) {
          const precision = 1 / variance + left
          add(e, variance, squares - (pull * pull) / precision, determinant + log(precision * variance), own + LOG_TWO + logPrior)
        }
      }
    }
}

function memberOf(
  { process, slope, season, extra, variance, squares }: Candidate,
  weight: number,
  projection: Projection,
  known: KnownMonths,
  h: number,
  prior: Prior,
  extras: readonly Extra[],
): Member {
  const ahead = projection.ahead()
  const scales = scalesOf(prior, slope, season)
  const { matrix, right } = systemOf(projection, scales)
  factorize(matrix, COLUMNS)
  forwardSolve(matrix, COLUMNS, right)
  // Rows of the months ahead in terms of independent coefficients of variance 1.
  const width = COLUMNS + (extra < 0 ? 0 : 1)
  const rows = new Float64Array(h * width)
  const independent = new Float64Array(width)
  independent.set(right)
  const own = Float64Array.from(right)
  for (let f = 0; f < h; f++) {
    for (let k = 0; k < COLUMNS; k++) rows[f * width + k] = scales[k] * ahead.columns[f * COLUMNS + k]
    forwardSolve(matrix, COLUMNS, rows, f * width)
  }
  let coefficient = 0
  let spread = 0
  if (extra >= 0) {
    const column = new Float64Array(COLUMNS)
    for (let k = 0; k < COLUMNS; k++) column[k] = scales[k] * projection.extraGram[extra * COLUMNS + k]
    forwardSolve(matrix, COLUMNS, column)
    const precision = 1 / variance + projection.extraSquares[extra] - dot(column, 0, column, 0, COLUMNS)
    const root = Math.sqrt(precision)
    independent[COLUMNS] = (projection.extraRight[extra] - dot(column, 0, right, 0, COLUMNS)) / root
    coefficient = independent[COLUMNS] / root
    for (let k = 0; k < COLUMNS; k++) own[k] -= coefficient * column[k]
    spread = 1 / precision
    for (let f = 0; f < h; f++)
      rows[f * width + COLUMNS] = (ahead.extra[f * extras.length + extra] - dot(column, 0, rows, f * width, COLUMNS)) / root
  }
  backwardSolve(matrix, COLUMNS, own)
  const { variance: scale, freedom } = prior.scale.posterior(known.at.length, squares)
  const mean = Float64Array.from(
    { length: h },
    (_, f) => known.middle + ahead.mean[f] + dot(rows, f * width, independent, 0, width),
  )
  const factor = new Float64Array(h * h)
  for (let f = 0; f < h; f++)
    for (let g = 0; g <= f; g++)
      factor[f * h + g] = scale * (ahead.covariance[f * h + g] + dot(rows, f * width, rows, g * width, width))
  factorize(factor, h)
  return {
    weight,
    breaks: false,
    process,
    slope,
    season,
    extra,
    coefficient,
    variance: scale * spread,
    coefficients: own.map((value, k) => scales[k] * value),
    mean,
    factor,
    freedom,
  }
}

/** Adds futures in which the level breaks at unknown months. */
function withBreaks(
  members: readonly Member[],
  ahead: Int32Array,
  last: number,
  { breaks: { chance, size } }: Prior,
): readonly Member[] {
  if (chance === 0) return members
  const likely = members.slice(0, MOST_BROKEN)
  const share = chance / likely.reduce((sum, { weight }) => sum + weight, 0)
  // Breaks add up like a walk, and leave expected volumes as they are.
  const variances = Float64Array.from(ahead, (place) => (Math.max(0, place - last) * size * size) / YEAR)
  return [
    ...members.map((member) => ({ ...member, weight: member.weight * (1 - chance) })),
    ...likely.map((member) => ({
      ...member,
      breaks: true,
      weight: member.weight * share,
      mean: member.mean.map((value, f) => value - variances[f] / 2),
      factor: widened(member.factor, variances),
    })),
  ]
}

/** The factor of a covariance to which a walk with these variances is added. */
function widened(factor: Float64Array, variances: Float64Array): Float64Array {
  const h = variances.length
  const sum = new Float64Array(h * h)
  for (let f = 0; f < h; f++)
    for (let g = 0; g <= f; g++) sum[f * h + g] = dot(factor, f * h, factor, g * h, g + 1) + Math.min(variances[f], variances[g])
  factorize(sum, h)
  return sum
}
