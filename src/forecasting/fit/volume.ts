// Fits level, growth, seasons, noise and spikes of monthly volumes: log volume = trend + seasonal effects + autoregression.
import { exp, expm1, log } from '../../numerics/kernel/math.ts'
import { calendarMonth } from '../../months.ts'
import {
  autocorrelationAt,
  between,
  coefficientsOf,
  deviationAt,
  outlyingness,
  type Posterior,
  posteriorOf,
  type Regressors,
  regress,
  spreadOfFits,
  stationaryVariance,
} from './autoregression.ts'
import type { Elasticity } from '../ensemble/elasticity.ts'
import type { Innovation } from '../ensemble/innovations.ts'
import type { Range, Shift } from './figures.ts'
import { shiftsOf } from './shifts.ts'

export interface VolumeFit {
  readonly months: number
  /** Whether volumes a day were fitted. Base, seasons and ratios are then those of months of average length. */
  readonly days?: boolean
  /** Present if working days were given. */
  readonly elasticity?: Elasticity
  /** What the working days of the first planned year multiply volumes by, from January to December. */
  readonly workingFactors?: readonly number[]
  /** Expected volume of the first planned month before the seasonal factor; `se` is that of its logarithm. */
  readonly base: { readonly value: number; readonly se: number }
  readonly growth: { readonly value: number; readonly se: number }
  /** Between the estimates of the logs of base and growth. */
  readonly correlation: number
  /** Twelve factors from January with mean 1; absent below 18 months. */
  readonly seasonality?: readonly number[]
  readonly cv: { readonly value: number; readonly range: Range }
  readonly autocorrelation: { readonly value: number; readonly range: Range }
  /** Standard deviation of a month's log given the month before. */
  readonly innovation: number
  readonly outliers: readonly { readonly month: number; readonly ratio: number }[]
  /** The chance of a spike in a month ahead, if the fit states one. */
  readonly spikeChance?: number
  readonly shifts: readonly Shift[]
  /** Volume of each month divided by its expected volume. Outliers and gaps are interpolated from their neighbors. */
  readonly ratios: readonly number[]
  /** Volume of the last month without its outlier effect; absent if the plan starts later. */
  readonly last?: number
  /** Absent for small counts. */
  readonly innovations?: readonly Innovation[]
  readonly warnings: readonly string[]
}

const FEWEST_FOR_SEASONS = 18
/** With this many months, seasonal effects need no shrinkage. */
const ENOUGH_FOR_SEASONS = 36
/** The innovation of an outlier, in robust standard deviations. */
const OUTLYING = 4
/** Prior variance of growth: within ±50% a year in two of three cases. It only matters for very short histories. */
const GROWTH_VARIANCE = 0.25
/** Candidates for the shrinkage of seasonal effects, relative to the innovations' variance. */
const STRENGTHS = [0.1, 0.3, 1, 3, 10, 30, 100]

/**
 * @param first the month of `volumes[0]`
 * @param volumes one per month; NaN or 0 if unknown
 * @param start the first planned month
 */
