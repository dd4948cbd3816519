// Numbers at which a figure may come near 0 between two others: where the plan's own costs turn, and where the figure seems to.
import type { Field } from '../../scenario/edit/field.ts'
import { pointCosts } from '../../simulation/bends.ts'
import type { Study } from '../study.ts'
import type { Look, Pieces } from './pieces.ts'

/** The most turning points of the plan's own costs to run trials at. */
const MOST_TURNS = 24
/** Rounds of looking between two numbers, and the most numbers of a round. */
const ROUNDS = 4
const MOST_HIDDEN = 8
/** A figure that seems to come this close to 0, as a share of its neighbors, may reach it. */
const CLOSE = 0.25

/**
 * Looks at the plan with every input at its mean and no noise, which needs no trials.
 * @param gap of the costs of the offers
 */
export const plansLook =
  (study: Study, field: Field, offers: readonly string[], gap: (costs: readonly number[]) => number) =>
  async (x: number): Promise<Look | undefined> => {
    const variant = await study.possible(study.data([[field, x]]))
    if (!variant) return undefined
    const places = offers.map((offer) => variant.offers.indexOf(offer))
    if (places.some((place) => place < 0)) return undefined
    const { costs, bends, work } = pointCosts(variant.program, places)
    return { x, gap: gap(costs), size: Math.max(...costs.map(Math.abs)), bends, work }
  }

/** Numbers between which the gap of the plan's own costs rises or falls, those nearest to a gap of 0. */
export function turningPoints({ looks }: Pieces): readonly number[] {
  return looks
    .filter(({ gap }, k) => k > 0 && k + 1 < looks.length && (gap - looks[k - 1].gap) * (looks[k + 1].gap - gap) < 0)
    .sort((a, b) => Math.abs(a.gap) * b.size - Math.abs(b.gap) * a.size)
    .slice(0, MOST_TURNS)
    .map(({ x }) => x)
}

/** Numbers around which the plan's own cost is the least of its surroundings. */
export const lowPoints = ({ looks }: Pieces): readonly Look[] =>
  looks.filter(({ gap }, k) => gap <= (looks[k - 1]?.gap ?? Infinity) && gap <= (looks[k + 1]?.gap ?? Infinity))

type Point = readonly [x: number, value: number]

/**
 * Where a figure of one sign would be nearest to 0 between two numbers, if it went on as it comes from both sides. A convex figure lies
 * farther from 0 than that. Undefined if it stays away from 0.
 */
function dip([p, a, b, q]: readonly Point[]): number | undefined {
  const sign = Math.sign(a[1])
  if (sign === 0 || Math.sign(b[1]) !== sign) return undefined
  const [left, right] = [(a[1] - p[1]) / (a[0] - p[0]), (q[1] - b[1]) / (q[0] - b[0])]
  if (left * sign >= 0 || right * sign <= 0) return undefined
  const x = (b[1] - a[1] + left * a[0] - right * b[0]) / (left - right)
  const least = (a[1] + left * (x - a[0])) * sign
  const inside = x > a[0] && x < b[0]
  return inside && least <= CLOSE * Math.min(Math.abs(a[1]), Math.abs(b[1])) ? x : undefined
}

/** Adds numbers where a pair of crossings may hide between two others. */
export async function hidden(
  points: () => readonly Point[],
  add: (values: readonly number[]) => Promise<boolean>,
  whole: boolean,
): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) {
    const all = points()
    const wanted = all.flatMap((_, k) => (k >= 3 ? (dip(all.slice(k - 3, k + 1)) ?? []) : [])).slice(0, MOST_HIDDEN)
    if (!(await add(whole ? wanted.map(Math.round) : wanted))) return
  }
}
