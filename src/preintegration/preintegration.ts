// Pre-integration (Griewank, Kuo, Leövey and Sloan, J. Comput. Appl. Math. 344, 2018; Liu and Owen, 2023) integrates one coordinate of each
// point exactly, along the direction in which a cost changes most. It finds where the cost crosses a threshold on that line. A probability
// is the normal mass of the line's part below the threshold. The remaining coordinates are sampled from a smooth function.
import { normalCdf, normalDensity, normalQuantile } from '../numerics/distributions/special/normal.ts'
import { type Arena, BLOCK, type Pointer } from '../numerics/kernel/arena.ts'
import type { Node, NodeDefinition, NodeOperation } from '../simulation/graph.ts'
import type { Model } from '../simulation/model.ts'
import { type Evaluation, LineWork } from './lines.ts'
import { Points, seedOfLines } from './points.ts'
import { Crossings, type LineDifference } from './roots.ts'
import type { CheapestTarget, OfferTarget, Sampling, Target } from './sampling.ts'
import { TIE } from '../numerics/estimators/ties.ts'
import { TAILS } from './sampling.ts'

/** The normal distribution has no noticeable mass beyond ±9. */
const FAR = 9

/** Sums over the points of each replicate, one array per target: see `lineSlots`. */
export type LineSums = readonly Float64Array[]

/** An offer has three sums per threshold: F, density and mean excess. A pair has P(a < b) and P(b < a), and the cheapest one per offer. */
function lineSlots(target: Target, offers: number): number {
  if (target.kind === 'offer') return 3 * target.thresholds.length
  return target.kind === 'pair' ? 2 : offers
}

export class LineBlocks {
  readonly #arena: Arena
  readonly #points: Points
  readonly #work: LineWork
  readonly #model: Model
  readonly #sampling: Sampling
  readonly #evaluations: readonly Evaluation[]
  readonly #found: readonly Crossings[]
  readonly #t: Pointer
  readonly #masses = new Float64Array(BLOCK)
  readonly #cuts = new Cuts()
  readonly #tails: boolean

