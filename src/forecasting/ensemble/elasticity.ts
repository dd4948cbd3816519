// How much monthly volumes follow a regressor of the calendar, such as working days: an elasticity over all cells of the ensemble.
import { exp } from '../../numerics/kernel/math.ts'
import { dot, forwardSolve } from './dense.ts'
import { withoutOutliers } from './outlier-free.ts'
import { PRIOR, type Prior } from './prior.ts'
import { COLUMNS, type KnownMonths } from './project.ts'
import { emptySystem, projectionsOf, scalesOf, solveSystem } from './weigh.ts'

export interface Elasticity {
  readonly value: number
  readonly se: number
}

/** Values that it may have, in equal steps, and the normal prior of each. */
const [LOWEST, HIGHEST, STEP] = [-0.5, 1.5, 0.05]
const USUAL = { mean: 0.5, sd: 0.5 }
const GRID = Array.from({ length: Math.round((HIGHEST - LOWEST) / STEP) + 1 }, (_, k) => LOWEST + STEP * k)
const LOG_PRIOR = GRID.map((value) => -0.5 * ((value - USUAL.mean) / USUAL.sd) * ((value - USUAL.mean) / USUAL.sd))

/**
 * The posterior mean and standard deviation, without months that the likeliest cell cannot explain. Steps are left to the cells whose level
 * walks: they say little about single months.
 * @param months how many months are known
 * @param at the regressor at a place, on the logarithm
 * @param read the known months without those of `left`
 */
export function elasticityOf(
  months: number,
  at: (place: number) => number,
  read: (left: readonly number[]) => KnownMonths,
  prior: Prior = PRIOR,
): Elasticity {
  const { processes, slopes, seasons } = prior.cells
  const { fit } = withoutOutliers(months, (left) => {
    const known = read(left)
    const { mean, sd, best } = weighed(known, at, prior)
    return {
      ...{ mean, sd },
      known: { ...known, z: known.z.map((value, i) => value - mean * at(known.at[i])) },
      best: { process: processes[best.process], slope: slopes[best.slope], season: seasons[best.season] },
    }
  })
  return { value: fit.mean, se: fit.sd }
}

interface Weighed {
  readonly mean: number
  readonly sd: number
  /** The likeliest cell. */
  readonly best: { readonly process: number; readonly slope: number; readonly season: number }
}

function weighed(known: KnownMonths, at: (place: number) => number, prior: Prior): Weighed {
  const { slopes, seasons } = prior.cells
  const months = known.at.length
  const system = emptySystem()
  const column = new Float64Array(COLUMNS)
  const logs = GRID.map((): number[] => [])
  let best = { process: 0, slope: 0, season: 0, log: Number.NEGATIVE_INFINITY }
  projectionsOf(known, prior, () => [at]).forEach((projection, p) => {
    slopes.forEach((size, slope) =>
      seasons.forEach((_, season) => {
        const scales = scalesOf(prior, { slope, season })
        const determinant = projection.determinant + solveSystem(system, projection, scales)
        const squares = projection.squares - dot(system.right, 0, system.right, 0, COLUMNS)
        for (let k = 0; k < COLUMNS; k++) column[k] = scales[k] * projection.extraGram[k]
        forwardSolve(system.matrix, COLUMNS, column)
        const left = projection.extraSquares[0] - dot(column, 0, column, 0, COLUMNS)
        const pull = projection.extraRight[0] - dot(column, 0, system.right, 0, COLUMNS)
        const own = prior.logPrior(p, slope, season) - determinant / 2
        GRID.forEach((value, k) => {
          const rest = squares - 2 * value * pull + value * value * left
          const steep = prior.logSlope(size * Math.sqrt(prior.scale.posterior(months, rest).variance))
          const weight = own + prior.scale.logLikelihood(months, rest) + steep + LOG_PRIOR[k]
          logs[k].push(weight)
          if (weight > best.log) best = { process: p, slope, season, log: weight }
        })
      }),
    )
  })
  const weights = logs.map((of) => of.reduce((sum, value) => sum + exp(value - best.log), 0))
  const whole = weights.reduce((sum, weight) => sum + weight, 0)
  const over = (value: (elasticity: number) => number) => GRID.reduce((sum, own, k) => sum + (weights[k] / whole) * value(own), 0)
  const mean = over((value) => value)
  return { mean, sd: Math.sqrt(over((value) => (value - mean) * (value - mean))), best }
}
