// From monthly volumes to the ensemble of their future: takes logarithms, leaves gaps out and treats outliers as spikes.
import { exp, log } from '../../numerics/kernel/math.ts'
import { calendarMonth } from '../../months.ts'
import { type Ensemble, ensembleAt } from './ensemble.ts'
import type { Innovation } from './innovations.ts'
import { weighWithoutOutliers } from './outlier-free.ts'
import { outlierIn, residualsOf } from './outliers.ts'
import { PRIOR, type Prior } from './prior.ts'
import type { KnownMonths } from './project.ts'
import type { WeighedCells } from './weigh.ts'

export interface VolumeEnsemble extends Ensemble {
  /** Months that the ensemble leaves out, and their volume as a ratio to what the other months predict. */
  readonly spikes: readonly { readonly place: number; readonly ratio: number }[]
  /** The chance of a spike in a month ahead. */
  readonly spikeChance: number
  /** The place of each extra regressor that is a step. */
  readonly steps: readonly number[]
  /** Calendar months that were seen only once, with a spike: it may be a season. */
  readonly maybeSeasons: readonly number[]
  readonly innovations: readonly Innovation[]
  /** What the other months predict for each month, by the likeliest member; NaN if the month is unknown. */
  readonly fitted: () => Float64Array
  /** Calendar months that were seen only once, and whose season may be a spike. */
  readonly maybeSpikes: readonly number[]
}

/** The known months among `volumes`, without those of `left`. */
export function knownOf(first: number, volumes: readonly number[], left: readonly number[] = []): KnownMonths {
  const at = Int32Array.from(volumes.flatMap((volume, place) => (volume > 0 && !left.includes(place) ? [place] : [])))
  const logs = Float64Array.from(at, (place) => log(volumes[place]))
  const middle = logs.reduce((sum, value) => sum + value, 0) / logs.length
  return {
    ...{ first, at, z: logs.map((value) => value - middle), middle, last: volumes.length - 1 },
    counting: new Float64Array(at.length),
  }
}

/**
 * @param first the month of `volumes[0]`
 * @param volumes one for each month; NaN or 0 if unknown
 * @param ahead how many months to forecast
 * @param skip how many months lie between the history and the first of them
 */
export function fitVolumes(
  first: number,
  volumes: readonly number[],
  ahead: number,
  prior: Prior = PRIOR,
  skip = 0,
): VolumeEnsemble {
  const places = Int32Array.from({ length: ahead }, (_, h) => volumes.length + skip + h)
  const months = volumes.filter((volume) => volume > 0).length
  const { cells, best, steps, left, innovations } = weighWithoutOutliers(months, (out) => ({
    known: knownOf(first, volumes, out),
    prior,
  }))
  const { known } = cells
  const only = outlierIn(residualsOf(known, { ...best, season: 0 }))
  const maybeSpikes = only !== undefined && seenOnce(first, volumes, known.at[only]) ? [calendarMonth(first + known.at[only])] : []
  const outliers = spikesOf(first, volumes, cells, left)
  const fitted = () => {
    const values = new Float64Array(volumes.length).fill(Number.NaN)
    const { errors } = residualsOf(known, best)
    known.at.forEach((place, k) => (values[place] = exp(known.middle + known.z[k] - errors[k])))
    for (const { place, ratio } of outliers.spikes) values[place] = volumes[place] / ratio
    return values
  }
  return { ...ensembleAt(cells, places), ...outliers, steps, maybeSpikes, innovations, fitted }
}

/** Several months at the begin that do not fit the rest are an early history of another kind. They are left out, and are no spikes. */
function spikesAmong(left: readonly number[], volumes: readonly number[]): number[] {
  const sorted = [...left].sort((a, b) => a - b)
  const start = volumes.findIndex((volume) => volume > 0)
  const early = sorted.findIndex((place, k) => place !== start + k)
  const end = early < 0 ? sorted.length : early
  return end > 1 ? sorted.slice(end) : sorted
}

/** Whether no other year of the history has this calendar month. */
const seenOnce = (first: number, volumes: readonly number[], place: number): boolean =>
  !volumes.some((volume, other) => volume > 0 && other !== place && calendarMonth(first + other) === calendarMonth(first + place))

function spikesOf(
  first: number,
  volumes: readonly number[],
  cells: WeighedCells,
  left: readonly number[],
): Pick<VolumeEnsemble, 'spikes' | 'spikeChance' | 'maybeSeasons'> {
  const { known } = cells
  const places = spikesAmong(left, volumes)
  const expected = places.length === 0 ? undefined : ensembleAt(cells, Int32Array.from(places))
  const spikes = places.map((place, k) => {
    const middle = (expected?.members ?? []).reduce((sum, { weight, mean }) => sum + weight * mean[k], 0)
    return { place, ratio: volumes[place] / exp(middle) }
  })
  const maybeSeasons = places.filter((place) => seenOnce(first, volumes, place)).map((place) => calendarMonth(first + place))
  const chance = maybeSeasons.length > 0 ? 0 : places.length / (known.at.length + places.length + 12)
  return { spikes, spikeChance: chance, maybeSeasons }
}
