// Simulates histories with known parameters.
import { normals as normalsFrom, uniforms } from '../../bench/forecast/uniforms.mjs'

/** Standard normal numbers. */
export const normals = (seed: number): (() => number) => normalsFrom(uniforms(seed))

export interface Truth {
  readonly level: number
  /** A fraction per year. */
  readonly growth: number
  readonly season: readonly number[]
  /** Stationary standard deviation of the logs. */
  readonly sd: number
  readonly phi: number
}

export const SEASON = [1.04, 0.99, 1.08, 1.04, 1, 0.98, 1.04, 1.06, 1.02, 1.01, 0.88, 0.86]

/** Simulates volumes from January on. */
export function volumesOf({ level, growth, season, sd, phi }: Truth, months: number, normal: () => number): number[] {
  let state = sd * normal()
  return Array.from({ length: months }, (_, m) => {
    if (m > 0) state = phi * state + sd * Math.sqrt(1 - phi * phi) * normal()
    return level * (1 + growth) ** (m / 12) * season[m % 12] * Math.exp(state - (sd * sd) / 2)
  })
}
