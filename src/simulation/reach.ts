// How far the nodes of a graph can go at all, apart from chances of less than one in a billion: intervals that follow from those of the scores (Moore,
// Interval Analysis, 1966). They bound what a figure may lose where all trials gave the same value, such as a guarantee that never paid.
import { normalQuantile } from '../numerics/distributions/special/normal.ts'
import { roundedUp } from '../contract/thresholds.ts'
import { Arena, BLOCK } from '../numerics/kernel/arena.ts'
import { exp, log1p } from '../numerics/kernel/math.ts'
import type { Graph, Node, NodeDefinition } from './graph.ts'
import { partsApart } from './heaviness.ts'
import { STEPS } from './inputs.ts'

export type ValueRange = readonly [low: number, high: number]

/** The interval of a node. If it is a normal score, or a sum of such, its standard deviation. */
interface Reached {
  readonly interval: ValueRange
  readonly sd?: number
}

const ORIGIN: ValueRange = [0, 0]
const hull = (values: readonly number[]): ValueRange => [Math.min(...values), Math.max(...values)]
const corners = ([a, b]: ValueRange, [c, d]: ValueRange, of: (x: number, y: number) => number): ValueRange =>
  hull([of(a, c), of(a, d), of(b, c), of(b, d)])
const rising = ([low, high]: ValueRange, of: (x: number) => number): ValueRange => [of(low), of(high)]
const product = (x: number, y: number): number => (x === 0 || y === 0 ? 0 : x * y)

/** A score of a smaller chance counts as impossible. */
const IMPOSSIBLE = 1e-9

export class Reach {
  readonly #graph: Graph
  /** The farthest score. */
  readonly #z: number
  readonly #known = new Map<Node, Reached>()
  readonly #tables = new Map<string, ValueRange>()

  constructor(graph: Graph) {
    this.#graph = graph
    this.#z = -normalQuantile(IMPOSSIBLE, 1 - IMPOSSIBLE)
  }

  of(node: Node): ValueRange {
    // Arguments have lower numbers than the nodes that use them. Going through them in order keeps the stack short.
    if (!this.#known.has(node)) for (const each of this.#below(node)) this.#reached(each)
    return this.#reached(node).interval
  }

  /** The unknown nodes that a node is made of, arguments first. */
  #below(node: Node): Node[] {
    const found = new Set<Node>()
    const open = [node]
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (found.has(next) || this.#known.has(next)) continue
      found.add(next)
      open.push(...this.#graph.definitions[next].args)
    }
    return [...found].sort((a, b) => a - b)
  }

  /** A node, or the product of two. */
  product(nodes: readonly [Node] | readonly [Node, Node]): ValueRange {
    const [a, b] = nodes
    return b === undefined ? this.of(a) : corners(this.of(a), this.of(b), product)
  }

  /** One node minus another. Parts that both have in common cancel. */
  difference(a: Node, b: Node): ValueRange {
    const constant = (node: Node): number => {
      const { operation, args, numbers } = this.#graph.definitions[node]
      if (operation === 'constant') return numbers[0]
      return operation === 'linear' ? args.reduce((sum, arg, k) => sum + numbers[1 + k] * constant(arg), numbers[0]) : 0
    }
    return sumOf(
      constant(a) - constant(b),
      partsApart(this.#graph, a, b).map(({ coefficient, node }) => [coefficient, this.of(node)] as const),
    )
  }

  /** The most that one of some costs can be above another one. 0 if that is unknown. */
  loss(costs: readonly Node[], own: number): number {
    return Math.max(0, ...costs.map((cost) => this.difference(costs[own], cost)[1]).filter(Number.isFinite))
  }

  #reached(node: Node): Reached {
    const known = this.#known.get(node)
    if (known) return known
    const definition = this.#graph.definitions[node]
    const made = this.#made(
      definition,
      definition.args.map((arg) => this.#reached(arg)),
    )
    this.#known.set(node, made)
    return made
  }

  #made(definition: NodeDefinition, parts: readonly Reached[]): Reached {
    const sd = this.#sdOf(definition, parts)
    if (sd === undefined)
      return {
        interval: this.#intervalOf(
          definition,
          parts.map(({ interval }) => interval),
        ),
      }
    const middle = definition.operation === 'linear' ? definition.numbers[0] : 0
    return { interval: [middle - this.#z * sd, middle + this.#z * sd], ...(middle === 0 && { sd }) }
  }

  /** The standard deviation of a score, or of a sum of independent scores. */
  #sdOf({ operation, numbers }: NodeDefinition, parts: readonly Reached[]): number | undefined {
    if (operation === 'score') return 1
    if (operation !== 'state' && operation !== 'linear') return undefined
    const coefficients = operation === 'linear' ? numbers.slice(1) : parts.length === 2 ? numbers : numbers.slice(1)
    let squares = 0
    for (const [k, { sd }] of parts.entries()) {
      if (sd === undefined || (operation === 'linear' && parts.length > 1 && sd !== 1)) return undefined
      squares += coefficients[k] * coefficients[k] * sd * sd
    }
    return Math.sqrt(squares)
  }

