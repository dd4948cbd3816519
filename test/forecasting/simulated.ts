// Simulates histories with known parameters.

/** Uniform numbers by mulberry32 (Tommy Ettinger, public domain), which is good enough for simulated histories. */
export function uniforms(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296 + 2 ** -33
  }
}

/** Standard normal numbers by the method of Box and Muller. */
export function normals(seed: number): () => number {
  const next = uniforms(seed)
  return () => Math.sqrt(-2 * Math.log(next())) * Math.cos(2 * Math.PI * next())
}

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