export function fitVolume(first: number, volumes: readonly number[], start: number): VolumeFit {
  const at = volumes.flatMap((volume, k) => (volume > 0 ? [k] : []))
  const y = Float64Array.from(at, (k) => log(volumes[k]))
  const months = at.length
  const seen = new Set(at.map((k) => calendarMonth(first + k))).size
  const seasons = months < FEWEST_FOR_SEASONS ? 'none' : months < ENOUGH_FOR_SEASONS || seen < 12 ? 'shrunk' : 'free'
  const ahead = start - first
  const plain: Design = { first, at, y, ahead, seasonal: seasons !== 'none', outliers: [], strength: 0 }
  const { design, found } = withOutliers(plain, seasons === 'shrunk')
  const { outliers } = design
  const { best } = found
  const { level, slope, levelVariance, slopeVariance, covariance } = trendOf(found)
  const effects = seasons === 'none' ? undefined : effectsOf(best.coefficients)
  const factors = effects?.map((effect) => exp(effect))
  const average = factors ? factors.reduce((a, b) => a + b, 0) / 12 : 1
  const variance = stationaryVariance(best)
  const residuals = residualsOf(found, design)
  const logs = smoothed(residuals, at, volumes.length, outliers, best.phi)
  const lastPlace = at[at.length - 1]
  const coefficients = best.coefficients.slice(best.coefficients.length - outliers.length)
  const ratioAt = (place: number) => {
    const k = outliers.indexOf(place)
    return k < 0 ? 1 : exp(coefficients[k])
  }
  const cvOf = (sd: number) => Math.sqrt(expm1(sd * sd))
  const shifts = shiftsOf(
    first,
    at,
    Float64Array.from(y, (value, k) => value - (effects?.[calendarMonth(first + at[k])] ?? 0)),
  )
  return {
    months,
    base: { value: exp(level + variance / 2) * average, se: Math.sqrt(levelVariance) },
    growth: { value: expm1(12 * slope), se: exp(12 * slope) * 12 * Math.sqrt(slopeVariance) },
    correlation: levelVariance > 0 ? covariance / Math.sqrt(levelVariance * slopeVariance) : 0,
    ...(factors && { seasonality: factors.map((factor) => factor / average) }),
    cv: { value: cvOf(Math.sqrt(variance)), range: [cvOf(deviationAt(found, 0.025)), cvOf(deviationAt(found, 0.975))] },
    autocorrelation: { value: best.phi, range: [autocorrelationAt(found, 0.025), autocorrelationAt(found, 0.975)] },
    innovation: Math.sqrt(best.squares / best.freedom),
    outliers: [...outliers].sort((a, b) => a - b).map((place) => ({ month: first + at[place], ratio: ratioAt(place) })),
    shifts,
    ratios: logs.map((value) => exp(value)),
    ...(lastPlace === ahead - 1 && { last: volumes[lastPlace] / ratioAt(at.length - 1) }),
    warnings: warningsOf(months, seasons, best.phi),
  }
}

/** Fits again with a coefficient for each outlier, starting with the farthest one. */
function withOutliers(plain: Design, shrunk: boolean): { readonly design: Design; readonly found: Posterior } {
  const fitted = (outliers: readonly number[]) => {
    const own = { ...plain, outliers }
    const design = shrunk ? { ...own, strength: strongest(own) } : own
    return { design, found: posteriorOf(regressorsOf(design)) }
  }
  let fit = fitted([])
  const most = Math.floor(plain.at.length / 10)
  while (fit.design.outliers.length < most) {
    const next = farthest(fit.design, fit.found)
    if (next === undefined || fit.design.outliers.includes(next)) break
    fit = fitted([...fit.design.outliers, next])
  }
  return fit
}

interface Trend {
  readonly level: number
  readonly slope: number
  readonly levelVariance: number
  readonly slopeVariance: number
  readonly covariance: number
}

/** Level and slope, averaged over all autocorrelations, with the weak prior on growth, which also moves the correlated level. */
function trendOf(found: Posterior): Trend {
  const { mean, covariance: moments } = coefficientsOf(found)
  const [a, b] = [0, 1].map((i) => spreadOfFits(found, i))
  const together = (a * b * moments[0][1]) / Math.sqrt(moments[0][0] * moments[1][1])
  const narrowing = GROWTH_VARIANCE / (GROWTH_VARIANCE + 144 * b * b)
  const tilt = together / (b * b)
  const slope = mean[1] * narrowing
  const slopeVariance = b * b * narrowing
  return {
    level: mean[0] + tilt * (slope - mean[1]),
    slope,
    levelVariance: Math.max(0, a * a - tilt * tilt * (b * b - slopeVariance)),
    slopeVariance,
    covariance: tilt * slopeVariance,
  }
}

interface Design {
  readonly first: number
  readonly at: readonly number[]
  readonly y: Float64Array
  /** Months from the first one to the first planned one. */
  readonly ahead: number
  readonly seasonal: boolean
  /** Indexes in `at`. */
  readonly outliers: readonly number[]
  readonly strength: number
}

/** Level in the first planned month, slope per month, eleven seasonal contrasts, and one coefficient per outlier. */
function regressorsOf({ first, at, y, ahead, seasonal, outliers, strength }: Design): Regressors {
  const column = (value: (k: number) => number) => Float64Array.from(at, value)
  const contrasts = seasonal
    ? Array.from({ length: 11 }, (_, j) =>
        column((k) => {
          const own = calendarMonth(first + k)
          return own === j ? 1 : own === 11 ? -1 : 0
        }),
      )
    : []
  const columns = [
    column(() => 1),
    column((k) => k - ahead),
    ...contrasts,
    ...outliers.map((place) => Float64Array.from(at, (_, i) => (i === place ? 1 : 0))),
  ]
  if (!seasonal || strength === 0) return { columns, y, at }
  // The prior precision of eleven out of twelve effects with equal variance that sum to 0.
  const inside = (i: number) => i >= 2 && i < 13
  const precision = columns.map((_, i) => columns.map((_, j) => (inside(i) && inside(j) ? strength * (i === j ? 2 : 1) : 0)))
  return { columns, y, at, prior: { precision, coefficients: 11 } }
}

