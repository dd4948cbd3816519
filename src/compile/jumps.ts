// Finds the places where a distribution jumps.
import type { Distribution } from '../numerics/distributions/distribution.ts'
import type { InputJumps } from './program.ts'

/** A quantile that rises by this share of the standard deviation within a billionth of probability has a step. */
const STEP = 0.1
const WITHIN = 1e-9

/** @returns undefined if the distribution has no jump */
export function jumpsOf(distribution: Distribution, input: number): InputJumps | undefined {
  const at = [...(distribution.jumps ?? [])].sort((a, b) => a - b)
  if (at.length === 0) return undefined
  const { atoms, sd } = distribution
  const near = (p: number, by: number): readonly [number, number] => [
    distribution.quantile(p - by, 1 - p + by),
    distribution.quantile(p + by, 1 - p - by),
  ]
  // Between two parts of a mixture the values halfway to the next jump show how far apart the parts are.
  const half = (k: number) => Math.min(at[k] - (at[k - 1] ?? 0), (at[k + 1] ?? 1) - at[k]) / 2
  const sides = at.map((p, k): readonly [number, number] => (atoms ? [atoms.values[k], atoms.values[k + 1]] : near(p, half(k))))
  const whole = sides.reduce((sum, [below, above]) => sum + above - below, 0)
  const rises = (p: number): boolean => {
    const [below, above] = near(p, WITHIN * Math.min(p, 1 - p))
    return above - below > STEP * sd
  }
  return {
    input,
    at,
    shares: sides.map(([below, above]) => (whole > 0 ? (above - below) / whole : 0)),
    stepped: atoms !== undefined || at.some(rises),
    discrete: atoms !== undefined,
  }
}
