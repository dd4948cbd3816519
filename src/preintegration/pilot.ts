// The pilot run: a small sample gives the directions in which costs change most, and thresholds near the headline percentiles.
import type { Arena } from '../numerics/kernel/arena.ts'
import { type Plan, planOf } from '../numerics/random/plan.ts'
import { pairsOf } from '../simulation/measured.ts'
import type { Model } from '../simulation/model.ts'
import { aimsOf, directionOf, pilotGradients } from './directions.ts'
import { quantileOf, sortedOf } from '../numerics/estimators/sorted.ts'
import { tied } from '../numerics/estimators/ties.ts'
import { LEADING } from './points.ts'
import { LineBlocks, type LineSums, steps } from './preintegration.ts'
import { extended, norm } from './reflections.ts'
import {
  type Basis,
  type Bend,
  type CheapestTarget,
  type Direction,
  isJumpy,
  lineDimensionsOf,
  type OfferTarget,
  outerPlan,
  type PairTarget,
  QUANTILES,
  type Sampling,
  startingsOf,
  type Target,
} from './sampling.ts'

/** The points that refine the thresholds. Four replicates fill half a block. */
const REFINING = planOf(4, 128)
const STEPS = 2
/** The points that show whether two offers ever change places. */
const SCREENING = planOf(4, 32)
/** With fewer points than this, percentiles are not integrated if draws beside the lines make costs jump. */
const MANY = 4_096
/** Bends below this share of the gradient are dropped. */
const NEGLIGIBLE = 1e-3
/** This many equal values of the pilot at a percentile make it an atom. */
const ATOM = 3

/** @returns undefined if no score that a line may go along matters */
export function pilotSampling(arena: Arena, model: Model, trials: number, seed: string): Sampling | undefined {
  const { program } = model
  const lineDimensions = lineDimensionsOf(program)
  const startings = startingsOf(program)
  const aims = aimsOf(program, model.costs.length)
  const { costs, gradients, means, leans } = pilotGradients(arena, model, seed, lineDimensions, startings, aims)
  const outer = outerPlan(trials)
  const basisOf = (direction: Direction): Basis => extended([direction], means, LEADING)
  // Few points never give a better percentile than the sample then.
  const jumpy = isJumpy(program) && outer.trials < MANY
  const stepping = model.costs.map((cost) => steps(model, cost))
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
    // The density of a cost with steps would be that between the steps, and so would its errors. The sample gives its percentiles.
    if (!direction || jumpy || stepping[aim.a]) return []
    const values = sortedOf(costs[aim.a])
    const thresholds = QUANTILES.flatMap((p, quantile) => {
      const at = quantileOf(values, p)
      const isAtom = values.reduce((count, x) => count + (tied(x, at) ? 1 : 0), 0) >= ATOM
      return isAtom ? [] : [{ quantile, at }]
    })
    const alike = likeness.flatMap(({ of, scale, shift }, offer) => (of === aim.a && offer !== of ? [{ offer, scale, shift }] : []))
    const course = { basis: basisOf(direction), bends: bendsOf(k) }
    return [{ kind: 'offer', offer: aim.a, alike, ...course, thresholds, sd: deviation(values) }]
  })
  const pairs = aims.flatMap(({ a, b }, k): PairTarget[] => {
    const direction = b === undefined ? undefined : directionOf(gradients[k], norm(means[a]) + norm(means[b]))
    return direction && b !== undefined ? [{ kind: 'pair', a, b, basis: [direction], bends: bendsOf(k) }] : []
  })
  const blocks: Blocks = (targets, plan) => {
    const lines = new LineBlocks(arena, model, { lineDimensions, targets, outer: plan }, seed, 'pilot')
    return (now) => lines.run(wholeReplicates(plan), now)
  }
  const extend = <T extends Target>(target: T): T => ({ ...target, basis: basisOf(target.basis[0]) })
  const { contested, settled } = parted(blocks, pairs)
  const smooth = contested.filter(({ a, b }) => !stepping[a] && !stepping[b])
  const targets: Target[] = [...refined(blocks, drafts), ...[...smooth, ...cheapest(costs, pairs, settled, stepping)].map(extend)]
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

/** Refines thresholds by Newton's steps on the pre-integrated F. One step would leave an error of many standard errors. */
function refined(blocks: Blocks, drafts: readonly Draft[]): OfferTarget[] {
  let targets = drafts.filter(({ thresholds }) => thresholds.length > 0)
  const count = () => targets.map(({ thresholds }) => thresholds.length).join()
  let [before, sumsOf] = ['', (_: readonly Target[]): LineSums[] => []]
  for (let k = 0; k < STEPS && targets.length > 0; k++) {
    if (count() !== before) sumsOf = blocks(targets, REFINING)
    before = count()
    const sums = sumsOf(targets)
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
  return targets.filter(({ thresholds }) => thresholds.length > 0).map(({ sd: _, ...target }) => target)
}

/** Separates contested pairs from those in which one offer costs less all along every line. The sample suffices for the latter. */
function parted(blocks: Blocks, pairs: readonly PairTarget[]) {
  const sums = pairs.length === 0 ? [] : blocks(pairs, SCREENING)(pairs)
  const { points } = SCREENING
  // Weights add up to the number of points, apart from rounding.
  const all = points * (1 - 1e-12)
  const always = (k: number, side: number) => sums.every((own) => own[k][side] >= all && own[k][1 - side] === 0)
  const settled = pairs.flatMap(({ a, b }, k): [number, number][] => (always(k, 0) ? [[a, b]] : always(k, 1) ? [[b, a]] : []))
  return { contested: pairs.filter((_, k) => !always(k, 0) && !always(k, 1)), settled }
}

/** For each offer, the first offer whose cost is the same up to scale and shift, with both. */
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

/** Prepares to compute the sums of targets, or of the same with other thresholds, over a small plan of lines. */
type Blocks = (targets: readonly Target[], plan: Plan) => (now: readonly Target[]) => LineSums[]

const wholeReplicates = ({ replicates }: Plan) => Array.from({ length: replicates }, (_, replicate) => ({ replicate, block: 0 }))

/**
 * The target of the cheapest offer, unless an open pair has steps. Its lines run along the direction of the two offers with the lowest
 * means.
 */
function cheapest(
  costs: readonly Float64Array[],
  pairs: readonly PairTarget[],
  settled: CheapestTarget['settled'],
  stepping: readonly boolean[],
): Target[] {
  const [first, second] = costs
    .map((values, offer) => ({ offer, mean: meanOf(values) }))
    .sort((a, b) => a.mean - b.mean)
    .map(({ offer }) => offer)
  const pair = pairs.find(({ a, b }) => (a === first && b === second) || (a === second && b === first))
  if (!pair) return []
  const isSettled = ([a, b]: readonly [number, number]) => settled.some((own) => own.includes(a) && own.includes(b))
  const open = pairsOf(costs.length).filter((one) => !isSettled(one))
  const isStepping = (one: readonly number[]) => one.some((offer) => stepping[offer])
  if (open.some(isStepping)) return []
  return [{ kind: 'cheapest', settled, open, stepping: settled.some(isStepping), basis: pair.basis, bends: pair.bends }]
}
