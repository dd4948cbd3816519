// The pilot: from a small sample, the directions in which costs change most and the thresholds near the headline percentiles.
import type { Arena } from '../kernel/arena.ts'
import type { Program } from '../program/program.ts'
import { type Plan, planOf } from '../random/plan.ts'
import { type Evaluation, LEADING, LineWork, seedOfLines } from './lines.ts'
import type { Model } from './model.ts'
import { LineBlocks, type LineSums } from './preintegration.ts'
import { extended } from './reflections.ts'
import {
  type Basis,
  type Bend,
  type CheapestTarget,
  type Direction,
  lineDimensionsOf,
  type OfferTarget,
  outerPlan,
  type PairTarget,
  pairsOf,
  QUANTILES,
  type Sampling,
  type Starting,
  startingsOf,
  type Target,
} from './sampling.ts'

const POINTS = 1_024
/** The first of them show the directions. */
const NUDGED = 512
/** Of the points that refine the thresholds; four replicates fill half a block. */
const REFINING = planOf(4, 128)
const STEPS = 2
/** Of those that show whether two offers ever change places. */
const SCREENING = planOf(4, 32)
/** Points of lines from which percentiles are integrated in spite of spikes and setbacks. */
const MANY = 4_096
/** Of a score, for a gradient: wide enough to see past a kink. */
const NUDGE = 0.5
/** Pairs are integrated up to so many offers: beyond, each has a sample's error. */
const MOST_OFFERS = 12
/** A gradient that cancels leaves no direction. */
const NOTHING = 1e-9
/** Of a gradient: what bends a direction less is left out. */
const NEGLIGIBLE = 1e-3
/** Of each start, to see how it bends the gradients. */
const FEWEST_POINTS = 8
/** So many of the pilot's values alike at a percentile make it an atom. */
const ATOM = 3

/** Of the pilot's points, the share that lies nearest to a pair's tie, or in an offer's upper part: there the direction matters. */
const NEAR = 0.25
const UPPER = 0.5

/** @returns undefined where no score that a line may go along matters */
export function pilot(arena: Arena, model: Model, trials: number, seed: string): Sampling | undefined {
  const { program } = model
  const lineDimensions = lineDimensionsOf(program)
  const startings = startingsOf(program)
  const aims = aimsOf(program, model.costs.length)
  const { costs, gradients, means, leans } = sampled(arena, model, seed, lineDimensions, startings, aims)
  const outer = outerPlan(trials)
  const basisOf = (direction: Direction): Basis => extended([direction], means, LEADING)
  // Where costs jump with events, few points never tell a percentile better than the sample does.
  const jumpy = lineDimensions.length < program.dimensions.length && outer.trials < MANY
  const bendsOf = (k: number): Bend[] => {
    const length = norm(gradients[k])
    return startings.flatMap((event, j) => {
      const lean = leans[k]?.[j]
      return lean && norm(lean) > NEGLIGIBLE * length ? [{ ...event, by: lean.map((x) => x / length) }] : []
    })
  }
  const likeness = likenessOf(model)
  const drafts = aims.flatMap((aim, k): Draft[] => {
    const direction = aim.b === undefined && likeness[aim.a].of === aim.a ? directionOf(gradients[k]) : undefined
    if (!direction || jumpy) return []
    const values = costs[aim.a].slice().sort()
    const thresholds = QUANTILES.flatMap((p, quantile) => {
      const at = quantileOf(values, p)
      return at === undefined ? [] : [{ quantile, at }]
    })
    const alike = likeness.flatMap(({ of, scale, shift }, offer) => (of === aim.a && offer !== of ? [{ offer, scale, shift }] : []))
    const course = { basis: basisOf(direction), bends: bendsOf(k) }
    return [{ kind: 'offer', offer: aim.a, alike, ...course, thresholds, sd: deviation(values) }]
  })
  const pairs = aims.flatMap(({ a, b }, k): PairTarget[] => {
    const direction = b === undefined ? undefined : directionOf(gradients[k], norm(means[a]) + norm(means[b]))
    return direction && b !== undefined ? [{ kind: 'pair', a, b, basis: [direction], bends: bendsOf(k) }] : []
  })
  const blocks = (targets: readonly Target[], plan: Plan) =>
    new LineBlocks(arena, model, { lineDimensions, targets, outer: plan }, seed, 'pilot').run(wholeReplicates(plan))
  const extend = <T extends Target>(target: T): T => ({ ...target, basis: basisOf(target.basis[0]) })
  const { contested, settled } = parted(blocks, pairs)
  const targets: Target[] = [...refined(blocks, drafts), ...[...contested, ...cheapest(costs, pairs, settled)].map(extend)]
  return targets.length === 0 ? undefined : { lineDimensions, targets, outer }
}

interface Draft extends OfferTarget {
  readonly sd: number
}

/** An offer, or a pair of them, for which a direction is wanted. */
interface Aim {
  readonly a: number
  readonly b?: number
}

function aimsOf({ pairs }: Program, offers: number): Aim[] {
  const all = Array.from({ length: offers }, (_, k) => k)
  const wanted = offers <= MOST_OFFERS && pairs
  return [...all.map((a) => ({ a })), ...(wanted ? all.flatMap((a) => all.slice(a + 1).map((b) => ({ a, b }))) : [])]
}

