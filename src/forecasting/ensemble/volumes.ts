// From monthly volumes to the ensemble of their future: takes logarithms, leaves gaps out and treats outliers as spikes.
import { exp, log } from '../../numerics/kernel/math.ts'
import { calendarMonth } from '../../months.ts'
import { type Ensemble, type Extra, fitEnsemble, type Member } from './ensemble.ts'
import { outlierIn, residualsOf } from './outliers.ts'
import { PRIOR, type Prior } from './prior.ts'
import type { KnownMonths } from './project.ts'

export interface VolumeEnsemble extends Ensemble {
  /** Months that the ensemble leaves out, and their volume as a ratio to what the other months predict. */
  readonly spikes: readonly { readonly place: number; readonly ratio: number }[]
  /** The chance of a spike in a month ahead. */
  readonly spikeChance: number
  /** Calendar months with a spike that were seen only once, so that it may be a season. */
  readonly maybeSeasons: readonly number[]
}

/** The known months among `volumes`, without those of `left`. */
export function knownOf(first: number, volumes: readonly number[], left: readonly number[] = []): KnownMonths {
  const at = Int32Array.from(volumes.flatMap((volume, place) => (volume > 0 && !left.includes(place) ? [place] : [])))
  const logs = Float64Array.from(at, (place) => log(volumes[place]))
  const middle = logs.reduce((sum, value) => sum + value, 0) / logs.length
  return { first, at, z: logs.map((value) => value - middle), middle, last: volumes.length - 1 }
}

const likeliest = (ensemble: Ensemble): Member =>
  ensemble.members.reduce((best, member) => (member.weight > best.weight ? member : best))

/**
 * @param first the month of `volumes[0]`
 * @param volumes one for each month; NaN or 0 if unknown
 * @param ahead how many months follow
 */
export function fitVolumes(
  first: number,
  volumes: readonly number[],
  ahead: number,
  prior: Prior = PRIOR,
  extrasOf: (known: KnownMonths, ahead: Int32Array) => readonly Extra[] = () => [],
): VolumeEnsemble {
  const places = Int32Array.from({ length: ahead }, (_, h) => volumes.length + h)
  const months = volumes.filter((volume) => volume > 0).length
  const left: number[] = []
  for (;;) {
    const known = knownOf(first, volumes, left)
    const extras = extrasOf(known, places)
    const ensemble = fitEnsemble(known, places, prior, extras)
    const best = likeliest(ensemble)
    const { processes, slopes, seasons } = prior.cells
    const residuals = residualsOf(known, processes[best.process], slopes[best.slope], seasons[best.season], extras[best.extra])
    const next = left.length < Math.floor(months / 10) ? outlierIn(residuals) : undefined
    if (next === undefined) return withSpikes(ensemble, first, volumes, known, left, prior)
    left.push(known.at[next])
  }
}

function withSpikes(
  ensemble: Ensemble,
  first: number,
  volumes: readonly number[],
  known: KnownMonths,
  left: readonly number[],
  prior: Prior,
): VolumeEnsemble {
  const places = [...left].sort((a, b) => a - b)
  const expected = places.length === 0 ? undefined : fitEnsemble(known, Int32Array.from(places), prior)
  const spikes = places.map((place, k) => {
    const middle = (expected?.members ?? []).reduce((sum, { weight, mean }) => sum + weight * mean[k], 0)
    return { place, ratio: volumes[place] / exp(middle) }
  })
  const once = (place: number) =>
    !Array.from(known.at).some((other) => calendarMonth(first + other) === calendarMonth(first + place))
  const maybeSeasons = places.filter(once).map((place) => calendarMonth(first + place))
  const chance = maybeSeasons.length > 0 ? 0 : places.length / (known.at.length + places.length + 12)
  return { ...ensemble, spikes, spikeChance: chance, maybeSeasons }
}
