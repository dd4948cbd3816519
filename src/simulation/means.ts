// Reduces means of nodes to as few sums over trials as possible: sums of columns, and of products with a drawn factor.
import type { Functional } from '../numerics/estimators/layout.ts'
import type { Graph, Node } from './graph.ts'

/** Σ a over trials, or Σ a·b. */
type Reduction = readonly [a: Node] | readonly [a: Node, b: Node]

export class Means {
  readonly reductions: Reduction[] = []
  readonly #graph: Graph
  readonly #places = new Map<string, number>()
  readonly #known = new Map<Node, Functional>()

  constructor(graph: Graph) {
    this.#graph = graph
  }

  #sum(...nodes: Reduction): number {
    const key = nodes.join(' ')
    const known = this.#places.get(key)
    if (known !== undefined) return known
    const place = this.reductions.push(nodes) - 1
    this.#places.set(key, place)
    return place
  }

  /** The mean of a node over the trials of a state. */
  of(node: Node): Functional {
    const known = this.#known.get(node)
    if (known) return known
    const made = this.#make(node)
    this.#known.set(node, made)
    return made
  }

  /** The mean of the product of two nodes, as one sum. */
  ofProduct(a: Node, b: Node): Functional {
    const [one, other] = [this.#graph.known(a), this.#graph.known(b)]
    if (one !== undefined) return this.scaled(one, this.of(b))
    if (other !== undefined) return this.scaled(other, this.of(a))
    return { constant: 0, terms: [{ coefficient: 1, sum: a < b ? this.#sum(a, b) : this.#sum(b, a) }] }
  }

  #make(node: Node): Functional {
    const { operation, args, numbers } = this.#graph.definitions[node]
    if (operation === 'constant') return { constant: numbers[0], terms: [] }
    if (operation === 'linear') {
      const parts = args.map((arg, k) => this.scaled(numbers[1 + k], this.of(arg)))
      return this.sumOf([{ constant: numbers[0], terms: [] }, ...parts])
    }
    if (operation === 'multiply') return this.#product(args[0], args[1])
    return { constant: 0, terms: [{ coefficient: 1, sum: this.#sum(node) }] }
  }

  /** E[a·b]. If one of them is linear, it is the sum over its parts. */
  #product(a: Node, b: Node): Functional {
    const isLinear = (node: Node) => this.#graph.definitions[node].operation === 'linear'
    if (isLinear(a) || isLinear(b)) {
      const [one, other] = isLinear(a) ? [a, b] : [b, a]
      const { args, numbers } = this.#graph.definitions[one]
      const parts = args.map((arg, k) => this.scaled(numbers[1 + k], this.of(this.#graph.multiply(arg, other))))
      return this.sumOf([this.scaled(numbers[0], this.of(other)), ...parts])
    }
    return { constant: 0, terms: [{ coefficient: 1, sum: a < b ? this.#sum(a, b) : this.#sum(b, a) }] }
  }

  scaled(factor: number, { constant, terms }: Functional): Functional {
    return { constant: factor * constant, terms: terms.map(({ coefficient, sum }) => ({ coefficient: factor * coefficient, sum })) }
  }

  sumOf(parts: readonly Functional[]): Functional {
    const merged = new Map<number, number>()
    let constant = 0
    for (const part of parts) {
      constant += part.constant
      for (const { coefficient, sum } of part.terms) merged.set(sum, (merged.get(sum) ?? 0) + coefficient)
    }
    const terms = [...merged].filter(([, coefficient]) => coefficient !== 0).map(([sum, coefficient]) => ({ coefficient, sum }))
    return { constant, terms }
  }
}