/** Costs of the pilot's points; how each aim changes with every score of the lines, where it matters; and each offer on the whole. */
function sampled(
  arena: Arena,
  model: Model,
  seed: string,
  lineDimensions: readonly number[],
  startings: readonly Starting[],
  aims: readonly Aim[],
) {
  const work = new LineWork(arena, model, planOf(1, POINTS), seedOfLines(seed, 'pilot'), lineDimensions, false)
  const evaluation = work.evaluation(model.costs)
  work.load([{ replicate: 0, block: 0 }])
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
 * How each aim's gradient changes with each start, for each unit of its size; the gradients become those without any.
 * Empty where there are too many to look at one by one.
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
  const count = work.loadStarts(startings)
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
      // What the points themselves had of it is taken off.
      const own = points[j].reduce((sum, i) => sum + starting[e][i], 0) / points[j].length
      for (let k = 0; k < lean.length; k++) gradients[j][k] = work.isSize(k) ? 0 : gradients[j][k] - own * lean[k]
      return lean
    }),
  )
}

/** The points at which an aim's direction matters, among those that are nudged. */
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

const norm = (v: Float64Array): number => Math.sqrt(v.reduce((sum, x) => sum + x * x, 0))

function directionOf(gradient: Float64Array, scale = 0): Direction | undefined {
  const length = norm(gradient)
  return length > NOTHING * scale && length > 0 ? gradient.map((x) => x / length) : undefined
}

const meanOf = (values: Float64Array): number => values.reduce((sum, x) => sum + x, 0) / values.length

function deviation(values: Float64Array): number {
  const mean = meanOf(values)
  return Math.sqrt(values.reduce((sum, x) => sum + (x - mean) * (x - mean), 0) / values.length)
}

/** Undefined at an atom, where several values are the same. */
function quantileOf(sorted: Float64Array, p: number): number | undefined {
  const h = (sorted.length - 1) * p
  const low = sorted[Math.floor(h)]
  const at = low + (h - Math.floor(h)) * (sorted[Math.floor(h) + 1] - low)
  const alike = sorted.reduce((count, x) => count + (Math.abs(x - at) <= 1e-11 * Math.abs(at) ? 1 : 0), 0)
  return alike >= ATOM ? undefined : at
}

/** Newton's steps on pre-integrated F: from a sample's percentile, one step would leave an error of many standard errors. */
function refined(blocks: Blocks, drafts: readonly Draft[]): OfferTarget[] {
  let targets = drafts.filter(({ thresholds }) => thresholds.length > 0)
  for (let k = 0; k < STEPS && targets.length > 0; k++) {
    const sums = blocks(targets, REFINING)
    targets = targets.map((target, place) => ({
      ...target,
      thresholds: target.thresholds.flatMap(({ quantile, at }, slot) => {
        const total = (which: number) => sums.reduce((all, own) => all + own[place][3 * slot + which], 0) / REFINING.trials
        const [share, density] = [total(0), total(1)]
        if (!(density > 0)) return []
        const step = (QUANTILES[quantile] - share) / density
        const most = target.sd / 2
        return [{ quantile, at: at + Math.max(-most, Math.min(most, step)) }]
      }),
    }))
  }
  return targets
    .filter(({ thresholds }) => thresholds.length > 0)
    .map(({ kind, offer, alike, basis, bends, thresholds }) => ({ kind, offer, alike, basis, bends, thresholds }))
}

/** Pairs of which neither costs less on all lines, from end to end; of the others the sample tells the same. */
function parted(blocks: Blocks, pairs: readonly PairTarget[]) {
  const sums = pairs.length === 0 ? [] : blocks(pairs, SCREENING)
  const { points } = SCREENING
  // Weights add up to the points but for rounding.
  const all = points * (1 - 1e-12)
  const always = (k: number, side: number) => sums.every((own) => own[k][side] >= all && own[k][1 - side] === 0)
  const settled = pairs.flatMap(({ a, b }, k): [number, number][] => (always(k, 0) ? [[a, b]] : always(k, 1) ? [[b, a]] : []))
  return { contested: pairs.filter((_, k) => !always(k, 0) && !always(k, 1)), settled }
}

/** Of each offer, the first whose cost is the same up to scale and shift, and these. */
function likenessOf({ graph, costs }: Model): { of: number; scale: number; shift: number }[] {
  const forms = costs.map((node) => {
    const { operation, args, numbers } = graph.definitions[node]
    return operation === 'linear' && args.length === 1
      ? { base: args[0], shift: numbers[0], scale: numbers[1] }
      : { base: node, shift: 0, scale: 1 }
  })
  return forms.map(({ base, shift, scale }, offer) => {
    const of = forms.findIndex((form) => form.base === base && form.scale * scale > 0)
    if (of < 0) return { of: offer, scale: 1, shift: 0 }
    const factor = scale / forms[of].scale
    return { of, scale: factor, shift: shift - factor * forms[of].shift }
  })
}

/** The sums of targets over a small plan of lines. */
type Blocks = (targets: readonly Target[], plan: Plan) => LineSums[]

const wholeReplicates = ({ replicates }: Plan) => Array.from({ length: replicates }, (_, replicate) => ({ replicate, block: 0 }))

/** The cheapest along the direction of the two offers of lowest mean. */
function cheapest(costs: readonly Float64Array[], pairs: readonly PairTarget[], settled: CheapestTarget['settled']): Target[] {
  const [first, second] = costs
    .map((values, offer) => ({ offer, mean: meanOf(values) }))
    .sort((a, b) => a.mean - b.mean)
    .map(({ offer }) => offer)
  const pair = pairs.find(({ a, b }) => (a === first && b === second) || (a === second && b === first))
  if (!pair) return []
  const isSettled = ([a, b]: readonly [number, number]) => settled.some((own) => own.includes(a) && own.includes(b))
  const open = pairsOf(costs.length).filter((one) => !isSettled(one))
  return [{ kind: 'cheapest', settled, open, basis: pair.basis, bends: pair.bends }]
}