  /** @param what the pilot asks for no tails */
  constructor(arena: Arena, model: Model, sampling: Sampling, seed: string, what: 'pilot' | 'lines' = 'lines') {
    const { costs } = model
    this.#tails = what === 'lines'
    this.#arena = arena
    this.#model = model
    this.#sampling = sampling
    const { outer, lineDimensions } = sampling
    this.#points = new Points(arena, model.program, outer, seedOfLines(seed, what), lineDimensions, true)
    this.#work = new LineWork(arena, model, this.#points, lineDimensions)
    this.#t = arena.column()
    const nodesOf = (target: Target) =>
      target.kind === 'offer' ? [costs[target.offer]] : target.kind === 'pair' ? [costs[target.a], costs[target.b]] : costs
    this.#evaluations = sampling.targets.map((target) => this.#work.evaluation(nodesOf(target)))
    this.#found = sampling.targets.map((target, k) => {
      // A cost by itself rises along its line, whatever its kinks. The difference of two may turn at each.
      const rough = nodesOf(target).some((node) => turns(model, node, target.kind !== 'offer'))
      return new Crossings(arena, this.#evaluations[k].values, functionsOf(target), rough)
    })
  }

  /**
   * The sums of the given parts, one set per part.
   * @param targets those of the sampling, or the same with other thresholds
   */
  run(
    parts: readonly { readonly replicate: number; readonly block: number }[],
    targets: readonly Target[] = this.#sampling.targets,
  ): LineSums[] {
    this.#points.load(parts)
    this.#work.stand()
    const size = this.#sampling.outer.blockSize
    const offers = this.#model.costs.length
    const sums = parts.map(() => targets.map((target) => new Float64Array(lineSlots(target, offers))))
    const extra = this.#points.extra()
    targets.forEach((target, k) => {
      const evaluate = this.#work.aim(this.#evaluations[k], target)
      const found = this.#found[k]
      if (target !== this.#sampling.targets[k]) found.seek(functionsOf(target))
      found.find(this.#points.rows, evaluate)
      const own = (row: number) => sums[Math.floor(row / size)][k]
      if (target.kind === 'offer') this.#offer(target, found, this.#evaluations[k].values[0], evaluate, extra, own)
      else if (target.kind === 'pair') this.#pair(found, own)
      else this.#cheapest(target, found, own)
    })
    return sums
  }

  #offer({ thresholds }: OfferTarget, found: Crossings, value: Pointer, evaluate: Evaluate, extra: Float64Array, own: Own): void {
    const { rows, weights } = this.#points
    thresholds.forEach((_, k) => {
      for (let row = 0; row < rows; row++) {
        const sums = own(row)
        sums[3 * k] += weights[row] * massBelow(found, k, row)
        for (let root = found.first(k, row); root >= 0; root = found.next(root)) {
          const slope = Math.abs(found.slope(root))
          if (slope > 0 && slope < Infinity) sums[3 * k + 1] += (weights[row] * normalDensity(found.at(root))) / slope
        }
      }
    })
    if (!this.#tails) return
    // One more coordinate samples the tail. This is unbiased even if the cost has a kink, unlike a quadrature rule.
    const masses = this.#masses
    const t = this.#arena.view(this.#t, rows)
    const cost = this.#arena.view(value, rows)
    thresholds.forEach(({ quantile, at }, k) => {
      if (!TAILS.includes(quantile)) return
      for (let row = 0; row < rows; row++) {
        masses[row] = 1 - massBelow(found, k, row)
        t[row] = masses[row] > 0 ? pointAbove(found, k, row, extra[row] * masses[row]) : 0
      }
      evaluate(this.#t)
      for (let row = 0; row < rows; row++)
        if (masses[row] > 0) own(row)[3 * k + 2] += weights[row] * masses[row] * Math.max(0, cost[row] - at)
    })
  }

  #pair(found: Crossings, own: Own): void {
    const { rows, weights } = this.#points
    for (let k = 0; k < 2; k++) for (let row = 0; row < rows; row++) own(row)[k] += weights[row] * massBelow(found, k, row)
  }

  /** The crossings of all differences cut the line. Each piece goes to its cheapest offer, or is shared between offers that tie. */
  #cheapest({ settled, open }: CheapestTarget, found: Crossings, own: Own): void {
    const offers = this.#model.costs.length
    // Function 2p is below 0 where the first of pair p costs less by more than a tie, 2p + 1 where the second does.
    const losers = open.flatMap(([a, b]) => [b, a])
    const always = new Int32Array(offers)
    for (const [, more] of settled) always[more] += 1
    const lost = new Int32Array(offers)
    const cuts = this.#cuts
    for (let row = 0; row < this.#points.rows; row++) {
      lost.set(always)
      cuts.clear()
      for (let k = 0; k < losers.length; k++) {
        if (found.negative(k, row)) lost[losers[k]] += 1
        // The sign changes at each crossing.
        let side = found.negative(k, row) ? -1 : 1
        for (let root = found.first(k, row); root >= 0; root = found.next(root)) {
          cuts.add(found.at(root), losers[k], side)
          side = -side
        }
      }
      const sums = own(row)
      let from = -Infinity
      for (let j = 0; j <= cuts.count; j++) {
        const to = j < cuts.count ? cuts.at[j] : Infinity
        const mass = to > from ? this.#points.weights[row] * massBetween(from, to) : 0
        if (mass > 0) share(mass, lost, sums)
        if (j < cuts.count) lost[cuts.loser[j]] += cuts.by[j]
        from = to
      }
    }
  }
}

/** A piece of a line goes in equal parts to the unbeaten offers. */
function share(mass: number, lost: Int32Array, sums: Float64Array): void {
  let number = 0
  for (let a = 0; a < lost.length; a++) if (lost[a] === 0) number += 1
  // If cuts differ by rounding only, every offer may seem beaten. Such a piece has no length.
  for (let a = 0; a < lost.length; a++) if (number === 0 || lost[a] === 0) sums[a] += mass / (number || lost.length)
}

/** The cuts of a line in order, and the change there in the number of offers that beat a loser. */
class Cuts {
  count = 0
  at = new Float64Array(64)
  loser = new Int32Array(64)
  by = new Int32Array(64)

  clear(): void {
    this.count = 0
  }