  #intervalOf(definition: NodeDefinition, args: readonly ValueRange[]): ValueRange {
    const {
      operation,
      numbers: [x = 0, y = 0],
    } = definition
    const [a, b, c] = [args[0] ?? ORIGIN, args[1] ?? ORIGIN, args[2] ?? ORIGIN]
    switch (operation) {
      case 'constant':
        return [x, x]
      case 'uniform':
        return [0, 1]
      case 'score':
        return [-this.#z, this.#z]
      case 'tabulated':
        return this.#tabulated(x, a)
      case 'picked':
        return corners(this.#listed(x), b, product)
      case 'state':
        return args.length === 1
          ? sumOf(0, [[y, a]])
          : sumOf(0, [
              [x, a],
              [y, b],
            ])
      case 'growths':
        return rising(a, (state) => x * exp(state / STEPS))
      case 'rates':
        return corners(b, a, (rate, state) => rateOf(rate, state, x))
      case 'resolved':
        return corners(
          b,
          rising(a, (state) => rateOf(x, state, y)),
          product,
        )
      case 'linear':
        return this.#sum(definition, args)
      case 'multiply':
        return corners(a, b, product)
      case 'divide':
        return b[0] > 0 || b[1] < 0 ? corners(a, b, (above, below) => above / below) : [-Infinity, Infinity]
      case 'least':
        return [Math.min(a[0], b[0]), Math.min(a[1], b[1])]
      case 'greatest':
        return [Math.max(a[0], b[0]), Math.max(a[1], b[1])]
      case 'clamp':
        return rising(a, (value) => Math.min(Math.max(value, x), y))
      case 'excess':
        return rising(a, (value) => Math.max(0, value - x))
      case 'exceeds':
      case 'above':
        return rising(a, (value) => (value > x ? 1 : 0))
      case 'packages':
        return rising(a, (value) => roundedUp(Math.max(0, value - x) / y))
      case 'ruled':
        // A rule may bill anything of 0 or more.
        return [0, Infinity]
      case 'exponential':
        return rising(a, exp)
      case 'logarithm1p':
        return rising(a, log1p)
      case 'poisson':
        return this.#counted(b)
      case 'binomial':
        return rising(this.#counted(corners(b, c, product)), (count) => Math.min(count, b[1]))
    }
  }

  /**
   * A sum. A cap is a sum minus what it has above a bound: s − max(0, s − b) = min(s, b). Its parts depend on each other, so that their own
   * intervals would be far too wide.
   */
  #sum({ args, numbers: [constant, ...coefficients] }: NodeDefinition, intervals: readonly ValueRange[]): ValueRange {
    const plain = sumOf(
      constant,
      intervals.map((interval, k) => [coefficients[k], interval] as const),
    )
    const terms = new Map<Node, number>()
    const own = constant + this.#flatten(1, args, coefficients, terms)
    // A floor contains the cap below it, so the last ones come first.
    const parts = [...terms.keys()].filter((node) => this.#isPositivePart(node)).sort((a, b) => b - a)
    const least = this.#increments(terms)
    if (parts.length === 0 && least.length === 0) return plain
    let added = 0
    for (const node of parts) {
      const coefficient = terms.get(node)
      const [inside] = this.#graph.definitions[node].args
      const { operation, args: inner, numbers } = this.#graph.definitions[inside]
      if (operation !== 'linear' || coefficient === undefined) continue
      const found = new Map<Node, number>()
      const base = numbers[0] + this.#flatten(1, inner, numbers.slice(1), found)
      if (![...found].some(([term, factor]) => isOpposite(terms.get(term), coefficient * factor))) continue
      // c · max(0, L) = c · L − c · min(L, 0), and c · L cancels parts of the sum.
      const [low, high] = this.#reached(inside).interval
      terms.delete(node)
      least.push([-coefficient, [Math.min(low, 0), Math.min(high, 0)]])
      added += coefficient * base
      for (const [term, factor] of found) {
        const known = terms.get(term)
        if (isOpposite(known, coefficient * factor)) terms.delete(term)
        else terms.set(term, (known ?? 0) + coefficient * factor)
      }
    }
    const rest = [...terms].map(([node, coefficient]) => [coefficient, this.#reached(node).interval] as const)
    const [low, high] = sumOf(own + added, [...rest, ...least])
    return [Math.max(plain[0], low), Math.min(plain[1], high)]
  }

  /**
   * What a period adds beyond a threshold: max(0, a − t) − max(0, b − t) lies between 0 and a − b. Takes such pairs out of the terms of a sum.
   */
  #increments(terms: Map<Node, number>): (readonly [number, ValueRange])[] {
    const open = new Map<number, Node>()
    const found: (readonly [number, ValueRange])[] = []
    for (const [node, coefficient] of [...terms].sort(([a], [b]) => a - b)) {
      const { operation, args, numbers } = this.#graph.definitions[node]
      if (operation !== 'excess') continue
      const other = open.get(numbers[0])
      if (other === undefined || !isOpposite(terms.get(other), coefficient)) {
        open.set(numbers[0], node)
        continue
      }
      const apart = new Map<Node, number>()
      const base = this.#flatten(1, [args[0], this.#graph.definitions[other].args[0]], [1, -1], apart)
      const parts = [...apart].map(([term, factor]) => [factor, this.#reached(term).interval] as const)
      const [low, high] = sumOf(base, parts)
      found.push([coefficient, [Math.min(low, 0), Math.max(high, 0)]])
      terms.delete(node)
      terms.delete(other)
      open.delete(numbers[0])
    }
    return found
  }

  /** Whether a node is max(0, …). */
  #isPositivePart(node: Node): boolean {
    const { operation, numbers } = this.#graph.definitions[node]
    return operation === 'clamp' && numbers[0] === 0 && numbers[1] === Infinity
  }

  /** Adds the terms of a sum to those that are known, and returns its constant part. */
  #flatten(factor: number, args: readonly Node[], coefficients: readonly number[], terms: Map<Node, number>): number {
    let constant = 0
    args.forEach((arg, k) => {
      const { operation, args: inner, numbers } = this.#graph.definitions[arg]
      const own = factor * coefficients[k]
      if (operation === 'linear') constant += own * numbers[0] + this.#flatten(own, inner, numbers.slice(1), terms)
      else terms.set(arg, (terms.get(arg) ?? 0) + own)
    })
    return constant
  }

  /** The smallest and the largest number of a list. */
  #listed(place: number): ValueRange {
    const list = this.#graph.lists[place]
    return [list.reduce((a, b) => Math.min(a, b)), list.reduce((a, b) => Math.max(a, b))]
  }

  /** A count with a mean: z standard deviations below and above, and as many of its skewness. */
  #counted([low, high]: ValueRange): ValueRange {
    const z = this.#z
    return [Math.max(0, low - z * Math.sqrt(low)), high + z * Math.sqrt(high) + z * z]
  }

  /** The smallest and the largest value of a table between two scores. */
  #tabulated(place: number, [low, high]: ValueRange): ValueRange {
    const key = `${place} ${low} ${high}`
    const known = this.#tables.get(key) ?? tableRange(this.#graph.tables[place], low, high)
    this.#tables.set(key, known)
    return known
  }
}

