// Pre-integration (Griewank, Kuo, Leövey and Sloan, J. Comput. Appl. Math. 344, 2018; Liu and Owen, 2023): of each point of a net one
// coordinate, along the direction in which a cost changes most, is integrated exactly: where the cost passes a threshold on the line is
// found, and a probability is the normal mass of a part of that line. What is left to sample is smooth.
import { normalCdf, normalDensity, normalQuantile } from '../distributions/special/normal.ts'
import { type Arena, BLOCK } from '../kernel/arena.ts'
import { type Evaluation, LineWork, seedOfLines } from './lines.ts'
import type { Model } from './model.ts'
import type { Node } from './graph.ts'
import { Crossings, DENSE, NODES } from './roots.ts'
import type { OfferTarget, Sampling, Target } from './sampling.ts'
import { TAILS } from './sampling.ts'

/** Two costs tie when they differ by no more than this share of the larger. */
const TIE = 1e-11
/** Of a line's parameter, for a slope. */
const NUDGE = 1e-3
/** Beyond ±9 there is nothing of the normal law. */
const FAR = 9

/** Sums over the points of each replicate, one array a target: see `lineSlots`. */
export type LineSums = readonly Float64Array[]

/** Of an offer three a threshold: F, density, mean excess; of a pair P(a < b) and P(b < a); else one an offer. */
function lineSlots(target: Target, offers: number): number {
  if (target.kind === 'offer') return 3 * target.thresholds.length
  return target.kind === 'pair' ? 2 : offers
}

export class LineBlocks {
  readonly #work: LineWork
  readonly #model: Model
  readonly #sampling: Sampling
  readonly #evaluations: readonly Evaluation[]
  readonly #nodes: readonly (readonly number[])[]
  readonly #found = new Crossings()
  readonly #t = new Float64Array(BLOCK)
  readonly #masses = new Float64Array(BLOCK)

  constructor(arena: Arena, model: Model, sampling: Sampling, seed: string, what: 'pilot' | 'lines' = 'lines') {
    this.#model = model
    this.#sampling = sampling
    this.#work = new LineWork(arena, model, sampling.outer, seedOfLines(seed, what), sampling.lineDimensions)
    this.#nodes = sampling.targets.map((target) =>
      target.kind === 'offer' && isSmooth(model, model.costs[target.offer]) ? NODES : DENSE,
    )
    this.#evaluations = sampling.targets.map((target) => {
      if (target.kind === 'offer') return this.#work.evaluation([model.costs[target.offer]])
      return this.#work.evaluation(target.kind === 'pair' ? [model.costs[target.a], model.costs[target.b]] : model.costs)
    })
  }

  /** The sums of the given parts, one set a part. */
  run(parts: readonly { readonly replicate: number; readonly block: number }[]): LineSums[] {
    this.#work.load(parts)
    const size = this.#sampling.outer.blockSize
    const offers = this.#model.costs.length
    const sums = parts.map(() => this.#sampling.targets.map((target) => new Float64Array(lineSlots(target, offers))))
    const extra = this.#work.extra()
    this.#sampling.targets.forEach((target, k) => {
      this.#work.aim(target.basis)
      const add = (row: number, slot: number, value: number) => {
        sums[Math.floor(row / size)][k][slot] += value
      }
      const evaluation = this.#evaluations[k]
      const nodes = this.#nodes[k]
      if (target.kind === 'offer') this.#offer(target, evaluation, nodes, extra, add)
      else if (target.kind === 'pair') this.#pair(evaluation, nodes, add)
      else this.#cheapest(evaluation, nodes, add)
    })
    return sums
  }

  #evaluate({ tape }: Evaluation, t: Float64Array): void {
    this.#work.move(t)
    tape.run(this.#work.rows)
  }

  #offer({ thresholds }: OfferTarget, evaluation: Evaluation, nodes: readonly number[], extra: Float64Array, add: Add): void {
    const { rows } = this.#work
    const [cost] = evaluation.values
    const at = thresholds.map((threshold) => threshold.at)
    const evaluate = (t: Float64Array) => this.#evaluate(evaluation, t)
    const found = this.#found
    found.find({ rows, count: at.length, nodes, evaluate, value: (k, row) => cost[row] - at[k] })
    const t = this.#t
    thresholds.forEach(({ quantile }, k) => {
      let most = 0
      for (let row = 0; row < rows; row++) {
        add(row, 3 * k, massBelow(found, k, row))
        most = Math.max(most, found.count(k, row))
      }
      // Density: φ over the slope at each crossing.
      for (let j = 0; j < most; j++) {
        for (let row = 0; row < rows; row++) t[row] = j < found.count(k, row) ? found.root(k, row, j) + NUDGE : 0
        evaluate(t)
        for (let row = 0; row < rows; row++) {
          if (j >= found.count(k, row)) continue
          const slope = Math.abs(cost[row] - at[k]) / NUDGE
          if (slope > 0) add(row, 3 * k + 1, normalDensity(found.root(k, row, j)) / slope)
        }
      }
      if (!TAILS.includes(quantile)) return
      // The tail is sampled, by one more coordinate: unbiased, which a rule on nodes is not where the cost has a kink.
      const masses = this.#masses
      for (let row = 0; row < rows; row++) {
        masses[row] = massAbove(found, k, row)
        t[row] = masses[row] > 0 ? pointAbove(found, k, row, extra[row] * masses[row]) : 0
      }
      evaluate(t)
      for (let row = 0; row < rows; row++) if (masses[row] > 0) add(row, 3 * k + 2, masses[row] * Math.max(0, cost[row] - at[k]))
    })
  }

  #pair(evaluation: Evaluation, nodes: readonly number[], add: Add): void {
    const { rows } = this.#work
    const [a, b] = evaluation.values
    const evaluate = (t: Float64Array) => this.#evaluate(evaluation, t)
    const tolerance = (row: number) => TIE * Math.max(Math.abs(a[row]), Math.abs(b[row]))
    const value = (k: number, row: number) => (k === 0 ? a[row] - b[row] : b[row] - a[row]) + tolerance(row)
    this.#found.find({ rows, count: 2, nodes, evaluate, value })
    for (let k = 0; k < 2; k++) for (let row = 0; row < rows; row++) add(row, k, massBelow(this.#found, k, row))
  }

  /** The crossings of all differences cut the line; each piece goes to its cheapest offer, shared where offers tie. */
  #cheapest(evaluation: Evaluation, nodes: readonly number[], add: Add): void {
    const { rows } = this.#work
    const costs = evaluation.values
    const pairs = costs.flatMap((__, a) => costs.slice(a + 1).map((___, j) => [a, a + 1 + j] as const))
    const evaluate = (t: Float64Array) => this.#evaluate(evaluation, t)
    // Two functions a pair, for where a tie begins and ends.
    const value = (k: number, row: number) => {
      const [a, b] = pairs[k >> 1]
      const [x, y] = [costs[a][row], costs[b][row]]
      const tolerance = TIE * Math.max(Math.abs(x), Math.abs(y))
      return x - y + (k & 1 ? tolerance : -tolerance)
    }
    const found = this.#found
    found.find({ rows, count: 2 * pairs.length, nodes, evaluate, value })
    const cuts = Array.from({ length: rows }, (__, row) => {
      const inner: number[] = []
      for (let k = 0; k < 2 * pairs.length; k++) for (let j = 0; j < found.count(k, row); j++) inner.push(found.root(k, row, j))
      return [-FAR, ...inner.sort((x, y) => x - y), FAR]
    })
    const pieces = cuts.reduce((most, own) => Math.max(most, own.length - 1), 0)
    const t = this.#t
    for (let j = 0; j < pieces; j++) {
      for (let row = 0; row < rows; row++) t[row] = j + 1 < cuts[row].length ? (cuts[row][j] + cuts[row][j + 1]) / 2 : 0
      evaluate(t)
      for (let row = 0; row < rows; row++) {
        const own = cuts[row]
        if (j + 1 >= own.length) continue
        const [from, to] = [j === 0 ? -Infinity : own[j], j + 2 === own.length ? Infinity : own[j + 1]]
        const mass = massBetween(from, to)
        if (mass === 0) continue
        let least = Infinity
        for (const cost of costs) least = Math.min(least, cost[row])
        const tied = (cost: Float64Array) => cost[row] - least <= TIE * Math.max(Math.abs(cost[row]), Math.abs(least))
        const number = costs.reduce((count, cost) => count + (tied(cost) ? 1 : 0), 0)
        costs.forEach((cost, k) => tied(cost) && add(row, k, mass / number))
      }
    }
  }
}