  add(at: number, loser: number, by: number): void {
    if (this.count === this.at.length) {
      this.at = Float64Array.of(...this.at, ...this.at)
      this.loser = Int32Array.of(...this.loser, ...this.loser)
      this.by = Int32Array.of(...this.by, ...this.by)
    }
    let j = this.count++
    for (; j > 0 && this.at[j - 1] > at; j--) {
      this.at[j] = this.at[j - 1]
      this.loser[j] = this.loser[j - 1]
      this.by[j] = this.by[j - 1]
    }
    this.at[j] = at
    this.loser[j] = loser
    this.by[j] = by
  }
}

type Own = (row: number) => Float64Array
type Evaluate = (t: Pointer) => void

/** Functions that are below 0 where a cost is below a threshold, or below another cost by more than a tie. */
function functionsOf(target: Target): LineDifference[] {
  if (target.kind === 'offer') return target.thresholds.map(({ at }) => ({ a: 0, shift: at }))
  const pairs = target.kind === 'pair' ? [[0, 1] as const] : target.open
  return pairs.flatMap(([a, b]) => [
    { a, b, tie: TIE },
    { a: b, b: a, tie: TIE, mirrors: true },
  ])
}

/** Operations with steps, and those with kinks. */
const STEPPING: readonly NodeOperation[] = ['exceeds', 'above', 'packages', 'ruled']
const KINKED: readonly NodeOperation[] = ['least', 'greatest', 'clamp', 'excess']

/** Whether a cost may turn between two nodes: it has ratios or nearly jumps, or has kinks if these count. */
function turns(model: Model, node: Node, kinks: boolean): boolean {
  const { program, graph } = model
  const steep = program.jumps.flatMap(({ input, stepped }) => (stepped ? [] : [graph.tables.indexOf(program.inputs[input].table)]))
  const turning = [...STEPPING, 'divide', ...(kinks ? KINKED : [])]
  return holds(model, node, ({ operation, numbers }) =>
    operation === 'tabulated' ? steep.includes(numbers[0]) : turning.includes(operation),
  )
}

/**
 * Whether a cost has steps. A line that crosses a threshold at a step says nothing about the density there. Between two places where it
 * looks, a cost with steps may cross another cost any number of times.
 */
export const steps = (model: Model, node: Node): boolean => holds(model, node, ({ operation }) => STEPPING.includes(operation))

function holds({ graph }: Model, node: Node, meets: (definition: NodeDefinition) => boolean): boolean {
  const seen = new Set<Node>()
  const open = [node]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next)) continue
    seen.add(next)
    const definition = graph.definitions[next]
    if (meets(definition)) return true
    open.push(...definition.args)
  }
  return false
}

/** Φ(b) − Φ(a), from the side where Φ is small. */
function massBetween(a: number, b: number): number {
  if (a > 0) return normalCdf(-a) - (b === Infinity ? 0 : normalCdf(-b))
  return (b === Infinity ? 1 : normalCdf(b)) - (a === -Infinity ? 0 : normalCdf(a))
}

/** The normal mass of the parts of a line where the function is below 0. */
function massBelow(found: Crossings, k: number, row: number): number {
  let inside = found.negative(k, row)
  let from = -Infinity
  let mass = 0
  for (let root = found.first(k, row); ; root = found.next(root)) {
    const to = root >= 0 ? found.at(root) : Infinity
    if (inside) mass += massBetween(from, to)
    if (root < 0) return mass
    inside = !inside
    from = to
  }
}

/** The point with the given mass before it, counting only the parts of the line where the function is above 0. */
function pointAbove(found: Crossings, k: number, row: number, mass: number): number {
  let inside = !found.negative(k, row)
  let from = -Infinity
  let left = mass
  let place = 0
  for (let root = found.first(k, row); left >= 0; root = found.next(root)) {
    const to = root >= 0 ? found.at(root) : Infinity
    if (inside) {
      const own = massBetween(from, to)
      place = pointIn(from, to, Math.min(left, own))
      left -= own
    }
    if (root < 0) break
    inside = !inside
    from = to
  }
  return place
}

/** The point in (from, to) with the given mass between `from` and it. */
function pointIn(from: number, to: number, mass: number): number {
  const place =
    from > 0
      ? -normalQuantile(Math.max(1e-300, normalCdf(-from) - mass))
      : normalQuantile(Math.min(1 - 1e-16, (from === -Infinity ? 0 : normalCdf(from)) + mass))
  return Math.min(to, FAR, Math.max(from, -FAR, place))
}
