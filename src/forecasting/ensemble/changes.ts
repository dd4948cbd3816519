// Reports steps of the level that the members agree on.
import { exp } from '../../numerics/kernel/math.ts'
import type { Ensemble } from './ensemble.ts'

export interface LevelStep {
  /** The place of the first month of the new level. */
  readonly place: number
  /** The new level by the old one. */
  readonly ratio: number
  /** How likely a step about this place is. */
  readonly chance: number
}

/** Members that put the step this many months apart mean the same one. */
const NEAR = 2

/** @param places the place of each extra regressor that is a step */
export function likeliestStep({ members }: Ensemble, places: readonly number[]): LevelStep | undefined {
  const chances = places.map((_, k) => members.reduce((sum, { weight, extra }) => sum + (extra === k ? weight : 0), 0))
  const about = places.map((place) => places.reduce((sum, other, k) => sum + (Math.abs(other - place) <= NEAR ? chances[k] : 0), 0))
  const top = chances.reduce((best, chance, k) => {
    const better = about[k] - about[best]
    return better > 1e-9 || (better > -1e-9 && chance > chances[best]) ? k : best
  }, 0)
  if (places.length === 0 || !(about[top] > 0)) return undefined
  const place = places[top]
  const near = places.flatMap((other, k) => (Math.abs(other - place) <= NEAR ? [k] : []))
  const likely = near.reduce((best, k) => (chances[k] > chances[best] ? k : best), top)
  const size = members.reduce((sum, { weight, extra, coefficient }) => sum + (near.includes(extra) ? weight * coefficient : 0), 0)
  return { place: places[likely], ratio: exp(size / about[top]), chance: about[top] }
}
