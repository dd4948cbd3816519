// Trials with the rare values of a plan. Each draw along which something jumps gets the values that hardly any trial draws, with all other draws as
// they come, and once more the usual value in their place. Any node then shows how far such a value moves it.
import { jumpingDraws } from '../compile/jumping.ts'
import { countingIn, eventsOf } from '../compile/program.ts'
import { normalQuantile } from '../numerics/distributions/special/normal.ts'
import { type ProbabilityRange, type Stretch, stretchesOf } from '../numerics/estimators/stretches.ts'
import type { UnseenValues } from '../numerics/estimators/unseen.ts'
import { type Plan, oneSampleOf } from '../numerics/random/plan.ts'
import { allAtOnce } from '../pace.ts'
import { following, frozen, type Pattern } from './frozen.ts'
import type { Node } from './graph.ts'
import type { DrawnModel } from './model.ts'
import { stepsOf } from './steps.ts'

/** A stretch of the probability of a dimension's score. */
interface Rare extends Stretch {
  readonly dimension: number
}

/** Trials in all, if the number of stretches allows. */
const TRIALS = 2048
/** Trials for each stretch. */
const FEWEST = 4
const MOST = 64
/** Of more stretches than this, some stand for all. */
const MOST_STRETCHES = 2048

/** How trials of a plan are drawn. */
export type DrawnTrials = Pick<Plan, 'method' | 'points' | 'trials'>

/** The first points of each replicate of a plan. Those of a Latin hypercube are not stratified. */
export const firstOf = (
  { method, points: all }: DrawnTrials,
  { trials, points }: Pick<Plan, 'trials' | 'points'>,
): DrawnTrials => ({
  method: method === 'latin' && points < all ? 'random' : method,
  points,
  trials,
})

/** The stretches of all draws along which something jumps: inputs, events, and thresholds of the plan. */
function rareIn(model: DrawnModel, { method, points, trials }: DrawnTrials): readonly Rare[] {
  const { program } = model
  const spread = { trials, strata: method === 'random' ? 1 : points }
  const places = new Map<number, readonly number[]>()
  const add = (at: readonly number[], dimension: number) => places.set(dimension, [...(places.get(dimension) ?? []), ...at])
  for (const { dimension, at } of jumpingDraws(program)) add(at, dimension)
  for (const { at, dimensions } of eventsOf(program)) for (const dimension of dimensions) add(at, dimension)
  for (const { at, dimension } of stepsOf(model)) add(at, dimension)
  const found = [...places].flatMap(([dimension, at]) =>
    stretchesOf(
      [...new Set(at)].sort((a, b) => a - b),
      spread,
    ).map((one): Rare => ({ ...one, dimension })),
  )
  const stride = Math.ceil(found.length / MOST_STRETCHES)
  if (stride <= 1) return found
  const kept = found.filter((_, k) => k % stride === 0)
  return kept.map((one) => ({ ...one, expected: (one.expected * found.length) / kept.length }))
}

export class UnseenTrials {
  readonly #model: DrawnModel
  readonly #seed: string
  readonly #rare: readonly Rare[]
  /** Trials for each stretch. */
  readonly #each: number
  readonly #weights: Float64Array
  readonly #known = new Map<Node, UnseenValues>()

  /** @returns undefined if no value is rare */
  static of(model: DrawnModel, drawn: DrawnTrials, seed: string): UnseenTrials | undefined {
    const rare = rareIn(model, drawn)
    return rare.length > 0 ? new UnseenTrials(model, rare, drawn.trials, seed) : undefined
  }

  private constructor(model: DrawnModel, rare: readonly Rare[], trials: number, seed: string) {
    this.#model = model
    this.#seed = seed
    this.#rare = rare
    this.#each = Math.min(MOST, Math.max(FEWEST, Math.floor(TRIALS / rare.length / 4) * 4))
    this.#weights = new Float64Array(rare.length * this.#each)
    rare.forEach(({ expected }, k) =>
      this.#weights.fill(expected / this.#each / trials / trials, k * this.#each, (k + 1) * this.#each),
    )
  }

  /** Nodes in these trials. All that are needed are best asked for together. */
  of(nodes: readonly Node[]): UnseenValues[] {
    const missing = [...new Set(nodes)].filter((node) => !this.#known.has(node))
    if (missing.length > 0) {
      const patterns = [this.#pattern(({ usual }) => usual), this.#pattern(({ range }) => range)]
      const plan = oneSampleOf(this.#weights.length)
      const [usual, rare] = allAtOnce(frozen(this.#model, plan, `${this.#seed} rare values`, missing, patterns))
      missing.forEach((node, k) => this.#known.set(node, { usual: usual[k], rare: rare[k], weights: this.#weights }))
    }
    return nodes.map((node) => this.#known.get(node) ?? { usual: NONE, rare: NONE, weights: NONE })
  }

  /** The weights of the trials, 0 where the rare value is one of these dimensions. */
  without(dimensions: ReadonlySet<number>): Float64Array {
    return this.#weights.map((weight, i) => (dimensions.has(this.#rare[Math.floor(i / this.#each)].dimension) ? 0 : weight))
  }

  /** Sets the score of each stretch evenly within a range of probability. Scores that are correlated with it follow. */
  #pattern(rangeOf: (stretch: Stretch) => ProbabilityRange): Pattern {
    const { program } = this.#model
    const counted = countingIn(program)
    const followers = new Map(this.#rare.map(({ dimension }) => [dimension, following(program.mixes, new Set([dimension]))]))
    let first = 0
    return {
      kept: new Set(program.dimensions.keys()),
      set: (scores, rows) => {
        for (let row = 0; row < rows && first + row < this.#weights.length; row++) {
          const place = (first + row) % this.#each
          const one = this.#rare[Math.floor((first + row) / this.#each)]
          const [from, to] = rangeOf(one)
          const share = (place + 0.5) / this.#each
          const [below, above] = [from + share * (to - from), 1 - to + (1 - share) * (to - from)]
          const by = (counted.has(one.dimension) ? below : normalQuantile(below, above)) - scores[one.dimension][row]
          scores[one.dimension][row] += by
          for (const { to: follower, factor } of followers.get(one.dimension) ?? []) scores[follower][row] += factor * by
        }
        first += rows
      },
    }
  }
}

const NONE = new Float64Array(0)
