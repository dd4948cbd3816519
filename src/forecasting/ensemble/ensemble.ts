// An ensemble of Gaussian processes of the logarithms of monthly volumes, or the log-odds of rates, in months that are not known.
import { backwardSolve, dot, factorize, forwardSolve, forwardSolveAll, products } from './dense.ts'
import type { Prior } from './prior.ts'
import { type Ahead, COLUMNS, type KnownMonths, type Projection } from './project.ts'
import { type Candidate, type CellSystem, emptySystem, scalesOf, solveSystem, weighCells, type WeighedCells } from './weigh.ts'

/**
 * The months ahead as a mixture: draw a member by its weight, then logs = mean + factor·normals·√(freedom/χ²), or without the root if its
 * degrees of freedom are infinite.
 */
export interface Ensemble {
  readonly months: number
  readonly members: readonly Member[]
}

export interface Member extends Omit<Candidate, 'logWeight' | 'squares'> {
  readonly weight: number
  /** Whether the level breaks in the months ahead. */
  readonly breaks: boolean
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

/** The variance of month `t` ahead, before the degrees of freedom widen it. */
export const varianceIn = ({ factor }: Member, months: number, t: number): number =>
  dot(factor, t * months, factor, t * months, t + 1)

/** The likeliest members that stand for all where the level breaks. */
const MOST_BROKEN = 40
const YEAR = 12

export const fitEnsemble = (known: KnownMonths, ahead: Int32Array, prior: Prior): Ensemble =>
  ensembleAt(weighCells(known, prior, prior.extras(known).all), ahead)

/** @param places of the months that the members state, usually those ahead */
export function ensembleAt(cells: WeighedCells, places: Int32Array): Ensemble {
  const { known, prior, likely, weights } = cells
  // Members often differ only in their extra regressor.
  const made = new Map<string, CellAhead>()
  const cellOf = (one: Candidate): CellAhead => {
    const key = `${one.process} ${one.slope} ${one.season}`
    const cell = made.get(key) ?? cellAhead(one, cells, places)
    made.set(key, cell)
    return cell
  }
  const members = likely.map((one, k) => memberOf(one, weights[k], cellOf(one), cells))
  return { months: places.length, members: withBreaks(members, places, known.last, prior) }
}

/** The same futures in the first of their months. */
export function inFirstMonths<E extends Ensemble>(ensemble: E, months: number): E {
  const all = ensemble.months
  if (months === all) return ensemble
  const rows = (factor: Float64Array) => {
    const part = new Float64Array(months * months)
    for (let f = 0; f < months; f++) part.set(factor.subarray(f * all, f * all + months), f * months)
    return part
  }
  const part = ({ mean, factor, ...rest }: Member): Member => ({ ...rest, mean: mean.slice(0, months), factor: rows(factor) })
  return { ...ensemble, months, members: ensemble.members.map(part) }
}

/** What the members of a cell share. */
interface CellAhead extends CellSystem {
  readonly projection: Projection
  readonly ahead: Ahead
  readonly scales: Float64Array
  /** Rows of the months ahead in terms of independent coefficients of variance 1, and their products with the coefficients and each other. */
  readonly rows: Float64Array
  readonly means: Float64Array
  readonly within: Float64Array
}

function cellAhead(candidate: Candidate, { projections, prior }: WeighedCells, places: Int32Array): CellAhead {
  const projection = projections[candidate.process]
  const ahead = projection.ahead(places)
  const scales = scalesOf(prior, candidate)
  const system = emptySystem()
  solveSystem(system, projection, scales)
  const h = places.length
  const rows = ahead.columns.map((value, k) => scales[k % COLUMNS] * value)
  forwardSolveAll(system.matrix, COLUMNS, rows, h)
  return {
    ...{ ...system, projection, ahead, scales, rows },
    means: products(rows, h, system.right, 1, COLUMNS),
    within: products(rows, h, rows, h, COLUMNS),
  }
}

function memberOf(candidate: Candidate, weight: number, cell: CellAhead, { known, prior }: WeighedCells): Member {
  const { process, slope, season, extra, squares } = candidate
  const { ahead, matrix, right, scales, means, within } = cell
  const h = means.length
  const own = Float64Array.from(right)
  const last = extra < 0 ? undefined : lastColumn(candidate, cell)
  if (last) for (let k = 0; k < COLUMNS; k++) own[k] -= last.coefficient * last.column[k]
  backwardSolve(matrix, COLUMNS, own)
  for (let k = 0; k < COLUMNS; k++) own[k] *= scales[k]
  const { variance: scale, freedom } = prior.scale.posterior(known.at.length, squares)
  const mean = new Float64Array(h)
  const factor = new Float64Array(h * h)
  for (let f = 0; f < h; f++) {
    const [row, independent] = last ? [last.row[f], last.independent] : [0, 0]
    mean[f] = known.middle + ahead.mean[f] + (means[f] + row * independent)
    for (let g = 0; g <= f; g++)
      factor[f * h + g] = scale * (ahead.covariance[f * h + g] + (within[f * h + g] + (last ? row * last.row[g] : 0)))
  }
  factorize(factor, h)
  return {
    ...{ weight, breaks: false, process, slope, season, extra, freedom, mean, factor },
    coefficient: last?.coefficient ?? 0,
    variance: scale * (last?.spread ?? 0),
    coefficients: own,
  }
}

interface LastColumn {
  readonly coefficient: number
  readonly spread: number
  /** Of the extra regressor, as the cell's coefficients see it. */
  readonly column: Float64Array
  /** The coefficient in units of its standard deviation, and what it adds to each month. */
  readonly independent: number
  readonly row: Float64Array
}

function lastColumn({ extra, variance }: Candidate, { projection, ahead, scales, matrix, right, rows }: CellAhead): LastColumn {
  const column = scales.map((scale, k) => scale * projection.extraGram[extra * COLUMNS + k])
  forwardSolve(matrix, COLUMNS, column)
  const precision = 1 / variance + projection.extraSquares[extra] - dot(column, 0, column, 0, COLUMNS)
  const root = Math.sqrt(precision)
  const independent = (projection.extraRight[extra] - dot(column, 0, right, 0, COLUMNS)) / root
  return {
    coefficient: independent / root,
    spread: 1 / precision,
    ...{ column, independent },
    row: ahead.extra(extra).map((value, f) => (value - dot(column, 0, rows, f * COLUMNS, COLUMNS)) / root),
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
