// The futures of a history of volumes, as a plan draws them.
import { LruCache } from '../../lru-cache.ts'
import { fitDigest } from './digest.ts'
import { type VolumeDriver, volumeDriver } from './driver.ts'
import { fitPast, type PastVolumes } from './past-fit.ts'
import type { Innovation } from './innovations.ts'

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
  recent.get(JSON.stringify([past.first, past.volumes, past.days, past.working, start, months]), () => fitted(past, start, months))

function fitted(past: PastVolumes, start: number, months: number): Futures {
  const { first } = past
  const end = first + past.volumes.length
  const closed = Math.max(0, end - start)
  const from = start + closed
  const { ensemble, lengthOf } = fitPast(past, from, months - closed)
  const driver = volumeDriver(
    ensemble,
    Array.from({ length: months - closed }, (_, t) => lengthOf(from + t)),
  )
  const { innovations, spikes, spikeChance } = ensemble
  return {
    ...{ closed, driver, innovations, spikeChance, digest: fitDigest(driver) },
    outliers: spikes.map(({ place, ratio }) => ({ month: first + place, ratio })),
  }
}
