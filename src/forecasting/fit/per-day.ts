// Fits volumes a day, so that a leap day is no spike and February's three days less are no season.
import { fitCounts } from './counts.ts'
import { fitByEnsemble } from './ensemble-volume.ts'
import { monthLength } from './month-length.ts'
import type { VolumeFit } from './volume.ts'

/**
 * @param first the month of `volumes[0]`
 * @param volumes one per month; NaN if unknown, and 0 only if small counts are among them
 * @param start the first planned month
 * @param days false fits months as they are
 * @param brief leaves out what only words need
 */
export function fitHistory(first: number, volumes: readonly number[], start: number, days = true, brief = false): VolumeFit {
  if (volumes.includes(0)) return fitCounts(volumes)
  if (!days) return fitByEnsemble(first, volumes, start, brief)
  const fit = fitByEnsemble(
    first,
    volumes.map((volume, k) => volume / monthLength(first + k)),
    start,
    brief,
  )
  return { ...fit, days: true }
}
