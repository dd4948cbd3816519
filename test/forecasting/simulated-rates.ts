// Simulates resolutions with known parameters.
import { rateNoise } from '../closed-forms/rate-noise.ts'

export interface RateTruth {
  readonly months: number
  readonly count: number
  readonly trend: (month: number) => number
  /** Standard deviation at the starting rate, as a fraction. */
  readonly sd: number
  readonly phi: number
}

export function resolved({ months, count, trend, sd, phi }: RateTruth, normal: () => number): [number[], number[]] {
  const start = trend(0)
  const { shift, tau } = rateNoise(start, sd)
  let state = tau * normal()
  const counts = Array.from({ length: months }, () => count)
  const resolutions = counts.map((n, m) => {
    if (m > 0) state = phi * state + tau * Math.sqrt(1 - phi * phi) * normal()
    const rate = 1 / (1 + Math.exp(-(Math.log(trend(m) / (1 - trend(m))) + shift + state)))
    return Math.min(n, Math.max(0, Math.round(n * rate + Math.sqrt(n * rate * (1 - rate)) * normal())))
  })
  return [counts, resolutions]
}
