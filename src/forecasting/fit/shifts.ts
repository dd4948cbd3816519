// Detects lasting changes of level by comparing each half year with the one before, relative to the usual differences.
import { mean, median } from 'simple-statistics'
import { exp } from '../../numerics/kernel/math.ts'
import type { Shift } from './figures.ts'

const HALF_YEAR = 6
/**
 * The smallest changes to report, in robust standard deviations of all such differences and in size. A larger change needs to stand out
 * less. Without a real shift, one series in ten to twenty has such a change in five years, and one in five in ten years of persistent noise.
 */
const REPORTED = [
  { deviations: 3.3, size: 0.15 },
  { deviations: 2.4, size: 0.33 },
] as const

/** @param logs logarithms of the volumes without their seasonal effects */
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
    if (!REPORTED.some((least) => size > least.deviations * scale && exp(size) > 1 + least.size)) break
    if ([...taken].some((other) => Math.abs(other - k) < HALF_YEAR)) continue
    taken.add(k)
    // Medians are flat around the step, while means change most exactly at it.
    const near = places.filter((place) => Math.abs(place - places[k]) <= HALF_YEAR / 2)
    const sharpest = near.reduce((a, b) => (Math.abs(compare(b, mean) - usual) > Math.abs(compare(a, mean) - usual) ? b : a))
    shifts.push({ month: first + at[sharpest], ratio: exp(beyond[k]) })
  }
  return shifts.sort((a, b) => a.month - b.month)
}