/** logistic(logit(rate) − log(odds) − state) */
const rateOf = (rate: number, state: number, odds: number): number =>
  rate <= 0 ? 0 : 1 / (1 + ((1 - Math.min(1, rate)) / rate) * odds * exp(state / STEPS))

/** Whether two coefficients cancel, apart from rounding. */
const isOpposite = (one: number | undefined, other: number): boolean =>
  one !== undefined && one !== 0 && Math.abs(one + other) <= 1e-12 * Math.abs(one)

/** constant + Σ coefficient · interval */
export function sumOf(constant: number, terms: readonly (readonly [coefficient: number, interval: ValueRange])[]): ValueRange {
  let [low, high] = [constant, constant]
  for (const [coefficient, [from, to]] of terms) {
    low += product(coefficient, coefficient < 0 ? to : from)
    high += product(coefficient, coefficient < 0 ? from : to)
  }
  return [low, high]
}

/** The largest differences between neighbors, where the table may jump. One that jumps more often rises with its score. */
const JUMPS = 16
/** Halvings of the distance between two neighbors. */
const HALVINGS = 45

/** The extremes of a table. It is read at even steps, and on both sides of its jumps. */
function tableRange(table: Uint8Array, low: number, high: number): ValueRange {
  const arena = new Arena()
  const [at, out] = [arena.column(), arena.column()]
  const stored = arena.store(table)
  const read = (scores: readonly number[]): number[] => {
    arena.view(at).set(scores)
    arena.kernel.ops.tabulated(at, out, (scores.length + 3) & ~3, stored)
    return [...arena.view(out, scores.length)]
  }
  const scores = Array.from({ length: BLOCK }, (_, k) => low + (k / (BLOCK - 1)) * (high - low))
  const values = read(scores)
  const steps = values.slice(1).map((value, k) => ({ from: scores[k], to: scores[k + 1], below: values[k], above: value }))
  const pairs = steps.sort((a, b) => Math.abs(b.above - b.below) - Math.abs(a.above - a.below)).slice(0, JUMPS)
  for (let round = 0; round < HALVINGS; round++) {
    const middles = pairs.map(({ from, to }) => (from + to) / 2)
    read(middles).forEach((value, k) => {
      const pair = pairs[k]
      if (Math.abs(value - pair.below) > Math.abs(pair.above - value)) [pair.to, pair.above] = [middles[k], value]
      else [pair.from, pair.below] = [middles[k], value]
    })
  }
  arena.release()
  return hull([...values, ...pairs.flatMap(({ below, above }) => [below, above])])
}

/** How far one of the trials that a run missed could be from the value that all others have. */
export const farthest = ([low, high]: ValueRange, value: number): number => {
  const far = Math.max(high - value, value - low)
  return Number.isFinite(far) ? Math.max(0, far) : 0
}
