// The computation of a trial as a graph of columns. Equal nodes are built once, so that offers share what they have in common, and unused
// nodes are never computed. Nodes are numbered so that arguments come before the nodes that use them.
import { type PlacedRule, RuleRun } from '../contract/rule.ts'
import { exceeds, roundedUp } from '../contract/thresholds.ts'
import { exp, log1p } from '../numerics/kernel/math.ts'

/** A place in the graph. */
export type Node = number

/** Element-wise operations on columns. Square brackets show the constants in `numbers`. */
export type NodeOperation =
  | 'constant' // [value]
  | 'score' // [dimension]: the standard normal score
  | 'uniform' // [dimension]: the number in (0, 1)
  | 'tabulated' // [table] of a score
  | 'picked' // [list] of a place and a column: list[place] · column
  | 'state' // [phi, s] of a score, or of a state and a score: phi · state + s · score
  | 'growths' // [level] of a state: level · e^state
  | 'rates' // [odds] of a state and a rate: logistic(logit(rate) − log(odds) − state)
  | 'resolved' // [rate, odds] of a state and a volume: volume · logistic(logit(rate) − log(odds) − state)
  | 'linear' // [constant, coefficients …] of any number
  | 'multiply' // of two
  | 'divide' // of two; 0 where the second is 0
  | 'least' // of two
  | 'greatest' // of two
  | 'clamp' // [low, high]
  | 'excess' // [above]: max(0, a − above)
  | 'exceeds' // [above]: 1 where a > above by more than the slack, else 0
  | 'above' // [bound]: 1 where a > bound, else 0
  | 'packages' // [above, size]: ⌈max(0, a − above) / size⌉ with the slack
  | 'exponential'
  | 'logarithm1p'
  | 'poisson' // of a uniform and a mean
  | 'binomial' // of a uniform, a number and a probability
  | 'ruled' // [rule, month] of the units of each meter in each month

export interface NodeDefinition {
  readonly operation: NodeOperation
  readonly args: readonly Node[]
  readonly numbers: readonly number[]
}

/** `coefficient · node` */
export type Term = readonly [coefficient: number, node: Node]

export class Graph {
  readonly definitions: NodeDefinition[] = []
  readonly tables: Uint8Array[] = []
  readonly lists: Float64Array[] = []
  readonly rules: PlacedRule[] = []
  readonly #known = new Map<string, Node>()
  readonly #tables = new Map<Uint8Array, number>()
  readonly #lists = new Map<Float64Array, number>()

