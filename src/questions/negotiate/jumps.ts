// Tells a jump of two offers' costs from a crossing.
import type { Field } from '../../scenario/edit/field.ts'
import type { Study } from '../study.ts'

/** The mean cost of each offer just below a number and just above it. */
export interface JumpCosts {
  readonly below: Readonly<Record<string, number>>
  readonly above: Readonly<Record<string, number>>
}

/** Distances from the number, as shares of it. Both are wider than the slack of thresholds. */
const [WIDE, NARROW] = [1e-6, 1e-8]
/** The least share of trials that jump together. If fewer do, each trial jumps at a number of its own. */
const TOGETHER = 0.05

const meanOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value / values.length, 0)

/** The costs on both sides of a jump across 0, or undefined if the gap of the costs passes through 0 there. */
export async function jumpAt(
  study: Study,
  field: Field,
  [a, b]: readonly [string, string],
  value: number,
  [first, last]: readonly [number, number],
): Promise<JumpCosts | undefined> {
  const scale = value === 0 ? last - first : Math.abs(value)
  const places = [value - WIDE * scale, value - NARROW * scale, value + NARROW * scale, value + WIDE * scale]
  const variants = await Promise.all(places.map((place) => study.possible(study.data([[field, place]]))))
  const present = variants.flatMap((variant) => variant ?? [])
  if (present.length < places.length) return undefined
  const sides = await study.run(
    present,
    () => [a, b],
    (cost) => ({ costs: { [a]: meanOf(cost(a).values), [b]: meanOf(cost(b).values) }, gaps: cost.gap(a, b).values }),
  )
  const gaps = sides.map((side) => meanOf(side.gaps))
  const [wide, narrow] = [gaps[3] - gaps[0], gaps[2] - gaps[1]]
  const { gaps: above } = sides[2]
  if (gaps[1] * gaps[2] >= 0 || Math.abs(narrow) < Math.abs(wide) / 2) return undefined
  const jumping = sides[1].gaps.reduce((count, gap, i) => count + (Math.abs(above[i] - gap) > Math.abs(narrow) / 2 ? 1 : 0), 0)
  if (jumping < TOGETHER * above.length) return undefined
  return { below: sides[1].costs, above: sides[2].costs }
}
