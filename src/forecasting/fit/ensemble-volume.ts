// Fits volumes by the ensemble, and states its forecast in the fields of a plan.
import { CALENDAR_MONTHS, calendarMonth, formatMonth } from '../../months.ts'
import { formatShare } from '../../notation/money.ts'
import { exp, expm1, log } from '../../numerics/kernel/math.ts'
import { inFirstMonths } from '../ensemble/ensemble.ts'
import { fitPast, type PastVolumes } from '../ensemble/past-fit.ts'
import { aheadMoments, seasonOf } from '../ensemble/moments.ts'
import { reportedSteps } from '../ensemble/report.ts'
import type { Shift } from './figures.ts'
import { monthLength } from './month-length.ts'
import { fieldsOf } from './project-fields.ts'
import { fitVolume, type VolumeFit } from './volume.ts'

const YEAR = 12
/** With fewer months, no season is written: they would all be near 1. */
const FEWEST_FOR_SEASONS = 13

/**
 * @param start the first planned month
 * @param planned months of the plan, for which the fit is kept
 */
export function fitByEnsemble(past: PastVolumes, start: number, planned = 0): VolumeFit {
  const { first, days } = past
  const { ensemble: all, volumes, lengthOf, elasticity } = fitPast(past, start, Math.max(YEAR, planned))
  const ensemble = inFirstMonths(all, YEAR)
  const moments = aheadMoments(ensemble)
  const effects = seasonOf(ensemble)
  const months = volumes.filter((volume) => volume > 0).length
  const seasonal = months >= FEWEST_FOR_SEASONS && effects.some((effect) => Math.abs(effect) > SMALLEST_EFFECT)
  const ahead = Float64Array.from({ length: YEAR }, (_, f) => (seasonal ? effects[(start + f) % YEAR] : 0))
  const { level, growth, levelVariance, growthVariance, covariance, noiseVariance, phi } = fieldsOf(moments, {
    season: ahead,
    weights: moments.mean.map((value, f) => exp(value + moments.covariance[f * YEAR + f] / 2)),
  })
  const factors = Array.from(effects, (effect) => exp(effect))
  const average = seasonal ? factors.reduce((a, b) => a + b, 0) / YEAR : 1
  const cv = Math.sqrt(expm1(noiseVariance))
  const shifts = reportedSteps(first, volumes, ensemble)
  // The noise of the past, for words and for drawing past deviations. A step is no noise.
  const noise = fitVolume(first, withoutSteps(first, volumes, shifts), start)
  return {
    months,
    ...(days && { days }),
    ...(elasticity && { elasticity, workingFactors: workingFactorsOf(start, lengthOf, days) }),
    base: { value: exp(level + noiseVariance / 2) * average, se: Math.sqrt(levelVariance) },
    growth: { value: expm1(growth), se: exp(growth) * Math.sqrt(growthVariance) },
    correlation: levelVariance > 0 && growthVariance > 0 ? covariance / Math.sqrt(levelVariance * growthVariance) : 0,
    ...(seasonal && { seasonality: factors.map((factor) => factor / average) }),
    cv: { value: cv, range: reaching(cv, noise.cv.range) },
    autocorrelation: { value: phi, range: reaching(phi, noise.autocorrelation.range) },
    innovation: noise.innovation,
    spikeChance: ensemble.spikeChance,
    outliers: ensemble.spikes.map(({ place, ratio }) => ({ month: first + place, ratio })),
    shifts,
    ratios: noise.ratios,
    innovations: ensemble.innovations,
    warnings: [
      ...(months < FEWEST_FOR_SEASONS
        ? [`${months} months are too few to estimate seasons (${FEWEST_FOR_SEASONS} are needed), so the plan has none`]
        : []),
      ...[...ensemble.maybeSeasons, ...ensemble.maybeSpikes].map(
        (month) =>
          `${CALENDAR_MONTHS[month]} stands out, but the history has only one. It may be a season or a spike: the plan takes it as ${ensemble.maybeSpikes.includes(month) ? 'a season' : 'neither'}. Check \`seasonality\``,
      ),
      ...shifts.map(
        ({ month, ratio }) =>
          `from ${formatMonth(month)} on, volumes are ${formatShare(Math.abs(ratio - 1), 0)} ${ratio > 1 ? 'higher' : 'lower'} than before. The forecast allows for it. If the business changed then, you can also use only the months since (\`--since ${formatMonth(month)}\`)`,
      ),
    ],
  }
}

/** By calendar month from January, for the months from `start` on. */
const workingFactorsOf = (start: number, lengthOf: (month: number) => number, days: boolean): number[] =>
  Array.from({ length: YEAR }, (_, calendar) => {
    const month = start + ((calendar - calendarMonth(start) + YEAR) % YEAR)
    return lengthOf(month) / (days ? monthLength(month) : 1)
  })
const SMALLEST_EFFECT = log(1.001)

/** The volumes as if all months had the level of the last ones. */
const withoutSteps = (first: number, volumes: readonly number[], shifts: readonly Shift[]): number[] =>
  volumes.map((volume, k) => shifts.reduce((level, { month, ratio }) => (first + k < month ? level * ratio : level), volume))

/** The interval of past noise. The plan's noise, which allows for the year ahead, may lie beyond it, and then the interval ends there. */
const reaching = (value: number, [low, high]: readonly [number, number]): readonly [number, number] => [
  Math.min(low, value),
  Math.max(high, value),
]
