// Lasting changes of level: half a year against the half year before it, by how much such halves differ elsewhere.
import { mean, median } from 'simple-statistics'
import { exp } from '../../numerics/kernel/math.ts'
import type { Shift } from './figures.ts'

const HALF_YEAR = 6
/**
 * What is told: a change so large in robust standard deviations of all such differences and in size; the larger it is, the less it
 * must stand out from a series that moves much anyway. Of five years without a shift one series in ten or twenty has such a change; of ten
 * years whose deviations persist, one in five.
 */
const TOLD = [
  { deviations: 3.3, size: 0.15 },
  { deviations: 2.4, size: 0.33 },
] as const

/** @param logs of the volumes without their seasons */
export function shiftsOf(first: number, at: readonly number[], logs: Float64Array): Shift[] {
  const places = Array.from({ length: Math.max(0, logs.length - 2 * HALF_YEAR + 1) }, (_, k) => k + HALF_YEAR)
  if (places.length < HALF_YEAR) return []
  const compare = (place: number, middle: (values: number[]) => number) =>
    middle([...logs.subarray(place, place + HALF_YEAR)]) - middle([...logs.subarray(place - HALF_YEAR, place)])
  const steps = places.map((place) => compare(place, median))
  const usual = median(steps)
  const scale = median(steps.map((step) => Math.abs(step - usual))) / 0.6745
  const beyond = steps.map((step) => step - usual)
  const shifts: Shift[] = []
  const taken = new Set<number>()
  const order = [...beyond.keys()].sort((a, b) => Math.abs(beyond[b]) - Math.abs(beyond[a]))
  for (const k of order) {
    const size = Math.abs(beyond[k])
    if (!TOLD.some((least) => size > least.deviations * scale && exp(size) > 1 + least.size)) break
    if ([...taken].some((other) => Math.abs(other - k) < HALF_YEAR)) continue
    taken.add(k)
    // Medians are flat about the step; means are steepest where it is.
    const near = places.filter((place) => Math.abs(place - places[k]) <= HALF_YEAR / 2)
    const sharpest = near.reduce((a, b) => (Math.abs(compare(b, mean) - usual) > Math.abs(compare(a, mean) - usual) ? b : a))
    shifts.push({ month: first + at[sharpest], ratio: exp(beyond[k]) })
  }
  return shifts.sort((a, b) => a.month - b.month)
}
