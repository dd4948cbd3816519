// The course of a history and of the months ahead, as a chart shows it.
import { normalQuantile } from '../../numerics/distributions/special/normal.ts'
import { exp } from '../../numerics/kernel/math.ts'
import { boundedWidening, volumeDriver } from './driver.ts'
import { type Ensemble, varianceIn } from './ensemble.ts'
import { fitPast, type PastVolumes } from './past-fit.ts'
import { seasonOf } from './moments.ts'

/** Months are counted as in months.ts. Volumes are those of whole months. */
export interface HistoryCourse {
  readonly past: readonly {
    readonly month: number
    /** NaN if unknown, as the two below. */
    readonly actual: number
    /** What all other months predict. */
    readonly fitted: number
    /** The same without the season, for a month of average length and working days if these are fitted. */
    readonly level: number
  }[]
  readonly ahead: readonly {
    readonly month: number
    readonly mean: number
    /** At 5%, 25%, 75% and 95%. */
    readonly percentiles: readonly number[]
  }[]
}

const YEAR = 12
const LEVELS = [0.05, 0.25, 0.75, 0.95] as const

/** @param start the first month ahead */
export function historyCourse(history: PastVolumes, start: number): HistoryCourse {
  const { first, volumes } = history
  const { ensemble, lengthOf } = fitPast(history, start, YEAR)
  const season = seasonOf(ensemble)
  const fitted = ensemble.fitted()
  const lengths = Array.from({ length: YEAR }, (_, t) => lengthOf(start + t))
  const { means, freedom } = volumeDriver(ensemble, lengths)
  const percentiles = percentilesOf(ensemble, freedom)
  return {
    past: volumes.map((actual, k) => {
      const month = first + k
      return {
        ...{ month, actual, fitted: fitted[k] * lengthOf(month) },
        level: fitted[k] / exp(season[month % YEAR]),
      }
    }),
    ahead: lengths.map((length, t) => ({
      month: start + t,
      mean: means[t],
      percentiles: percentiles(t).map((value) => value * length),
    })),
  }
}

/** Points of one member, in equal steps of probability: with hundreds of members, the percentiles of all need few. */
const POINTS = 25
const WIDTHS = 9

/** Percentiles of a month ahead over all members, from points of the scores and of the widths. The widths are found once: each takes long. */
function percentilesOf({ members, months }: Ensemble, freedom: number): (t: number) => number[] {
  const middles = (count: number) =>
    Array.from({ length: count }, (_, k) => normalQuantile((k + 0.5) / count, 1 - (k + 0.5) / count))
  const scores = middles(POINTS)
  const widths = middles(WIDTHS).map(boundedWidening(freedom))
  return (t) => {
    const points = members.flatMap((member) => {
      const sd = Math.sqrt(varianceIn(member, months, t))
      const weight = member.weight / POINTS
      // Each score has its own width, in an order that mixes both.
      return scores.map((z, k) => ({ log: member.mean[t] + sd * z * widths[(4 * k) % WIDTHS], weight }))
    })
    return levelsOf(points)
  }
}

function levelsOf(points: { readonly log: number; readonly weight: number }[]): number[] {
  points.sort((a, b) => a.log - b.log)
  let [sum, next] = [0, 0]
  const found: number[] = []
  for (const { log, weight } of points) {
    sum += weight
    while (next < LEVELS.length && sum >= LEVELS[next]) {
      found.push(exp(log))
      next++
    }
  }
  return found
}
