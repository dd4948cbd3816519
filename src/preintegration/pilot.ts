// The pilot: from a small sample, the directions in which costs change most and the thresholds near the headline percentiles.
import type { Arena } from '../numerics/kernel/arena.ts'
import { type Plan, planOf } from '../numerics/random/plan.ts'
import type { Model } from '../simulation/model.ts'
import { aimsOf, directionOf, norm, pilotGradients } from './directions.ts'
import { TIE } from '../numerics/estimators/ties.ts'
import { LEADING } from './points.ts'
import { LineBlocks, type LineSums, steps } from './preintegration.ts'
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
  startingsOf,
  type Target,
} from './sampling.ts'

/** Of the points that refine the thresholds; four replicates fill half a block. */
const REFINING = planOf(4, 128)
const STEPS = 2
/** Of those that show whether two offers ever change places. */
const SCREENING = planOf(4, 32)
/** Points of lines from which percentiles are integrated in spite of spikes and setbacks. */
const MANY = 4_096
/** Of a gradient: what bends a direction less is left out. */
const NEGLIGIBLE = 1e-3
/** So many of the pilot's values alike at a percentile make it an atom. */
const ATOM = 3

/** @returns undefined where no score that a line may go along matters */
export function pilotSampling(arena: Arena, model: Model, trials: number, seed: string): Sampling | undefined {
  const { program } = model
  const lineDimensions = lineDimensionsOf(program)
  const startings = startingsOf(program)
  const aims = aimsOf(program, model.costs.length)
  const { costs, gradients, means, leans } = pilotGradients(arena, model, seed, lineDimensions, startings, aims)
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
    // Of a cost that steps the density, and with it every error, would be that of the treads: the sample tells its percentiles.
    if (!direction || jumpy || steps(model, model.costs[aim.a])) return []
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
  const alike = sorted.reduce((count, x) => count + (Math.abs(x - at) <= TIE * Math.abs(at) ? 1 : 0), 0)
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
