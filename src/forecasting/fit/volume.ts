// Monthly volumes → level, growth, seasons, noise, spikes: log volume = trend + month effects + autoregression.
import { exp, expm1, log } from '../../numerics/kernel/math.ts'
import { calendarMonth, formatMonth } from '../../months.ts'
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
import type { Range, Shift } from './figures.ts'
import { shiftsOf } from './shifts.ts'

export interface VolumeFit {
  /** Months that were used, without gaps and zeros. */
  readonly months: number
  /** Expected volume of the first planned month, before its season; `se` is that of its logarithm. */
  readonly base: { readonly value: number; readonly se: number }
  /** A fraction a year. */
  readonly growth: { readonly value: number; readonly se: number }
  /** Of the logs of base and growth. */
  readonly correlation: number
  /** Twelve factors from January, of mean 1; absent under 18 months. */
  readonly seasonality?: readonly number[]
  readonly cv: { readonly value: number; readonly range: Range }
  readonly autocorrelation: { readonly value: number; readonly range: Range }
  /** Standard deviation of a month's log given the month before. */
  readonly innovation: number
  readonly outliers: readonly { readonly month: number; readonly ratio: number }[]
  readonly shifts: readonly Shift[]
  /** What each month from the first to the last was by what was expected of it, outliers and gaps as their neighbours have it. */
  readonly ratios: readonly number[]
  /** Volume of the last month, an outlier as its neighbours have it; absent where the plan begins later. */
  readonly last?: number
  readonly warnings: readonly string[]
}

/** Fewer months say nothing about seasons. */
const FEWEST_FOR_SEASONS = 18
/** From so many on seasons are taken as they are. */
const ENOUGH_FOR_SEASONS = 36
/** Of a month's innovation, in robust standard deviations. */
const OUTLYING = 4
/** Before the data, growth lies within ±50 % a year in two of three cases: it matters for a handful of months only. */
const GROWTH_VARIANCE = 0.25
/** Strengths with which seasons are drawn to none, by the innovations' variance: 1 = as wide as a month's surprise. */
const STRENGTHS = [0.1, 0.3, 1, 3, 10, 30, 100]

/**
 * @param first the month of `volumes[0]`
 * @param volumes a month each; NaN and 0 where nothing is known
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
    warnings: warningsOf(months, seasons, best.phi, shifts),
  }
}

/** The fit in which every outlier that is found has a coefficient of its own, the farthest first. */
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

/** Level and slope over all autocorrelations, with the weak prior on growth, which moves a level that is correlated with it. */
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
  /** Places in `at`. */
  readonly outliers: readonly number[]
  readonly strength: number
}

/** Level in the first planned month, slope a month, eleven contrasts of the seasons, and one coefficient an outlier. */
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
  // Twelve effects of equal variance that sum to 0, by eleven of them.
  const inside = (i: number) => i >= 2 && i < 13
  const precision = columns.map((_, i) => columns.map((_, j) => (inside(i) && inside(j) ? strength * (i === j ? 2 : 1) : 0)))
  return { columns, y, at, prior: { precision, coefficients: 11 } }
}

/** The strength that makes the months likeliest. */
function strongest(design: Design): number {
  // The prior's own normalising constant: 11 coefficients, each with so large a precision.
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

/** What remains of the logs, outliers included. */
function residualsOf({ best }: Posterior, design: Design): number[] {
  const { columns, y } = regressorsOf(design)
  const own = columns.length - design.outliers.length
  return Array.from(y, (value, i) =>
    columns.slice(0, own).reduce((rest, column, j) => rest - best.coefficients[j] * column[i], value),
  )
}

/** The value that lies farthest from what all others make of it, if it lies outside what months do. */
function farthest(design: Design, { best }: Posterior): number | undefined {
  const scores = outlyingness(regressorsOf(design), best)
  const top = scores.indexOf(Math.max(...scores))
  return scores[top] > OUTLYING ? top : undefined
}

/** A residual for every month: what is missing or outlying as its neighbours have it. */
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

function warningsOf(months: number, seasons: string, phi: number, shifts: readonly Shift[]): string[] {
  const warnings: string[] = []
  if (seasons === 'none')
    warnings.push(`${months} months are too few to see seasons (${FEWEST_FOR_SEASONS} are needed): none are assumed`)
  if (seasons === 'shrunk')
    warnings.push(
      `${months} months show each season once or twice: their effects are drawn towards none (${ENOUGH_FOR_SEASONS} months need no such help)`,
    )
  if (phi > 0.95) warnings.push('deviations hardly return: trend and noise cannot be told apart, and the range of futures is wide')
  for (const { month, ratio } of shifts)
    warnings.push(
      `from ${formatMonth(month)} on volumes are ${Math.abs(100 * (ratio - 1)).toFixed(0)} % ${ratio > 1 ? 'higher' : 'lower'} than before, beyond the trend: the fit takes that for noise; where it is another business now, begin there (since)`,
    )
  return warnings
}

/** What a plain regression without autocorrelation says of the same months, for those who check by other means. */
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

export interface LeastSquares {
  /** A fraction a year. */
  readonly growth: number
  /** Of the residual logs, their correlation from month to month, and the spread that this leaves. */
  readonly sd: number
  readonly lag1: number
  readonly innovation: number
}
