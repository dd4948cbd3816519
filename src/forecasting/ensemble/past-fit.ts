// The fit of a history of volumes. A plan, its words and its charts state the same fit, which is made once.
import { LruCache } from '../../lru-cache.ts'
import { daysIn } from '../../months.ts'
import { exp, log } from '../../numerics/kernel/math.ts'
import { monthLength } from '../fit/month-length.ts'
import { type Elasticity, elasticityOf } from './elasticity.ts'
import { inFirstMonths } from './ensemble.ts'
import { fitVolumes, knownOf, type VolumeEnsemble } from './volumes.ts'

export interface PastVolumes {
  /** The month of the first volume. */
  readonly first: number
  /** Conversations of each month; 0 if unknown. */
  readonly volumes: readonly number[]
  /** Whether volumes a day are fitted. */
  readonly days: boolean
  /** Working days of each month from the first one to the last one ahead. Absent if volumes are not compared with them. */
  readonly working?: readonly number[]
}

export interface PastFit {
  /** Of the volumes below. */
  readonly ensemble: VolumeEnsemble
  /** Volumes of months of average length, with average working days. */
  readonly volumes: readonly number[]
  /** What a month of average length and working days is multiplied by. */
  readonly lengthOf: (month: number) => number
  /** How much volumes follow working days: 1 if in proportion, and 0 if not at all. */
  readonly elasticity?: Elasticity
}

const YEAR = 12
const recent = new LruCache<PastFit>(16)

/** How many months of working days a fit needs: to the end of the plan, and of a year ahead at any of its months. */
export const workingMonths = (first: number, start: number, months: number): number => start + months + YEAR - first

/** @param from the first month ahead, which no month of the history follows */
export function fitPast(past: PastVolumes, from: number, months: number): PastFit {
  const { first, days, working } = past
  const volumes = past.volumes.map((volume) => (volume > 0 ? volume : 0))
  // Who asks for fewer months gets the first of those that words and charts need.
  const most = Math.max(YEAR, months)
  const made = recent.get(JSON.stringify([first, volumes, days, working, from, most]), () =>
    fitted({ ...past, volumes }, from, most),
  )
  return { ...made, ensemble: inFirstMonths(made.ensemble, months) }
}

function fitted(past: PastVolumes, from: number, months: number): PastFit {
  const { first } = past
  const exposure = exposureOf(past)
  const volumes = past.volumes.map((volume, k) => volume / exposure.lengthOf(first + k))
  return { ...exposure, volumes, ensemble: fitVolumes(first, volumes, months, undefined, from - first - volumes.length) }
}

function exposureOf({ first, volumes, days, working }: PastVolumes): Pick<PastFit, 'lengthOf' | 'elasticity'> {
  const length = (month: number) => (days ? monthLength(month) : 1)
  if (working === undefined) return { lengthOf: length }
  // Beside volumes a day, what counts is the share of days that are working days.
  const share = (place: number) => log(working[place] / (days ? daysIn(first + place) : 1))
  const known = volumes.flatMap((volume, place) => (volume > 0 ? [place] : []))
  const usual = known.reduce((sum, place) => sum + share(place), 0) / known.length
  const at = (place: number) => share(place) - usual
  const each = volumes.map((volume, k) => volume / length(first + k))
  const elasticity = elasticityOf(known.length, at, (left) => knownOf(first, each, left))
  return { elasticity, lengthOf: (month) => length(month) * exp(elasticity.value * at(month - first)) }
}