function strongest(design: Design): number {
  // The added term is the normalizing constant of the prior on 11 coefficients.
  const scored = STRENGTHS.map((strength) => ({
    strength,
    score: posteriorOf(regressorsOf({ ...design, strength })).evidence + 5.5 * log(strength),
  }))
  return scored.reduce((a, b) => (b.score > a.score ? b : a)).strength
}

const effectsOf = (coefficients: readonly number[]): number[] => {
  const eleven = coefficients.slice(2, 13)
  return [...eleven, -eleven.reduce((a, b) => a + b, 0)]
}

/** The residuals of the logs, which still contain the effects of outliers. */
function residualsOf({ best }: Posterior, design: Design): number[] {
  const { columns, y } = regressorsOf(design)
  const own = columns.length - design.outliers.length
  return Array.from(y, (value, i) =>
    columns.slice(0, own).reduce((rest, column, j) => rest - best.coefficients[j] * column[i], value),
  )
}

/** The value that is farthest from its prediction by all others, if it is an outlier. */
function farthest(design: Design, { best }: Posterior): number | undefined {
  const scores = outlyingness(regressorsOf(design), best)
  const top = scores.indexOf(Math.max(...scores))
  return scores[top] > OUTLYING ? top : undefined
}

/** A residual for every month. Gaps and outliers are interpolated from their neighbors. */
function smoothed(
  residuals: readonly number[],
  at: readonly number[],
  length: number,
  outliers: readonly number[],
  phi: number,
): number[] {
  const known = new Map(at.flatMap((place, i) => (outliers.includes(i) ? [] : [[place, residuals[i]] as const])))
  return Array.from({ length }, (_, k) => known.get(k) ?? between(known.get(k - 1) ?? 0, known.get(k + 1) ?? 0, phi))
}

function warningsOf(months: number, seasons: string, phi: number): string[] {
  const warnings: string[] = []
  if (seasons === 'none')
    warnings.push(`${months} months are too few to estimate seasons (${FEWEST_FOR_SEASONS} are needed), so the plan has none`)
  if (seasons === 'shrunk')
    warnings.push(
      `${months} months show each season only once or twice, so the seasonal effects are reduced (from ${ENOUGH_FOR_SEASONS} months on they are not)`,
    )
  if (phi > 0.95)
    warnings.push('deviations from the trend hardly fade, so trend and noise cannot be separated and the forecast is wide')
  return warnings
}

/** The result of a plain regression without autocorrelation, for comparison with other tools. */
export function leastSquaresOf(first: number, volumes: readonly number[]): LeastSquares {
  const at = volumes.flatMap((volume, k) => (volume > 0 ? [k] : []))
  const y = Float64Array.from(at, (k) => log(volumes[k]))
  const seasonal = at.length >= ENOUGH_FOR_SEASONS
  const design = { first, at, y, ahead: volumes.length, seasonal, outliers: [], strength: 0 }
  const fit = regress(regressorsOf(design), 0)
  const { columns } = regressorsOf(design)
  const residuals = Array.from(y, (value, i) => columns.reduce((rest, column, j) => rest - fit.coefficients[j] * column[i], value))
  const square = residuals.reduce((sum, value) => sum + value * value, 0)
  const lag = residuals.slice(1).reduce((sum, value, i) => sum + value * residuals[i], 0) / square
  const innovations = residuals.slice(1).map((value, i) => value - lag * residuals[i])
  return {
    growth: expm1(12 * fit.coefficients[1]),
    sd: Math.sqrt(square / fit.freedom),
    lag1: lag,
    innovation: Math.sqrt(innovations.reduce((sum, value) => sum + value * value, 0) / innovations.length),
  }
}

interface LeastSquares {
  readonly growth: number
  /** Standard deviation and month-to-month correlation of the residual logs, and the standard deviation of their innovations. */
  readonly sd: number
  readonly lag1: number
  readonly innovation: number
}
