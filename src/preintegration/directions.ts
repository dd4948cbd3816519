// The directions in which costs change most: mean gradients over a small sample.
import type { Arena } from '../numerics/kernel/arena.ts'
import type { Program } from '../compile/program.ts'
import { planOf } from '../numerics/random/plan.ts'
import { pairsOf } from '../simulation/measured.ts'
import type { Model } from '../simulation/model.ts'
import { type Evaluation, LineWork } from './lines.ts'
import { Points, seedOfLines } from './points.ts'
import { norm } from './reflections.ts'
import type { Direction, Starting } from './sampling.ts'

const POINTS = 1_024
/** The number of first points that give the directions. */
const NUDGED = 512
/** The difference in a score that gives a gradient. It is wide enough to see past a kink. */
const NUDGE = 0.5
/** With more offers than this, pairs are not integrated. */
const MOST_OFFERS = 12
/** A gradient below this share of its parts has canceled and gives no direction. */
const NOTHING = 1e-9
/** The fewest points per start that show how it bends the gradients. */
const FEWEST_POINTS = 8
/** The share of points where the direction matters: those nearest to a pair's tie, and those with an offer's highest costs. */
const NEAR = 0.25
const UPPER = 0.5

/** An offer, or a pair of them, for which a direction is wanted. */
export interface Aim {
  readonly a: number
  readonly b?: number
}

export function aimsOf({ pairs }: Program, offers: number): Aim[] {
  const wanted = pairs && offers <= MOST_OFFERS ? pairsOf(offers) : []
  return [...Array.from({ length: offers }, (_, a) => ({ a })), ...wanted.map(([a, b]) => ({ a, b }))]
}

/** The costs of the pilot's points, the gradient of each aim at the points where it matters, and each offer's mean gradient. */
export function pilotGradients(
  arena: Arena,
  model: Model,
  seed: string,
  lineDimensions: readonly number[],
  startings: readonly Starting[],
  aims: readonly Aim[],
) {
  const drawn = new Points(arena, model.program, planOf(1, POINTS), seedOfLines(seed, 'pilot'), lineDimensions, false)
  const work = new LineWork(arena, model, drawn, lineDimensions)
  const evaluation = work.evaluation(model.costs)
  drawn.load([{ replicate: 0, block: 0 }])
  work.stand()
  work.aimless(evaluation)
  work.nudge(evaluation, 0, 0, POINTS)
  const values = evaluation.values.map((column) => arena.view(column, POINTS))
  const costs = values.map((column) => column.slice())
  const points = aims.map((aim) => pointsOf(aim, costs))
  const everywhere = Int32Array.from({ length: NUDGED }, (_, i) => i)
  const scores = Array.from({ length: work.scores }, (_, k) => k)
  const gradients = aims.map(() => new Float64Array(work.scores))
  const means = costs.map(() => new Float64Array(work.scores))
  const change = (offer: number, at: Int32Array) => {
    const [now, before] = [values[offer], costs[offer]]
    let sum = 0
    for (let j = 0; j < at.length; j++) sum += now[at[j]] - before[at[j]]
    return sum / at.length
  }
  scores.forEach((k) => {
    for (const side of [1, -1]) {
      work.nudge(evaluation, k, side * NUDGE, NUDGED)
      aims.forEach(({ a, b }, j) => {
        gradients[j][k] += side * (change(a, points[j]) - (b === undefined ? 0 : change(b, points[j])))
      })
      for (let offer = 0; offer < costs.length; offer++) means[offer][k] += side * change(offer, everywhere)
    }
  })
  return { costs, gradients, means, leans: leaning(arena, work, evaluation, startings, aims, points, gradients) }
}

/**
 * How each aim's gradient changes with each start, per unit of its size. Subtracts the effect of starts from the gradients. Returns an
 * empty list if there are too many starts.
 */
function leaning(
  arena: Arena,
  work: LineWork,
  evaluation: Evaluation,
  startings: readonly Starting[],
  aims: readonly Aim[],
  points: readonly Int32Array[],
  gradients: readonly Float64Array[],
): Direction[][] {
  if (startings.length === 0 || FEWEST_POINTS * (startings.length + 1) > POINTS) return []
  const starting = startings.map((event) => work.started(event))
  const count = work.points.loadStarts(startings)
  work.stand()
  work.aimless(evaluation)
  const rows = work.rows
  const values = evaluation.values.map((column) => arena.view(column, rows))
  const sums = aims.map(() => startings.map(() => new Float64Array(work.scores)))
  const none = aims.map(() => new Float64Array(work.scores))
  for (let k = 0; k < work.scores; k++) {
    for (const side of [1, -1]) {
      work.nudge(evaluation, k, side * NUDGE, rows)
      aims.forEach(({ a, b }, j) => {
        for (let row = 0; row < rows; row++) {
          const value = side * (values[a][row] - (b === undefined ? 0 : values[b][row]))
          if (row < count) none[j][k] += value
          else sums[j][Math.floor(row / count) - 1][k] += value
        }
      })
    }
  }
  const sizes = startings.map((event, e) => work.started(event)[(e + 1) * count])
  return aims.map((_, j) =>
    startings.map((__, e) => {
      const lean = sums[j][e].map((sum, k) => (sizes[e] === 0 ? 0 : (sum - none[j][k]) / count / sizes[e]))
      // The points' own starts are part of the gradients so far.
      const own = points[j].reduce((sum, i) => sum + starting[e][i], 0) / points[j].length
      for (let k = 0; k < lean.length; k++) gradients[j][k] = work.isSize(k) ? 0 : gradients[j][k] - own * lean[k]
      return lean
    }),
  )
}

/** The points where an aim's direction matters. */
function pointsOf({ a, b }: Aim, costs: readonly Float64Array[]): Int32Array {
  const size = (i: number) => (b === undefined ? -costs[a][i] : Math.abs(costs[a][i] - costs[b][i]))
  const sizes = Float64Array.from({ length: NUDGED }, (_, i) => size(i))
  const count = NUDGED * (b === undefined ? UPPER : NEAR)
  const most = sizes.slice().sort()[count - 1]
  const points = new Int32Array(count)
  let found = 0
  for (let i = 0; i < NUDGED && found < count; i++) if (sizes[i] <= most) points[found++] = i
  return points
}

export function directionOf(gradient: Float64Array, scale = 0): Direction | undefined {
  const length = norm(gradient)
  return length > NOTHING * scale && length > 0 ? gradient.map((x) => x / length) : undefined
}
