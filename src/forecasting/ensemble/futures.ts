// The futures of a history of volumes, as a plan draws them.
import { LruCache } from '../../lru-cache.ts'
import { monthLength } from '../fit/month-length.ts'
import { fitDigest } from './digest.ts'
import { type VolumeDriver, volumeDriver } from './driver.ts'
import type { Innovation } from './innovations.ts'
import { fitVolumes } from './volumes.ts'

export interface PastVolumes {
  /** The month of the first volume. */
  readonly first: number
  /** Conversations of each month; 0 if unknown. */
  readonly volumes: readonly number[]
  /** Whether volumes a day are fitted. */
  readonly days: boolean
}

export interface Futures {
  /** The number of the plan's first months that the history contains. */
  readonly closed: number
  /** Of the months after them. */
  readonly driver: VolumeDriver
  /** How far each month of the history was from what the months before it predict. */
  readonly innovations: readonly Innovation[]
  /** Months that are spikes, as ratios to what the others predict, and the chance of one in a month ahead. */
  readonly outliers: readonly { readonly month: number; readonly ratio: number }[]
  readonly spikeChance: number
  /** Equal fits have equal digests. */
  readonly digest: string
}

/** Recent fits: many variants of a plan draw the same futures, and each segment has its own. */
const recent = new LruCache<Futures>(64)

/** @param start the first month of the plan, which the history reaches or contains */
export const futuresOf = (past: PastVolumes, start: number, months: number): Futures =>
  recent.get(JSON.stringify([past.first, past.volumes, past.days, start, months]), () => fitted(past, start, months))

function fitted({ first, volumes, days }: PastVolumes, start: number, months: number): Futures {
  const end = first + volumes.length
  const closed = Math.max(0, end - start)
  const lengths = (from: number, count: number) => Array.from({ length: count }, (_, k) => (days ? monthLength(from + k) : 1))
  const own = lengths(first, volumes.length)
  const ensemble = fitVolumes(
    first,
    volumes.map((volume, k) => volume / own[k]),
    months - closed,
    undefined,
    Math.max(0, start - end),
  )
  const driver = volumeDriver(ensemble, lengths(start + closed, months - closed))
  const { innovations, spikes, spikeChance } = ensemble
  return {
    ...{ closed, driver, innovations, spikeChance, digest: fitDigest(driver) },
    outliers: spikes.map(({ place, ratio }) => ({ month: first + place, ratio })),
  }
}