  #node(operation: NodeOperation, args: readonly Node[], ...numbers: number[]): Node {
    const key = `${operation} ${args.join(' ')} ${numbers.join(' ')}`
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const node = this.definitions.push({ operation, args, numbers }) - 1
    this.#known.set(key, node)
    return node
  }

  constant(value: number): Node {
    return this.#node('constant', [], value)
  }

  /** The value of a node that is the same in every trial. */
  known(node: Node): number | undefined {
    const { operation, numbers } = this.definitions[node]
    return operation === 'constant' ? numbers[0] : undefined
  }

  score(dimension: number): Node {
    return this.#node('score', [], dimension)
  }

  uniform(dimension: number): Node {
    return this.#node('uniform', [], dimension)
  }

  tabulated(score: Node, table: Uint8Array): Node {
    const place = this.#tables.get(table) ?? this.tables.push(table) - 1
    this.#tables.set(table, place)
    return this.#node('tabulated', [score], place)
  }

  /** list[place] · column */
  picked(place: Node, column: Node, list: Float64Array): Node {
    const known = this.#lists.get(list) ?? this.lists.push(list) - 1
    this.#lists.set(list, known)
    return this.#node('picked', [place, column], known)
  }

  /** phi · before + s · score, or s · score without `before`. */
  state(before: Node | undefined, score: Node, phi: number, s: number): Node {
    return before === undefined ? this.#node('state', [score], 0, s) : this.#node('state', [before, score], phi, s)
  }

  growths(state: Node, level: number): Node {
    return this.#node('growths', [state], level)
  }

  /** volume · logistic(logit(rate) − log(odds) − state) */
  resolved(state: Node, volume: Node, rate: Node, odds: number): Node {
    const known = this.known(rate)
    if (known !== undefined) return this.#node('resolved', [state, volume], known, odds)
    return this.multiply(volume, this.rate(state, rate, odds))
  }

  /** logistic(logit(rate) − log(odds) − state) */
  rate(state: Node, rate: Node, odds: number): Node {
    return this.#node('rates', [state, rate], odds)
  }

  poisson(uniform: Node, mean: Node): Node {
    return this.#node('poisson', [uniform, mean])
  }

  binomial(uniform: Node, number: Node, probability: Node): Node {
    return this.#node('binomial', [uniform, number, probability])
  }

  /** constant + Σ coefficient · node */
  linear(constant: number, terms: readonly Term[]): Node {
    let all = constant
    const merged = new Map<Node, number>()
    const add = (coefficient: number, node: Node) => merged.set(node, (merged.get(node) ?? 0) + coefficient)
    for (const [coefficient, node] of terms) {
      const { operation, args, numbers } = this.definitions[node]
      if (operation === 'constant') all += coefficient * numbers[0]
      else if (operation === 'linear' && args.length === 1) {
        all += coefficient * numbers[0]
        add(coefficient * numbers[1], args[0])
      } else add(coefficient, node)
    }
    const kept = [...merged].filter(([, coefficient]) => coefficient !== 0)
    if (kept.length === 0) return this.constant(all)
    if (kept.length === 1 && all === 0 && kept[0][1] === 1) return kept[0][0]
    kept.sort(([a], [b]) => a - b)
    return this.#node(
      'linear',
      kept.map(([node]) => node),
      all,
      ...kept.map(([, coefficient]) => coefficient),
    )
  }

  scale(factor: number, node: Node): Node {
    return this.linear(0, [[factor, node]])
  }

  add(...nodes: readonly Node[]): Node {
    return this.linear(
      0,
      nodes.map((node) => [1, node] as const),
    )
  }

  subtract(a: Node, b: Node): Node {
    return this.linear(0, [
      [1, a],
      [-1, b],
    ])
  }

  /** 1 − node */
  complement(node: Node): Node {
    return this.linear(1, [[-1, node]])
  }

  /** A node as a multiple of a node that offers can share. */
  unscaled(node: Node): Term {
    const { operation, args, numbers } = this.definitions[node]
    return operation === 'linear' && args.length === 1 && numbers[0] === 0 ? [numbers[1], args[0]] : [1, node]
  }

  multiply(a: Node, b: Node): Node {
    const [knownA, knownB] = [this.known(a), this.known(b)]
    if (knownA !== undefined) return this.scale(knownA, b)
    if (knownB !== undefined) return this.scale(knownB, a)
    const [factorA, plainA] = this.unscaled(a)
    const [factorB, plainB] = this.unscaled(b)
    const product = this.#node('multiply', plainA < plainB ? [plainA, plainB] : [plainB, plainA])
    return this.scale(factorA * factorB, product)
  }

  /** a / b, and 0 where b is 0 */
  divide(a: Node, b: Node): Node {
    const [above, below] = [this.known(a), this.known(b)]
    if (below === 0 || above === 0) return this.constant(0)
    if (above !== undefined && below !== undefined) return this.constant(above / below)
    return below === undefined ? this.#node('divide', [a, b]) : this.scale(1 / below, a)
  }

  /** max(0, node) */
  positive(node: Node): Node {
    return this.clamp(node, 0, Infinity)
  }

  clamp(node: Node, low: number, high: number): Node {
    const { operation, args, numbers } = this.definitions[node]
    if (low === -Infinity && high === Infinity) return node
    if (operation === 'constant') return this.constant(Math.min(Math.max(numbers[0], low), high))
    if (operation === 'clamp' && numbers[0] <= high && low <= numbers[1]) {
      return this.clamp(args[0], Math.max(numbers[0], low), Math.min(numbers[1], high))
    }
    return this.#node('clamp', [node], low, high)
  }

  least(a: Node, b: Node): Node {
    const [knownA, knownB] = [this.known(a), this.known(b)]
    if (knownA !== undefined) return this.clamp(b, -Infinity, knownA)
    if (knownB !== undefined) return this.clamp(a, -Infinity, knownB)
    return a === b ? a : this.#node('least', a < b ? [a, b] : [b, a])
  }

  greatest(a: Node, b: Node): Node {
    const [knownA, knownB] = [this.known(a), this.known(b)]
    if (knownA !== undefined) return this.clamp(b, knownA, Infinity)
    if (knownB !== undefined) return this.clamp(a, knownB, Infinity)
    if (a === b) return a
    // Any of several quantities passes a threshold if the largest does.
    const [one, other] = [this.definitions[a], this.definitions[b]]
    if (one.operation === 'exceeds' && other.operation === 'exceeds' && one.numbers[0] === other.numbers[0]) {
      return this.exceeds(this.greatest(one.args[0], other.args[0]), one.numbers[0])
    }
    return this.#node('greatest', a < b ? [a, b] : [b, a])
  }

  /** An operation on one column, computed at once if the column is the same in every trial. */
  #folded(node: Node, compute: (known: number) => number, operation: NodeOperation, ...numbers: number[]): Node {
    const known = this.known(node)
    return known === undefined ? this.#node(operation, [node], ...numbers) : this.constant(compute(known))
  }

  /** max(0, node − above) */
  excess(node: Node, above: number): Node {
    return this.#folded(node, (known) => Math.max(0, known - above), 'excess', above)
  }

  /** 1 where the node exceeds `above` by more than the slack */
  exceeds(node: Node, above: number): Node {
    return this.#folded(node, (known) => (exceeds(known, above) ? 1 : 0), 'exceeds', above)
  }

  /** 1 where the node is above the bound, by however little */
  above(node: Node, bound: number): Node {
    return this.#folded(node, (known) => (known > bound ? 1 : 0), 'above', bound)
  }

  /** ⌈max(0, node − above) / size⌉, without counting a remainder within the slack */
  packages(node: Node, above: number, size: number): Node {
    return this.#folded(node, (known) => roundedUp(Math.max(0, known - above) / size), 'packages', above, size)
  }

  /** What a rule bills in each of its months. @param units of each of its meters, month by month */
  ruled(rule: PlacedRule, units: readonly (readonly Node[])[]): readonly Node[] {
    const args = units.flat()
    const known = args.map((node) => this.known(node))
    if (known.every((value) => value !== undefined)) {
      const run = new RuleRun(rule)
      run.usage.forEach((column, k) => column.set(known.slice(k * column.length, (k + 1) * column.length)))
      return Array.from(run.billTwice(), (amount) => this.constant(amount))
    }
    const place = this.rules.push(rule) - 1
    return rule.months.map((_, month) => this.#node('ruled', args, place, month))
  }

  /** Builds nodes that try numbers on the way to one. Their thresholds are not the plan's own. */
  tried<T>(build: () => T): T {
    return build()
  }

  exponential(node: Node): Node {
    return this.#folded(node, exp, 'exponential')
  }

  logarithm1p(node: Node): Node {
    return this.#folded(node, log1p, 'logarithm1p')
  }
}
