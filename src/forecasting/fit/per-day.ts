// Fits volumes a day, so that a leap day is no spike and February's three days less are no season.
import { DAYS_A_MONTH, daysIn } from '../../months.ts'
import { fitVolume, type VolumeFit } from './volume.ts'

/** A month's days compared to the average month's. */
const lengthOf = (month: number): number => daysIn(month) / DAYS_A_MONTH

/**
 * @param first the month of `volumes[0]`
 * @param volumes one per month; NaN or 0 if unknown
 * @param start the first planned month
 * @param days false fits months as they are
 */
export function fitHistory(first: number, volumes: readonly number[], start: number, days = true): VolumeFit {
  if (!days) return fitVolume(first, volumes, start)
  const { last, ...fit } = fitVolume(
    first,
    volumes.map((volume, k) => volume / lengthOf(first + k)),
    start,
  )
  return { ...fit, days: true, ...(last !== undefined && { last: last * lengthOf(start - 1) }) }
}