/** Jumps, and kinks that make a difference turn. */
const ROUGH: ReadonlySet<string> = new Set(['exceeds', 'above', 'packages', 'divide'])

/** Whether a cost is made of parts that go one way as a score rises. */
function isSmooth({ graph }: Model, node: Node): boolean {
  const seen = new Set<Node>()
  const open = [node]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next)) continue
    seen.add(next)
    const { operation, args } = graph.definitions[next]
    if (ROUGH.has(operation)) return false
    open.push(...args)
  }
  return true
}

type Add = (row: number, slot: number, value: number) => void

/** Φ(b) − Φ(a), from the side where it is small. */
function massBetween(a: number, b: number): number {
  if (a > 0) return normalCdf(-a) - (b === Infinity ? 0 : normalCdf(-b))
  return (b === Infinity ? 1 : normalCdf(b)) - (a === -Infinity ? 0 : normalCdf(a))
}

/** The normal mass of the parts of a line on one side of 0. */
function massOn(found: Crossings, k: number, row: number, below: boolean): number {
  const count = found.count(k, row)
  let inside = found.negative(k, row) === below
  let from = -Infinity
  let mass = 0
  for (let j = 0; j <= count; j++) {
    const to = j < count ? found.root(k, row, j) : Infinity
    if (inside) mass += massBetween(from, to)
    inside = !inside
    from = to
  }
  return mass
}

const massBelow = (found: Crossings, k: number, row: number): number => massOn(found, k, row, true)
const massAbove = (found: Crossings, k: number, row: number): number => massOn(found, k, row, false)

/** The point with so much of the mass above 0 before it. */
function pointAbove(found: Crossings, k: number, row: number, mass: number): number {
  const count = found.count(k, row)
  let inside = !found.negative(k, row)
  let from = -Infinity
  let left = mass
  let place = 0
  for (let j = 0; j <= count && left >= 0; j++) {
    const to = j < count ? found.root(k, row, j) : Infinity
    if (inside) {
      const own = massBetween(from, to)
      place = pointIn(from, to, Math.min(left, own))
      left -= own
    }
    inside = !inside
    from = to
  }
  return place
}

/** The point of (from, to) with so much mass between `from` and it. */
function pointIn(from: number, to: number, mass: number): number {
  const place =
    from > 0
      ? -normalQuantile(Math.max(1e-300, normalCdf(-from) - mass))
      : normalQuantile(Math.min(1 - 1e-16, (from === -Infinity ? 0 : normalCdf(from)) + mass))
  return Math.min(to, FAR, Math.max(from, -FAR, place))
}
