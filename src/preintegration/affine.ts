// How nodes of the model change along a line through the scores. Still nodes do not change, so they are computed once per point. A linear
// form of the scores has a foot and a slope on the line, whatever recursion it came from.
import type { Graph, Node } from '../simulation/graph.ts'

/** Coefficients of the scores of the given dimensions. */
export type LinearForm = Float64Array

export class Affine {
  readonly #graph: Graph
  readonly #place: ReadonlyMap<number, number>
  readonly #stops: ReadonlySet<Node>
  readonly #known = new Map<Node, LinearForm | undefined>()
  readonly #still = new Map<Node, boolean>()

  /** @param stops nodes that are computed elsewhere and change along the line */
  constructor(graph: Graph, dimensions: readonly number[], stops: ReadonlySet<Node>) {
    this.#graph = graph
    this.#stops = stops
    this.#place = new Map(dimensions.map((dimension, k) => [dimension, k]))
  }

  /** Whether the node depends on none of the dimensions. */
  still(node: Node): boolean {
    const known = this.#still.get(node)
    if (known !== undefined) return known
    const { operation, args, numbers } = this.#graph.definitions[node]
    const still =
      !this.#stops.has(node) && (operation === 'score' ? !this.#place.has(numbers[0]) : args.every((arg) => this.still(arg)))
    this.#still.set(node, still)
    return still
  }

  /** The node as a linear form, or undefined if it is none. */
  form(node: Node): LinearForm | undefined {
    if (!this.#known.has(node)) this.#known.set(node, this.#formOf(node))
    return this.#known.get(node)
  }

  #formOf(node: Node): LinearForm | undefined {
    if (this.#stops.has(node)) return undefined
    const { operation, args, numbers } = this.#graph.definitions[node]
    if (operation === 'score') {
      const place = this.#place.get(numbers[0])
      if (place === undefined) return undefined
      const form = new Float64Array(this.#place.size)
      form[place] = 1
      return form
    }
    if (operation !== 'state' && !(operation === 'linear' && numbers[0] === 0)) return undefined
    const [phi, s] = numbers
    const coefficients = operation === 'linear' ? numbers.slice(1) : args.length === 1 ? [s] : [phi, s]
    const sum = new Float64Array(this.#place.size)
    for (const [k, arg] of args.entries()) {
      const form = this.form(arg)
      if (!form) return undefined
      for (let d = 0; d < sum.length; d++) sum[d] += coefficients[k] * form[d]
    }
    return sum
  }

  /** The still nodes, the linear forms and the stops that the given nodes depend on. */
  below(nodes: readonly Node[]): Node[] {
    const found = new Set<Node>()
    const seen = new Set<Node>()
    const open = [...nodes]
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      if (seen.has(node)) continue
      seen.add(node)
      if (this.#stops.has(node) || this.still(node) || this.form(node)) found.add(node)
      else open.push(...this.#graph.definitions[node].args)
    }
    return [...found].sort((a, b) => a - b)
  }
}
