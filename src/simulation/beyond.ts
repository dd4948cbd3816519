// Adds what trials do not show about a node: rare values, infinite moments, and whether it can vary.
import type { Beyond } from '../numerics/estimators/sorted.ts'
import { unseenFrom } from '../numerics/estimators/unseen.ts'
import type { Node } from './graph.ts'
import { type Heaviness, heavinessIn, isCapped, partsApart } from './heaviness.ts'
import type { DrawnModel } from './model.ts'
import { farthest, Reach } from './reach.ts'
import { type DrawnTrials, UnseenTrials } from './unseen.ts'

export class BeyondTrials {
  readonly #model: DrawnModel
  readonly #heaviness: Heaviness
  readonly #unseen: UnseenTrials | undefined
  readonly #capped: boolean
  readonly #reach: Reach

  /** @param drawn how the trials were drawn */
  constructor(model: DrawnModel, drawn: DrawnTrials, seed: string) {
    this.#model = model
    this.#heaviness = heavinessIn(model.graph, model.program)
    this.#unseen = UnseenTrials.of(model, drawn, seed)
    this.#reach = new Reach(model.graph)
    this.#capped = model.program.offers.some(isCapped)
  }

  /** All nodes that are needed are best asked for together. */
  of(nodes: readonly Node[]): Beyond[] {
    const unseen = this.#unseen?.of(nodes)
    return nodes.map((node, k) => ({
      heaviness: this.#heaviness.of(node),
      capped: this.#capped,
      constant: this.#model.graph.known(node) !== undefined,
      distance: (value) => farthest(this.#reach.of(node), value),
      highest: () => this.#reach.of(node)[1],
      unseen: unseen?.[k],
    }))
  }

  /** The weights of trials with a rare value, 0 where it is one of these dimensions. */
  weightsWithout(dimensions: ReadonlySet<number>): Float64Array | undefined {
    return this.#unseen?.without(dimensions)
  }

  /** The same without the rare values of some dimensions. */
  without(dimensions: ReadonlySet<number>, beyond: Beyond): Beyond {
    const weights = this.weightsWithout(dimensions)
    return beyond.unseen && weights ? { ...beyond, unseen: { ...beyond.unseen, weights } } : beyond
  }

  /** The most that one of some costs can be above another one. */
  loss(costs: readonly Node[], own: number): number {
    return this.#reach.loss(costs, own)
  }

  /** One node minus another. */
  difference(a: Node, b: Node): Beyond {
    const [own, other] = this.of([a, b])
    return {
      heaviness: this.#heaviness.between(a, b),
      capped: this.#capped,
      constant: partsApart(this.#model.graph, a, b).length === 0,
      distance: (value) => farthest(this.#reach.difference(a, b), value),
      highest: () => this.#reach.difference(a, b)[1],
      unseen: unseenFrom([own.unseen, other.unseen], ([x, y], i) => x[i] - y[i]),
    }
  }
}
